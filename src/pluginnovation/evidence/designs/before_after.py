"""Before and after, for those helped only: a warning example.

Help begins when days are at their worst, and days after the worst are usually better, with help or without.
It earns no certainty, is never pooled, and is shown beside a real answer so that the difference can be seen.
"""

from math import sqrt
from typing import Final

import numpy as np

from ..plan import Plan
from ..result import MIN_PUPILS, Result, cannot_tell
from ..table import Table
from .asked import blank, sizes_of, told

LABEL: Final = "warning_example"
ASSUMES: Final = ("nothing_else_changed",)


def before_after(plan: Plan, table: Table, *, before: str = "") -> Result:
    """The mean change of those helped from before the start, labelled as the warning that it is.

    Takes   before   the covariate that is the same outcome before the start; empty: the first
    Gives   label 'warning_example', cap 0; 'cannot_tell' with fewer than ten helped whose outcome is known
    """
    found = blank(plan, "before_after", "change", sizes_of(table), cap=0, assumptions=ASSUMES)
    if not table.covariates.shape[1]:
        return cannot_tell(found, "nothing_known_before")
    place = table.names.index(before) if before else 0
    rows = table.treated & table.known
    if not rows.any():
        return cannot_tell(found, "outcome_not_yet" if table.treated.any() else "nobody_treated")
    if rows.sum() < MIN_PUPILS:
        return cannot_tell(found, "too_few")
    then = table.covariates[rows, place]
    change = table.outcome[rows] - then
    se = float(change.std(ddof=1)) / sqrt(len(change))
    return told(found, float(change.mean()), se, df=len(change) - 1, compared=float(np.mean(then)), label=LABEL)
