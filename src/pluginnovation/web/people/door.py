"""The only door to a pupil: ground, then visit, then pupil.

Absent and refused take the same way through this file, with the same number of queries, to the same answer.
"""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest
from django.utils.timezone import now

from pluginnovation.privacy.grounds import Grant, PupilPlace, Stay, ground_for
from pluginnovation.privacy.youths import Residence, Schooling, Youth

from .clock import today
from .duties import AskedByDuty
from .models import Enrolment, Group, Membership, Person, Resident, Visit
from .models.person import GONE, NOT_PROTECTED
from .reach import groups_in_reach


def open_pupil_or_404(request: HttpRequest, code: str, *, page: str) -> tuple[Person, Grant]:
    """The pupil and the grant, once the viewer's ground is found and the visit is written down.

    Raises  Http404, the same one, whether the pupil doesn't exist or may not be seen
    """
    code = code.replace("\x00", "?")  # which no text in the database can hold
    pupil = Person.objects.filter(code=code, is_pupil=True, in_source=True).first()
    place = place_of(code, pupil, today())
    duty = cast(AskedByDuty, request).duty
    ground = ground_for(duty.held, place, today()) if duty else None
    if pupil is None or duty is None or ground is None:
        raise Http404
    visit = Visit.objects.create(
        at=now(), viewer_id=duty.user, role=ground.role, reach=ground.reach, through=ground.through,
        pupil=pupil.code, page=page,
    )  # fmt: skip
    return pupil, Grant(pupil.code, pupil.source, ground, visit.pk)


def open_group_or_404(request: HttpRequest, code: str) -> Group:
    """A group that the viewer's duty reaches.

    Raises  Http404, the same one, whether the group doesn't exist or may not be seen
    """
    duty, code = cast(AskedByDuty, request).duty, code.replace("\x00", "?")
    group = groups_in_reach(duty, today()).filter(code=code).select_related("organisation").first() if duty else None
    if group is None:
        raise Http404
    return group


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
    )


def _has_left(pupil: Person, day: date) -> bool:
    return pupil.status in GONE or (pupil.gone_on is not None and pupil.gone_on <= day)


def _latest(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
