"""Estimates that hang together, study by study: weighted least squares with CR2, for one question or several at once.

Studies have different numbers of rows; each is padded to the longest with rows that weigh nothing, so that all studies
are computed at once.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from pluginnovation.evidence.doubt import Doubted, doubted
from pluginnovation.evidence.robust import FEWEST_DF
from pluginnovation.evidence.table import Bools, Floats, Ints
from pluginnovation.records.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Blocks:
    """J studies with at most n estimates and p columns each, padded with noughts.

    y, v   (J, n) estimates and variances; v is 1 where there is no row
    x      (J, n, p)
    here   (J, n) whether there is a row
    """

    y: Floats
    v: Floats
    x: Floats
    here: Bools


@dataclass(frozen=True, slots=True)
class Gls:
    """A weighted fit: coefficients (p,), their model-based variance (p, p), and what CR2 needs of each study."""

    coefficients: Floats
    variance: Floats
    blocks: Blocks
    w: Floats
    phi: Floats


@dataclass(frozen=True, slots=True)
class Joint:
    """Several contrasts tested at once: F with its degrees of freedom and p."""

    f: float
    df: float
    df_below: float
    p: float


def blocks_of(y: Floats, v: Floats, study: Ints, x: Floats | None = None) -> Blocks:
    """Rows gathered by study, in the order they come.

    Takes   y, v    (N,) estimates and variances; study (N,) 0 … J-1; x (N, p), a constant if left out
    """
    columns = np.ones((len(y), 1)) if x is None else x
    places = place_of(study)
    shape = (int(study.max()) + 1, int(places.max()) + 1)
    found = Blocks(np.zeros(shape), np.ones(shape), np.zeros((*shape, columns.shape[1])), np.zeros(shape, dtype=bool))
    found.y[study, places], found.v[study, places] = y, v
    found.x[study, places], found.here[study, places] = columns, True
    return found


def place_of(study: Ints) -> Ints:
    """Where in its study each row stands: 0, 1, 2 …"""
    order = np.argsort(study, kind="stable")
    counts = np.bincount(study)
    places = np.empty(len(study), dtype=np.int64)
    places[order] = np.arange(len(study)) - np.repeat(np.cumsum(counts) - counts, counts)
    return places


def diagonal(values: NDArray[Any]) -> Floats:
    """(J, n) as (J, n, n) matrices with the values on the diagonal."""
    result: Floats = np.asarray(values, float)[:, :, None] * np.eye(values.shape[1])
    return result


def fit(blocks: Blocks, w: Floats, phi: Floats) -> Gls:
    """Weighted least squares.

    Takes   w     (J, n, n) weights, nought for padded rows
            phi   (J, n, n) what we believe the covariance to be; the doubt is robust against being wrong, and exact
                  on average when right
    Raises  Refusal 'collinear'
    """
    x = blocks.x
    whole = np.einsum("jap,jab,jbq->pq", x, w, x, optimize=True)
    size = np.sqrt(np.clip(np.diag(whole), 1e-300, None))
    if np.linalg.eigvalsh(whole / np.outer(size, size))[0] < 1e-12:
        raise Refusal(
            "collinear",
            what=("Kolumnerna går inte att skilja åt.", "The columns can't be told apart."),
            todo=("Ta bort en av dem.", "Take one of them away."),
        )
    variance = np.linalg.inv(whole / np.outer(size, size)) / np.outer(size, size)
    pull = np.einsum("jap,jab,jb->p", x, w, blocks.y, optimize=True)
    return Gls(variance @ pull, variance, blocks, w, phi)


def robust(gls: Gls, contrast: Floats) -> tuple[Doubted, bool]:
    """One contrast with CR2 and Satterthwaite; and whether its degrees of freedom are enough to be believed (four)."""
    pulls, cov = _pulls(gls, contrast[:, None])
    variance = float((pulls**2).sum())
    flat = cov[:, :, 0, 0]
    df = float(np.trace(flat) ** 2 / (flat**2).sum())
    return doubted(float(contrast @ gls.coefficients), variance**0.5, df), df >= FEWEST_DF


def joint_test(gls: Gls, contrasts: Floats) -> Joint:
    """Whether all the contrasts (q, p) are nought: approximate Hotelling's T².

    Source  Tipton & Pustejovsky (2015), JEBS 40(6): the degrees of freedom match the mean and total variance of the
            robust covariance matrix to a Wishart
    """
    q = len(contrasts)
    pulls, cov = _pulls(gls, contrasts.T)
    values, vectors = np.linalg.eigh(np.einsum("ssab->ab", cov))
    half = (vectors / np.sqrt(values)) @ vectors.T
    scaled = np.einsum("ab,stbc,cd->stad", half, cov, half, optimize=True)
    traces = np.einsum("staa->st", scaled)
    spread = float((traces**2).sum() + np.einsum("stab,stba->", scaled, scaled))
    eta = q * (q + 1) / spread
    off = contrasts @ gls.coefficients
    size = float(off @ np.linalg.solve(pulls.T @ pulls, off))
    df = eta - q + 1
    f = size * df / (eta * q)
    return Joint(f, float(q), df, float(fdtrc(q, df, f)))


def _pulls(gls: Gls, aim: Floats) -> tuple[Floats, Floats]:
    """Each study's adjusted pull at the contrasts (J, q), and what their covariance would be under phi (J, J, q, q)."""
    x, w, phi, m = gls.blocks.x, gls.w, gls.phi, gls.variance
    wx = w @ x
    pwx = phi @ wx
    middle = np.einsum("jap,jaq->pq", wx, pwx)
    sandwich = m @ middle @ m
    xt = x.transpose(0, 2, 1)
    crossed = pwx @ m @ xt
    left = phi - crossed - crossed.transpose(0, 2, 1) + x @ sandwich @ xt
    adjust = _adjustment(phi, left)
    g = adjust.transpose(0, 2, 1) @ wx @ m @ aim
    residual = np.where(gls.blocks.here, gls.blocks.y - x @ gls.coefficients, 0.0)
    a, b = xt @ g, pwx.transpose(0, 2, 1) @ g
    cov = np.einsum("spa,pq,tqb->stab", a, sandwich, a, optimize=True)
    mixed = np.einsum("spa,pq,tqb->stab", a, m, b, optimize=True)
    cov -= mixed + mixed.transpose(1, 0, 3, 2)
    own = np.arange(len(g))
    cov[own, own] += np.einsum("jaq,jab,jbr->jqr", g, phi, g, optimize=True)
    return np.einsum("jaq,ja->jq", g, residual), cov


def _adjustment(phi: Floats, left: Floats) -> Floats:
    """A with A left A' = phi for each study: A = D'(D left D')^(-1/2) D, phi = D'D."""
    lower = np.linalg.cholesky(phi)
    inner = lower.transpose(0, 2, 1) @ left @ lower
    values, vectors = np.linalg.eigh((inner + inner.transpose(0, 2, 1)) / 2)
    top = values.max(axis=1, keepdims=True)
    stretch = np.where(values > 1e-10 * top, 1 / np.sqrt(np.clip(values, 1e-300, None)), 0.0)
    half = (vectors * stretch[:, None, :]) @ vectors.transpose(0, 2, 1)
    result: Floats = lower @ half @ lower.transpose(0, 2, 1)
    return result
