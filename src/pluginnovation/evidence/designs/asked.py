"""What every design's result says in the same way: who was counted, the interval, and the odds for pooling."""

from dataclasses import replace
from math import log, sqrt
from typing import Any

import numpy as np
from scipy import stats

from ..plan import KINDS, Plan
from ..plan_files import checksum
from ..result import Result, Sizes, cannot_tell
from ..table import Floats, Table


def blank(plan: Plan, design: str, estimand: str, sizes: Sizes, **more: Any) -> Result:
    """The question with no answer yet. more: the result's other fields, such as cap and assumptions."""
    return Result(
        design=design,
        question=plan.question,
        unit=plan.outcome.unit,
        estimand=estimand,
        sizes=sizes,
        plan=checksum(plan),
        benefit=plan.outcome.benefit,
        **more,
    )


def sizes_of(table: Table) -> Sizes:
    """Pupils and schools on each side, of whom the outcome is known, and those of whom it isn't."""
    known, helped = table.known, table.treated
    return Sizes(
        treated=int((helped & known).sum()),
        compared=int((~helped & known).sum()),
        schools_treated=len(np.unique(table.school[helped])),
        schools_compared=len(np.unique(table.school[~helped])),
        missing_treated=int((helped & ~known).sum()),
        missing_compared=int((~helped & ~known).sum()),
    )


def told(
    found: Result, estimate: float, se: float, *, compared: Floats | float, df: float | None, **more: Any
) -> Result:
    """The result with its number and 95 % interval.

    compared   outcomes of those compared, or their mean as the estimate weighs them
    df         of the t; None: the normal distribution
    more       the result's other fields
    Gives      'no_variation' instead of a number when the outcome never varies: an interval without width is no answer
    """
    if not (np.isfinite(estimate) and np.isfinite(se) and se > 0):
        return cannot_tell(replace(found, diagnostics=more.get("diagnostics", ())), "no_variation")
    half = se * float(stats.norm.ppf(0.975) if df is None else stats.t.ppf(0.975, df))
    tail = float(stats.norm.sf(abs(estimate / se)) if df is None else stats.t.sf(abs(estimate / se), df))
    mean = float(np.mean(compared))
    odds, odds_se = log_odds(mean, estimate, se) if found.unit == KINDS["yes_no"] else (None, None)
    return replace(
        found, estimate=estimate, se=se, low=estimate - half, high=estimate + half, df=df, p=2 * tail,
        compared_mean=mean, log_odds=odds, log_odds_se=odds_se, **more,
    )  # fmt: skip


def log_odds(compared: float, effect: float, se: float) -> tuple[float | None, float | None]:
    """The marginal log odds ratio of two shares per 100, and its standard error; None at 0 or 100 of a hundred.

    The standard error is the difference's own over the variance of a yes or no (delta method, both shares' spreads
    taken alike): good while the effect is small beside the share, which is what pooling takes too.
    """
    without, helped = compared / 100, (compared + effect) / 100
    if not (0 < without < 1 and 0 < helped < 1):
        return None, None
    ratio = log(helped / (1 - helped)) - log(without / (1 - without))
    return ratio, se / 100 / sqrt(helped * (1 - helped) * without * (1 - without))
