"""Small drawings of meters: the insides of `<svg>` elements, no colours. Classes in the stylesheet give those."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from pluginnovation.signals.meters.path import AHEAD, GAP

# Where a bar ends, and how high things are, in the drawing's own units.
WIDTH: Final = 400
BAR_BOX: Final = f"0 0 {WIDTH} 26"
LANE_BOX: Final = f"0 0 {WIDTH} 26"
STRIP_BOX: Final = "0 0 102 20"
_STEP: Final = 8
_SHAPES: Final = {"P": "passed", "F": "failed", "-": "nobasis", ".": "nograde"}


def bar(points: Sequence[int], size: int, needed: int) -> str:
    """Points side by side: passed, F, a dash, not graded yet; the rest is unknown. A mark stands where enough is.

    Takes   points   passed, failed, dash, ungraded
            size     what the whole bar stands for
    """
    drawn, at = "", 0
    for kind, some in zip(("passed", "failed", "nobasis", "nograde"), points, strict=True):
        if some:
            drawn += _box(kind, at * WIDTH // size, some * WIDTH // size)
        at += some
    if at < size:
        drawn += _box("hatched", at * WIDTH // size, (size - at) * WIDTH // size)
    return drawn + f'<path class="goal" d="M{needed * WIDTH // size} 1V25"/>'


def _box(kind: str, x: int, width: int) -> str:
    return f'<path class="{kind}" d="M{x}.5 5.5h{max(width - 1, 1)}v15h-{max(width - 1, 1)}z"/>'


def lane(stays: Sequence[tuple[date, date | None, str]], as_of: date) -> str:
    """Enrolments as bars over time, days without one hatched; those ahead are outlined."""
    if not stays:
        return ""
    first = min(stay[0] for stay in stays)
    last = max(as_of, *(stay[1] or stay[0] for stay in stays))
    days = max((last - first).days + 1, 1)
    drawn, level = "", 0
    for begins, ends, kind in stays:
        x = (begins - first).days * WIDTH // days
        end = ((ends or last) - first).days + 1
        width = max(end * WIDTH // days - x - 2, 2)
        level = 0 if kind == GAP else 1 - level
        shape = {GAP: "hatched", AHEAD: "nograde"}.get(kind, "plainbar")
        y, high = (8, 10) if kind == GAP else (3 + 10 * (1 - level), 10)
        drawn += f'<path class="{shape}" d="M{x + 1} {y}h{width}v{high}h-{width}z"/>'
    return drawn


@lru_cache(maxsize=4096)
def strip(marks: str) -> str:
    """Twelve marks: the three required tall, then five, then four. Filled is passed, outlined F, dashed a dash."""
    found: dict[str, list[str]] = {}
    for place, mark in enumerate(marks):
        x = place * _STEP + (3 if place > 2 else 0) + (3 if place > 7 else 0)
        y, high = (1, 18) if place < 3 else (6, 13)
        found.setdefault(_SHAPES[mark], []).append(f"M{x}.5 {y}.5h5v{high}h-5z")
    return "".join(f'<path class="{kind}" d="{"".join(shapes)}"/>' for kind, shapes in found.items())
