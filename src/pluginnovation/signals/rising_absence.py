"""Rising absence: how much larger the share of the last 28 days is than that of the 28 days before.

Why it matters   A change is when somebody should ask, also at a level that is common in the class.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.result import NOTHING, Figures, enough_days, level_of, shaped, share_is_known, why_unknown
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import BEFORE, SHORT

UNIT: Final = "percentage_points"


def rising_absence(windows: Table, *, rules: RuleSet) -> Table:
    """The absence share of 28 days minus the share of the 28 days before, in percentage points.

    Takes   windows   one row per pupil and window (see `windows.windows`)
    Gives   one result per pupil with a row in the last 28 days (see `result.COLUMNS`)
              value       100 * (share now - share before); unknown if either share is, by the rules of
                          absence over 28 days for each
              detail_1    the share before, in thousandths, rounded down; null when unknown
              detail_2    the share now, likewise
              detail_3, detail_text   why it is unknown: `before` or `now`, a space, and what `result.why_unknown` says
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    now = _shares(windows.filter(windows.window == SHORT), rules)
    before = _shares(windows.filter(windows.window == BEFORE), rules)
    before = before.select("pupil", "part", "whole", "why", "why_figure", from_date="first_date")
    rows = now.left_join(before, "pupil", rname="{name}_before").drop("pupil_before")
    # Shares differ by (part·whole_before - part_before·whole) / (whole·whole_before), compared without dividing.
    rise = rows.part * rows.whole_before - rows.part_before * rows.whole
    base = rows.whole * rows.whole_before
    # A pupil without a row before has no `why` there.
    before_known = rows.whole_before.notnull()
    why = ibis.cases(
        (before_known & rows.whole.notnull(), None),
        (before_known, ibis.literal("now ").concat(rows.why)),
        else_=ibis.literal("before ").concat(rows.why_before.fill_null(NOTHING)),
    )
    figures = Figures(
        value=100 * rise / base,
        level=level_of(100 * rise >= limit * base for limit in rules.rising_absence),
        details=(
            1000 * rows.part_before // rows.whole_before,
            1000 * rows.part // rows.whole,
            ibis.ifelse(before_known, rows.why_figure, rows.why_figure_before),
        ),
        detail_text=why,
    )
    rows_from = ibis.coalesce(rows.from_date, rows.first_date)
    return shaped(rows.mutate(first_date=rows_from), figures, signal="rising_absence", unit=UNIT)


def _shares(rows: Table, rules: RuleSet) -> Table:
    """The rows with the two parts of the share, null when it is unknown, and why it is."""
    known = share_is_known(rows, rules) & enough_days(rows, rules.min_days)
    why, figure = why_unknown(rows, rules, rules.min_days)
    return rows.mutate(
        part=ibis.ifelse(known, rows.excused + rows.unexcused, None),
        whole=ibis.ifelse(known, rows.reported, None),
        why=why,
        why_figure=figure,
    )
