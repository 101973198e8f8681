"""The adults of each school: principal, pupil health, teachers, mentors, with dated duties."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from .chance import stream
from .lessons import World, activity_id, class_subjects
from .names import drawn_namings, family_names, given_names
from .places import MUNICIPALITIES, Municipality
from .school_year import FIRST_DAY
from .structure import School, SchoolClass

PRINCIPAL, TEACHER, COUNSELLOR, NURSE = "Rektor", "Lärare", "Kurator", "Skolsköterska"
SPECIAL_TEACHER, CAREERS = "Speciallärare/specialpedagog", "Studie- och yrkesvägledare"
YOUTH_COORDINATOR = "Ungdomssamordnare"
SUPPORT = (PRINCIPAL, COUNSELLOR, NURSE, SPECIAL_TEACHER, CAREERS)
TEACHERS_A_CLASS = 1.5
MENTOR_CHANGES = 0.04
CHANGE = (date(2025, 12, 31), date(2026, 1, 1))

DutyRow = tuple[str, str, str, str | None, str | None, date, date | None]


@dataclass(slots=True)
class Staff:
    """Rows for persons.csv and duties.csv, and who is who where the demo needs to know.

    duties    person_id, organisation_id, duty_role, group_id, assignment_type, start_date, end_date
    mentors   class id -> person id of the mentor at the end of the year
    """

    persons: list[tuple[str, str, str]] = field(default_factory=list)  # id, role, school
    hired: Counter[int] = field(default_factory=Counter)  # number of people so far, by municipality
    duties: list[DutyRow] = field(default_factory=list)
    mentors: dict[str, str] = field(default_factory=dict)
    supporters: dict[tuple[str, str], str] = field(default_factory=dict)  # (school id, role) -> person id
    coordinators: dict[int, str] = field(default_factory=dict)  # number of the municipality -> person id


def teaching_group(activity: str) -> str:
    """The id of the group that an activity teaches."""
    return f"g-{activity}"


def hire(world: World) -> Staff:
    """Everyone who works in the region's schools, and whom each municipality has for its youths without one."""
    staff = Staff()
    by_school: dict[int, list[SchoolClass]] = {}
    for each in world.region.classes:
        by_school.setdefault(each.school.no, []).append(each)
    for school in world.region.schools:
        _hire_school(world, school, by_school[school.no], staff)
    for municipality in world.region.municipalities:
        person = f"k{municipality.key}00001"
        since = _since(stream(world.region.seed, "youth coordinator", municipality.no))
        staff.coordinators[municipality.no] = person
        staff.duties.append((person, municipality.authority, YOUTH_COORDINATOR, None, None, since, None))
    return staff


def _hire_school(world: World, school: School, classes: list[SchoolClass], staff: Staff) -> None:
    rng = stream(world.region.seed, "staff", *school.place)
    for role in SUPPORT:
        person = _new(staff, school, role)
        staff.supporters[school.id, role] = person
        staff.duties.append((person, school.id, role, None, None, _since(rng), None))
    teachers = [_new(staff, school, TEACHER) for _ in range(max(4, round(TEACHERS_A_CLASS * len(classes))))]
    since = {person: _since(rng) for person in teachers}
    staff.duties += [(person, school.id, TEACHER, None, None, since[person], None) for person in teachers]
    taught_by = _share_out(world, classes, teachers)
    for _, activity, person in taught_by:
        start = max(since[person], FIRST_DAY)
        staff.duties.append((person, school.id, TEACHER, teaching_group(activity), None, start, None))
    _mentors(classes, taught_by, staff, rng)


def _new(staff: Staff, school: School, role: str) -> str:
    staff.hired[school.municipality.no] += 1
    person = f"t{school.municipality.key}{staff.hired[school.municipality.no]:05d}"
    staff.persons.append((person, role, school.id))
    return person


def _since(rng: np.random.Generator) -> date:
    """When somebody began at the school: an August within the last nine years."""
    return date(2017 + int(rng.integers(9)), 8, 11)


