"""What the analyses of many sub-projects have in common: input to the next call and conference, without persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

Text = tuple[str, str]
FEWEST_ANALYSES: Final = 3  # fewer would point at a school

OBSTACLE, PATTERN, FACTOR, ROUTINE = "obstacle", "pattern", "factor", "routine"
KINDS: Final[dict[str, Text]] = {
    OBSTACLE: ("Hinder", "Obstacles"),
    PATTERN: ("Mönster i frånvaro och behörighet", "Patterns of absence and eligibility"),
    FACTOR: ("Framgångsfaktorer som är svaga", "Success factors that are weak"),
    ROUTINE: ("Rutiner som saknas", "Routines that are missing"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one analysis tells, by keys alone.

    found   a kind -> the keys that it points out as a need
    asked   a kind -> the keys that it has looked at; a key that nobody looked at is unknown, not fine
    """

    found: dict[str, frozenset[str]] = field(default_factory=dict)
    asked: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Common:
    """One need: in how many analyses it is found, of those that have looked, and how many haven't."""

    kind: str
    key: str
    found: int
    of: int
    unknown: int


def in_common(analyses: Iterable[Told], *, fewest: int = FEWEST_ANALYSES) -> tuple[Common, ...]:
    """What the analyses have in common: what most of them found first, within each kind.

    Gives   only what at least `fewest` analyses have looked at, and two or more found: one alone isn't in common
    """
    told = list(analyses)
    keys = sorted({(kind, key) for one in told for kind, found in one.found.items() for key in found})
    rows = [_counted(told, kind, key) for kind, key in keys]
    shown = [row for row in rows if row.of >= fewest and row.found > 1]
    order = list(KINDS)
    return tuple(sorted(shown, key=lambda row: (order.index(row.kind), -row.found * 1000 // row.of, row.key)))


def _counted(told: Sequence[Told], kind: str, key: str) -> Common:
    found = sum(key in one.found.get(kind, ()) for one in told)
    looked = sum(key in one.found.get(kind, ()) or key in one.asked.get(kind, ()) for one in told)
    return Common(kind, key, found, looked, len(told) - looked)
