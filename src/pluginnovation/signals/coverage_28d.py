"""Coverage: how much of the teaching of the last 28 days has been reported on.

Why it matters   It speaks about the register, not about the pupil: without reports, nobody knows who is missing.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, level_of, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "percent"


def coverage_28d(short: Table, *, rules: RuleSet) -> Table:
    """Reported minutes as percent of the offered minutes of the last 28 days; raised when below the limit.

    Takes   short   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       100 * reported / offered; unknown when nothing was offered or a source doesn't say
              detail_1    lessons
              detail_2    reported lessons
    Raises  nothing: minutes were checked when they were read in
    Source  80 % is where this platform stops believing a share; 60 and 40 % are ours.
    """
    offered = short.offered.nullif(0)
    figures = Figures(
        value=100 * short.reported / offered,
        level=level_of(100 * short.reported < limit * offered for limit in rules.coverage_28d),
        numerator=short.reported,
        denominator=short.offered,
        details=(short.lessons, short.reported_lessons),
    )
    # Unreported lessons are what it is about, so its figures were true on the last day with any lesson.
    return shaped(short.mutate(last_reported=short.last_date), figures, signal="coverage_28d", unit=UNIT)
