"""Making those compared like those helped: entropy balancing, nearest neighbours, and what is left of them after."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .linear import independent, least_squares
from .table import Bools, Floats

STEPS: Final = 200
CLOSE: Final = 1e-9
TIE: Final = 1e-5  # neighbours this near each other are as good


@dataclass(frozen=True, slots=True)
class Balanced:
    """Weights of those compared, summing to 1. reached: whether the means could be made equal at all."""

    weights: Floats
    reached: bool


def entropy_balanced(compared: Floats, aim: Floats) -> Balanced:
    """The weights nearest to equal that give the compared pupils' covariates the means in `aim`.

    Takes   compared: pupils x covariates; aim: one per covariate
    Gives   reached=False when no weights can (everybody compared lies on one side)
    Source  Hainmueller 2012, Political Analysis 20(1): Newton's method on the dual
    """
    spread = compared.std(axis=0)
    off = (compared - aim) / np.where(spread > 0, spread, 1.0)
    kept = independent(np.column_stack([np.ones(len(off)), off]))[1:]
    reachable = bool(np.all(np.abs((compared.mean(axis=0) - aim)[spread == 0]) < CLOSE))
    off = off[:, kept]
    turn = np.zeros(off.shape[1])
    for _ in range(STEPS):
        weights, level = _tilted(off @ turn)
        slope = weights @ off
        if np.abs(slope).max(initial=0.0) < CLOSE:
            return Balanced(weights, reachable)
        bend = (off * weights[:, None]).T @ off - np.outer(slope, slope)
        step = np.linalg.lstsq(bend, -slope, rcond=None)[0]
        part = 1.0
        while _tilted(off @ (turn + part * step))[1] > level + 1e-4 * part * (slope @ step) and part > CLOSE:
            part /= 2
        turn = turn + part * step
    return Balanced(weights, reached=False)


def _tilted(power: Floats) -> tuple[Floats, float]:
    top = float(power.max(initial=0.0))
    raw = np.exp(power - top)
    return raw / raw.sum(), top + float(np.log(raw.sum()))


def effective_size(weights: Floats) -> float:
    """How many equally weighted pupils the weights are worth: (sum w)² / sum w²; 0 for none."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if weights.any() else 0.0


def differences(x: Floats, treated: Bools, weights: Floats | None = None) -> Floats:
    """Standardised mean difference of each covariate, in the treated's standard deviations; nan: they don't differ.

    weights   of those compared; None: equal
    """
    helped, others = x[treated], x[~treated]
    spread = helped.std(axis=0, ddof=1)
    mean = others.mean(axis=0) if weights is None else weights @ others / weights.sum()
    # Where nobody helped differs, those compared must not differ from them either: their own spread is the measure.
    spread = np.where(spread > 0, spread, others.std(axis=0))
    return np.where(spread > 0, (helped.mean(axis=0) - mean) / np.where(spread > 0, spread, 1.0), 0.0)


def matched_effect(x: Floats, y: Floats, treated: Bools, *, neighbours: int = 5) -> float:
    """Mean difference to the nearest neighbours (with replacement, ties kept), less what their covariates explain.

    Takes   x: pupils x covariates; y: outcomes, all known
    Gives   the difference in y's unit
    Source  Abadie & Imbens 2011, JBES 29(1): distance in inverse variances, adjusted by a regression among the
            neighbours
    """
    others, outcome = x[~treated], y[~treated]
    spread = x.var(axis=0, ddof=1)
    scale = np.where(spread > 0, 1 / np.where(spread > 0, spread, 1.0), 0.0)
    near: list[np.ndarray] = []
    for row in x[treated]:
        far = ((others - row) ** 2) @ scale
        last = np.partition(far, min(neighbours, len(far)) - 1)[min(neighbours, len(far)) - 1]
        near.append(np.flatnonzero(far <= last + TIE))
    sizes = np.array([len(one) for one in near])
    place, whose = np.concatenate(near), np.repeat(np.arange(len(near)), sizes)
    share = 1 / sizes[whose]
    explained = least_squares(np.column_stack([np.ones(len(place)), others[place]]), outcome[place], share).coefs[1:]
    gaps = y[treated][whose] - outcome[place] - (x[treated][whose] - others[place]) @ explained
    return float((gaps * share).sum() / len(near))
