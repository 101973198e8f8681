"""One point of a meeting: what is known, what was decided before, and the decision, saved and on to the next."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support import catalogue
from pluginnovation.support.agenda import STEP_PASSED
from pluginnovation.support.meeting_decisions import END, KINDS, MEASURE, NEXT_TIME, ONLY_PUPILS, STEP, Deciding
from pluginnovation.support.my_day import clock_of
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.people.signin.scripts import with_drafts
from pluginnovation.web.signals.models import GroupSnapshot, PupilSnapshot
from pluginnovation.web.signals.reading import PupilRow, answers_it, standing_answers
from pluginnovation.web.signals.words import day

from ..colleagues import Colleague, colleagues_at, mentor_of
from ..drafts import draft_key
from ..measure_words import kind_word
from ..meeting_deciding import Sent, decide_point
from ..meeting_words import DECIDED, DECISIONS, SAME_STEP, PointTold, by_part, is_shared
from ..meetings import rows_behind
from ..models import MeetingDecision, MeetingPoint, NextStep, Note
from ..owners import staff_of
from .meeting import TAKE_PART, first_undecided, opened_meeting, points_of

MOST_BEFORE = 4


@with_drafts
@for_roles(*TAKE_PART)
@require_http_methods(["GET", "POST"])
def meeting_point(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One point, and the decision on it."""
    meeting, school = opened_meeting(request, number)
    points = points_of(request, school.code, meeting) if meeting.started_at else []
    told = next((point for point in points if point.number == place), None)
    if told is None or told.row is None:
        raise Http404
    point = told.row
    point.meeting = meeting
    if told.pupil is not None:
        open_pupil_or_404(request, told.pupil.code, page="meeting")
    page = {"school": school, "meeting": meeting, "points": points, "parts": by_part(points), "told": told,
            "shared": is_shared(request), "today": today(),
            "draft": draft_key(request, f"punkt {point.pk}")}  # fmt: skip
    colleagues = colleagues_at(school.code)
    if request.method == "GET":
        sent = _proposed(point, told.decision, colleagues)
        return render(request, "support/meeting_point.html", page | _known(told, points, sent, colleagues))
    try:
        decision = _decide(request, point, colleagues)
    except Refusal as refused:
        conflict = refused.code == "decided_meanwhile"
        page |= {"refusal": refusal_text(refused), "conflict": conflict, "mine": request.POST.get("text", "")}
        if conflict:
            # Read anew: the page shows what the other decided, and the next try has seen it.
            page |= {"points": (points := points_of(request, school.code, meeting)), "parts": by_part(points)}
            page["told"] = told = next(each for each in points if each.number == place)
        status = 409 if conflict or refused.code == "meeting_over" else 422
        return render(
            request,
            "support/meeting_point.html",
            page | _known(told, points, request.POST.dict(), colleagues),
            status=status,
        )
    messages.success(request, _saved(told, decision))
    further = first_undecided(meeting, place)
    return (
        redirect("meeting_point", number=number, place=further)
        if further
        else redirect("health_meeting", number=number)
    )


def _decide(request: HttpRequest, point: MeetingPoint, colleagues: list[Colleague]) -> MeetingDecision:
    form = request.POST
    about = "pupil" if point.pupil else "group" if point.group else "school"
    owner = next((each for each in colleagues if each.code == form.get("owner", "")), None)
    what = form.get("what", "")
    deciding = Deciding(
        about=about, what=what, text=form.get("text", "").replace("\r\n", "\n").replace("\x00", ""),
        measure=form.get("measure", "") if what == MEASURE else "",
        owner=owner.code if owner else "", owner_role=owner.role if owner else "",
        due=None if what in (END, NEXT_TIME) else _day(form.get("due", "")),
    )  # fmt: skip
    seen = form.get("seen", "0")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0
    sent = Sent(deciding, number, duty_of(request).role)
    return decide_point(point=point, sent=sent, by=user_of(request), at=now())


