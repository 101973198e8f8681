"""Rising absence: how much larger the share of the last 28 days is than that of the 28 days before.

Why it matters   A change is when somebody should ask, also at a level that is common in the class.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.known import NOTHING
from pluginnovation.signals.result import Figures, level_of, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "percentage_points"


def rising_absence(short: Table, before: Table, *, rules: RuleSet) -> Table:
    """The absence share of 28 days minus the share of the 28 days before, in percentage points.

    Takes   short, before   one row per pupil (see `windows.Windows`)
    Gives   one result per pupil with a row in the last 28 days (see `result.COLUMNS`)
              value       100 * (share now - share before); unknown if either share is, by the rules of
                          absence over 28 days for each
              detail_1    the share before, in thousandths, rounded down; null when unknown
              detail_2    the share now, likewise
              detail_3, detail_text   why it is unknown: `before` or `now`, a space, and what `known.with_whole` says
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    before = before.select("pupil", "absence", "whole", "why", "why_figure", "first_date")
    rows = short.left_join(before, "pupil", rname="{name}_before").drop("pupil_before")
    # The shares differ by (part·whole_before - part_before·whole) / (whole·whole_before), compared without dividing.
    rise = rows.absence * rows.whole_before - rows.absence_before * rows.whole
    base = rows.whole * rows.whole_before
    # A pupil without a row before has no `why` there.
    why_before = ibis.ifelse(rows.first_date_before.isnull(), NOTHING, rows.why_before)
    figures = Figures(
        value=100 * rise / base,
        level=level_of(100 * rise >= limit * base for limit in rules.rising_absence),
        details=(
            1000 * rows.absence_before // rows.whole_before,
            1000 * rows.absence // rows.whole,
            ibis.ifelse(why_before.notnull(), rows.why_figure_before, rows.why_figure),
        ),
        detail_text=ibis.coalesce(ibis.literal("before ").concat(why_before), ibis.literal("now ").concat(rows.why)),
    )
    rests_from = ibis.coalesce(rows.first_date_before, rows.first_date)
    return shaped(rows.mutate(first_date=rests_from), figures, signal="rising_absence", unit=UNIT)
