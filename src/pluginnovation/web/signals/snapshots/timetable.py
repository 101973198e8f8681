"""What a group's timetable shows: weekday by two hours, activities, and what differs."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

import polars as pl
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.signals.cells import ACTIVITY, SLOT, SLOT_MINUTES
from pluginnovation.signals.groups import CLASS, MENTOR, TEACHING, group_members
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.since import Behind, cells_with_since
from pluginnovation.web.people.names import place_code

from ..patterns import Pattern
from .group_rows import Cells

KINDS: Final = (CLASS, MENTOR, TEACHING)
WEEKDAYS: Final = 5
MOST_SUBJECTS: Final = 12
# From these shares on a cell is shaded more; the number stands in it all the same.
SHADES: Final = (10, 15)

Row = Mapping[str, Any]


def cells_of(store: Store, facts: Facts, days: Table, scope: Scope, rules: RuleSet) -> dict[str, Cells]:
    """A group's code -> its cells.

    Takes   days   the roll-up of pupils' days, as known at the same time as the facts
    """
    behind = Behind(facts, days, store.materialise(group_members(facts, scope=scope), "members_of_groups"))
    told = cells_with_since(behind, scope=scope, rules=rules, keep=store.materialise)
    told = told.filter(told.kind.isin(KINDS))
    names = facts.activities.select("source", "activity", activity_name=facts.activities.display_name)
    groups = facts.groups.select("source", "group", group_name=facts.groups.display_name)
    shown = told.left_join(names, ["source", "activity"]).drop("source_right", "activity_right")
    shown = shown.left_join(groups, ["source", "group"]).drop("source_right", "group_right")
    return cells_from(store.frame(shown.order_by("source", "group")))


def cells_from(rows: pl.DataFrame) -> dict[str, Cells]:
    """The same, from rows of `since.cells_with_since` with activity_name and group_name, sorted by source and group."""
    found = {}
    for (source, group), cells in groupby(rows.iter_rows(named=True), key=lambda row: (row["source"], row["group"])):
        code = place_code(source, group)
        found[code] = _cells(code, list(cells))
    return found


def _cells(code: str, rows: list[Row]) -> Cells:
    slots = {(row["hour"], row["weekday"]): row for row in rows if row["cell"] == SLOT and row["weekday"] < WEEKDAYS}
    activities = [row for row in rows if row["cell"] == ACTIVITY]
    differing = sorted((_pattern(code, row) for row in rows if row["differs"]), key=lambda p: p.others - p.share)
    return Cells(_heat(slots), _subjects(activities), tuple(differing))


def _heat(slots: Mapping[tuple[int, int], Row]) -> list[Any]:
    hours = sorted({hour for hour, _weekday in slots})
    return [
        [hours_text(hour), [_cell(slots.get((hour, weekday))) for weekday in range(WEEKDAYS)]]
        for hour in range(hours[0], hours[-1] + 1, SLOT_MINUTES // 60)
    ] if hours else []  # fmt: skip


def _cell(row: Row | None) -> list[Any] | None:
    if row is None or not row["offered"]:
        return None
    share = _share(row)
    if share is None:
        return [None, 0, False]
    return [share, 1 + sum(share >= step for step in SHADES), bool(row["differs"])]


def _subjects(rows: Iterable[Row]) -> list[Any]:
    listed = [[_name(row), _share(row), bool(row["differs"])] for row in rows]
    listed.sort(key=lambda subject: (-1 if subject[1] is None else subject[1], subject[0]), reverse=True)
    return listed[:MOST_SUBJECTS]


def _pattern(code: str, row: Row) -> Pattern:
    others = 100 * row["others_absence"] // row["others_reported"]
    return Pattern(
        code, row["group_name"] or row["group"], row["cell"], row["weekday"], hours_text(row["hour"]), _name(row),
        _share(row) or 0, others, row["away"], row["pupils"], row["since"].isocalendar().week if row["since"] else None,
    )  # fmt: skip


def _share(row: Row) -> int | None:
    return 100 * row["absence"] // row["reported"] if row["known"] else None


def _name(row: Row) -> str:
    """The activity's name, less the class's own name that many registers put after it."""
    name = row["activity_name"] or row["activity"] or ""
    return name.removesuffix(row["group_name"] or "").strip() or name


def hours_text(hour: int | None) -> str:
    """'08–10': a two-hour slot."""
    return "" if hour is None else f"{hour:02d}–{hour + SLOT_MINUTES // 60:02d}"