def _proposed(point: MeetingPoint, standing: MeetingDecision | None, colleagues: list[Colleague]) -> Mapping[str, str]:
    """What stands in the form from the beginning: the step that wasn't done, its owner, and a week from now."""
    rows = rows_behind(point, STEP_PASSED)
    step = NextStep.objects.filter(pk__in=rows, done_at=None, taken_back_at=None).order_by("due").first()
    owner = step.owner if step else mentor_of(pupil=point.pupil, group=point.group)
    codes = {each.code for each in colleagues}
    due = today() + timedelta(days=7)
    found = {"owner": owner if owner in codes else "", "due": due.isoformat(), "what": "", "text": "", "measure": ""}
    if standing is not None:
        return found | {"what": "", "owner": standing.owner if standing.owner in codes else found["owner"]}
    return found | ({"what": STEP, "text": step.what} if step else {})


def _known(
    told: PointTold, points: list[PointTold], sent: Mapping[str, str], colleagues: list[Colleague]
) -> dict[str, Any]:
    """What the page shows beside the form: signals or patterns, what was decided before, and the choices."""
    point = told.row
    assert point is not None
    levels = (catalogue.INDIVIDUAL,) if point.pupil else (catalogue.GROUP, catalogue.ORGANISATION)
    same = bool(rows_behind(point, STEP_PASSED))
    return {
        "sent": sent,
        "undecided": sum(each.decision is None for each in points),
        "seen": told.decision.number if told.decision else 0,
        "colleagues": colleagues,
        "measures": [(kind.key, kind_word(kind.key)) for kind in catalogue.MEASURES if kind.level in levels],
        "choices": [
            (what, SAME_STEP if what == STEP and same else DECISIONS[what])
            for what in KINDS
            if what != NEXT_TIME and (point.pupil or what not in ONLY_PUPILS)
        ],
        "figures": _figures(point.pupil) if told.pupil else [],
        "patterns": _patterns(point.group) if point.group else [],
        "before": _before(point),
        "notes": Note.objects.filter(pupil=point.pupil).count() if told.pupil else 0,
        "staff": staff_of([point.school]),
        "decided": DECIDED,
    }


def _figures(pupil: str) -> list[Any]:
    picture = PupilSnapshot.objects.filter(pupil=pupil).first()
    if picture is None:
        return []
    answers = standing_answers([pupil]).get(pupil, {})
    figures = [figure for figure in PupilRow(None, picture, {}).figures if figure.opens]  # type: ignore[arg-type]
    ordered = sorted(figures, key=lambda figure: -(figure.level or 0))
    return [(figure, answers[figure.signal] if answers_it(answers.get(figure.signal), figure) else None)
            for figure in ordered]  # fmt: skip


def _patterns(group: str) -> list[Any]:
    picture = GroupSnapshot.objects.filter(group=group).first()
    return picture.patterns if picture else []


def _before(point: MeetingPoint) -> list[tuple[MeetingDecision, str]]:
    """The latest earlier decisions about the same, each with its clock; `done` when its step is kept."""
    rows = MeetingDecision.objects.filter(pupil=point.pupil, group=point.group, school=point.school)
    earlier = rows.exclude(point=point).select_related("step", "by", "measure").order_by("-at")[:MOST_BEFORE]
    return [(row, _clock(row)) for row in earlier]


def _clock(row: MeetingDecision) -> str:
    if row.step is not None and (row.step.done_at or row.step.taken_back_at):
        return "done"
    return clock_of(row.due, today())


def _saved(told: PointTold, decision: MeetingDecision) -> str:
    said = _("Sparat: %(who)s. %(what)s.") % {"who": told.name, "what": DECIDED[decision.what]}
    until = _("Senast %(day)s.") % {"day": day(decision.due, today())} if decision.due else ""
    return f"{said} {until}".strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
