"""Absence over 28 days: how much of the reported teaching a pupil missed.

Why it matters   Minutes, not days: a pupil who skips one lesson every day is never absent in a day register.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from dataclasses import replace
from typing import Final

from ibis.expr.types import Table

from pluginnovation.signals.result import enough_days, shaped, share, share_is_known, why_unknown
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import SHORT

UNIT: Final = "share"


def absence_28d(windows: Table, *, rules: RuleSet) -> Table:
    """Excused and unexcused minutes as a share of the reported minutes of the last 28 days.

    Takes   windows   one row per pupil and window (see `windows.windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value       absence / reported, 0..1; unknown when less than 80 % of what was offered is reported,
                          or there are fewer than five school days
              detail_1    unexcused minutes
              detail_2    offered minutes
              detail_3, detail_text   why it is unknown (see `result.why_unknown`)
    Raises  nothing: minutes were checked when they were read in
    Source  10 and 20 % as common yardsticks, 15 % in the national agency's survey. No limit is law.
            Window, 80 % and five days are ours.
    """
    rows = windows.filter(windows.window == SHORT)
    absence = rows.excused + rows.unexcused
    known = share_is_known(rows, rules) & enough_days(rows, rules.min_days)
    figures = share(absence, rows.reported, known=known, limits=rules.absence_28d)
    why, figure = why_unknown(rows, rules, rules.min_days)
    figures = replace(figures, details=(rows.unexcused, rows.offered, figure), detail_text=why)
    return shaped(rows, figures, signal="absence_28d", unit=UNIT)
