"""What a group's timetable shows: weekday by two hours, activities, and what differs."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import polars as pl

from pluginnovation.records.store import Store
from pluginnovation.signals.cells import ACTIVITY, SLOT, SLOT_MINUTES
from pluginnovation.signals.groups import CLASS, MENTOR, TEACHING
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.since import Behind, cells_with_since
from pluginnovation.web.people.names import place_code

from ..patterns import Pattern
from .group_rows import Cells

KINDS: Final = (CLASS, MENTOR, TEACHING)
WEEKDAYS: Final = 5
MOST_SUBJECTS: Final = 12

_GROUP: Final = ("source", "group")

Row = Mapping[str, Any]


def cells_of(store: Store, behind: Behind, scope: Scope, rules: RuleSet) -> dict[str, Cells]:
    """A group's code -> its cells."""
    facts = behind.facts
    told = cells_with_since(behind, scope=scope, rules=rules, keep=store.materialise)
    told = told.filter(told.kind.isin(KINDS))
    names = facts.activities.select("source", "activity", activity_name=facts.activities.display_name)
    groups = facts.groups.select("source", "group", group_name=facts.groups.display_name)
    shown = told.left_join(names, ["source", "activity"]).drop("source_right", "activity_right")
    shown = shown.left_join(groups, ["source", "group"]).drop("source_right", "group_right")
    return cells_from(store.frame(shown.order_by("source", "group")), rules)


def cells_from(rows: pl.DataFrame, rules: RuleSet = RULE_SET_1) -> dict[str, Cells]:
    """The same, from rows of `since.cells_with_since` with activity_name and group_name, sorted by source and group."""
    # From these shares on a cell is shaded more; the number stands in it all the same.
    shades = tuple(rules.absence_28d)[:2]
    share = pl.when("known").then(100 * pl.col("absence") // pl.col("reported"))
    told = rows.with_columns(share=share)
    slots = told.filter(pl.col("cell") == SLOT, pl.col("weekday") < WEEKDAYS, pl.col("offered") > 0)
    slots = slots.select(*_GROUP, "hour", "weekday", "share", "differs")
    activities = told.filter(pl.col("cell") == ACTIVITY).select(
        *_GROUP, "activity_name", "activity", "group_name", "share", "differs"
    )
    differing = told.filter("differs")
    heats, subjects, shared = _by_group(slots), _by_group(activities), _by_group(differing)
    names = dict.fromkeys([*heats, *subjects])
    columns = differing.columns
    return {
        code: Cells(
            _heat(heats.get(name, ()), shades),
            _subjects(subjects.get(name, ())),
            _patterns(code, [dict(zip(columns, row, strict=True)) for row in shared.get(name, ())]),
        )
        for name in names
        for code in [place_code(*name)]
    }


def _by_group(rows: pl.DataFrame) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    """The rows of each source and group. Tuples: a million rows with their columns' names would take seconds."""
    first, second = (rows.columns.index(name) for name in _GROUP)
    return {name: list(some) for name, some in groupby(rows.rows(), key=lambda row: (row[first], row[second]))}


def _heat(slots: Iterable[tuple[Any, ...]], shades: Sequence[int]) -> list[Any]:
    cells = {(hour, weekday): _cell(share, shades, differs=differs) for _, _, hour, weekday, share, differs in slots}
    hours = sorted({hour for hour, _weekday in cells})
    return [
        [hours_text(hour), [cells.get((hour, weekday)) for weekday in range(WEEKDAYS)]]
        for hour in range(hours[0], hours[-1] + 1, SLOT_MINUTES // 60)
    ] if hours else []  # fmt: skip


def _cell(share: int | None, shades: Sequence[int], *, differs: bool) -> list[Any]:
    return [None, 0, False] if share is None else [share, 1 + sum(share >= step for step in shades), differs]


def _subjects(activities: Iterable[tuple[Any, ...]]) -> list[Any]:
    listed = [[_name(name, of, group), share, differs] for _, _, name, of, group, share, differs in activities]
    listed.sort(key=lambda subject: (-1 if subject[1] is None else subject[1], subject[0]), reverse=True)
    return listed[:MOST_SUBJECTS]


def _patterns(code: str, rows: Iterable[Row]) -> tuple[Pattern, ...]:
    return tuple(sorted((_pattern(code, row) for row in rows), key=lambda pattern: pattern.others - pattern.share))


def _pattern(code: str, row: Row) -> Pattern:
    others = 100 * row["others_absence"] // row["others_reported"]
    return Pattern(
        code, row["group_name"] or row["group"], row["cell"], row["weekday"], hours_text(row["hour"]),
        _name(row["activity_name"], row["activity"], row["group_name"]), row["share"], others, row["away"],
        row["pupils"], row["since"].isocalendar().week if row["since"] else None,
    )  # fmt: skip


def _name(activity_name: str | None, activity: str | None, group_name: str | None) -> str:
    """The activity's name, less the class's own name that many registers put after it."""
    name = activity_name or activity or ""
    return name.removesuffix(group_name or "").strip() or name


def hours_text(hour: int | None) -> str:
    """'08–10': a two-hour slot."""
    return "" if hour is None else f"{hour:02d}–{hour + SLOT_MINUTES // 60:02d}"
