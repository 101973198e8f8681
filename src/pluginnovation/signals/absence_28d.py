"""Absence over 28 days: how much of the reported teaching a pupil missed.

Why it matters   Minutes, not days: a pupil who skips one lesson every day is never absent in a day register.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from dataclasses import replace
from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import shaped, share
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "share"


def absence_28d(short: Table, *, rules: RuleSet) -> Table:
    """Excused and unexcused minutes as a share of the reported minutes of the last 28 days.

    Takes   short   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       absence / reported, 0..1; unknown when less than 80 % of what was offered is reported,
                          or there are fewer than five school days
              detail_1    unexcused minutes
              detail_2    offered minutes
              detail_3, detail_text   why it is unknown (see `known.with_whole`)
    Raises  nothing: minutes were checked when they were read in
    Source  10 and 20 % as common yardsticks, 15 % in the national agency's survey. No limit is law.
            Window, 80 % and five days are ours.
    """
    figures = replace(
        share(short, short.absence, rules.absence_28d), details=(short.unexcused, short.offered, short.why_figure)
    )
    return shaped(short, figures, signal="absence_28d", unit=UNIT)
