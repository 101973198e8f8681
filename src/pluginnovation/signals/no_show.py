"""No show: a pupil who is enrolled in upper secondary school and has never been there.

Why it matters   Who never comes is easily taken for somebody who has changed schools, and then nobody asks.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "yes_no"


def no_show(starts: Table, taught: Table, *, rules: RuleSet) -> Table:
    """Whether nothing but absence has been reported since the enrolment began, while the unit has had lessons.

    Takes   starts   source, pupil, school, start_date, reported_lessons, present, first_reported, last_reported (see
                     `new_starts.starts`)
            taught   pupil, taught_days (see `new_starts.taught_days`)
    Gives   one result per pupil with an upper secondary enrolment on as_of (see `result.COLUMNS`)
              value       1 when the unit has had three dates or more with any reported lesson since the enrolment
                          began, as_of included, and the pupil's reported lessons hold no minute of presence or of
                          anything else agreed; 0 otherwise; unknown while no lesson of the pupil is reported
              detail_1    the unit's dates with reported lessons; null where the pupil has been there
              detail_2    the pupil's reported lessons since the enrolment began
              rests_from, rests_to, last_true   the first and last of them
    Raises  nothing: minutes were checked when they were read in
    Source  three days are ours.
    """
    rows = starts.left_join(taught, "pupil").drop("pupil_right")
    never = (rows.reported_lessons > 0) & (rows.present == 0)
    rows = rows.mutate(taught_days=ibis.ifelse(never, rows.taught_days.fill_null(0), None))
    absent = never & (rows.taught_days >= rules.show_up_days)
    rows = rows.mutate(
        value=ibis.ifelse(rows.reported_lessons > 0, absent.fill_null(False).cast("int64"), None),
        first_date=rows.first_reported,
        last_date=rows.last_reported,
        school_days=ibis.null("int32"),
    )
    figures = Figures(
        value=rows.value, level=at_least(rows.value, rules.no_show), details=(rows.taught_days, rows.reported_lessons)
    )
    return shaped(rows, figures, signal="no_show", unit=UNIT)
