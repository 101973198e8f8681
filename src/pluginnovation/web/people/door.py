"""The only door to a pupil: ground, then visit, then pupil.

Absent and refused take the same way through this file, with the same number of queries, to the same answer.
"""

from dataclasses import dataclass
from typing import cast

from django.db import connection
from django.http import Http404, HttpRequest
from django.utils.timezone import now

from pluginnovation.privacy.emergency import Asking, emergency_ground
from pluginnovation.privacy.grounds import SCHOOL, Grant, ground_for

from .clock import today
from .duties import ActiveDuty, AskedByDuty
from .models import Group, Person, Visit
from .places import place_of
from .reach import groups_in_reach
from .rights.emergency import opened_for


def open_pupil_or_404(
    request: HttpRequest, code: str, *, page: str, in_emergency: bool = False
) -> tuple[Person, Grant]:
    """The pupil and the grant, once the viewer's ground is found and the visit is written down.

    Takes   in_emergency   whether an emergency access is ground enough: to read, never to write
    Raises  Http404, the same one, whether the pupil doesn't exist or may not be seen
    """
    duty = cast(AskedByDuty, request).duty
    found = opened_to(duty, code, page=page, in_emergency=in_emergency)
    if found is None:
        raise Http404
    return found


def opened_to(
    duty: ActiveDuty | None, code: str, *, page: str, in_emergency: bool = False
) -> tuple[Person, Grant] | None:
    """The same for a duty without a request; none when the pupil doesn't exist or may not be seen."""
    code = code.replace("\x00", "?")  # which no text in the database can hold
    pupil = Person.objects.filter(code=code, is_pupil=True, in_source=True).first()
    place = place_of(code, pupil, today())
    ground = ground_for(duty.held, place, today()) if duty else None
    if ground is None and duty is not None and in_emergency:
        opened = opened_for(duty.user, code, now())
        ground = emergency_ground(opened, Asking(duty.role, duty.source), place, now())
    if pupil is None or duty is None or ground is None:
        return None
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


@dataclass(frozen=True, slots=True)
class LeftCase:
    """An open case of one's own school whose pupil goes there no longer: its number, and who the pupil is."""

    number: int
    pupil: str
    name: str


def left_cases() -> list[LeftCase]:
    """Those that the one who asks leads, by name. Nothing else of these pupils is within reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, pupil, given, family FROM fence.left_cases() ORDER BY family, given, number")
        return [LeftCase(number, pupil, f"{given} {family}".strip()) for number, pupil, given, family in cursor]


def open_left_case(request: HttpRequest, number: int, *, page: str) -> LeftCase | None:
    """One of them, once the visit is written down; none when it isn't one of them."""
    duty = cast(AskedByDuty, request).duty
    found = next((one for one in left_cases() if one.number == number), None)
    if duty is None or found is None:
        return None
    Visit.objects.create(
        at=now(), viewer_id=duty.user, role=duty.role, reach=SCHOOL, through=duty.place, pupil=found.pupil, page=page
    )
    return found
