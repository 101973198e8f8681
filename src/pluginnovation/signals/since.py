"""Since when a cell differs: the first of the unbroken calendar weeks, back from as_of, in which it does.

Asked only about cells that differ now: they are few, and their weeks are many.
"""

from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, Table

from pluginnovation.records.facts import Facts
from pluginnovation.reference.calendar import school_year_start, week_start
from pluginnovation.signals.cells import (
    ACTIVITY,
    CELL_KEY,
    MINUTES,
    SLOT,
    group_cells,
    pupil_cells,
    with_difference,
    with_slot,
)
from pluginnovation.signals.groups import GROUP_KEY
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Keep, Scope, not_kept
from pluginnovation.signals.stays import counted
from pluginnovation.signals.whole import as_date, total


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind the cells of groups.

    facts     the store's facts
    days      the roll-up of pupils' days
    members   as `groups.group_members` gives them
    """

    facts: Facts
    days: Table
    members: Table


def cells_with_since(behind: Behind, *, scope: Scope, rules: RuleSet, keep: Keep = not_kept) -> Table:
    """Every cell of every group in four weeks, whether it differs, and since when.

    Takes   keep   `store.materialise`: shared steps are then worked out once
    Gives   the columns of `cells.group_cells`, and since (date; null when the cell doesn't differ, or not in its
            latest week), in no particular order
    """
    cells = keep(pupil_cells(behind.facts, scope=scope), "cells_of_pupils")
    told = keep(group_cells(cells, behind.members, rules=rules), "cells_of_groups")
    differing = keep(told.filter(told.differs).select(*GROUP_KEY, *CELL_KEY), "cells_that_differ")
    since = keep(since_of(differing, behind, scope=scope, rules=rules), "cells_since")
    return told.left_join(since, _same_cell(told, since), rname="{name}_since").drop(
        *(f"{name}_since" for name in (*GROUP_KEY, *CELL_KEY))
    )


def _same_cell(one: Table, other: Table) -> list[BooleanValue]:
    return [one[name] == other[name] for name in (*GROUP_KEY, "cell")] + [
        one[name].identical_to(other[name]) for name in ("weekday", "hour", "activity")
    ]


def since_of(differing: Table, behind: Behind, *, scope: Scope, rules: RuleSet) -> Table:
    """The Monday of the week since which each cell differs.

    In each week (Monday to Sunday, the last one up to as_of) the cell is compared with the group's other cells of that
    week, by the same rule as for four weeks. A week without a lesson in the cell (a holiday, or a weekday that hasn't
    come yet) neither breaks nor begins the run. No week before the school year is looked at: groups and timetables are
    made anew then. Today's members are followed backwards.

    Takes   differing   the cells that differ now: GROUP_KEY and CELL_KEY
    Gives   GROUP_KEY, CELL_KEY, since (date; null when the cell doesn't differ in its latest week)
    """
    weeks = _weeks(differing, behind, scope=scope, rules=rules)
    broken = weeks.group_by([*GROUP_KEY, *CELL_KEY]).aggregate(broken=weeks.week.max(where=~weeks.differs))
    joined = weeks.join(broken, _same_cell(weeks, broken), rname="{name}_broken")
    run = joined.filter(joined.broken.isnull() | (joined.week > joined.broken))
    return run.group_by([*GROUP_KEY, *CELL_KEY]).aggregate(since=run.week.min())


def _weeks(differing: Table, behind: Behind, *, scope: Scope, rules: RuleSet) -> Table:
    first = week_start(school_year_start(scope.period.as_of))
    lessons = behind.facts.lessons
    lessons = lessons.filter(lessons.date >= first, lessons.date <= scope.period.as_of)
    pupils = behind.members.join(differing, GROUP_KEY)
    rows = _in_week(with_slot(counted(lessons.semi_join(pupils, "pupil"), scope.gaps)))
    slots = pupils.filter(pupils.cell == SLOT).drop("activity")
    activities = pupils.filter(pupils.cell == ACTIVITY).drop("weekday", "hour")
    in_slots = rows.join(slots, ["pupil", "weekday", "hour"]).mutate(activity=ibis.null("string"))
    none = ibis.null("int8")
    in_activities = rows.drop("weekday", "hour").join(activities, ["pupil", "activity"]).mutate(weekday=none, hour=none)
    columns = [*GROUP_KEY, *CELL_KEY, "week", "pupil", *MINUTES]
    found = in_slots.select(columns).union(in_activities.select(columns))
    cells = found.group_by([*GROUP_KEY, *CELL_KEY, "week"]).aggregate(
        pupils=found.pupil.nunique(), **{name: total(found[name]) for name in MINUTES}
    )
    beside = cells.join(_group_weeks(pupils, behind.days, scope, first), [*GROUP_KEY, "week"])
    beside = beside.mutate(**{f"others_{name}": beside[f"all_{name}"] - beside[name] for name in MINUTES})
    return with_difference(beside, rules)


def _group_weeks(pupils: Table, days: Table, scope: Scope, first: date) -> Table:
    """What each group was offered and missed in each week, from the roll-up."""
    members = pupils.select(*GROUP_KEY, "pupil").distinct()
    seen = counted(days.filter(days.date >= first, days.date <= scope.period.as_of), scope.gaps)
    seen = _in_week(seen.mutate(absence=seen.excused + seen.unexcused)).select("pupil", "week", *MINUTES)
    # Pupils are in many groups: their weeks are added up once.
    weeks = seen.group_by(["pupil", "week"]).aggregate(**{name: total(seen[name]) for name in MINUTES})
    rows = members.join(weeks, "pupil")
    return rows.group_by([*GROUP_KEY, "week"]).aggregate(**{f"all_{name}": total(rows[name]) for name in MINUTES})


def _in_week(rows: Table) -> Table:
    return rows.mutate(week=as_date(rows.date.truncate("W")))
