"""Repeated absence: on how many school days of the last 28 days a pupil was away, for a lesson or all day.

Why it matters   The law tells schools to look into repeated absence, valid or not; many short ones are many.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "days"


def repeated_absence_28d(short: Table, *, rules: RuleSet) -> Table:
    """School days in 28 days with absence that isn't only lateness.

    Takes   short   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       days with excused + unexcused - late > 0; unknown where only sums are known
              detail_1    lessons
              detail_2    reported lessons
    Raises  nothing: minutes were checked when they were read in
    Source  skollagen 7 kap. 19 a § (repeated or long absence); it gives no limit, 5, 8 and 12 days are ours.
    """
    figures = Figures(
        value=short.days_away,
        level=at_least(short.days_away, rules.repeated_absence_28d),
        details=(short.lessons, short.reported_lessons),
    )
    return shaped(short, figures, signal="repeated_absence_28d", unit=UNIT)
