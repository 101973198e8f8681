"""One number per site: their mean when sites truly differ, how much they differ, and what the next site may expect."""

from dataclasses import dataclass
from math import exp, log
from typing import Final, Literal

import numpy as np
from scipy.special import chdtrc

from pluginnovation.evidence.doubt import Doubted, doubted, quantile
from pluginnovation.evidence.table import Floats
from pluginnovation.records.refusals import Refusal

Method = Literal["fixed", "dl", "pm", "ml", "reml"]
METHODS: Final = ("fixed", "dl", "pm", "ml", "reml")
_STEPS: Final = 500
_CLOSE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Mean:
    """The sites' mean and how they differ.

    mean        with standard error and interval
    tau2        variance of the true effects between sites; nought under 'fixed'
    q, q_df, q_p  Cochran's test that all true effects are the same
    i2          percent of the spread that is more than chance
    next_low, next_high  where the true effect of a new site lies, about 95 times in 100; approximate with few sites
    weights     percent, in the sites' order, sum 100
    """

    mean: Doubted
    tau2: float
    q: float
    q_df: int
    q_p: float
    i2: float
    next_low: float
    next_high: float
    weights: tuple[float, ...]


def random_effects(y: Floats, v: Floats, *, method: Method = "reml", knapp_hartung: bool = True) -> Mean:
    """The mean over sites.

    Takes   y, v            estimates and their variances, one per site, at least two
            method          how tau² is found: DerSimonian-Laird, Paule-Mandel, ML, REML, or none ('fixed')
            knapp_hartung   whether doubt is counted with the spread that was seen and a t; else the normal
    Raises  Refusal 'one_site', 'variance_not_positive'
    Source  Viechtbauer (2005), JEBS 30(3) for REML; Knapp & Hartung (2003), Statistics in Medicine 22(17)
    """
    checked(y, v)
    tau2 = _between(y, v, method)
    w = 1 / (v + tau2)
    mu = float((w * y).sum() / w.sum())
    se = float(w.sum() ** -0.5)
    df: float | None = None
    if knapp_hartung:
        df = len(y) - 1.0
        spread = float((w * (y - mu) ** 2).sum() / df)
        # Sites that happen to agree to the last digit still leave doubt: at least the fixed-effect scale's rounding.
        se *= max(spread, np.finfo(float).eps) ** 0.5
    fixed = 1 / v
    q = float((fixed * (y - (fixed * y).sum() / fixed.sum()) ** 2).sum())
    away = quantile(0.975, df) * (tau2 + se * se) ** 0.5
    return Mean(
        doubted(mu, se, df), tau2, q, len(y) - 1, float(chdtrc(len(y) - 1, q)), _share_true(fixed, tau2, q, method),
        mu - away, mu + away, tuple((100 * w / w.sum()).tolist()),
    )  # fmt: skip


def checked(y: Floats, v: Floats) -> None:
    """Nothing, when the sites can be put together. Raises Refusal 'one_site', 'variance_not_positive'."""
    if len(y) < 2:
        raise Refusal(
            "one_site",
            what=("Det finns bara ett ställe.", "There is only one site."),
            todo=("Visa det som det är. Det finns inget att väga ihop.", "Show it as it is. There is nothing to pool."),
        )
    if not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0).all()):
        raise Refusal(
            "variance_not_positive",
            what=("En skattning saknar osäkerhet.", "An estimate has no doubt."),
            todo=("Utan standardfel kan den inte vägas ihop.", "It can't be pooled without a standard error."),
        )


def share_with_help(share: float, log_odds: float) -> float:
    """The share (0-1) who leave with help, when `share` leave without and the log odds ratio of staying is known."""
    odds = exp(log(share / (1 - share)) - log_odds)
    return odds / (1 + odds)


def _share_true(fixed: Floats, tau2: float, q: float, method: Method) -> float:
    if method == "fixed":
        return max(0.0, 100 * (q - (len(fixed) - 1)) / q) if q > 0 else 0.0
    typical = (len(fixed) - 1) * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum())
    return float(100 * tau2 / (typical + tau2))


def _between(y: Floats, v: Floats, method: Method) -> float:
    if method == "fixed":
        return 0.0
    if method == "pm":
        return _paule_mandel(y, v)
    w = 1 / v
    q = float((w * (y - (w * y).sum() / w.sum()) ** 2).sum())
    moment = max(0.0, (q - (len(y) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    return moment if method == "dl" else _likely(y, v, moment, restricted=method == "reml")


def _likely(y: Floats, v: Floats, start: float, *, restricted: bool) -> float:
    """Fisher scoring for REML or ML, kept at nought or above, each step halved until the likelihood rises."""
    tau2, height = start, _height(y, v, start, restricted)
    for _ in range(_STEPS):
        w = 1 / (v + tau2)
        mu = (w * y).sum() / w.sum()
        s1, s2, s3 = w.sum(), (w**2).sum(), (w**3).sum()
        trace = s1 - s2 / s1 if restricted else s1
        curve = s2 - 2 * s3 / s1 + (s2 / s1) ** 2 if restricted else s2
        step = float(((w**2 * (y - mu) ** 2).sum() - trace) / curve)
        new = max(0.0, tau2 + step)
        while (risen := _height(y, v, new, restricted)) < height and abs(new - tau2) > _CLOSE * (1 + tau2):
            new = (new + tau2) / 2
        if abs(new - tau2) <= _CLOSE * (1 + tau2):
            break
        tau2, height = new, risen
    return tau2


def _height(y: Floats, v: Floats, tau2: float, restricted: bool) -> float:
    w = 1 / (v + tau2)
    mu = (w * y).sum() / w.sum()
    height = 0.5 * np.log(w).sum() - 0.5 * (w * (y - mu) ** 2).sum()
    return float(height - (0.5 * np.log(w.sum()) if restricted else 0.0))


def _paule_mandel(y: Floats, v: Floats) -> float:
    """The tau² at which the weighted spread is what it should be; Newton, which can't overshoot since Q is convex."""
    tau2 = 0.0
    for _ in range(_STEPS):
        w = 1 / (v + tau2)
        off = y - (w * y).sum() / w.sum()
        over = float((w * off**2).sum()) - (len(y) - 1)
        if over <= _CLOSE * len(y):
            break
        tau2 += over / float((w**2 * off**2).sum())
    return tau2
