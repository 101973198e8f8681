"""How far from the threshold to look: where the lines' bending and their uncertainty weigh the same."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.evidence.designs.local_lines import Cells, near_squares, powers, weights
from pluginnovation.evidence.table import Floats

_PILOT: Final = 2.576  # for the triangular kernel
_CALM: Final = (
    3.0  # how much the uncertainty of the bending is allowed to widen: keeps a straight line from having no end
)
_MANY_TIES: Final = 0.2  # a share of pupils with the same score as another from which scores count as discrete
_VALUES: Final = 10  # at least so many different values on each side then


@dataclass(frozen=True, slots=True)
class Bandwidths:
    """Of the lines (h) and of the curves that tell their bending (b), in the score's unit."""

    h: float
    b: float


@dataclass(frozen=True, slots=True)
class _Piece:
    variance: float
    bias: float
    calm: float
    rate: float


def bandwidths(cells: Cells) -> Bandwidths:
    """The two bandwidths with the least mean squared error, one for both sides.

    Source  Calonico, Cattaneo & Farrell (2020), Econometrics Journal 23(2); the steps and constants of rdrobust
    """
    scale = float(np.abs(cells.at).max())
    unit = Cells(cells.at / scale, cells.offered, cells.n, cells.y, cells.yy, cells.t, cells.ty)
    sides = (unit.side(False), unit.side(True))
    ranges = tuple(float(np.abs(side.at).max()) for side in sides)
    least = _least(sides)

    def within(width: float) -> float:
        return max(min(width, max(ranges)), least)

    pilot = within(_PILOT * _spread(unit) * len(unit.at) ** -0.2)
    far = [_piece(side, (3, 3, 4), (pilot, width), 0.0) for side, width in zip(sides, ranges, strict=True)]
    d = within(_best(far))
    b = within(_best([_piece(side, (2, 2, 3), (pilot, d), 1.0) for side in sides]))
    h = within(_best([_piece(side, (1, 0, 2), (pilot, b), 1.0) for side in sides]))
    return Bandwidths(h * scale, b * scale)


def _least(sides: tuple[Cells, Cells]) -> float:
    """With discrete scores the bandwidth reaches at least ten values on each side, where there are so many."""
    if not any(1 - len(side.at) / side.n.sum() >= _MANY_TIES for side in sides):
        return 0.0
    reach = [np.sort(np.abs(side.at))[min(_VALUES, len(side.at)) - 1] for side in sides]
    return float(max(reach)) + 1e-8


def _best(pieces: list[_Piece]) -> float:
    below, above = pieces
    bending = (above.bias - below.bias) ** 2 + above.calm + below.calm
    # Lines without any bending want the whole range.
    return float(((below.variance + above.variance) / max(bending, 1e-300)) ** below.rate)


def _piece(side: Cells, orders: tuple[int, int, int], widths: tuple[float, float], scale: float) -> _Piece:
    """What one side adds: the variance of a derivative, and the bias that leaving higher powers out gives it.

    orders   of the fit, of the derivative, and of the fit that tells the bias
    widths   of the first fit and of the one that tells the bias
    """
    order, derivative, higher = orders
    close, wide = widths
    near = side.only(weights(side.at, close) > 0)
    w, x = weights(near.at, close), powers(near.at, order)
    inverse = _inverse(x, near.n * w)
    variance = _sandwich(inverse, x * w[:, None], near)[derivative, derivative]
    pull = (x * (near.n * w)[:, None]).T @ (near.at / close) ** (order + 1)
    constant = float((close ** np.arange(order + 1) * (inverse @ pull))[derivative])
    far = side.only(weights(side.at, wide) > 0)
    w, x = weights(far.at, wide), powers(far.at, higher)
    inverse = _inverse(x, far.n * w)
    curve = float((inverse @ ((x * w[:, None]).T @ far.y))[order + 1])
    gap = order + 1 - derivative
    calm = 0.0
    if scale:
        calm = 2 * gap * _CALM * constant**2 * float(_sandwich(inverse, x * w[:, None], far)[order + 1, order + 1])
    return _Piece(
        (2 * derivative + 1) * close ** (2 * derivative + 1) * float(variance),
        float(np.sqrt(2 * gap)) * constant * curve,
        calm * scale,
        1 / (2 * order + 3),
    )


def _inverse(x: Floats, weight: Floats) -> Floats:
    return np.asarray(np.linalg.inv((x * weight[:, None]).T @ x), float)


def _sandwich(inverse: Floats, weighted: Floats, side: Cells) -> Floats:
    result: Floats = inverse @ (weighted * near_squares(side)[:, None]).T @ weighted @ inverse
    return result


def _spread(cells: Cells) -> float:
    """The smaller of the standard deviation and the quartile range as a normal has it."""
    order = np.argsort(cells.at, kind="stable")
    at, n = cells.at[order], cells.n[order]
    mean = float((n * at).sum() / n.sum())
    sd = float(np.sqrt((n * (at - mean) ** 2).sum() / (n.sum() - 1)))
    return min(sd, (_at_share(at, n, 0.75) - _at_share(at, n, 0.25)) / 1.349)


def _at_share(at: Floats, n: Floats, share: float) -> float:
    place, heap = share * float(n.sum()), np.cumsum(n)
    one = int(np.searchsorted(heap, place, side="left"))
    after = int(np.searchsorted(heap, place, side="right"))
    return float(at[one] + at[min(after, len(at) - 1)]) / 2
