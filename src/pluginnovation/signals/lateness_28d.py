"""Lateness: how many lessons of the last 28 days a pupil came late to.

Why it matters   It tells about mornings, buses and timetables before it tells about a pupil.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "lessons"


def lateness_28d(short: Table, *, rules: RuleSet) -> Table:
    """Lessons in 28 days with any late minute.

    Takes   short   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       lessons with late minutes > 0; unknown where only sums are known
              detail_1    lessons
              detail_2    reported lessons
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    figures = Figures(
        value=short.late_lessons,
        level=at_least(short.late_lessons, rules.lateness_28d),
        details=(short.lessons, short.reported_lessons),
    )
    return shaped(short, figures, signal="lateness_28d", unit=UNIT)
