"""Elevhälsomötet: the next meeting with its agenda, its beginning and end, and the screen that others see."""

from datetime import date, time
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.agenda import PASSED, UNANSWERED, agenda_of, next_number, proposed_date
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.reach import schools_in_reach
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.chrome import show_source

from ..agenda_reading import MOST_UNANSWERED, reasons_for, waiting_at
from ..meeting_words import SHARED_SCREEN, PointTold, by_part, is_shared, points_told, preview
from ..meetings import Planning, end_meeting, plan_meeting, start_meeting
from ..models import Meeting

# Who takes part in the meeting: the pupil health team, and the principal who decides.
TAKE_PART = ("pupil_health", "principal")


@for_roles(*TAKE_PART)
@require_GET
def meeting_home(request: HttpRequest) -> HttpResponse:
    """The next meeting of the school, with the agenda as it is now; or the day to set."""
    schools = list(schools_in_reach(duty_of(request)).order_by("sort_key", "code"))
    asked = request.GET.get("skola", "")
    school = next((school for school in schools if school.code == asked), schools[0] if schools else None)
    if school is None:
        raise Http404
    show_source(request, school.source)
    coming = Meeting.objects.filter(school=school.code, ended_at=None).order_by("on").first()
    return render(request, "support/meeting.html", _page(request, school, coming) | {"schools": schools})


@for_roles(*TAKE_PART)
@require_GET
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting's agenda."""
    found, school = opened_meeting(request, number)
    return render(request, "support/meeting.html", _page(request, school, found) | {"schools": [school]})


@for_roles(*TAKE_PART)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Set the day of the next meeting."""
    school = schools_in_reach(duty_of(request)).filter(code=request.POST.get("school", "")).first()
    if school is None:
        raise Http404
    on, begins = _day(request.POST.get("on", "")), _time(request.POST.get("begins", ""))
    refusal = _("Skriv dagen som 2026-11-24.") if on is None else ""
    if on is not None:
        try:
            plan_meeting(planning=Planning(school.code, on, begins), by=user_of(request), at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Mötet är bestämt."))
            return redirect("meeting_home")
    show_source(request, school.source)
    coming = Meeting.objects.filter(school=school.code, ended_at=None).order_by("on").first()
    page = _page(request, school, coming) | {"schools": [school], "refusal": refusal, "sent": request.POST}
    return render(request, "support/meeting.html", page, status=422)


@for_roles(*TAKE_PART)
@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the meeting, or add what has come to its agenda since; and go to the first point that is undecided."""
    found, _school = opened_meeting(request, number)
    agenda = agenda_of(reasons_for(duty_of(request), found.school, found.on))
    again = found.started_at is not None
    try:
        added = start_meeting(meeting=found, agenda=agenda, by=user_of(request), at=now())
    except Refusal as refused:
        messages.warning(request, refusal_text(refused))
        return redirect("health_meeting", number=number)
    if again:
        text = ngettext("En punkt lades till.", "%(n)s punkter lades till.", added) % {"n": added}
        messages.success(request, text if added else _("Inget nytt har kommit till."))
        return redirect("health_meeting", number=number)
    first = first_undecided(found)
    return redirect("meeting_point", number=number, place=first) if first else redirect("health_meeting", number=number)


@for_roles(*TAKE_PART)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the meeting is over, and set the day of the next one when it is told."""
    found, _school = opened_meeting(request, number)
    on, begins = _day(request.POST.get("on", "")), _time(request.POST.get("begins", ""))
    try:
        end_meeting(meeting=found, by=user_of(request), at=now())
        messages.success(request, _("Mötet är avslutat. Protokollet finns att skriva ut."))
        if on is not None:
            planning = Planning(found.school, on, begins or found.begins)
            plan_meeting(planning=planning, by=user_of(request), at=now())
    except Refusal as refused:
        messages.warning(request, refusal_text(refused))
    return redirect("minutes", number=number)


@for_roles(*TAKE_PART)
@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """Say whether others see the screen: initials and no notes, or names."""
    request.session[SHARED_SCREEN] = request.POST.get("shared") == "on"
    back = Meeting.objects.filter(
        pk=_number(request.POST.get("meeting", "")), school__in=duty_of(request).units
    ).first()
    place = _number(request.POST.get("place", ""))
    if back is not None and back.points.filter(number=place).exists():
        return redirect("meeting_point", number=back.pk, place=place)
    return redirect("health_meeting", number=back.pk) if back else redirect("meeting_home")


def opened_meeting(request: HttpRequest, number: int) -> tuple[Meeting, Organisation]:
    """A meeting of a school that the viewer reaches.

    Raises  Http404, the same one, whether it doesn't exist or belongs to another school
    """
    schools: QuerySet[Organisation] = schools_in_reach(duty_of(request))
    found = Meeting.objects.filter(pk=number, school__in=schools.values("code")).first()
    if found is None:
        raise Http404
    school = schools.get(code=found.school)
    show_source(request, school.source)
    return found, school


def first_undecided(found: Meeting, after: int = 0) -> int | None:
    """The number of the next point that nobody has decided on. One query."""
    points = list(found.points.values_list("number", "decisions__number"))
    numbers = {number for number, _decided in points}
    return next_number(numbers, {number for number, decided in points if decided is not None}, after)


def points_of(request: HttpRequest, school: str, found: Meeting | None) -> list[PointTold]:
    """The points of a meeting that has begun, or of the agenda as it is now."""
    duty, shared = duty_of(request), is_shared(request)
    if found is None:
        return preview(agenda_of(reasons_for(duty, school, today())), duty, initials=shared)
    if found.started_at is not None:
        rows = found.points.order_by("number").prefetch_related("decisions")
        return points_told(rows, duty, initials=shared)
    return preview(agenda_of(reasons_for(duty, found.school, found.on)), duty, initials=shared)


def _page(request: HttpRequest, school: Organisation, found: Meeting | None) -> dict[str, Any]:
    points = points_of(request, school.code, found)
    held = Meeting.objects.filter(school=school.code).order_by("-on")
    earlier = [row for row in held[:8] if row.ended_at is not None][:5]
    days = [row.on for row in held[:8] if found is None or row.pk != found.pk or found.started_at]
    return {
        "school": school,
        "meeting": found,
        "points": points,
        "parts": by_part(points),
        "passed": sum(point.part == PASSED and point.decision is None for point in points),
        "undecided": sum(point.decision is None for point in points),
        "waiting": _waiting(request, school, points) if found is None or found.started_at is None else 0,
        "most": MOST_UNANSWERED,
        "earlier": earlier,
        "proposed": proposed_date(days, today()),
        "shared": is_shared(request),
        "today": today(),
    }


def _waiting(request: HttpRequest, school: Organisation, points: list[PointTold]) -> int:
    """How many nobody has answered at the highest level, where the agenda has no room for all of them; else 0."""
    if all(point.why != UNANSWERED for point in points):
        return 0
    waiting = waiting_at(duty_of(request), school.code)
    return waiting if waiting > MOST_UNANSWERED else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.replace(".", ":"))
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
