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


def hidden_counts(counts: Sequence[int], *, fewest: int, also: frozenset[int] = frozenset()) -> frozenset[int]:
    """Which of some counts to hide from those who may see no pupil, when their sum is shown too. Nought is shown.

    A count from 1 up to `fewest` is hidden. What is hidden could be found as the sum less the shown; so more are
    hidden, the smallest first, until they are at least two and together many enough.

    Takes   also   places that are hidden for another reason
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < fewest} | also
    while sum_tells(counts, frozenset(hidden), fewest=fewest):
        shown = [place for place, count in enumerate(counts) if place not in hidden and count]
        if not shown:
            break
        hidden.add(min(shown, key=lambda place: counts[place]))
    return frozenset(hidden)


def sum_tells(counts: Sequence[int], hidden: frozenset[int], *, fewest: int) -> bool:
    """Whether the sum of all counts, less those that are shown, would tell a hidden one."""
    some = [counts[place] for place in hidden if counts[place]]
    return bool(some) and (len(some) == 1 or sum(some) < fewest)
