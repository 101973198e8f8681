"""What people are called in events: the source's person ids."""

import numpy as np
import polars as pl

from pluginnovation.simulation.chance import Ints
from pluginnovation.simulation.lives.people import OF_MUNICIPALITY
from pluginnovation.simulation.lives.seam import People


class Persons:
    """Ids as the pupil-and-term mode has them: no register of staff, so an id says what somebody works with.

    A region with registers of its own hands over a subclass that looks its people up.
    """

    def __init__(self, people: People) -> None:
        self.municipality = pl.Series(people.municipality)
        self.pupils = pupil_ids(people.municipality)

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
