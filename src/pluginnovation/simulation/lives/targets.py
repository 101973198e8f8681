"""The figures that lives are made after, each with its source, and what came out.

A figure holds when it is within 2 percentage points of its target or within two standard errors, whichever is larger;
a merit value within 2 % of it. Standard errors are those of pupils drawn one by one; pupils of a school are alike, and
some figures count a pupil in several terms, so they are somewhat too small, and the band too narrow rather than wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .dials import DIALS, Dials
from .figures import Measured, measured
from .life import live
from .people import some_people
from .published import POINTS, TARGETS, Target

NEAR: Final = 0.02


@dataclass(frozen=True, slots=True)
class Achieved:
    """A target and what came out."""

    target: Target
    measured: Measured

    @property
    def band(self) -> float:
        """How far from the target it may be."""
        least = NEAR * (self.target.target if self.target.unit == POINTS else 1.0)
        return max(least, 2 * self.measured.error)

    @property
    def holds(self) -> bool:
        """Whether it is near enough; not so when there is nobody."""
        return abs(self.measured.mean - self.target.target) <= self.band


def compared(seeds: Iterable[int], pupils: int, municipalities: int = 13, dials: Dials = DIALS) -> tuple[Achieved, ...]:
    """Every target beside what so many pupils' lives gave, the seeds taken together."""
    total: dict[str, Measured] = {}
    for seed in seeds:
        people = some_people(pupils, municipalities, seed)
        found = measured(people, live(people, seed, dials=dials))
        total = {key: total.get(key, Measured(0.0, 0.0, 0)) + value for key, value in found.items()}
    return tuple(Achieved(target, total[target.key]) for target in TARGETS)
