"""A kind of case as a drawing, made from the tables of `case_states.py`: its states in order, and every move.

Plain SVG, so that documents and pages show it without fetching or running anything. Forward moves go on the right,
moves back on the left, each on a lane of its own.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from .case_states import KINDS, MOVES, NEEDS, STATES, STATES_OF

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
    states = {state: STATES[state][language] for state in STATES_OF[kind]}
    return drawing(KINDS[kind][language], states, [(move.before, move.after) for move in MOVES[kind]])


def drawing(title: str, states: Mapping[str, str], moves: Sequence[tuple[str, str]]) -> str:
    """States from above down, in their order, with a line for every move.

    Takes   states   the key of a state -> its word
    """
    order = list(states)
    ways = {pair: order.index(pair[1]) - order.index(pair[0]) for pair in moves}
    most = max((sum((away > 1) == right for away in ways.values() if away != 1) for right in (True, False)), default=0)
    side = max(SIDE, LANE * (most + 1))
    boxes = "".join(_box(place, side, *state) for place, state in enumerate(states.items()))
    lanes = {1: 0, -1: 0}
    arrows = []
    for pair, away in ways.items():
        start, end = order.index(pair[0]), order.index(pair[1])
        if away == 1:
            arrows.append(_down(start, side, pair))
            continue
        toward = 1 if away > 0 else -1
        lanes[toward] += 1
        arrows.append(_round((start, end), lanes[toward] * toward, side, pair, step=min(6, 30 // max(most, 1))))
    tall, wide = TOP * 2 + len(order) * HIGH + (len(order) - 1) * BETWEEN, WIDE + 2 * side
    return (
        f'<svg class="states" width="{wide}" viewBox="0 0 {wide} {tall}" role="img" aria-label="{escape(title)}">'
        f"{boxes}{''.join(arrows)}</svg>"
    )


def _top(place: int) -> int:
    return TOP + place * (HIGH + BETWEEN)


def _box(place: int, x: int, state: str, word: str) -> str:
    y = _top(place)
    return (
        f'<rect data-state="{state}" x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6" fill="none"'
        f' stroke="currentColor" stroke-width="1.5"/><text x="{x + WIDE // 2}" y="{y + HIGH // 2 + 5}"'
        f' text-anchor="middle" font-size="15" fill="currentColor">{escape(word)}</text>'
    )


def _down(place: int, side: int, pair: tuple[str, str]) -> str:
    x, y = side + WIDE // 2, _top(place) + HIGH
    return _line(f"M{x} {y}V{y + BETWEEN - 2}", (x, y + BETWEEN - 2), (0, 1), pair)


def _round(places: tuple[int, int], lane: int, side: int, pair: tuple[str, str], *, step: int) -> str:
    """A move past other states: out on the lane's side, along it, and in again."""
    toward = 1 if lane > 0 else -1
    edge = side + WIDE if toward > 0 else side
    out = edge + lane * LANE
    shift = step * (abs(lane) - 1) - 8
    y1, y2 = (_top(place) + HIGH // 2 + shift for place in places)
    return _line(f"M{edge} {y1}H{out}V{y2}H{edge + 2 * toward}", (edge + 2 * toward, y2), (-toward, 0), pair)


def _line(path: str, tip: tuple[int, int], toward: tuple[int, int], pair: tuple[str, str]) -> str:
    (x, y), (dx, dy) = tip, toward
    back_x, back_y = x - 7 * dx, y - 7 * dy
    head = f"M{back_x - 4 * dy} {back_y - 4 * dx}L{x} {y}L{back_x + 4 * dy} {back_y + 4 * dx}"
    return (
        f'<path data-move="{pair[0]} {pair[1]}" d="{path}{head}" fill="none" stroke="currentColor" stroke-width="1.3"/>'
    )
