"""Cells of a group's week: weekday and two-hour slot, or activity. Which of them have much more absence than the rest.

Minutes are added up per pupil and cell before pupils are put in groups: a pupil is in a dozen groups, a lesson isn't.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.groups import GROUP_KEY, kind_order
from pluginnovation.signals.known import enough_reported
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import counted
from pluginnovation.signals.whole import total

SLOT, ACTIVITY = "slot", "activity"
SLOT_MINUTES: Final = 120
CELL_KEY: Final = ["cell", "weekday", "hour", "activity"]
MINUTES: Final = ("offered", "reported", "absence")


def pupil_cells(facts: Facts, *, scope: Scope) -> Table:
    """What each pupil was offered and missed in each cell, in the short window.

    Gives   pupil, cell (slot | activity), weekday (0 = Monday) and hour (8 = 08-10) or activity, offered, reported,
            absence (minutes). Each lesson is in one slot and in one activity.
    """
    period = scope.period
    lessons = facts.lessons.filter(facts.lessons.date.between(period.short_from, period.as_of))
    rows = with_slot(counted(lessons, scope.gaps, since=period.short_from).anti_join(scope.gone, "pupil"))
    slots = _minutes(rows, ["pupil", "weekday", "hour"])
    activities = _minutes(rows, ["pupil", "activity"])
    columns = ["pupil", *CELL_KEY, *MINUTES]
    slots = slots.mutate(cell=ibis.literal(SLOT), activity=ibis.null("string")).select(columns)
    none = ibis.null("int8")
    return slots.union(activities.mutate(cell=ibis.literal(ACTIVITY), weekday=none, hour=none).select(columns))


def with_slot(lessons: Table) -> Table:
    """Lessons with their weekday (0 = Monday), the hour their two-hour slot begins, and their minutes."""
    return lessons.select(
        "pupil", "activity", "date", "offered",
        weekday=lessons.date.day_of_week.index().cast("int8"),
        hour=(lessons.start_minute // SLOT_MINUTES * (SLOT_MINUTES // 60)).cast("int8"),
        reported=ibis.ifelse(lessons.is_reported, lessons.offered, 0),
        absence=lessons.excused + lessons.unexcused,
    )  # fmt: skip


def _minutes(rows: Table, key: list[str]) -> Table:
    return rows.group_by(key).aggregate(**{name: total(rows[name]) for name in MINUTES})


def group_cells(cells: Table, members: Table, *, rules: RuleSet) -> Table:
    """Each cell of each group, beside the group's other cells.

    Takes   cells     as `pupil_cells` gives them
            members   as `groups.group_members` gives them
    Gives   one row per group and cell with a lesson, ordered by source, school, kind, group, then slots by weekday and
            hour, then activities
              source, kind, school, group, cell, weekday, hour, activity
              pupils, away                 pupils with a lesson in the cell, and with absence in it
              offered, reported, absence   minutes in the cell
              others_offered, others_reported, others_absence   minutes in the group's other cells of the same sort
              known, others_known          bool: the shares are (something reported, and at least 80 % of it)
              differs                      bool: the share is at least twice, and at least five percentage points
                                           above, that of the others, with ten pupils or more and both shares known
    """
    rows = members.join(cells, "pupil")
    each = rows.group_by([*GROUP_KEY, *CELL_KEY]).aggregate(
        pupils=rows.count(),
        away=rows.count(where=rows.absence > 0),
        **{name: total(rows[name]) for name in MINUTES},
    )
    whole = ibis.window(group_by=[*GROUP_KEY, "cell"])
    beside = each.mutate(
        **{
            f"others_{name}": (each[name].sum().over(whole) - each[name]).cast("float64").cast("int64")
            for name in MINUTES
        }
    )
    told = with_difference(beside, rules)
    return told.order_by("source", "school", kind_order(told), "group", told.cell.desc(), "weekday", "hour", "activity")


def with_difference(cells: Table, rules: RuleSet) -> Table:
    """The cells with known, others_known and differs. Whole numbers decide: shares are compared crosswise."""
    known = enough_reported(cells.reported, cells.offered, rules)
    others_known = enough_reported(cells.others_reported, cells.others_offered, rules)
    own, others = cells.absence * cells.others_reported, cells.others_absence * cells.reported
    differs = (
        known
        & others_known
        & (cells.pupils >= rules.cell_pupils)
        & (own >= rules.cell_times * others)
        & (100 * (own - others) >= rules.cell_points * cells.reported * cells.others_reported)
    )
    return cells.mutate(known=known, others_known=others_known, differs=differs)
