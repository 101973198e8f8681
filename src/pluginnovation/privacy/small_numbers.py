"""Small numbers: which places must be hidden so that nobody behind them can be singled out, also not by subtraction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are in a place, and how many of them the shown share is about."""

    all: int
    some: int


def hidden_places(counts: Sequence[Count], *, fewest: int = FEWEST) -> frozenset[int]:
    """Which of the places to hide, when their sum is shown too.

    A place is hidden when fewer than `fewest` are in it, among those counted, or among the others. The hidden ones
    together could be found as the sum less the shown; so more are hidden, the smallest first, until they too are many
    enough in all three.

    Takes   counts   one for each place; the places are disjoint
    Gives   positions in `counts`
    """
    hidden = {place for place, count in enumerate(counts) if too_few(count, fewest)}
    while hidden and too_few(_sum(counts[place] for place in hidden), fewest) and len(hidden) < len(counts):
        shown = (place for place in range(len(counts)) if place not in hidden)
        hidden.add(min(shown, key=lambda place: counts[place].all))
    return frozenset(hidden)


def too_few(count: Count, fewest: int = FEWEST) -> bool:
    """Whether the count, its part or its complement is small."""
    return min(count.all, count.some, count.all - count.some) < fewest


def _sum(counts: Iterable[Count]) -> Count:
    found = list(counts)
    return Count(sum(count.all for count in found), sum(count.some for count in found))
