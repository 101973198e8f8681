"""Classes: who of a school, a year and a programme goes to which, in autumn and in spring."""

from dataclasses import dataclass

import numpy as np

from .chance import Ints
from .cohorts import Cohorts
from .offered import IN_A_CLASS
from .school_places import NOWHERE, SchoolPlaces, programme_code
from .structure import School, SchoolClass

# The years in which grades are given come first, so that the first class of all has something of everything.
_ORDER = {7: 0, 8: 1, 9: 2, 5: 3, 6: 4}
_Key = tuple[int, int, str, int, int]  # school, order of the year, programme, year, class of the lives


@dataclass(frozen=True, slots=True)
class ClassPlaces:
    """Which class everybody is in, by its number; -1 outside school. One entry per person.

    classes   all of them, in order: school by school
    """

    classes: tuple[SchoolClass, ...]
    autumn: Ints
    spring: Ints

    @property
    def first(self) -> Ints:
        """The class they begin the year in, or join first."""
        return np.where(self.autumn >= 0, self.autumn, self.spring)


def class_places(
    cohorts: Cohorts, schools: dict[int, School], autumn: SchoolPlaces, spring: SchoolPlaces
) -> ClassPlaces:
    """The classes, and everybody's place in them."""
    groups: dict[_Key, list[int]] = {}
    for person in np.flatnonzero(autumn.there | spring.there).tolist():
        places = autumn if autumn.there[person] else spring
        groups.setdefault(_key(person, places, cohorts, schools), []).append(person)
    classes, first = _formed(groups, schools, len(cohorts))
    found = ClassPlaces(classes, np.where(autumn.there, first, NOWHERE), np.where(spring.there, first, NOWHERE))
    _change_programme(found, autumn, spring)
    return found


def _key(person: int, places: SchoolPlaces, cohorts: Cohorts, schools: dict[int, School]) -> _Key:
    school = schools[int(places.unit[person])]
    year = int(places.year[person])
    if places.upper[person]:
        return school.no, 0, programme_code(int(places.programme[person])), year, 0
    return school.no, _ORDER[year], "", year, int(cohorts.people.class_no[person])


def _formed(
    groups: dict[_Key, list[int]], schools: dict[int, School], size: int
) -> tuple[tuple[SchoolClass, ...], Ints]:
    """The classes of the groups, the large groups of upper secondary school divided; and the class of each person."""
    by_no = {school.no: school for school in schools.values()}
    first = np.full(size, NOWHERE)
    classes: list[SchoolClass] = []
    named: dict[tuple[int, str, int], int] = {}
    before: dict[int, int] = {}
    for key in sorted(groups):
        school, _, programme, year, _ = key
        members = np.array(groups[key])
        many = max(1, round(len(members) / IN_A_CLASS)) if programme else 1
        for part in np.array_split(members, many):
            place = named.get((school, programme, year), 0)
            named[school, programme, year] = place + 1
            municipality = by_no[school].municipality.no
            local = before.get(municipality, 0)
            before[municipality] = local + 1
            first[part] = len(classes)
            name = _name(programme, year, place)
            classes.append(
                SchoolClass(
                    len(classes), local, f"{by_no[school].id}-{name}", name, by_no[school], year, programme, len(part)
                )
            )
    return tuple(classes), first


def _name(programme: str, year: int, place: int) -> str:
    """With a letter (A, B … then AA) within each year and programme."""
    letter = chr(65 + place % 26) * (1 + place // 26)
    return f"{programme}{26 - year}{letter}" if programme else f"{year}{letter}"


def _change_programme(found: ClassPlaces, autumn: SchoolPlaces, spring: SchoolPlaces) -> None:
    """Who is on another programme in spring goes to its smallest class, if the school has one of that year."""
    by_kind: dict[tuple[int, str, int], list[SchoolClass]] = {}
    for each in found.classes:
        by_kind.setdefault((each.school.no, each.programme, each.year), []).append(each)
    joined: dict[int, int] = {}
    changes = autumn.there & spring.there & (autumn.programme != spring.programme)
    for person in np.flatnonzero(changes).tolist():
        now = found.classes[int(found.autumn[person])]
        key = now.school.no, programme_code(int(spring.programme[person])), int(spring.year[person])
        others = by_kind.get(key, [])
        if others:
            chosen = min(others, key=lambda each: (each.size + joined.get(each.no, 0), each.no))
            joined[chosen.no] = joined.get(chosen.no, 0) + 1
            found.spring[person] = chosen.no
