"""Estimates within studies, samples within studies: how much differs at each level, by restricted likelihood."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.evidence.pooling.blocks import Blocks, Gls, blocks_of, diagonal, fit
from pluginnovation.evidence.pooling.random_effects import checked
from pluginnovation.evidence.table import Bools, Floats, Ints

_STEPS: Final = 200
_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Levels:
    """A fit with a variance for each level: between studies, and within them. The model believes its own covariance."""

    gls: Gls
    between: float
    within: float


def three_level(blocks: Blocks, *, inner: Floats | None = None, rho: float = 0.0) -> Levels:
    """Restricted maximum likelihood for studies, and for what lies within them.

    Takes   inner   (J, n, n) which rows of a study share their inner unit (a sample); left out: each row is its own
            rho     how alike the sampling errors of one study are, 0-1; above nought it is the 'correlated and
                    hierarchical effects' working model
    Gives   variances, and a fit that `robust` turns into an interval
    Source  Konstantopoulos (2011), Research Synthesis Methods 2(1); Pustejovsky & Tipton (2022), Prevention Science 23
    """
    here = blocks.here
    study = here[:, :, None] * here[:, None, :] * 1.0
    kinds = np.stack([study, diagonal(here * 1.0) if inner is None else inner * study])
    checked(blocks.y[:, 0], blocks.v.min(axis=1))
    known = _sampling(blocks, rho)
    sizes, height = _start(blocks, known), -np.inf
    for _ in range(_STEPS):
        step, height = _score(blocks, known, kinds, sizes)
        new = np.clip(sizes + step, 0.0, None)
        while _height(blocks, known, kinds, new) < height and np.abs(new - sizes).max() > _CLOSE:
            new = (new + sizes) / 2
        done = np.abs(new - sizes).max() <= _CLOSE * (1 + sizes.max())
        sizes = new
        if done:
            break
    phi = known + np.einsum("k,kjab->jab", sizes, kinds)
    return Levels(fit(blocks, _masked(np.linalg.inv(phi), here), phi), float(sizes[0]), float(sizes[1]))


def same_inner(study: Ints, inner: Ints) -> Floats:
    """Which rows of each study share their inner unit, as `three_level` wants it: (J, n, n), 1 where they do."""
    codes = blocks_of(inner.astype(float) + 1, np.ones(len(inner)), study).y
    result: Floats = (codes[:, :, None] == codes[:, None, :]) * 1.0
    return result


def model_error(found: Levels) -> Floats:
    """Standard errors (p,) if the model is right; `robust` doesn't need it to be."""
    result: Floats = np.sqrt(np.diag(found.gls.variance))
    return result


def _sampling(blocks: Blocks, rho: float) -> Floats:
    sd = np.sqrt(np.where(blocks.here, blocks.v, 0.0))
    alike = rho * sd[:, :, None] * sd[:, None, :]
    own = np.arange(blocks.v.shape[1])
    alike[:, own, own] = blocks.v
    return alike


def _start(blocks: Blocks, known: Floats) -> Floats:
    spread = float(np.var(blocks.y[blocks.here])) - float(blocks.v[blocks.here].mean())
    return np.full(2, max(spread, float(np.median(known[known > 0])) / 10) / 2)


def _masked(matrices: Floats, here: Bools) -> Floats:
    result: Floats = matrices * (here[:, :, None] & here[:, None, :])
    return result


def _score(blocks: Blocks, known: Floats, kinds: Floats, sizes: Floats) -> tuple[Floats, float]:
    """The Fisher step, and the height where it is taken from."""
    w = np.linalg.inv(known + np.einsum("k,kjab->jab", sizes, kinds))
    x = blocks.x
    wx = w @ x
    m = np.linalg.inv(np.einsum("jap,jaq->pq", x, wx))
    beta = m @ np.einsum("jap,ja->p", wx, blocks.y)
    pull = np.einsum("jab,jb->ja", w, np.where(blocks.here, blocks.y - x @ beta, 0.0))
    wk = w @ kinds
    shapes = np.einsum("jap,kjab,jbq->kpq", wx, kinds, wx, optimize=True)
    traces = np.einsum("kjaa->k", wk) - np.einsum("pq,kqp->k", m, shapes)
    score = np.einsum("ja,kjab,jb->k", pull, kinds, pull, optimize=True) - traces
    curve = np.einsum("kjab,ljba->kl", wk, wk, optimize=True)
    twice = np.einsum("jap,kjab,jbc,ljcd,jdq->klpq", wx, kinds, w, kinds, wx, optimize=True)
    curve -= 2 * np.einsum("pq,klqp->kl", m, twice)
    curve += np.einsum("pq,kqr,rs,lsp->kl", m, shapes, m, shapes, optimize=True)
    # At the edge only what pulls inwards may move, or a variance at nought would hold the other back.
    free = (sizes > 0) | (score > 0)
    step = np.zeros(len(sizes))
    # With one row in each study the two levels are one; the shortest step shares it between them.
    step[free] = np.linalg.lstsq(curve[np.ix_(free, free)], score[free])[0]
    return step, _height(blocks, known, kinds, sizes)


def _height(blocks: Blocks, known: Floats, kinds: Floats, sizes: Floats) -> float:
    phi = known + np.einsum("k,kjab->jab", sizes, kinds)
    lower = np.linalg.cholesky(phi)
    sides = np.concatenate([blocks.x, blocks.y[:, :, None]], axis=2)
    white = np.linalg.solve(lower, sides)
    whole = np.einsum("jap,jaq->pq", white, white)
    p = blocks.x.shape[2]
    xx, xy = whole[:p, :p], whole[:p, p]
    left = whole[p, p] - xy @ np.linalg.solve(xx, xy)
    logs = 2 * np.log(np.einsum("jaa->ja", lower)).sum()
    return float(-0.5 * (logs + np.linalg.slogdet(xx)[1] + left))
