"""Schools and classes: what a municipality's pupils make of it.

A school is a unit of the lives, a class some 24 pupils of one year, and in upper secondary school of one programme;
introductory classes have fewer. Small municipalities get small schools with few programmes, see `offered`.

Nothing in a municipality depends on another one: its numbers, its ids and its chance are its own, so a municipality
more or less leaves the rest as they were.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .cohorts import Cohorts
from .lives.people import OF_MUNICIPALITY, UPPER_FROM
from .lives.people import independent as is_independent
from .places import MUNICIPALITIES, Municipality, independent_name, school_name
from .school_places import SchoolPlaces

LEAST_WITH_MENTOR_GROUPS: Final = 16


@dataclass(frozen=True, slots=True)
class School:
    """One school unit.

    no           running number in the region
    local        number within its municipality, from 1
    unit_code    code in the (made-up) register
    school_type  GR or GY
    authority    organisation id of its school authority: the municipality's, or its own when it is independent
    """

    no: int
    local: int
    id: str
    unit_code: str
    name: str
    municipality: Municipality
    school_type: str
    authority: str

    @property
    def independent(self) -> bool:
        """Whether somebody other than the municipality runs it."""
        return self.authority != self.municipality.authority

    @property
    def place(self) -> tuple[int, int]:
        """What its streams of chance are named after: the municipality's number and its own there."""
        return self.municipality.no, self.local


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class: name ('8A', 'NA24B'), year, programme ('' in GR), size.

    no      running number in the region
    local   number within its municipality, from 0
    """

    no: int
    local: int
    id: str
    name: str
    school: School
    year: int
    programme: str
    size: int

    @property
    def place(self) -> tuple[int, int]:
        """What its streams of chance are named after: the municipality's number and its own there."""
        return self.school.municipality.no, self.local

    @property
    def introductory(self) -> bool:
        """Whether it belongs to an introductory programme."""
        return self.programme.startswith("IM")

    @property
    def mentor_groups(self) -> tuple[str, ...]:
        """The ids of its mentor groups, half the class each: every third upper secondary school has them."""
        halved = (
            self.programme
            and not self.introductory
            and self.school.local % 3 == self.school.municipality.no % 3
            and self.size >= LEAST_WITH_MENTOR_GROUPS
        )
        return (f"m-{self.id}-1", f"m-{self.id}-2") if halved else ()


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that stands before anyone has come to school.

    school_of_unit   the school of every unit number that lives have; a unit without pupils this year has become a part
                     of another one of its kind
    """

    seed: int
    municipalities: tuple[Municipality, ...]
    schools: tuple[School, ...]
    classes: tuple[SchoolClass, ...]
    school_of_unit: dict[int, School]

    def classes_of(self, municipality: Municipality) -> list[SchoolClass]:
        """The classes of one municipality, in order."""
        return [each for each in self.classes if each.school.municipality.no == municipality.no]


def make_schools(cohorts: Cohorts, now: tuple[SchoolPlaces, SchoolPlaces]) -> dict[int, School]:
    """The school of every unit number.

    Takes   now   where everybody is in this year's two half-years, without help
    """
    told = np.unique(np.concatenate([each.unit[each.there] for each in now])).tolist()
    every = np.unique(np.concatenate([np.unique(cohorts.lives.unit), np.unique(cohorts.people.school)])).tolist()
    found: dict[int, School] = {}
    before = 0
    for number in np.unique(cohorts.people.municipality).tolist():
        own = [unit for unit in told if unit // OF_MUNICIPALITY == number]
        schools = _of_municipality(MUNICIPALITIES[number - 1], own, before)
        before += len(schools)
        for unit in every:
            if unit // OF_MUNICIPALITY == number:
                found[unit] = schools.get(unit) or _nearest(schools, unit)
    return found


def _nearest(schools: dict[int, School], unit: int) -> School:
    """The first school of the unit's kind; where there is none, the first of all."""
    alike = [school for each, school in schools.items() if _is_upper(each) == _is_upper(unit)]
    return (alike or list(schools.values()))[0]


def _is_upper(unit: int) -> bool:
    return unit % OF_MUNICIPALITY >= UPPER_FROM


def _of_municipality(municipality: Municipality, units: list[int], before: int) -> dict[int, School]:
    """Its schools by unit, the compulsory ones first. The first of each kind is the municipality's own."""
    found: dict[int, School] = {}
    for local, unit in enumerate(units, start=1):
        upper = _is_upper(unit)
        first = all(_is_upper(each) != upper for each in found)
        own = bool(is_independent(np.array([unit]))[0]) and not first
        school_id = f"s{municipality.key}{local:03d}"
        name = school_name(municipality.no, local, upper)
        found[unit] = School(
            no=before + local - 1,
            local=local,
            id=school_id,
            unit_code=f"{municipality.code}{local:04d}",
            name=independent_name(name) if own else name,
            municipality=municipality,
            school_type="GY" if upper else "GR",
            authority=f"f{school_id[1:]}" if own else municipality.authority,
        )
    return found
