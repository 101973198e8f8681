"""Where this year's pupils were in earlier school years, as far as the region's schools had them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .chance import Ints, stream
from .lessons import World
from .places import Municipality
from .structure import School, SchoolClass

FIRST_OF_STAGE = {5: 5, 6: 5, 7: 7, 8: 7, 9: 7}


@dataclass(frozen=True)
class Placed:
    """The pupils of one class of this year in one earlier year.

    of              the class they are in now
    back            how many school years ago
    year            the year they were in then
    school_type     GR or GY
    pupils          who of them
    schools         organisation id of each one's school then
    changed_school  they have gone from compulsory to upper secondary school since
    """

    of: SchoolClass
    back: int
    year: int
    school_type: str
    pupils: Ints
    schools: list[str]
    changed_school: bool

    @cached_property
    def as_class(self) -> SchoolClass:
        """A class of the compulsory school in that year, for its subjects."""
        return replace(self.of, year=self.year, programme="", school=replace(self.of.school, school_type="GR"))


def sums_activity(school: str) -> str:
    """The id of the activity that stands for all teaching of a school."""
    return f"{school}-all"


def placed(world: World, municipality: Municipality, back: int) -> list[Placed]:
    """Every class of a municipality in each earlier year; who joined this year came from elsewhere."""
    newcomers = {each.pupil for each in world.roster.happenings if each.what == "joined"}
    feeders = [each for each in world.region.schools
               if each.municipality.no == municipality.no and each.school_type == "GR"]  # fmt: skip
    found = []
    for each in world.region.classes_of(municipality):
        pupils = np.array(
            [pupil for pupil in world.members[each.no].tolist() if pupil not in newcomers], dtype=np.int64
        )
        rng = stream(world.region.seed, "feeders", *each.place)
        before = _feeders(feeders, len(pupils), rng)
        for years in range(1, back + 1):
            own = _one(each, years, pupils, before)
            if own is not None and len(pupils):
                found.append(own)
    return found


def _feeders(schools: list[School], pupils: int, rng: np.random.Generator) -> list[str]:
    """The compulsory school that each pupil of an upper secondary class came from."""
    return [schools[place].id for place in rng.integers(len(schools), size=pupils).tolist()] if schools else []


def _one(each: SchoolClass, back: int, pupils: Ints, before: list[str]) -> Placed | None:
    year = each.year - back
    if each.school.school_type == "GR":
        there = year >= FIRST_OF_STAGE[each.year]
        return Placed(each, back, year, "GR", pupils, [each.school.id] * len(pupils), False) if there else None
    if year >= 1:
        return Placed(each, back, year, "GY", pupils, [each.school.id] * len(pupils), False)
    # Year 0 of upper secondary school is year 9 of compulsory school, and so on.
    return Placed(each, back, 9 + year, "GR", pupils, before, True) if before and 9 + year >= 7 else None
