"""What people are called in events: the source's person ids."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from pluginnovation.simulation.chance import Ints
from pluginnovation.simulation.lives.people import OF_MUNICIPALITY
from pluginnovation.simulation.lives.seam import People

from .catalogue import WITHOUT_SCHOOL
from .days import dates
from .log import DECIDED_DAY, EVERYDAY, KINDS
from .noticing import NEEDS
from .region import RegionHelp


class Persons:
    """Ids as the pupil-and-term mode has them: no register of staff, so an id says what somebody works with.

    A region with registers of its own hands over a subclass that looks its people up, and tells nothing about whom they
    don't know.
    """

    def __init__(self, people: People) -> None:
        self.municipality = pl.Series(people.municipality)
        self.pupils = pupil_ids(people.municipality)

    def told(self, adults: RegionHelp) -> Mapping[str, pl.DataFrame]:
        """What adults did, with names and days: the log's answers, starts, doses and ends.

        Gives   the rows of each, with `person` (whom it is about), `by`, and `on`, the date
        """
        keys = list(adults.ground.scenario.sub_projects)
        return {name: self._named(adults.log.frame(name), keys) for name in KINDS}

    def drawn(self, rows: pl.DataFrame, sub_project: str) -> pl.DataFrame:
        """Who could be offered a measure, with names and days.

        Takes   rows   of the log's draws, about one sub-project
        Gives   the same with `person`, `site`, `by`, and `on`, the date
        """
        day = np.full(len(rows), DECIDED_DAY)
        return rows.with_columns(
            person=self.pupil(rows["pupil"]),
            site=self.school(rows["unit"]),
            by=pl.lit(self.leader(sub_project)),
            on=dates(rows["half_year"].to_numpy(), day),
        )

    def leads(self, at: pl.DataFrame) -> pl.Series:
        """Who answers for each `sub_project` at its `site`, on the date `on`; null where nobody does."""
        return "l-" + at["sub_project"]

    def in_time(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those rows of a log that lie in a time that is told about."""
        return rows

    def pupil(self, places: pl.Series) -> pl.Series:
        """The pupils at some places."""
        return self.pupils.gather(places)

    def school(self, unit: pl.Series) -> pl.Series:
        """The ids of schools; of their authorities where a municipality stands for itself."""
        schools = pl.select(pl.format("s{}", _padded(unit, 5))).to_series()
        authorities = pl.select(pl.format("h{}", _padded(unit, 2))).to_series()
        return authorities.zip_with(unit < OF_MUNICIPALITY, schools)

    def mentor(self, unit: pl.Series, group: pl.Series) -> pl.Series:
        """The mentors of classes."""
        return pl.select(pl.format("t{}-{}", _padded(unit, 5), pl.lit(group))).to_series()

    def principal(self, unit: pl.Series) -> pl.Series:
        """The principals of schools."""
        return pl.select(pl.format("r{}", _padded(unit, 5))).to_series()

    def coordinator(self, places: pl.Series) -> pl.Series:
        """The youth coordinators of the municipalities that pupils live in."""
        return pl.select(pl.format("k{}", _padded(self.municipality.gather(places), 2))).to_series()

    def leader(self, sub_project: str) -> str:
        """Who leads a sub-project."""
        return f"l-{sub_project}"

    def _named(self, rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
        mentor, coordinator = self.mentor(rows["unit"], rows["group"]), self.coordinator(rows["pupil"])
        by = coordinator.zip_with(rows["need"] == NEEDS.index(WITHOUT_SCHOOL), mentor)
        if "trial" in rows.columns:
            leaders = pl.Series([self.leader(key) for key in keys] or [""], dtype=pl.String)
            by = by.zip_with(rows["trial"] == EVERYDAY, leaders.gather(rows["trial"].clip(0)))
        on = dates(rows["half_year"].to_numpy(), rows["day"].to_numpy())
        return rows.with_columns(person=self.pupil(rows["pupil"]), by=by, on=on)


def pupil_ids(municipality: Ints) -> pl.Series:
    """An id for each pupil: the municipality's number and the pupil's within it."""
    order = np.argsort(municipality, kind="stable")
    numbers = municipality[order]
    first = np.searchsorted(numbers, numbers)
    within = np.empty(len(order), dtype=np.int64)
    within[order] = np.arange(len(order)) - first + 1
    return pl.select(pl.format("p{}{}", _padded(pl.Series(municipality), 2), _padded(pl.Series(within), 5))).to_series()


def _padded(numbers: pl.Series, width: int) -> pl.Expr:
    return pl.lit(numbers.cast(pl.String).str.zfill(width))
