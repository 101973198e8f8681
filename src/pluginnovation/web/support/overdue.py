"""What has a date that has passed at a school: promises, steps of cases and days to look back."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Group, Organisation, Person
from pluginnovation.web.people.reach import pupils_in_reach

from .models import CaseStep, FollowUp, NextStep
from .owners import Staff, staff_of

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class LateDate:
    """A date that has passed.

    what    what was to be done
    about   the pupil's name, the group's, or the school's
    href    where it is; empty: no page of its own
    owner   who answers for it now
    """

    due: date
    what: str
    about: str
    href: str
    owner: str


def late_dates(duty: ActiveDuty, school: Organisation) -> list[LateDate]:
    """Everything at the school whose date has passed, the oldest first; at most two hundred. Seven queries."""
    day = today()
    pupils = pupils_in_reach(duty, day).values("code")
    within = Q(pupil__in=pupils) | Q(pupil="")
    steps = NextStep.objects.filter(within, school=school.code, due__lt=day, done_at=None, taken_back_at=None)
    of_cases = CaseStep.objects.filter(
        pupil__in=pupils, case__school=school.code, due__lt=day, done_on=None, case__closed_at=None
    )  # fmt: skip
    looks = FollowUp.objects.filter(within, school=school.code, due__lt=day, done_at=None)
    rows = [
        *((row.due, row.what, row.pupil, row.group, row.owner, row.owner_role) for row in steps.order_by("due")[:MOST]),
        *(
            (row.due, _("Steg i ärendet"), row.pupil, "", row.case.owner, row.case.owner_role)
            for row in of_cases.select_related("case").order_by("due")[:MOST]
        ),
        *(_look(row) for row in looks.select_related("case", "measure").order_by("due")[:MOST]),
    ]
    rows = sorted((row for row in rows if row[0]), key=lambda row: (row[0], row[2], row[1]))[:MOST]
    names = {person.code: person.name for person in Person.objects.filter(code__in={row[2] for row in rows} - {""})}
    groups = dict(Group.objects.filter(code__in={row[3] for row in rows} - {""}).values_list("code", "display_name"))
    staff = staff_of([school.code])
    return [_late(row, names, groups, staff, school) for row in rows]


Row = tuple[date | None, str, str, str, str, str]


def _look(row: FollowUp) -> Row:
    held = row.case or row.measure
    owner, role = (held.owner, held.owner_role) if held else ("", "")
    return row.due, _("Uppföljning"), row.pupil, "", owner, role


def _late(row: Row, names: dict[str, str], groups: dict[str, str], staff: Staff, school: Organisation) -> LateDate:
    due, what, pupil, group, owner, role = row
    about, href = school.display_name, ""
    if pupil:
        about, href = names.get(pupil, pupil), f"/elev/{pupil}/"
    elif group:
        about, href = groups.get(group, group), f"/klass/{group}/"
    return LateDate(due or date.max, what, about, href, staff.owner(owner, role))