def _share_out(world: World, classes: list[SchoolClass], teachers: list[str]) -> list[tuple[SchoolClass, str, str]]:
    """Class, activity and teacher: sorted by subject, so that a teacher has one or two subjects in several classes."""
    lessons = []
    for each in classes:
        offered = class_subjects(world, each)
        lessons += [(subject.code[:2], each.no, each, activity_id(each, subject)) for subject in offered]
    lessons.sort(key=lambda row: (row[0], row[1], row[3]))
    return [
        (each, activity, teachers[place * len(teachers) // len(lessons)])
        for place, (_, _, each, activity) in enumerate(lessons)
    ]


def _mentors(
    classes: list[SchoolClass], taught_by: list[tuple[SchoolClass, str, str]], staff: Staff, rng: np.random.Generator
) -> None:
    """One mentor per class: one of its teachers, whoever mentors fewest. Some hand over at the turn of the year.

    Where a class is halved into mentor groups, its mentor has the first and another teacher the second.
    """
    load: dict[str, int] = {}
    for each in classes:
        own = sorted({person for other, _, person in taught_by if other.no == each.no})
        first, second = sorted(own, key=lambda person: (load.get(person, 0), person))[:2] if len(own) > 1 else own * 2
        load[first] = load.get(first, 0) + 1
        duty = (each.school.id, TEACHER, each.id, "Mentor")
        if rng.random() < MENTOR_CHANGES and second != first:
            staff.duties.append((second, *duty, FIRST_DAY, CHANGE[0]))
            staff.duties.append((first, *duty, CHANGE[1], None))
        else:
            staff.duties.append((first, *duty, FIRST_DAY, None))
        staff.mentors[each.id] = first
        for person, group in zip((first, second), each.mentor_groups, strict=False):
            staff.duties.append((person, each.school.id, TEACHER, group, "Mentor", FIRST_DAY, None))


def staff_persons(world: World, staff: Staff) -> pl.DataFrame:
    """The rows of persons.csv for those who work in the schools and with youths without one."""
    municipality_of = {each.id: each.municipality for each in world.region.schools}
    of = [municipality_of[school].no for _, _, school in staff.persons]
    cuts = np.searchsorted(of, [each.no for each in world.region.municipalities] + [len(MUNICIPALITIES) + 1])
    parts = []
    for place, municipality in enumerate(world.region.municipalities):
        ids = [person for person, _, _ in staff.persons[cuts[place] : cuts[place + 1]]]
        parts.append(_named_staff(ids, municipality, world.region.seed, "staff names"))
    for municipality in world.region.municipalities:
        ids = [staff.coordinators[municipality.no]]
        parts.append(_named_staff(ids, municipality, world.region.seed, "youth coordinator names"))
    return pl.concat(parts)


def _named_staff(ids: list[str], municipality: Municipality, seed: int, drawn_as: str) -> pl.DataFrame:
    rng = stream(seed, drawn_as, municipality.no)
    sex = (rng.random(len(ids)) > 0.7).astype(np.int64)
    naming = np.where(rng.random(len(sex)) < 0.5, 0, drawn_namings(len(sex), rng))
    addresses = [f"{person}@{domain(municipality)}" for person in ids]
    return pl.DataFrame(
        {
            "id": ids,
            "given_name": given_names(sex, naming, rng).tolist(),
            "family_name": family_names(naming, rng).tolist(),
            "sex": np.where(sex == 0, "Kvinna", "Man").tolist(),
            "security_marking": ["Ingen"] * len(ids),
            "eppn": addresses,
            "email": addresses,
        }
    )


def domain(municipality: Municipality) -> str:
    """An internet domain that cannot exist (RFC 2606), for addresses."""
    return municipality.name.lower().translate(str.maketrans("åäö", "aao")) + ".example"


def duty_frame(staff: Staff) -> pl.DataFrame:
    """The rows of duties.csv."""
    return pl.DataFrame(
        staff.duties,
        schema={
            "person_id": pl.String,
            "organisation_id": pl.String,
            "duty_role": pl.String,
            "group_id": pl.String,
            "assignment_type": pl.String,
            "start_date": pl.Date,
            "end_date": pl.Date,
        },
        orient="row",
    )
