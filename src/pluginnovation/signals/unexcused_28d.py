"""Unexcused absence over 28 days: how much of the reported teaching a pupil missed without a valid reason.

Why it matters   It often comes before long absence, and the home is to be told the same day.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from dataclasses import replace
from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import shaped, share
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import SHORT

UNIT: Final = "share"


def unexcused_28d(windows: Table, *, rules: RuleSet) -> Table:
    """Unexcused minutes as a share of the reported minutes of the last 28 days.

    Takes   windows   one row per pupil and window (see `windows.windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       unexcused / reported, 0..1; unknown as absence over 28 days is
              detail_1    excused and unexcused minutes
              detail_2    offered minutes
              detail_3, detail_text   why it is unknown (see `known.with_whole`)
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    rows = windows.filter(windows.window == SHORT)
    figures = replace(
        share(rows, rows.unexcused, rules.unexcused_28d), details=(rows.absence, rows.offered, rows.why_figure)
    )
    return shaped(rows, figures, signal="unexcused_28d", unit=UNIT)
