"""Lines on both sides of a threshold, from the sums at each value of the score.

Absence in whole per cent has a hundred values, however many pupils there are. So the sums at each value are all that is
read, and the answer is the same to the last digit as if each pupil had a row.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.evidence.table import Bools, Floats, Ints

NEIGHBOURS: Final = 3  # how many nearest pupils tell what a residual would be


@dataclass(frozen=True, slots=True)
class Cells:
    """One row per value of the score on each side of the threshold, in rising order.

    at        the score less the threshold
    offered   whether the rule offers the help there
    n         pupils
    y, yy     sums of the outcome and of its square
    t, ty     sum of those who took the help up, and of their outcomes
    """

    at: Floats
    offered: Bools
    n: Floats
    y: Floats
    yy: Floats
    t: Floats
    ty: Floats

    def side(self, offered: bool) -> "Cells":
        """The cells on one side."""
        return self.only(self.offered == offered)

    def only(self, rows: Bools) -> "Cells":
        """Some of the cells."""
        return Cells(
            self.at[rows], self.offered[rows], self.n[rows], self.y[rows], self.yy[rows], self.t[rows], self.ty[rows]
        )

    def less_taken(self, times: float) -> "Cells":
        """The same cells with the outcome less `times` for those who took the help up."""
        return Cells(
            self.at, self.offered, self.n, self.y - times * self.t,
            self.yy - 2 * times * self.ty + times**2 * self.t, self.t, self.ty - times * self.t,
        )  # fmt: skip

    def of_taken(self) -> "Cells":
        """The same cells with take-up as the outcome."""
        return Cells(self.at, self.offered, self.n, self.t, self.t, self.t, self.t)


@dataclass(frozen=True, slots=True)
class Jump:
    """The step at the threshold, offered less not.

    value, se        as the lines say
    corrected, robust_se   with the lines' bending taken away, and the doubt of doing so: the interval is built on these
    bandwidth, bias_bandwidth   in the score's unit
    n_offered, n_not   pupils within the bandwidth
    values_offered, values_not   different values of the score within it
    without          where the line of those not offered meets the threshold
    """

    value: float
    se: float
    corrected: float
    robust_se: float
    bandwidth: float
    bias_bandwidth: float
    n_offered: int
    n_not: int
    values_offered: int
    values_not: int
    without: float


@dataclass(frozen=True, slots=True)
class Places:
    """Which cell each pupil belongs to (N,), and each cell's distance from the threshold and side (K,)."""

    where: Ints
    at: Floats
    offered: Bools

    def cells(self, outcome: Floats, taken: Floats | None = None) -> Cells:
        """The sums of an outcome. Without `taken`, everyone offered and nobody else took the help up."""
        k = len(self.at)
        n = np.bincount(self.where, minlength=k).astype(float)
        y, yy = self._sums(outcome), self._sums(outcome * outcome)
        if taken is None:
            return Cells(self.at, self.offered, n, y, yy, n * self.offered, y * self.offered)
        return Cells(self.at, self.offered, n, y, yy, self._sums(taken), self._sums(taken * outcome))

    def _sums(self, values: Floats) -> Floats:
        return np.bincount(self.where, values, len(self.at)).astype(float)


