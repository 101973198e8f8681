"""The curve of those who still wait, as the inside of an `<svg>`: paths without colour, and words on the axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pluginnovation.support.kaplan_meier import Step

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 250, 52, 12, 214
BOX: Final = f"0 0 {WIDTH} {HEIGHT}"
LEAST_DAYS: Final = 28
# More ticks than this are a smear.
MOST_TICKS: Final = 80


@dataclass(frozen=True, slots=True)
class Word:
    """A word on an axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn.

    line    the share still waiting, stepping down
    ticks   where somebody was last seen, still waiting
    half, tenth   heights of the lines at half and at one in ten
    weeks   words under the axis;  shares   words beside it
    """

    line: str
    ticks: str
    half: float
    tenth: float
    weeks: Sequence[Word]
    shares: Sequence[Word]


def curve(steps: Sequence[Step]) -> Curve:
    """The drawing of a curve."""
    last = max(steps[-1].day if steps else 0, LEAST_DAYS)
    line, ticks = [f"M{_x(0, last):g} {_y(1):g}"], []
    left = 1.0
    for step in steps:
        x, now = _x(step.day, last), float(step.left)
        if now != left:
            line.append(f"H{x:g}V{_y(now):g}")
            left = now
        if step.censored:
            ticks.append(f"M{x:g} {_y(now) - 5:g}v10")
    line.append(f"H{_x(steps[-1].day if steps else 0, last):g}")
    apart = next(days for days in (7, 14, 28, 56, 112, 364) if last / days <= 10)
    weeks = [Word(_x(day, last), HEIGHT - 16, str(day)) for day in range(0, last + 1, apart)]
    shares = [Word(LEFT - 8, _y(part / 100) + 4, str(part)) for part in (0, 10, 50, 100)]
    return Curve("".join(line), "".join(ticks[:MOST_TICKS]), _y(0.5), _y(0.1), weeks, shares)


def _x(day: int, last: int) -> float:
    return round(LEFT + (WIDTH - LEFT - 14) * day / last, 1)


def _y(share: float) -> float:
    return round(TOP + (BOTTOM - TOP) * (1 - share), 1)
