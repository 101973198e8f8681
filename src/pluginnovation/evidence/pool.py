"""What the sites say together, the disappointing ones as much as the others.

One site is shown as one study. Two are put together only with a prior for how much sites differ. From three on: random
effects with Knapp and Hartung's interval, and where a new site would lie. Draws are never mixed with weaker designs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from pluginnovation.records.refusals import Refusal

from .doubt import quantile
from .message import SiteEstimate
from .pooling.blocks import blocks_of, robust
from .pooling.grid import Leaning, partial_pooling
from .pooling.levels import three_level
from .pooling.random_effects import random_effects
from .result import Figure
from .table import Floats

STRONG: Final = ("waiting_list", "school_draw", "threshold")
TAU_SCALE: Final = {"natural": 5.0, "log_odds": 0.4}  # half-normal: sites seldom differ by more than twice this
RHO: Final = 0.8
Scale = Literal["natural", "log_odds"]


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate in the pool. weight: per cent, sum 100; nought for one that is only shown.

    left_out   why it isn't pooled: 'running', 'external', 'no_design', 'cannot_tell', 'weaker_design'; empty if it is
    shrunk     the site's own effect when the others lend it strength
    """

    message: SiteEstimate
    weight: float = 0.0
    left_out: str = ""
    shrunk: Figure | None = None


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the sites say together, in `unit`; None: cannot be told.

    sites, pupils       of those pooled
    method              'one_site', 'prior' (two sites), 'random_effects' or 'dependent' (several rows from a site)
    low, high           95 %
    next_low, next_high   where a new site would lie, about 95 times in 100
    tau, i2, q_p        how sites differ: standard deviation, per cent that isn't chance, and its test
    better              how sure one may be that the mean is on the good side, 0-1; None with one site
    rows                every estimate, pooled or not, in the order given
    without_one         the mean with each pooled row left out; by_design: each kind of design on its own
    believable          False when there are too few degrees of freedom to trust the interval
    """

    unit: str
    benefit: int
    sites: int
    pupils: int
    method: str
    rows: tuple[Row, ...]
    estimate: float | None = None
    se: float | None = None
    df: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    next_low: float | None = None
    next_high: float | None = None
    tau: float | None = None
    i2: float | None = None
    q_p: float | None = None
    better: float | None = None
    without_one: tuple[Figure, ...] = ()
    by_design: tuple[Figure, ...] = ()
    believable: bool = True
    cannot_tell: str = ""


def pool(messages: Sequence[SiteEstimate], *, scale: Scale = "natural") -> Pooled:
    """The sites put together.

    Takes   messages   of one method, one outcome and one horizon
            scale      'natural' (the outcome's unit) or 'log_odds'
    Gives   nothing pooled when one or no site is left: then cannot_tell says 'one_site' or 'no_sites'
    Raises  Refusal 'no_sites' without a message, 'mixed_outcomes' when they are not of the same thing
    """
    _alike(messages)
    rows = _sorted_out(messages, scale)
    kept = [place for place, row in enumerate(rows) if not row.left_out]
    unit = messages[0].unit if scale == "natural" else "log_odds"
    found = Pooled(
        unit, messages[0].benefit, len({rows[place].message.about.site for place in kept}),
        sum((m.treated or 0) + (m.compared or 0) for m in (rows[place].message for place in kept)), "one_site", rows,
    )  # fmt: skip
    if found.sites < 2:
        return replace(found, cannot_tell="one_site" if kept else "no_sites")
    y, v = _numbers([rows[place].message for place in kept], scale)
    pooled, weights = _put_together(found, y, v, [rows[place].message.about.site for place in kept], scale)
    shrunk = partial_pooling(y, v, tau_scale=TAU_SCALE[scale])
    filled = list(rows)
    for place, weight, site in zip(kept, weights, shrunk.sites, strict=True):
        filled[place] = replace(rows[place], weight=float(weight), shrunk=_leaned("shrunk", site))
    better = shrunk.mean.above_zero if found.benefit > 0 else 1 - shrunk.mean.above_zero
    return replace(
        pooled, rows=tuple(filled), better=better, by_design=_by_design(messages, scale),
        without_one=_without_one(pooled, [rows[place].message for place in kept], scale),
    )  # fmt: skip


def _alike(messages: Sequence[SiteEstimate]) -> None:
    if not messages:
        raise Refusal(
            "no_sites",
            what=("Det finns inga skattningar.", "There are no estimates."),
            todo=("Vänta tills något delprojekt har ett resultat.", "Wait until a sub-project has a result."),
        )
    kinds = {(m.unit, m.benefit, m.about.outcome, m.about.method, m.about.subgroup) for m in messages}
    if len(kinds) > 1:
        raise Refusal(
            "mixed_outcomes",
            what=("Skattningarna gäller inte samma sak.", "The estimates are not of the same thing."),
            todo=("Väg ihop en metod och ett utfall i taget.", "Pool one method and one outcome at a time."),
        )


def _sorted_out(messages: Sequence[SiteEstimate], scale: Scale) -> tuple[Row, ...]:
    rows = [Row(m, left_out=_why_not(m, scale)) for m in messages]
    if any(not row.left_out and row.message.design in STRONG for row in rows):
        rows = [
            replace(row, left_out="weaker_design") if not row.left_out and row.message.design not in STRONG else row
            for row in rows
        ]
    return tuple(rows)


def _why_not(message: SiteEstimate, scale: Scale) -> str:
    value, se = (message.estimate, message.se) if scale == "natural" else (message.log_odds, message.log_odds_se)
    tried = (
        (value is None or se is None or not se > 0, "cannot_tell"),
        (message.cap <= 0 or message.design == "before_after", "no_design"),
        (message.about.running, "running"),
        (message.about.external, "external"),
    )
    return next((why for wrong, why in tried if wrong), "")


def _numbers(messages: Sequence[SiteEstimate], scale: Scale) -> tuple[Floats, Floats]:
    natural = scale == "natural"
    y = np.array([m.estimate if natural else m.log_odds for m in messages], dtype=float)
    se = np.array([m.se if natural else m.log_odds_se for m in messages], dtype=float)
    return y, se**2


def _put_together(found: Pooled, y: Floats, v: Floats, sites: list[str], scale: Scale) -> tuple[Pooled, Floats]:
    """The mean, and each row's weight in per cent."""
    if found.sites < 3:
        return _with_prior(found, y, v, sites, scale)
    if found.sites < len(y):
        return _dependent(found, y, v, sites)
    mean = random_effects(y, v)
    made = replace(
        found, method="random_effects", estimate=mean.mean.value, se=mean.mean.se, df=mean.mean.df, low=mean.mean.low,
        high=mean.mean.high, p=mean.mean.p, next_low=mean.next_low, next_high=mean.next_high, tau=mean.tau2**0.5,
        i2=mean.i2, q_p=mean.q_p,
    )  # fmt: skip
    return made, np.array(mean.weights)


def _with_prior(found: Pooled, y: Floats, v: Floats, sites: list[str], scale: Scale) -> tuple[Pooled, Floats]:
    """Two sites say next to nothing of how sites differ; what is believed of that beforehand has to."""
    shrunk = partial_pooling(*_one_each(y, v, sites), tau_scale=TAU_SCALE[scale])
    mean, new = shrunk.mean, shrunk.new_site
    made = replace(
        found, method="prior", estimate=mean.mean, se=mean.sd, low=mean.quantiles[0], high=mean.quantiles[4],
        next_low=new.quantiles[0], next_high=new.quantiles[4], tau=shrunk.tau_median,
    )  # fmt: skip
    weight = 1 / (v + shrunk.tau_median**2)
    return made, np.asarray(100 * weight / weight.sum())


def _one_each(y: Floats, v: Floats, sites: list[str]) -> tuple[Floats, Floats]:
    """One number per site: the mean of its rows, whose errors go together."""
    names, where = np.unique(np.array(sites), return_inverse=True)
    rows = np.bincount(where, minlength=len(names))
    sums = np.bincount(where, np.sqrt(v), len(names)) ** 2
    own = np.bincount(where, v, len(names))
    return np.bincount(where, y, len(names)) / rows, (RHO * sums + (1 - RHO) * own) / rows**2


def _dependent(found: Pooled, y: Floats, v: Floats, sites: list[str]) -> tuple[Pooled, Floats]:
    """Several rows from one site: correlated and hierarchical effects, with robust variance."""
    _, study = np.unique(np.array(sites), return_inverse=True)
    fitted = three_level(blocks_of(y, v, study.astype(np.int64)), rho=RHO)
    mean, believable = robust(fitted.gls, np.array([1.0]))
    tau2 = fitted.between + fitted.within
    away = quantile(0.975, mean.df) * (tau2 + mean.se**2) ** 0.5
    fixed = random_effects(y, v, method="fixed")
    made = replace(
        found, method="dependent", estimate=mean.value, se=mean.se, df=mean.df, low=mean.low, high=mean.high, p=mean.p,
        next_low=mean.value - away, next_high=mean.value + away, tau=tau2**0.5, q_p=fixed.q_p,
        i2=100 * tau2 / (tau2 + float(np.median(v))), believable=believable,
    )  # fmt: skip
    rows = fitted.gls.w.sum(axis=2)[fitted.gls.blocks.here]
    order = np.argsort(study, kind="stable")
    weights = np.empty(len(y))
    weights[order] = rows
    return made, np.asarray(100 * weights / weights.sum())


def _leaned(name: str, found: Leaning) -> Figure:
    return Figure(name, found.mean, found.sd, found.quantiles[0], found.quantiles[4], exploratory=False)


def _without_one(pooled: Pooled, messages: list[SiteEstimate], scale: Scale) -> tuple[Figure, ...]:
    if pooled.sites < 3:
        return ()
    figures = []
    for place, left in enumerate(messages):
        rest = [m for other, m in enumerate(messages) if other != place]
        bare = replace(pooled, sites=len({m.about.site for m in rest}), rows=())
        found, _ = _put_together(bare, *_numbers(rest, scale), [m.about.site for m in rest], scale)
        name = f"{left.about.site}/{left.about.project}"
        figures.append(Figure(name, found.estimate, found.se, found.low, found.high, found.p))
    return tuple(figures)


def _by_design(messages: Sequence[SiteEstimate], scale: Scale) -> tuple[Figure, ...]:
    """Each kind of design on its own: weaker designs usually promise more, and that should be seen."""
    figures = []
    for design in sorted({m.design for m in messages}):
        own = [m for m in messages if m.design == design and not _why_not(m, scale)]
        sites = len({m.about.site for m in own})
        if sites < 2:
            continue
        bare = Pooled(own[0].unit, own[0].benefit, sites, 0, "", ())
        found, _ = _put_together(bare, *_numbers(own, scale), [m.about.site for m in own], scale)
        figures.append(Figure(design, found.estimate, found.se, found.low, found.high, found.p, n=len(own)))
    return tuple(figures)
