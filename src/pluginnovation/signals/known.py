"""When the share of a window is known: enough is reported of what was offered, on enough school days."""

from typing import Final

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table

from pluginnovation.signals.result import enough_days
from pluginnovation.signals.rules import RuleSet

# Why a share is unknown; `reasons` says it in words.
NOT_TOLD, NOTHING, TOO_LITTLE, FEW_DAYS = "not_told", "nothing_reported", "too_little_reported", "few_days"
WHY: Final = (NOT_TOLD, NOTHING, TOO_LITTLE, FEW_DAYS)


def enough_reported(reported: IntegerValue, offered: IntegerValue, rules: RuleSet) -> BooleanValue:
    """Something is reported, and at least 80 % of what was offered. Null where nobody says what was offered."""
    return (reported > 0) & (100 * reported >= rules.min_reported_pct * offered)


def with_whole(rows: Table, *, rules: RuleSet, fewest: IntegerValue) -> Table:
    """The rows with what their shares are divided by, and why a share is unknown.

    Takes   rows     basis, offered, reported, excused, unexcused, school_days
            fewest   school days, under which the window is too thin
    Gives   the rows and
              absence      excused + unexcused minutes
              whole        reported minutes; null when a share of them is unknown
              why          one of WHY, null when the share of absence is known
              why_figure   the figure that makes it so: reported percent of what was offered, rounded down, or school
                           days; else null
    """
    absence = rows.excused + rows.unexcused
    told = rows.reported.notnull() & rows.offered.notnull() & absence.notnull()
    too_little = 100 * rows.reported < rules.min_reported_pct * rows.offered
    few = ~enough_days(rows, fewest)
    known = enough_reported(rows.reported, rows.offered, rules) & ~few
    return rows.mutate(
        absence=absence,
        whole=ibis.ifelse(known, rows.reported, None),
        why=ibis.cases((~told, NOT_TOLD), (rows.reported == 0, NOTHING), (too_little, TOO_LITTLE), (few, FEW_DAYS)),
        why_figure=ibis.cases((too_little, 100 * rows.reported // rows.offered.nullif(0)), (few, rows.school_days)),
    )
