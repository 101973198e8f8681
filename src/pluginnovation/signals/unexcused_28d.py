"""Unexcused absence over 28 days: how much of the reported teaching a pupil missed without a valid reason.

Why it matters   It often comes before long absence, and the home is to be told the same day.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from dataclasses import replace
from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import shaped, share
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "share"


def unexcused_28d(short: Table, *, rules: RuleSet) -> Table:
    """Unexcused minutes as a share of the reported minutes of the last 28 days.

    Takes   short   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       unexcused / reported, 0..1; unknown as absence over 28 days is
              detail_1    excused and unexcused minutes
              detail_2    offered minutes
              detail_3, detail_text   why it is unknown (see `known.with_whole`)
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    figures = replace(
        share(short, short.unexcused, rules.unexcused_28d), details=(short.absence, short.offered, short.why_figure)
    )
    return shaped(short, figures, signal="unexcused_28d", unit=UNIT)
