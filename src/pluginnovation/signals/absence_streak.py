"""Absence streak: for how many school days in a row a pupil has been away all of the time.

Why it matters   Each day makes the way back longer. Somebody should have been in touch within the first week.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "days"


def absence_streak(short: Table, streaks: Table, *, rules: RuleSet) -> Table:
    """Unbroken school days, back from the last one, on which all that was reported is absence.

    Takes   short     one row per pupil (see `windows.Windows`)
            streaks   pupil, run_days, run_from (see `streaks.streaks`)
    Gives   one result per pupil with a reported row in the last 28 days (see `result.COLUMNS`)
              value       school days in the run, 0 when the pupil was there on the last one; unknown where only
                          sums are known
              detail_1    school days in the last 28
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    rows = short.filter((short.basis == "sums") | (short.reported_lessons > 0))
    rows = rows.left_join(streaks, "pupil").drop("pupil_right")
    days = ibis.ifelse(rows.basis == "sums", ibis.null("int64"), rows.run_days.fill_null(0))
    by_days = rows.basis == "lessons"
    rows = rows.mutate(
        first_date=ibis.ifelse(by_days, ibis.coalesce(rows.run_from, rows.last_reported), rows.first_date),
        last_date=ibis.ifelse(by_days, rows.last_reported, rows.last_date),
    )
    figures = Figures(value=days, level=at_least(days, rules.absence_streak), details=(rows.school_days,))
    return shaped(rows, figures, signal="absence_streak", unit=UNIT)
