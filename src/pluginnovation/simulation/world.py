"""The world before its first lesson, from a few numbers: every process that needs it makes the same one."""

from collections.abc import Sequence

from .lessons import World
from .patterns import make_patterns
from .pupils import make_pupils
from .roster import make_roster
from .school_year import school_year
from .structure import region_of, shared_sizes
from .traits import make_traits


def make_world(*, pupils: int, municipalities: int, seed: int) -> World:
    """The world of so many pupils, shared out over the first municipalities by their weights.

    Raises  Refusal when the numbers make no region
    """
    return world_of(shared_sizes(pupils, municipalities), seed)


def world_of(sizes: Sequence[int], seed: int) -> World:
    """The world whose first municipality has sizes[0] pupils in its schools, and so on.

    What is decided about a municipality's schools is the same whatever comes after it.

    Raises  Refusal when the sizes make no region
    """
    region = region_of(sizes, seed)
    people = make_pupils(region)
    roster = make_roster(people, region)
    return World(
        region=region,
        pupils=people,
        roster=roster,
        traits=make_traits(people, roster, region),
        patterns=make_patterns(region),
        years={each.no: school_year(seed, each) for each in region.municipalities},
    )
