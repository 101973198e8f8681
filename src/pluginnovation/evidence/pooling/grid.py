"""Partial pooling: each site lends strength to the others, as much as their likeness warrants.

One number is unknown beside the effects, how much sites differ (tau). It is added up over a grid, so nothing is drawn
by chance and the answer is the same each time.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from pluginnovation.evidence.pooling.random_effects import checked
from pluginnovation.evidence.table import Floats

_POINTS: Final = 2001
_HALVINGS: Final = 60
ASKED: Final = (0.025, 0.25, 0.5, 0.75, 0.975)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What is believed of one number: mean, standard deviation, and the quantiles 2.5, 25, 50, 75 and 97.5 %."""

    mean: float
    sd: float
    quantiles: tuple[float, float, float, float, float]
    above_zero: float


@dataclass(frozen=True, slots=True)
class Shrunk:
    """The common mean, a new site, each site, and how much they differ.

    tau_median   median of the standard deviation between sites
    """

    mean: Leaning
    new_site: Leaning
    sites: tuple[Leaning, ...]
    tau_median: float


def partial_pooling(y: Floats, v: Floats, *, tau_scale: float | None) -> Shrunk:
    """Every site's effect, drawn towards the mean.

    Takes   y, v        estimates and variances, at least two
            tau_scale   the half-normal prior's scale for tau, in the estimates' unit; None: flat, which needs at least
                        four sites to be a distribution at all
    Raises  Refusal 'one_site', 'variance_not_positive'
    Source  Rubin (1981), JES 6(4); Gelman et al., Bayesian Data Analysis, chapter 5.4
    """
    checked(y, v)
    tau, share = _grid(y, v, tau_scale)
    total = v + tau[:, None] ** 2
    precision = (1 / total).sum(axis=1)
    centre, around = (y / total).sum(axis=1) / precision, 1 / precision
    # Given tau, a site's effect is a weighted mean of its own estimate and the common mean.
    pull = v / total
    middles = (1 - pull) * y + pull * centre[:, None]
    spreads = pull * tau[:, None] ** 2 + pull**2 * around[:, None]
    sites = tuple(_leaning(share, middles[:, j], spreads[:, j]) for j in range(len(y)))
    heaped = np.cumsum(share)
    return Shrunk(
        _leaning(share, centre, around),
        _leaning(share, centre, around + tau**2),
        sites,
        float(np.interp(0.5, heaped - share / 2, tau)),
    )


def _grid(y: Floats, v: Floats, tau_scale: float | None) -> tuple[Floats, Floats]:
    """Values of tau, close together near nought, and the share of belief at each."""
    unit = float(np.sqrt(v).min()) / 10
    top = 30 * max(float(np.ptp(y)), float(np.sqrt(v).max())) if tau_scale is None else 8 * tau_scale
    steps = np.linspace(0, np.arcsinh(top / unit), _POINTS)
    tau = unit * np.sinh(steps)
    total = v + tau[:, None] ** 2
    precision = (1 / total).sum(axis=1)
    centre = (y / total).sum(axis=1) / precision
    logs = -0.5 * (np.log(total) + (y - centre[:, None]) ** 2 / total).sum(axis=1) - 0.5 * np.log(precision)
    if tau_scale is not None:
        logs = logs - 0.5 * (tau / tau_scale) ** 2
    weight = np.exp(logs - logs.max()) * np.cosh(steps)
    weight[[0, -1]] /= 2
    kept = weight > weight.max() * 1e-13
    share: Floats = weight[kept] / weight[kept].sum()
    return tau[kept], share


def _leaning(share: Floats, middles: Floats, spreads: Floats) -> Leaning:
    sd = np.sqrt(spreads)
    mean = float(share @ middles)
    variance = float(share @ (spreads + (middles - mean) ** 2))
    asked = np.array(ASKED)
    low = np.full(len(asked), float((middles - 10 * sd).min()))
    high = np.full(len(asked), float((middles + 10 * sd).max()))
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        below = ndtr((half[:, None] - middles) / sd) @ share < asked
        low, high = np.where(below, half, low), np.where(below, high, half)
    a, b, c, d, e = ((low + high) / 2).tolist()
    return Leaning(mean, variance**0.5, (a, b, c, d, e), float(share @ ndtr(middles / sd)))
