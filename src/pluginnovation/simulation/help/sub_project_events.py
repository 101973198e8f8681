"""What a sub-project as a whole leaves in help/events.jsonl: its start, who was chosen and how, reports, its end."""

import numpy as np
import polars as pl

from pluginnovation.simulation.chance import Ints
from pluginnovation.simulation.scenario_switches import LOTTERY, SCHOOL_DRAW, STAGGERED

from .catalogue import BY_KEY
from .days import moments
from .json_lines import as_lines, tagged
from .noticing import TERM_DAYS
from .persons import Persons
from .region import RegionHelp
from .sites import marked
from .trial import DECIDED_DAY, Trial

STARTED_DAY, REPORT_DAY, AGAIN_DAY, ENDED_DAY = 1, TERM_DAYS + 5, TERM_DAYS + 9, TERM_DAYS + 13
BY_LOT = (LOTTERY, SCHOOL_DRAW, STAGGERED)


def sub_project_lines(adults: RegionHelp, persons: Persons) -> list[pl.DataFrame]:
    """The lines of every sub-project that somebody could have taken part in."""
    drawn, doses = adults.log.frame("draws"), adults.log.frame("doses")
    parts = []
    for trial in adults.trials.values():
        rows = drawn.filter(pl.col("trial") == trial.number)
        if len(rows):
            given = doses.filter(pl.col("trial") == trial.number)
            last = int(np.max((given if len(given) else rows)["half_year"].to_numpy()))
            writing = _Writing(adults, trial, persons, rows)
            parts += [*writing.start(), writing.chosen(), *writing.reports(last)]
    return parts


class _Writing:
    """One sub-project on its way to lines."""

    def __init__(self, adults: RegionHelp, trial: Trial, persons: Persons, rows: pl.DataFrame) -> None:
        self.adults, self.trial, self.persons, self.rows = adults, trial, persons, rows
        self.asked = trial.sub_project
        self.key, self.leader = self.asked.key, persons.leader(self.asked.key)
        self.sites = rows["unit"].unique().sort()

    def start(self) -> list[pl.DataFrame]:
        """One line."""
        method = BY_KEY[self.asked.method]
        first = int(np.min(self.rows["half_year"].to_numpy()))
        row = self._at("sub_project_started", f"b-{self.key}", first, STARTED_DAY) | {
            "method": method.key, "intent": method.intent, "reach": method.reach, "level": method.level,
            "assignment": self.asked.assignment, "terms": self.asked.terms,
            "sites": self.persons.school(self.sites).to_list(),
        }  # fmt: skip
        return [as_lines(pl.DataFrame([row]))]

    def chosen(self) -> pl.DataFrame:
        """One line per school and half-year: who could be offered it, and who was."""
        named = self.rows.with_columns(candidate=self.persons.pupil(self.rows["pupil"]))
        sites = named.group_by("half_year", "unit").agg(
            candidates=pl.col("candidate").sort(),
            chosen=pl.col("candidate").filter(pl.col("offered") == 1).sort(),
        )  # fmt: skip
        sites = sites.sort("half_year", "unit")
        by_lot = self.asked.assignment in BY_LOT
        half_year = sites["half_year"].to_numpy()
        columns = {
            "id": tagged("c", self.persons.school(sites["unit"]), sites["half_year"], self.key),
            "type": _same("assignment_drawn" if by_lot else "participants_chosen", sites),
            "at": moments(half_year, _all(DECIDED_DAY, sites), 60 + np.arange(len(sites)) % 300),
            "by": _same(self.leader, sites),
            "sub_project": _same(self.key, sites),
            "assignment": _same(self.asked.assignment, sites),
            "site": self.persons.school(sites["unit"]),
        }
        lists = {name: sites[name] for name in ("candidates", "chosen")}
        seed = {"seed": pl.Series(_all(self.trial.draws.seed, sites))} if by_lot else {}
        return as_lines(pl.DataFrame(columns | seed | lists))

    def reports(self, half_year: int) -> list[pl.DataFrame]:
        """The reports of the sites that send one, twice from some, and the end."""
        records, draws, sites = self.adults.ground.scenario.records, self.trial.draws, self.sites.to_numpy()
        silent = marked(records.silent_sites, f"{self.key} silent", draws, sites)
        again = ~silent & marked(records.resending_sites, f"{self.key} sends again", draws, sites)
        end = self._at("sub_project_ended", f"e-{self.key}", half_year, ENDED_DAY)
        first, second = self._reports(half_year, ~silent, REPORT_DAY), self._reports(half_year, again, AGAIN_DAY)
        return [first, second, as_lines(pl.DataFrame([end]))]

    def _reports(self, half_year: int, who: np.ndarray, day: int) -> pl.DataFrame:
        sites = pl.DataFrame({"unit": self.sites.filter(pl.Series(who, dtype=pl.Boolean))})
        again = day == AGAIN_DAY
        columns = {
            "id": tagged("s" if again else "r", self.persons.school(sites["unit"]), _same(half_year, sites), self.key),
            "type": _same("sub_project_reported", sites),
            "at": moments(_all(half_year, sites), _all(day, sites), np.arange(len(sites)) % 400),
            "by": _same(self.leader, sites),
            "sub_project": _same(self.key, sites),
            "site": self.persons.school(sites["unit"]),
            "again": _same(again, sites),
        }
        return as_lines(pl.DataFrame(columns))

    def _at(self, kind: str, name: str, half_year: int, day: int) -> dict[str, object]:
        at = moments(np.array([half_year]), np.array([day]), np.array([30]))[0]
        return {"id": name, "type": kind, "at": at, "by": self.leader, "sub_project": self.key}


def _same(value: object, rows: pl.DataFrame) -> pl.Series:
    return pl.Series([value]).new_from_index(0, len(rows))


def _all(value: int, rows: pl.DataFrame) -> Ints:
    return np.full(len(rows), value)
