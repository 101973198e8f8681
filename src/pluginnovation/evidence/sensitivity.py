"""How strong something nobody measured would have to be to explain an effect away."""

from dataclasses import dataclass
from math import exp, sqrt
from typing import Final

import numpy as np

from .linear import least_squares
from .result import Figure
from .table import Bools, Floats, Table

LEAST_HIDDEN: Final = 0.05  # about what explains five per cent of both the choice and the outcome
STANDARDISED: Final = 0.91  # a risk ratio from a difference in standard deviations: VanderWeele & Ding 2017


@dataclass(frozen=True, slots=True)
class Doubt:
    """E-values, as risk ratios of 1 or more: with the treatment and with the outcome.

    estimate   what would explain the estimate away
    interval   what would move the interval to include no effect; 1 when it already does
    """

    estimate: float
    interval: float


def e_value(ratio: float, low: float, high: float) -> Doubt:
    """E-values of a risk ratio and of its interval's nearer end.

    Raises  ValueError unless 0 < low <= ratio <= high
    Source  VanderWeele & Ding 2017, Annals of Internal Medicine 167(4)
    """
    if not 0 < low <= ratio <= high:
        raise ValueError("a risk ratio lies above nought, within its interval")
    near = 1.0 if low <= 1 <= high else (low if ratio > 1 else high)
    return Doubt(_e_value(ratio), _e_value(near))


def _e_value(ratio: float) -> float:
    strong = ratio if ratio >= 1 else 1 / ratio
    return strong + sqrt(strong * (strong - 1))


def doubt_of(estimate: float, se: float, *, spread: float) -> Doubt:
    """E-values of a difference. spread: the outcome's standard deviation among those compared with, same unit, > 0.

    A difference in shares is taken the same way: its ratio needs a rate above nought, which a school may not have.
    """
    size, wide = estimate / spread, 1.96 * se / spread
    return e_value(*(exp(STANDARDISED * one) for one in (size, size - wide, size + wide)))


def robustness(t: float, df: float) -> float:
    """Share of what is left of treatment and outcome that a confounder must explain to take the effect away, 0..1.

    Source  Cinelli & Hazlett 2020, JRSS B 82(1), q = 1
    """
    strength = abs(t) / sqrt(df)
    return 0.5 * (sqrt(strength**4 + 4 * strength**2) - strength**2)


def times_all_known(table: Table, gap: float) -> float | None:
    """How many times what everything known moves the answer something hidden must move it, to close a gap.

    What is known together, before it is adjusted for, is as strong as staff's reasons are seen to be. Where it says
    next to nothing of who was helped, that is no comfort: then a hidden reason is taken to be of LEAST_HIDDEN.

    Takes   table   outcomes all known; gap   from the answer's nearer end to the conclusion falling, outcome's unit
    Gives   nought or more; None when it can't be told (everything is explained, or nothing varies)
    Source  Cinelli & Hazlett 2020, JRSS B 82(1), section 4.4: bounds from covariates as a group. The floor is ours
    """
    one = np.ones((len(table), 1))
    side, known = table.treated.astype(float), np.column_stack([one, table.covariates])
    both = np.column_stack([one, side[:, None]])
    of_choice = 1 - _unexplained(known, side) / _unexplained(one, side)
    without = _unexplained(both, table.outcome)
    of_outcome = (
        1 - _unexplained(np.column_stack([both, table.covariates]), table.outcome) / without if without else 0.0
    )
    if not (0 <= of_choice < 1 and 0 <= of_outcome < 1):
        return None
    strength = max(sqrt(of_outcome * of_choice / (1 - of_choice)), LEAST_HIDDEN)
    left = _unexplained(np.column_stack([known, side]), table.outcome)
    alone = _unexplained(known, side)
    moved = strength * sqrt(left / alone) if alone > 0 else 0.0
    return max(gap, 0.0) / moved if moved > 0 else None


def _unexplained(columns: Floats, values: Floats) -> float:
    left = least_squares(columns, values).residuals
    return float(left @ left)


def worst_cases(outcome: Floats, treated: Bools, least: float, most: float) -> Figure:
    """Manski's bounds of the difference, when everybody missing did as well or badly as can be (least..most)."""
    known = ~np.isnan(outcome)
    ends = [np.where(known, outcome, end) for end in (least, most)]
    low = float(ends[0][treated].mean() - ends[1][~treated].mean())
    high = float(ends[1][treated].mean() - ends[0][~treated].mean())
    return Figure("manski_bounds", None, low=low, high=high, n=len(outcome))


def trimmed(outcome: Floats, treated: Bools) -> Figure:
    """Lee's bounds: the side that kept more is cut from above and from below until both kept the same share.

    Source  Lee 2009, Review of Economic Studies 76(3). Takes it that the help moved attendance at the measurement
            one way only.
    """
    known = ~np.isnan(outcome)
    kept = {side: float(known[treated == side].mean()) for side in (True, False)}
    more = kept[True] >= kept[False]
    cut = 1 - kept[not more] / kept[more]
    values = np.sort(outcome[known & (treated == more)])
    drop = round(cut * len(values))
    ends = (values[: len(values) - drop].mean(), values[drop:].mean())
    other = outcome[known & (treated != more)].mean()
    low, high = sorted(float(end - other) if more else float(other - end) for end in ends)
    return Figure("lee_bounds", None, low=low, high=high, n=int(known.sum()))
