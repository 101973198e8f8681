"""Unexcused minutes in the calendar month: what the study grant looks at in upper secondary school.

Why it matters   Four hours of repeated unexcused absence in a month may be reported and stop the study grant.
                 The school should have talked with the pupil before that.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "minutes"


def unexcused_month(month: Table, upper_secondary: Table, *, rules: RuleSet) -> Table:
    """Unexcused minutes from the first of as_of's calendar month up to as_of.

    Takes   month             one row per pupil (see `windows.Windows`)
            upper_secondary   pupil: with an upper secondary enrolment that overlaps the month
    Gives   one result per such pupil with a row in the month (see `result.COLUMNS`)
              value       unexcused minutes; unknown when a source's sums leave them out
              detail_1    reported minutes
              detail_2    offered minutes
              detail_3    reported lessons
    Raises  nothing: minutes were checked when they were read in
    Source  the practice of CSN, the board of student finance: four hours (domain notes). 8 and 16 hours are ours.
    """
    rows = month.semi_join(upper_secondary, "pupil")
    figures = Figures(
        value=rows.unexcused,
        level=at_least(rows.unexcused, rules.unexcused_month),
        details=(rows.reported, rows.offered, rows.reported_lessons),
    )
    return shaped(rows, figures, signal="unexcused_month", unit=UNIT)
