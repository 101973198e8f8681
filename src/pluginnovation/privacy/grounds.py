"""Why may this adult see this pupil, today? The decision alone, without a database.

A ground is found in the viewer's dated duties and in where the pupil is on that day. Every date is
inclusive, and an empty date is open. What the web lists is filtered by the same rules in the query
(`web/people/reach.py`); a test demands that query and decision agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .periods import covers
from .youths import NOTHING_KNOWN, Youth, answers_for

OWN_GROUP: Final = "own_group"
SCHOOL: Final = "school"
MUNICIPALITY: Final = "municipality"
SUB_PROJECT: Final = "sub_project"

# How a role sees pupils. A role that is not here never sees one.
REACH_OF_ROLE: Final = {
    "mentor": OWN_GROUP,
    "teacher": OWN_GROUP,
    "principal": SCHOOL,
    "pupil_health": SCHOOL,
    "youth_coordinator": MUNICIPALITY,
    "sub_project_leader": SUB_PROJECT,
}

ROLES: Final = (
    "mentor",
    "teacher",
    "principal",
    "pupil_health",
    "youth_coordinator",
    "sub_project_leader",
    "evaluator",
    "process_leader",
    "regional_lead",
    "administrator",
    "data_protection_officer",
)

MENTOR_GROUPS: Final = frozenset({"Mentor", "Klass"})

# The duty roles that give a role by themselves: those of SS 12000, and our word for who looks for youths without a
# school, which it has none for. Others (school administrator, canteen, careers counsellor …) give none until the school
# authority's administrator records a decision.
ROLE_OF_DUTY: Final = {
    "Rektor": "principal",
    "Kurator": "pupil_health",
    "Skolsköterska": "pupil_health",
    "Skolläkare": "pupil_health",
    "Skolpsykolog": "pupil_health",
    "Speciallärare/specialpedagog": "pupil_health",
    "Speciallärare": "pupil_health",
    "Specialpedagog": "pupil_health",
    "Elevhälsopersonal": "pupil_health",
    "Ungdomssamordnare": "youth_coordinator",
}


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """One duty of one adult.

    units          the school units that the duty is at: the organisation named and the units under it
    municipality   the code of the municipality that the duty is at; none for a duty at a school
    source         the source that the duty came from: a municipality's youths are those of its own sources
    sub_project    the number of the sub-project that the duty leads; none for every other role
    """

    role: str
    group: str | None = None
    units: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    municipality: str | None = None
    source: str = ""
    sub_project: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's time in a group, at a school unit or in a sub-project."""

    at: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class PupilPlace:
    """Where a pupil is: groups, enrolments, whether the identity is protected, and what decides who answers for her.

    source       the source that the pupil's rows came from
    sub_projects the sub-projects that the pupil takes part in, by number
    """

    groups: tuple[Stay, ...] = ()
    schools: tuple[Stay, ...] = ()
    protected: bool = False
    youth: Youth = NOTHING_KNOWN
    source: str = ""
    sub_projects: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What gives the right to see: the role, how it reaches, and through which group, unit, town or sub-project."""

    role: str
    reach: str
    through: str


@dataclass(frozen=True, slots=True)
class Grant:
    """The proof that a ground was found and a visit written. Only the door makes one.

    pupil    the pupil's code
    source   the source that the pupil's rows came from
    visit    the number of the visit that was written down
    """

    pupil: str
    source: str
    ground: Ground
    visit: int


def role_of_duty(duty_role: str, assignment_type: str | None, group_type: str | None) -> str | None:
    """The role that a duty from a school's register gives, or none.

    Takes   duty_role        the register's word, for example Lärare or Rektor
            assignment_type  Mentor, Elevhälsopersonal, or empty
            group_type       the type of the duty's group, or empty when it has no group
    """
    if assignment_type == "Elevhälsopersonal":
        return "pupil_health"
    if duty_role in ROLE_OF_DUTY:
        return ROLE_OF_DUTY[duty_role]
    if assignment_type == "Mentor" or (duty_role == "Lärare" and group_type in MENTOR_GROUPS):
        return "mentor"
    return "teacher" if duty_role == "Lärare" and group_type else None


def ground_for(duties: Iterable[DutyHeld], place: PupilPlace, today: date) -> Ground | None:
    """The first ground that the duties give to see the pupil today, or none.

    Raises  nothing: absent and refused are the same answer
    """
    if place.protected:
        return None
    for duty in duties:
        if not covers(today, duty.start, duty.end):
            continue
        through = _reached(duty, place, today)
        if through is not None:
            return Ground(duty.role, REACH_OF_ROLE[duty.role], through)
    return None


def _reached(duty: DutyHeld, place: PupilPlace, today: date) -> str | None:
    reach = REACH_OF_ROLE.get(duty.role)
    if reach == OWN_GROUP:
        wanted = frozenset({duty.group}) if duty.group else frozenset()
        stays = place.groups
    elif reach == SCHOOL:
        wanted, stays = duty.units, place.schools
    elif reach == SUB_PROJECT:
        wanted = frozenset({duty.sub_project}) if duty.sub_project else frozenset()
        stays = place.sub_projects
    elif reach == MUNICIPALITY and duty.municipality and duty.source == place.source:
        return duty.municipality if duty.municipality in answers_for(place.youth, today) else None
    else:
        return None
    return next((stay.at for stay in stays if stay.at in wanted and covers(today, stay.start, stay.end)), None)
