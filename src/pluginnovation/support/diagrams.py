"""A kind of case as a drawing, made from the tables of `case_states.py`: its states in order, and every move.

Plain SVG, so that documents and pages show it without fetching or running anything. Forward moves go on the right,
moves back on the left, each on a lane of its own.
"""

from html import escape
from typing import Final

from .case_states import KINDS, MOVES, NEEDS, STATES, STATES_OF, Move

WIDE, HIGH, BETWEEN, LANE = 240, 44, 36, 26
TOP, SIDE = 10, 150
ROLE_WORDS: Final = {
    "mentor": ("mentor", "mentor"),
    "principal": ("rektor", "principal"),
    "pupil_health": ("elevhälsa", "pupil health"),
}


def as_rows(kind: str, language: int) -> list[tuple[str, str, str, str, str]]:
    """Every move in words: from, to, what the button says, who, and what is needed first.

    Takes   language   0 Swedish, 1 English
    """
    return [
        (
            STATES[move.before][language], STATES[move.after][language], move.label[language],
            ", ".join(ROLE_WORDS[role][language] for role in move.roles),
            ", ".join(NEEDS[need][language] for need in move.needs),
        )
        for move in MOVES[kind]
    ]  # fmt: skip


def diagram(kind: str, language: int) -> str:
    """The drawing.

    Takes   language   0 Swedish, 1 English
    """
    states = STATES_OF[kind]
    tall = TOP * 2 + len(states) * HIGH + (len(states) - 1) * BETWEEN
    boxes = "".join(_box(place, state, language) for place, state in enumerate(states))
    steps = {(move.before, move.after): move for move in MOVES[kind]}
    straight = [pair for pair in steps if states.index(pair[1]) - states.index(pair[0]) == 1]
    lanes = {1: 0, -1: 0}
    arrows = []
    for pair in steps:
        away = states.index(pair[1]) - states.index(pair[0])
        if pair in straight:
            arrows.append(_down(states.index(pair[0]), steps[pair]))
            continue
        side = 1 if away > 0 else -1
        lanes[side] += 1
        arrows.append(_round(states.index(pair[0]), states.index(pair[1]), lanes[side] * side, steps[pair]))
    title = escape(KINDS[kind][language])
    return (
        f'<svg class="states" width="{WIDE + 2 * SIDE}" viewBox="0 0 {WIDE + 2 * SIDE} {tall}" role="img"'
        f' aria-label="{title}">'
        f"{boxes}{''.join(arrows)}</svg>"
    )


def _top(place: int) -> int:
    return TOP + place * (HIGH + BETWEEN)


def _box(place: int, state: str, language: int) -> str:
    x, y = SIDE, _top(place)
    return (
        f'<rect data-state="{state}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6" fill="none"'
        f' stroke="currentColor" stroke-width="1.5"/><text x="{x + WIDE // 2}" y="{y + HIGH // 2 + 5}"'
        f' text-anchor="middle" font-size="15" fill="currentColor">{escape(STATES[state][language])}</text>'
    )


def _down(place: int, move: Move) -> str:
    x, y = SIDE + WIDE // 2, _top(place) + HIGH
    return _line(f"M{x} {y}V{y + BETWEEN - 2}", (x, y + BETWEEN - 2), (0, 1), move)


def _round(start: int, end: int, lane: int, move: Move) -> str:
    """A move past other states: out on the lane's side, along it, and in again."""
    side = 1 if lane > 0 else -1
    edge = SIDE + WIDE if side > 0 else SIDE
    out = edge + lane * LANE
    shift = 6 * (abs(lane) - 1) - 8
    y1, y2 = _top(start) + HIGH // 2 + shift, _top(end) + HIGH // 2 + shift
    return _line(f"M{edge} {y1}H{out}V{y2}H{edge + 2 * side}", (edge + 2 * side, y2), (-side, 0), move)


def _line(path: str, tip: tuple[int, int], toward: tuple[int, int], move: Move) -> str:
    (x, y), (dx, dy) = tip, toward
    back_x, back_y = x - 7 * dx, y - 7 * dy
    head = f"M{back_x - 4 * dy} {back_y - 4 * dx}L{x} {y}L{back_x + 4 * dy} {back_y + 4 * dx}"
    return (
        f'<path data-move="{move.before} {move.after}" d="{path}{head}" fill="none" stroke="currentColor"'
        ' stroke-width="1.3"/>'
    )
