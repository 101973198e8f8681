"""The world before its first lesson, from a few numbers: every process that needs it makes the same one."""

from collections.abc import Sequence
from dataclasses import replace

from .class_places import class_places
from .cohorts import AUTUMN, make_cohorts
from .lessons import World
from .offered import offered_programmes
from .patterns import make_patterns
from .places import MUNICIPALITIES
from .pupils import make_pupils
from .roster import make_roster
from .scenario import Scenario
from .scenario_region import adults_of
from .school_places import school_places
from .school_year import school_year
from .sizes import check_sizes, shared_sizes
from .structure import Region, make_schools
from .traits import make_traits


def make_world(*, pupils: int, municipalities: int, seed: int) -> World:
    """The world of so many pupils, shared out over the first municipalities by their weights.

    Raises  Refusal when the numbers make no region
    """
    return world_of(shared_sizes(pupils, municipalities), seed)


def world_of(sizes: Sequence[int], seed: int, scenario: Scenario | None = None) -> World:
    """The world whose first municipality has sizes[0] pupils in its schools, and so on.

    What is decided about a municipality's schools is the same whatever comes after it.

    Takes   scenario   what adults do; the world is the one with their help. None: nobody helps
    Raises  Refusal when the sizes make no region
    """
    check_sizes(sizes, seed)
    cohorts = make_cohorts(sizes, seed)
    offered = offered_programmes(cohorts)
    first, second = (school_places(cohorts, offered, each) for each in (AUTUMN, AUTUMN + 1))
    schools = make_schools(cohorts, (first, second))
    if scenario:
        cohorts = replace(cohorts, lives=cohorts.live(adults_of(scenario, cohorts)))
    places = class_places(cohorts, schools, *(school_places(cohorts, offered, each) for each in (AUTUMN, AUTUMN + 1)))
    municipalities = MUNICIPALITIES[: len(sizes)]
    region = Region(
        seed, municipalities, tuple({each.no: each for each in schools.values()}.values()), places.classes, schools
    )
    people = make_pupils(region, cohorts, places)
    roster = make_roster(people, region, cohorts, places)
    return World(
        region=region,
        pupils=people,
        roster=roster,
        traits=make_traits(people, roster, region, cohorts),
        patterns=make_patterns(region),
        years={each.no: school_year(seed, each) for each in region.municipalities},
        cohorts=cohorts,
        offered=offered,
        places=places,
    )
