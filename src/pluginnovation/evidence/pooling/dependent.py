"""Several estimates from one study hang together. Robust variance needs no guess that must be right about how.

Two working models decide the weights: 'correlated' when a study's estimates are of the same pupils (several outcomes or
dates), 'hierarchical' when they are of different pupils (several schools in one study).
"""

from dataclasses import dataclass

import numpy as np

from pluginnovation.evidence.pooling.blocks import Blocks, Gls, diagonal, fit
from pluginnovation.evidence.pooling.random_effects import checked
from pluginnovation.evidence.table import Floats


@dataclass(frozen=True, slots=True)
class Dependent:
    """A fit with its working model.

    tau2     variance between studies
    omega2   variance between estimates of one study; nought in the correlated model
    """

    gls: Gls
    tau2: float
    omega2: float


def correlated(blocks: Blocks, *, rho: float = 0.8) -> Dependent:
    """Robust variance with correlated weights: each study weighs once, whatever it reports.

    Takes   rho   how alike the sampling errors of one study are, 0-1; matters little, and only for tau²
    Source  Hedges, Tipton & Johnson (2010), Research Synthesis Methods 1(1), eq. 15; small samples: Tipton (2015)
    """
    _several(blocks)
    here, x = blocks.here, blocks.x
    k = here.sum(axis=1)
    typical = np.where(here, blocks.v, 0.0).sum(axis=1) / k
    w = 1 / (k * typical)
    first = fit(blocks, diagonal(w[:, None] * here), _identity(blocks))
    m = first.variance
    residual = np.where(here, blocks.y - x @ first.coefficients, 0.0)
    q = float((w[:, None] * residual**2).sum())
    inner = np.einsum("jap,jaq->jpq", x, x)
    sums = x.sum(axis=1)
    outer = np.einsum("jp,jq->jpq", sums, sums)
    expected = float(np.einsum("j,pq,jqp->", w / k, m, inner + rho * (outer - inner)))
    scale = float((w * k).sum() - np.einsum("j,pq,jqp->", w**2, m, outer))
    tau2 = max(0.0, (q - len(k) + expected) / scale)
    final = np.where(here, (1 / (k * (typical + tau2)))[:, None], 0.0)
    return Dependent(
        fit(blocks, diagonal(final), diagonal(np.where(here, 1 / np.where(here, final, 1.0), 1.0))), tau2, 0.0
    )


def hierarchical(blocks: Blocks) -> Dependent:
    """Robust variance with hierarchical weights 1 / (v + tau² + omega²).

    The two variances are found by moments: the weighted spread of all estimates, and the spread of the studies' sums.
    Source  Hedges, Tipton & Johnson (2010), appendix B; the expectations are worked out here by matrices
    """
    _several(blocks)
    here = blocks.here
    w = diagonal(np.where(here, 1 / blocks.v, 0.0))
    first = fit(blocks, w, _identity(blocks))
    residual = np.where(here, blocks.y - blocks.x @ first.coefficients, 0.0)
    ones: Floats = (here[:, :, None] & here[:, None, :]).astype(float)
    kinds = (ones, diagonal(here * 1.0), diagonal(np.where(here, blocks.v, 0.0)))
    rows, right = [], []
    for form in (w, ones):
        tau, omega, chance = (_expected(first, form, kind) for kind in kinds)
        rows.append([tau, omega])
        right.append(float(np.einsum("ja,jab,jb->", residual, form, residual)) - chance)
    tau2, omega2 = _nonnegative(np.array(rows), np.array(right))
    total = np.where(here, blocks.v + tau2 + omega2, 1.0)
    return Dependent(fit(blocks, diagonal(np.where(here, 1 / total, 0.0)), diagonal(total)), tau2, omega2)


def _nonnegative(equations: Floats, right: Floats) -> tuple[float, float]:
    tau2, omega2 = np.linalg.solve(equations, right)
    return max(0.0, float(tau2)), max(0.0, float(omega2))


def _expected(gls: Gls, form: Floats, kind: Floats) -> float:
    """E e'(form)e where e are residuals and the errors' covariance is `kind`."""
    x, m = gls.blocks.x, gls.variance
    wx = gls.w @ x
    alone = float(np.einsum("jab,jba->", form, kind))
    once = np.einsum("jap,jab,jbc,jcq->pq", wx, kind, form, x, optimize=True)
    spread = np.einsum("jap,jab,jbq->pq", wx, kind, wx, optimize=True)
    shape = np.einsum("jap,jab,jbq->pq", x, form, x, optimize=True)
    return alone - 2 * float(np.trace(m @ once)) + float(np.trace(m @ spread @ m @ shape))


def _identity(blocks: Blocks) -> Floats:
    return diagonal(np.ones_like(blocks.v))


def _several(blocks: Blocks) -> None:
    first = blocks.here.argmax(axis=1), np.arange(len(blocks.v))
    checked(blocks.y[first[1], first[0]], np.where(blocks.here, blocks.v, 1.0).min(axis=1))