def places_of(at: Floats, offered: Bools) -> Places:
    """Pupils gathered by score and side: by counting when scores are whole numbers, else by sorting."""
    whole = np.rint(at)
    if np.array_equal(whole, at) and np.ptp(at) < len(at) + 1e6:
        first = int(whole.min())
        codes = 2 * (whole.astype(np.int64) - first) + offered
        used = np.flatnonzero(np.bincount(codes))
        number = np.zeros(int(codes.max()) + 1, dtype=np.int64)
        number[used] = np.arange(len(used))
        return Places(number[codes], (used // 2 + first).astype(float), used % 2 > 0)
    values, where = np.unique(at, return_inverse=True)
    codes = 2 * where.reshape(-1).astype(np.int64) + offered
    used, numbers = np.unique(codes, return_inverse=True)
    return Places(numbers.reshape(-1).astype(np.int64), values[used // 2], used % 2 > 0)


def cells_of(at: Floats, offered: Bools, outcome: Floats, taken: Floats | None = None) -> Cells:
    """Pupils gathered by value of the score, in one call."""
    return places_of(at, offered).cells(outcome, taken)


def jump_at(cells: Cells, h: float, b: float) -> Jump:
    """The step at the threshold by local lines with a triangular kernel, corrected for bending.

    Takes   h, b   bandwidths of the lines and of the curves that tell how they bend
    Source  Calonico, Cattaneo & Titiunik (2014), Econometrica 82(6)
    """
    told = {}
    for offered in (True, False):
        side = cells.side(offered)
        wide = side.only(np.abs(side.at) <= max(h, b))
        narrow, curved = weights(wide.at, h), weights(wide.at, b)
        lines, curves = powers(wide.at, 1), powers(wide.at, 2)
        inverse = np.linalg.inv((lines * (wide.n * narrow)[:, None]).T @ lines)
        inverse_curved = np.linalg.inv((curves * (wide.n * curved)[:, None]).T @ curves)
        bend = (lines * (wide.n * narrow)[:, None]).T @ wide.at**2
        plain = lines * narrow[:, None]
        corrected = plain - np.outer((curves @ inverse_curved)[:, 2] * curved, bend)
        spread = near_squares(wide)
        told[offered] = [
            (inverse @ (each.T @ wide.y), inverse @ (each * spread[:, None]).T @ each @ inverse)
            for each in (plain, corrected)
        ]
    (on, on_bc), (off, off_bc) = told[True], told[False]
    inside = [cells.side(offered).only(np.abs(cells.side(offered).at) < h) for offered in (True, False)]
    return Jump(
        float(on[0][0] - off[0][0]), float(np.sqrt(on[1][0, 0] + off[1][0, 0])),
        float(on_bc[0][0] - off_bc[0][0]), float(np.sqrt(on_bc[1][0, 0] + off_bc[1][0, 0])),
        h, b, int(inside[0].n.sum()), int(inside[1].n.sum()), len(inside[0].at), len(inside[1].at), float(off[0][0]),
    )  # fmt: skip


def weights(at: Floats, h: float) -> Floats:
    """The triangular kernel: one at the threshold, nought a bandwidth away."""
    away = np.abs(at / h)
    result: Floats = np.where(away <= 1, 1 - away, 0.0) / h
    return result


def powers(at: Floats, most: int) -> Floats:
    """(K, most + 1): 1, x, x² …"""
    result: Floats = np.vander(at, most + 1, increasing=True)
    return result


def near_squares(side: Cells) -> Floats:
    """Each cell's sum of squared residuals, a pupil's residual being against the three nearest others, ties with them.

    The nearest to a pupil are all others with the same score, and as many cells around as it takes to be three; so the
    pupils of a cell share their neighbours, and sums are enough.
    """
    k = len(side.at)
    heads, totals = _running(side.n), _running(side.y)
    first, last = np.arange(k), np.arange(1, k + 1)
    few = min(NEIGHBOURS, int(side.n.sum()) - 1)
    while (short := heads[last] - heads[first] - 1 < few).any():
        down = np.where(first > 0, side.at - side.at[first - 1], np.inf)
        up = np.where(last < k, side.at[np.minimum(last, k - 1)] - side.at, np.inf)
        first, last = first - (short & (down <= up)), last + (short & (up <= down))
    count, mean = heads[last] - heads[first], (totals[last] - totals[first]) / (heads[last] - heads[first])
    others = np.maximum(count - 1, 1)
    result: Floats = count / others * np.maximum(side.yy - 2 * mean * side.y + side.n * mean**2, 0.0)
    return result


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])
