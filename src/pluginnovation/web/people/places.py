"""Where a pupil is, as the grounds see it."""

from datetime import date
from typing import Final

from pluginnovation.privacy.grounds import PupilPlace, Stay
from pluginnovation.privacy.youths import Residence, Schooling, Youth

from .models import Enrolment, Membership, Organisation, Person, Resident
from .models.person import GONE, NOT_PROTECTED
from .participation import rows

# From a place to the school authority at the top.
MOST_LEVELS: Final = 10


def place_of(code: str, pupil: Person | None, day: date) -> PupilPlace:
    """Where the pupil is. Nothing is known of an absent one, and that is asked for in the same way."""
    groups = Membership.objects.filter(pupil=code).values_list(
        "group", "start_date", "end_date", "group__start_date", "group__end_date"
    )
    enrolments = Enrolment.objects.filter(pupil=code)
    schools = tuple(enrolments.values_list("organisation", "school_type", "school_year", "start_date", "end_date"))
    told = Resident.objects.filter(pupil=code).values_list(
        "municipality", "enrolled_elsewhere", "start_date", "end_date"
    )
    taken_part = [
        stay
        for found in rows()
        for stay in found.filter(pupil=code).values_list("sub_project", "start_date", "end_date")
    ]
    youth = Youth(
        born=pupil.birth_date if pupil else None,
        home=pupil.home_municipality if pupil else None,
        residences=tuple(Residence(*row) for row in told),
        schoolings=tuple(Schooling(*row[1:]) for row in schools),
        degree_on=pupil.degree_on if pupil else None,
    )
    return PupilPlace(
        groups=tuple(
            Stay(group, _latest(start, group_start), _earliest(end, group_end))
            for group, start, end, group_start, group_end in groups
        ),
        schools=tuple(Stay(school, start, end) for school, _type, _year, start, end in schools),
        protected=pupil is None or pupil.security_marking != NOT_PROTECTED or _has_left(pupil, day),
        youth=youth,
        source=pupil.source if pupil else "",
        sub_projects=tuple(Stay(str(number), start, end) for number, start, end in taken_part),
    )


def _has_left(pupil: Person, day: date) -> bool:
    return pupil.status in GONE or (pupil.gone_on is not None and pupil.gone_on <= day)


def _latest(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def of_same_authority(place: str) -> frozenset[str]:
    """Every place below the school authority that a place belongs to, itself too. One query.

    An authority decides alone over what its schools have written (GDPR Art. 4.7; offentlighets- och sekretesslagen
    8:1): two schools of a municipality are one, an independent school is another.
    """
    above = dict(Organisation.objects.values_list("code", "parent"))

    def top(code: str) -> str:
        # A source may name each of two as the other's part; the fence goes as far up.
        for _step in range(MOST_LEVELS):
            code = above.get(code) or code
        return code

    return frozenset(code for code in above if top(code) == top(place)) if place in above else frozenset()
