"""Places by lot within strata: the same list, places and seed give the same draw, whoever does it and whenever.

Each one's lot is a hash of the seed, the stratum and the key, so a draw can be done again with nothing but what is
written down about it. Chances are written down too: who got a place by chance can later be compared with who did not.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .capacity import Queued

# The way of drawing, written beside each draw: another way gets another name.
METHOD: Final = "sha256-1"


@dataclass(frozen=True, slots=True)
class Lot:
    """One in the draw.

    chance   of a place, as places and members of the stratum
    drawn    got a place
    """

    key: str
    stratum: str
    chance: Fraction
    drawn: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw: everything that it takes to do it again.

    lots   everyone, by stratum and then in the order that they were drawn
    """

    seed: int
    places: int
    lots: tuple[Lot, ...]

    @property
    def winners(self) -> tuple[str, ...]:
        """The keys of those who got a place."""
        return tuple(lot.key for lot in self.lots if lot.drawn)


def draw(queue: Iterable[Queued], places: int, *, seed: int) -> Drawn:
    """Draw lots for places.

    Places are shared between the strata by their size, the largest remainders first, and drawn within each.

    Takes   queue    in any order: it changes nothing; a key comes once
            places   0 or more
            seed     any whole number, chosen by chance before the list is looked at and written down
    Raises  nothing
    Source  largest remainders: Hamilton's method; ours: equal remainders by a hash, so that no name comes first
    """
    strata: dict[str, list[str]] = {}
    for one in queue:
        strata.setdefault(one.stratum, []).append(one.key)
    shares = shared_places({name: len(keys) for name, keys in strata.items()}, places, seed=seed)
    lots = [
        Lot(key, name, Fraction(shares[name], len(strata[name])), place < shares[name])
        for name in sorted(strata)
        for place, key in enumerate(sorted(strata[name], key=lambda key: _number(seed, name, key)))
    ]
    return Drawn(seed, max(places, 0), tuple(lots))


def shared_places(sizes: Mapping[str, int], places: int, *, seed: int) -> dict[str, int]:
    """How many places each stratum gets: in proportion to its size, never more than it has members.

    Gives   adds up to the places, or to all members when they are fewer
    """
    everyone = sum(sizes.values())
    places = min(max(places, 0), everyone)
    if not everyone:
        return {}
    got = {name: places * size // everyone for name, size in sizes.items()}
    rest = sorted(sizes, key=lambda name: (-(places * sizes[name] % everyone), _number(seed, name, "")))
    for name in rest[: places - sum(got.values())]:
        got[name] += 1
    return got


def same_draw(one: Drawn, queue: Iterable[Queued]) -> bool:
    """Whether a draw that was written down comes out the same when it is done again."""
    return draw(queue, one.places, seed=one.seed) == one


def _number(seed: int, stratum: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{stratum}\n{key}".encode()).digest()
