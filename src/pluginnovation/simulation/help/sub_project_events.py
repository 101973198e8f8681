"""What a sub-project as a whole leaves in help/events.jsonl: its start, who was chosen and how, reports, its end."""

from zlib import crc32

import numpy as np
import polars as pl

from pluginnovation.simulation.scenario_switches import LOTTERY, SCHOOL_DRAW, STAGGERED, THRESHOLD

from .catalogue import BY_KEY
from .days import as_text, at_minute, dates
from .json_lines import as_lines, tagged
from .noticing import TERM_DAYS
from .persons import Persons
from .region import RegionHelp
from .sites import marked
from .trial import Trial

STARTED_DAY, REPORT_DAY, AGAIN_DAY, ENDED_DAY = 1, TERM_DAYS + 5, TERM_DAYS + 9, TERM_DAYS + 13
BY_LOT = (LOTTERY, SCHOOL_DRAW, STAGGERED)


def sub_project_lines(adults: RegionHelp, persons: Persons, doses: pl.DataFrame) -> list[pl.DataFrame]:
    """The lines of every sub-project that somebody could have taken part in.

    Takes   doses   as `Persons.told` gives them
    """
    drawn = persons.in_time(adults.log.frame("draws"))
    parts = []
    for key, trial in adults.trials.items():
        rows = persons.drawn(drawn.filter(pl.col("trial") == trial.number), key)
        if len(rows):
            given = doses.filter(pl.col("trial") == trial.number)
            last = int(np.max((given if len(given) else rows)["half_year"].to_numpy()))
            writing = _Writing(adults, trial, persons, rows)
            parts += [writing.start(), writing.chosen(), *writing.reports(last)]
    return parts


class _Writing:
    """One sub-project on its way to lines."""

    def __init__(self, adults: RegionHelp, trial: Trial, persons: Persons, rows: pl.DataFrame) -> None:
        self.adults, self.trial, self.persons, self.rows = adults, trial, persons, rows
        self.asked, self.key = trial.sub_project, trial.sub_project.key
        self.sites = rows.select("site", "unit").unique("site", keep="first", maintain_order=True).sort("site")

    def start(self) -> pl.DataFrame:
        """One line, by whoever chose first."""
        method = BY_KEY[self.asked.method]
        first = self.rows.sort("half_year", "site").row(0, named=True)
        more = {
            "method": method.key, "intent": method.intent, "reach": method.reach, "level": method.level,
            "assignment": self.asked.assignment, "terms": self.asked.terms, "sites": self.sites["site"].to_list(),
        }  # fmt: skip
        return self._alone("sub_project_started", (first["half_year"], STARTED_DAY), first["by"], more)

    def chosen(self) -> pl.DataFrame:
        """One line per school and half-year: who could be offered it, and who was."""
        sites = self.rows.group_by("half_year", "site").agg(
            pl.col("by", "on").first(),
            candidates=pl.col("person").sort(),
            chosen=pl.col("person").filter(pl.col("offered") == 1).sort(),
            scores=pl.col("score").sort_by("person"),
        )  # fmt: skip
        sites = sites.sort("half_year", "site")
        by_lot = self.asked.assignment in BY_LOT
        columns = {
            "id": tagged("c", sites["site"], sites["half_year"], self.key),
            "type": _same("assignment_drawn" if by_lot else "participants_chosen", sites),
            "at": as_text(at_minute(sites["on"], 60 + _minutes(sites, 300))),
            "by": sites["by"],
            "sub_project": _same(self.key, sites),
            "assignment": _same(self.asked.assignment, sites),
            "site": sites["site"],
        }
        by_line = ("scores",) if self.asked.assignment == THRESHOLD else ()
        lists = {name: sites[name] for name in ("candidates", "chosen", *by_line)}
        seed = {"seed": _same(self.trial.draws.seed, sites)} if by_lot else {}
        return as_lines(pl.DataFrame(columns | seed | lists))

    def reports(self, half_year: int) -> list[pl.DataFrame]:
        """The reports of the sites that send one, twice from some, and the end unless it goes on."""
        records, draws = self.adults.ground.scenario.records, self.trial.draws
        units = self.sites["unit"].to_numpy()
        silent = marked(records.silent_sites, f"{self.key} silent", draws, units)
        again = ~silent & marked(records.resending_sites, f"{self.key} sends again", draws, units)
        reports = [self._reports(half_year, ~silent, REPORT_DAY), self._reports(half_year, again, AGAIN_DAY)]
        doses = self.adults.log.frame("doses").filter(pl.col("trial") == self.trial.number)
        if len(doses) and int(np.max(doses["half_year"].to_numpy())) > half_year:
            return reports
        leads = self._leads(self.sites, half_year, ENDED_DAY)["by"]
        ends = [self._alone("sub_project_ended", (half_year, ENDED_DAY), leads[0], {})] if len(leads) else []
        return [*reports, *ends]

    def _reports(self, half_year: int, who: np.ndarray, day: int) -> pl.DataFrame:
        sites = self.sites.filter(pl.Series(who, dtype=pl.Boolean))
        sites = self._leads(sites, half_year, day)
        again = day == AGAIN_DAY
        columns = {
            "id": tagged("s" if again else "r", sites["site"], _same(half_year, sites), self.key),
            "type": _same("sub_project_reported", sites),
            "at": as_text(at_minute(sites["on"], _minutes(sites, 400))),
            "by": sites["by"],
            "sub_project": _same(self.key, sites),
            "site": sites["site"],
            "again": _same(again, sites),
        }
        return as_lines(pl.DataFrame(columns))

    def _leads(self, sites: pl.DataFrame, half_year: int, day: int) -> pl.DataFrame:
        """Those of the sites at which somebody can write on a day, with the date and who."""
        on = dates(np.full(len(sites), half_year), np.full(len(sites), day))
        sites = sites.with_columns(on=on, sub_project=pl.lit(self.key))
        return sites.with_columns(by=self.persons.leads(sites)).drop_nulls("by")

    def _alone(self, kind: str, day: tuple[int, int], by: str, more: dict[str, object]) -> pl.DataFrame:
        at = as_text(at_minute(dates(np.array([day[0]]), np.array([day[1]])), pl.Series([30])))[0]
        name = f"{'b' if more else 'e'}-{self.key}"
        row = {"id": name, "type": kind, "at": at, "by": by, "sub_project": self.key} | more
        return as_lines(pl.DataFrame([row]))


def _minutes(rows: pl.DataFrame, below: int) -> pl.Series:
    """A minute for each site that is the same whichever others there are."""
    return pl.Series([crc32(site.encode()) % below for site in rows["site"].to_list()], dtype=pl.Int64)


def _same(value: object, rows: pl.DataFrame) -> pl.Series:
    return pl.Series([value]).new_from_index(0, len(rows))
