"""Whether scores were nudged over the threshold: too many just where the help begins, too few just before.

Somebody who wants a pupil to get the help can write one more lesson as missed. Then those on the two sides are no
longer alike, and the design is lost, however pretty its lines are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.evidence.doubt import two_sided
from pluginnovation.evidence.table import Bools, Floats

from .local_lines import Cells

_BINS: Final = 12  # on each side
_LEAST: Final = 4  # fewer can't tell a line from a heap
_STEPS: Final = 50


@dataclass(frozen=True, slots=True)
class Nudged:
    """Two tests of how pupils are spread around the threshold; p, None when there are too few values to tell.

    heap   whether the values nearest the threshold hold what those around them promise
    jump   whether the number of pupils takes a step there
    """

    heap: float | None
    jump: float | None


def nudged(cells: Cells, *, within: float) -> Nudged:
    """Looks at the numbers of pupils at each value (or, with very many values, in steps of a twelfth of `within`)."""
    counts, middles, offered = _bins(cells, within)
    if min(offered.sum(), (~offered).sum()) < _LEAST:
        return Nudged(None, None)
    return Nudged(_heap(counts, middles, offered), _jump(counts, middles, offered))


def _bins(cells: Cells, within: float) -> tuple[Floats, Floats, Bools]:
    """Counts in equally wide steps from the threshold outwards; a value that nobody has counts nought."""
    values = np.unique(cells.at)
    gap = float(np.median(np.diff(values))) if len(values) > 1 else within
    # Values written with decimals may be a hair off their grid; a step is at least a twelfth of the width looked at.
    width = gap * max(1, round(within / _BINS / gap))
    toward = 1.0 if cells.at[cells.offered].mean() > cells.at[~cells.offered].mean() else -1.0
    away = cells.at * toward
    # The value on the threshold belongs to the side that the rule says; steps on that side begin with it.
    on_side = bool((cells.offered & (np.abs(away) < gap / 2)).any())
    place = np.floor(away / width + 1e-9) if on_side else np.ceil(away / width - 1e-9) - 1
    seen = (place >= -_BINS) & (place < _BINS)
    number = (place[seen] + _BINS).astype(np.int64)
    counts = np.bincount(number, cells.n[seen], 2 * _BINS).astype(float)
    first, last = int(number.min()), int(number.max()) + 1
    middles = (np.arange(2 * _BINS) - _BINS + 0.5) / _BINS
    return counts[first:last], middles[first:last], (middles > 0)[first:last]


def _heap(counts: Floats, middles: Floats, offered: Bools) -> float | None:
    """p of the two nearest steps against a smooth curve through the others."""
    near = np.zeros(len(counts), dtype=bool)
    near[np.flatnonzero(offered)[0]] = near[np.flatnonzero(~offered)[-1]] = True
    x = np.vander(middles, 4, increasing=True)
    fitted = _poisson(x[~near], counts[~near])
    if fitted is None:
        return None
    coefficients, variance, spread = fitted
    expected = np.exp(x[near] @ coefficients)
    sign = np.where(offered[near], 1.0, -1.0)
    slope = (sign * expected) @ x[near]
    doubt = spread * (expected.sum() + slope @ variance @ slope)
    return two_sided(float(sign @ (counts[near] - expected)) / float(np.sqrt(doubt)))


def _jump(counts: Floats, middles: Floats, offered: Bools) -> float | None:
    """p of a step in the logarithm of the number, with a slope on each side."""
    step = offered.astype(float)
    x = np.column_stack([np.ones(len(counts)), step, middles, middles * step])
    fitted = _poisson(x, counts)
    if fitted is None:
        return None
    coefficients, variance, spread = fitted
    return two_sided(float(coefficients[1]) / float(np.sqrt(spread * variance[1, 1])))


def _poisson(x: Floats, counts: Floats) -> tuple[Floats, Floats, float] | None:
    """Coefficients, their variance, and and how many times chance they spread (at least once); None: not found."""
    rest = len(counts) - x.shape[1]
    if rest < 1 or counts.sum() <= 0:
        return None
    fitted = counts + 0.5
    for _ in range(_STEPS):
        target = np.log(fitted) + (counts - fitted) / fitted
        bend = (x * fitted[:, None]).T @ x
        if np.linalg.cond(bend) > 1e14:
            return None
        coefficients = np.linalg.solve(bend, (x * fitted[:, None]).T @ target)
        new = np.exp(np.clip(x @ coefficients, -30, 30))
        settled = np.abs(new - fitted).max() < 1e-9 * (1 + fitted.max())
        fitted = new
        if settled:
            spread = max(1.0, float(((counts - fitted) ** 2 / fitted).sum()) / rest)
            return (
                np.asarray(coefficients, float),
                np.asarray(np.linalg.inv((x * fitted[:, None]).T @ x), float),
                spread,
            )
    return None
