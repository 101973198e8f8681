"""Groups' and schools' pictures, from the pupils' pictures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from pluginnovation.signals.rules import RULE_SET_1, RuleSet

from ..patterns import Pattern, packed_pattern
from .places import Places
from .sums import coverage_of, dots_by, lines_by, share_of, sums_by, years_text

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


def group_rows(seen: Seen) -> Iterator[tuple[Any, ...]]:
    """GROUP_COLUMNS of every group with a pupil in the pictures."""
    members = seen.places.members
    here = members.join(seen.pupils, on="pupil")
    sums, dots = sums_by(here, "group"), dots_by(here, "group")
    groups = seen.places.groups.select("code", "source").iter_rows()
    lines = lines_by(seen.weeks, members, "group", {code: seen.least(source) for code, source in groups})
    years = _years(members.join(seen.places.years, on="pupil"), "group")
    for group in seen.places.groups.iter_rows(named=True):
        code, row = group["code"], sums.get(group["code"])
        if row is None or group["source"] not in seen.runs:
            continue
        cells = seen.cells.get(code, Cells())
        # Most pupils' year is the class's year.
        year = max(years.get(code, []), key=years.get(code, []).count, default=None)
        yield (
            code, seen.runs[group["source"]], group["school"] or "", year, row["pupils"], row["known"],
            row["signalled"], row["waiting"], share_of(row, seen.least(group["source"])), coverage_of(row),
            [packed_pattern(pattern) for pattern in cells.shared], cells.heat, cells.subjects,
            seen.results.get(code, []), lines.get(code, ""), dots.get(code, ""),
        )  # fmt: skip


def school_rows(seen: Seen, groups: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """SCHOOL_COLUMNS of every school with a pupil in the pictures.

    Takes   groups   what `group_rows` gave
    """
    sums = sums_by(seen.pupils, "school")
    least = seen.least_by_school()
    lines = lines_by(seen.weeks, seen.pupils, "school", least)
    years = _years(seen.pupils.join(seen.places.years, on="pupil"), "school")
    run_of = dict(seen.pupils.select("school", "run").unique("school").iter_rows())
    kinds = dict(seen.places.groups.select("code", "group_type").iter_rows())
    classes_of = defaultdict(list)
    for group in (dict(zip(GROUP_COLUMNS, group, strict=True)) for group in groups):
        if kinds[group["group"]] == CLASS:
            classes_of[group["school"]].append(group)
    for school, row in sums.items():
        if not school:
            continue
        classes = classes_of[school]
        shared = [pattern for group in classes for pattern in group["shared"]]
        shared.sort(key=lambda pattern: pattern[7] - pattern[6])
        yield (
            school, run_of[school], seen.places.municipality(school), row["pupils"], row["known"], row["signalled"],
            row["waiting"], row["unknown"], len(classes), sum(group["share"] is not None for group in classes),
            share_of(row, least[school]), coverage_of(row), years_text(years.get(school, [])), shared[:MOST_PATTERNS],
            seen.results.get(school, []), lines.get(school, ""),
        )  # fmt: skip


def _years(rows: pl.DataFrame, key: str) -> dict[str, list[int]]:
    return dict(rows.group_by(key).agg("year").iter_rows())
