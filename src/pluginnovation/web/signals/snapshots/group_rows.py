"""Groups' and schools' pictures, from the pupils' pictures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from pluginnovation.signals.rules import RULE_SET_1, RuleSet

from ..patterns import Pattern, packed_pattern
from .lines import escaped, json_of
from .place_drawings import dots_by, lines_by
from .places import Places
from .sums import coverage, share, sums_by, years_text

GROUP_COLUMNS: Final = (
    "group", "run_id", "school", "year", "pupils", "known", "signalled", "waiting", "share", "coverage",
    "shared", "heat", "subjects", "results", "line", "dots",
)  # fmt: skip
SCHOOL_COLUMNS: Final = (
    "school", "run_id", "municipality", "pupils", "known", "signalled", "waiting", "unknown", "classes",
    "classes_known", "share", "coverage", "years", "shared", "results", "line",
)  # fmt: skip
CLASS: Final = "Klass"
MOST_PATTERNS: Final = 8


@dataclass(frozen=True, slots=True)
class Cells:
    """What a group's timetable shows.

    heat       [hours, five cells]: a cell is [percent or null, shade, differs], or null without lessons
    subjects   [name, percent or null, differs]
    shared     what differs, the clearest first
    """

    heat: list[Any] = field(default_factory=list)
    subjects: list[Any] = field(default_factory=list)
    shared: tuple[Pattern, ...] = ()


NO_CELLS: Final = Cells()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pictures of places are made of.

    pupils   pupil, run, school, state, waits, share; away, reported, offered minutes in 28 days
    weeks    pupil, week: offered, reported, excused, unexcused minutes
    runs     a source -> the number of its run
    cells    a group's code -> its cells
    results  a group's or a school's code -> what each signal says of it: see `results.py`
    rules    a source -> its rule set, where more or less must be reported than by default
    """

    pupils: pl.DataFrame
    weeks: pl.DataFrame
    places: Places
    runs: Mapping[str, int]
    cells: Mapping[str, Cells]
    results: Mapping[str, list[Any]] = field(default_factory=dict)
    rules: Mapping[str, RuleSet] = field(default_factory=dict)

    def least(self, source: str) -> int:
        """Percent of a source's lessons that must be reported for a share to be known."""
        return self.rules.get(source, RULE_SET_1).min_reported_pct

    def least_by_school(self) -> dict[str, int]:
        """The same for each school."""
        source_of = {run: source for source, run in self.runs.items()}
        schools = self.pupils.select("school", "run").unique("school").iter_rows()
        return {school: self.least(source_of[run]) for school, run in schools}


def group_rows(seen: Seen) -> pl.DataFrame:
    """GROUP_COLUMNS of every group with a pupil in the pictures, ready for COPY."""
    members = seen.places.members
    groups = seen.places.groups.filter(pl.col("source").is_in(list(seen.runs))).rename({"code": "group"})
    of_source = {source: seen.least(source) for source in seen.runs}
    groups = groups.with_columns(least=pl.col("source").replace_strict(of_source, return_dtype=pl.Int64))
    least = dict(groups.select("group", "least").iter_rows())
    here = members.join(seen.pupils, on="pupil", maintain_order="left")
    found = groups.with_columns(
        run_id=pl.col("source").replace_strict(seen.runs, return_dtype=pl.Int64),
        school=pl.col("school").fill_null(""),
    ).join(sums_by(here, "group"), on="group", maintain_order="left")
    for more in (
        _usual_years(members.join(seen.places.years, on="pupil")),
        lines_by(seen.weeks, members, "group", least),
        dots_by(here, "group"),
    ):
        found = found.join(more, on="group", how="left", maintain_order="left")
    cells = [seen.cells.get(code, NO_CELLS) for code in found["group"]]
    return found.with_columns(
        share=share("least"),
        coverage=coverage(),
        line=pl.col("line").fill_null(""),
        dots=pl.col("dots").fill_null(""),
        shared=json_of([packed_pattern(pattern) for pattern in one.shared] for one in cells),
        heat=json_of(one.heat for one in cells),
        subjects=json_of(one.subjects for one in cells),
        results=json_of(seen.results.get(code, ()) for code in found["group"]),
    ).select(GROUP_COLUMNS)


def school_rows(seen: Seen, groups: pl.DataFrame) -> pl.DataFrame:
    """SCHOOL_COLUMNS of every school with a pupil in the pictures, ready for COPY.

    Takes   groups   what `group_rows` gave
    """
    least = seen.least_by_school()
    drawn = lines_by(seen.weeks, seen.pupils.sort("school"), "school", least)
    runs = seen.pupils.select("school", run_id="run").unique("school")
    years = dict(seen.pupils.join(seen.places.years, on="pupil").group_by("school").agg("year").iter_rows())
    named = seen.places.groups.select("group_type", group="code")
    classes = groups.join(named, on="group", maintain_order="left").filter(pl.col("group_type") == CLASS)
    counts = classes.group_by("school").agg(classes=pl.len(), classes_known=pl.col("share").count())
    shared: dict[str, list[Any]] = defaultdict(list)
    for code, school in classes.select("group", "school").iter_rows():
        shared[school] += [packed_pattern(pattern) for pattern in seen.cells.get(code, NO_CELLS).shared]
    found = sums_by(seen.pupils.filter(pl.col("school") != ""), "school").join(runs, on="school")
    found = found.join(counts, on="school", how="left").join(drawn, on="school", how="left")
    codes = found["school"].to_list()
    told = found.with_columns(
        pl.col("classes", "classes_known").fill_null(0),
        municipality=pl.Series([seen.places.municipality(code) for code in codes], dtype=pl.String),
        least=pl.Series([least[code] for code in codes], dtype=pl.Int64),
        line=pl.col("line").fill_null(""),
        years=pl.Series([years_text(years.get(code, ())) for code in codes], dtype=pl.String),
        shared=json_of(_clearest(shared[code]) for code in codes),
        results=json_of(seen.results.get(code, ()) for code in codes),
    )
    told = told.with_columns(escaped("municipality"), share=share("least"), coverage=coverage())
    return told.select(SCHOOL_COLUMNS)


def _clearest(patterns: list[Any]) -> list[Any]:
    """Those that differ the most from the rest of their class."""
    return sorted(patterns, key=lambda pattern: pattern[7] - pattern[6])[:MOST_PATTERNS]


def _usual_years(rows: pl.DataFrame) -> pl.DataFrame:
    """group and year: most pupils' year is the group's. Of years with as many, the one of the pupil first in order."""
    counted = rows.group_by("group", "year").agg(pupils=pl.len(), first=pl.col("pupil").min())
    ordered = counted.sort("pupils", "first", descending=[True, False])
    return ordered.unique("group", keep="first", maintain_order=True).select("group", "year")
