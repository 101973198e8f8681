"""One case, and what is done with it on its own page."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.privacy.grounds import Grant
from pluginnovation.support import case_states
from pluginnovation.support.follow_ups import RESULTS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import TITLES, for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Moving, date_step, do_step, move_case
from ..case_door import ROLES, open_case_or_404, tried
from ..case_forms import DecisionForm, LookForm, MoveForm, PlanForm, StepForm
from ..case_reading import Read, appeal_day, days_open, read_case, words_of_state
from ..files_told import files_in
from ..methods import CasePanel, panels_of_case
from ..models import Case, CaseTransfer, FollowUp, NextStep, Note
from ..owners import Staff, staff_of
from ..secrecy_words import SECRECY
from ..spoken import choices_of, clock_for, told


@for_roles(*ROLES)
@require_GET
def case(request: HttpRequest, number: int) -> HttpResponse:
    """The case."""
    return show_case(request, *open_case_or_404(request, number))


def show_case(
    request: HttpRequest, case: Case, person: Person, grant: Grant, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of a case.

    Takes   more   what a form that was refused adds: `refusal`, `status`, and the form itself
    """
    case = Case.objects.select_related("reopened", "by").get(pk=case.pk)
    added = dict(more or {})
    status = added.pop("status", 200)
    show_source(request, person.source)
    page = _page(case, person, grant, panels_of_case(request, case, person, grant)) | added
    return render(request, "support/case.html", page, status=status)


def _page(case: Case, person: Person, grant: Grant, panels: list[CasePanel]) -> dict[str, Any]:
    staff = staff_of([case.school])
    read, role = read_case(case, staff), grant.ground.role
    after = read.next
    decided = read.decision
    return {
        "case": case,
        "person": person,
        "ground": ground_of(person, grant),
        "read": read,
        "words": words_of_state(case),
        "days": days_open(case),
        "owner": staff.owner(case.owner, case.owner_role),
        "next": (told(after.label), str(TITLES[after.role])) if after else None,
        "moves": [(move, label, needs, role in move.roles) for move, label, needs in read.moves],
        "outcomes": choices_of(case_states.OUTCOMES, case_states.outcomes_of(case.kind, case.state)),
        "decides": case.kind == case_states.INVESTIGATION and role in case_states.PRINCIPAL,
        "decision": told(case_states.DECISIONS[decided.kind][decided.verdict]) if decided else "",
        "appeal": appeal_day(decided),
        "decision_form": DecisionForm(
            initial={"number": decided.number if decided else 0},
            programme=decided is not None and decided.verdict == case_states.GRANTED,
        ),
        "has_programme": decided is not None and decided.verdict == case_states.GRANTED,
        "promises": _promises(case, staff),
        "follow_ups": _follow_ups(case),
        "results": choices_of(RESULTS),
        "look_form": LookForm(),
        "plan_form": PlanForm(),
        "notes": [(row, SECRECY.get(row.secrecy, "")) for row in _notes(case)],
        "files": files_in(case),
        "later": case.later.order_by("-pk").first(),
        "taken": CaseTransfer.objects.filter(opened=case).order_by("-pk").first(),
        "leads": role in case_states.LEADERS,
        "given": case.closed_at is None and CaseTransfer.objects.filter(case=case, back_at=None).exists(),
        "history": _history(read),
        "panels": panels,
        "today": today(),
    }


def _follow_ups(case: Case) -> list[tuple[FollowUp, str, str]]:
    return [
        (row, clock_for(row.due, done=row.done_at is not None), told(RESULTS[row.result]) if row.result else "")
        for row in case.follow_ups.select_related("done_by").order_by("due", "id")
    ]


def _promises(case: Case, staff: Staff) -> list[tuple[NextStep, str, str]]:
    rows = case.next_steps.filter(taken_back_at=None).order_by("done_at", "due", "id")
    return [(row, staff.owner(row.owner, row.owner_role), clock_for(row.due, done=bool(row.done_at))) for row in rows]


def _notes(case: Case) -> list[Note]:
    return list(Note.objects.filter(case=case).select_related("by").order_by("-at"))


def _history(read: Read) -> list[tuple[Any, str, str]]:
    """The moves, newest first: when, to what, by whom."""
    told_of = [
        (row.done_on, told(case_states.STATES[row.step.removeprefix("to_")]), row.done_by.name if row.done_by else "")
        for row in read.history
    ]
    return told_of[::-1]


@for_roles(*ROLES)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Move the case to its next state, or close it."""
    case, person, grant = open_case_or_404(request, number)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, person, grant, {"refusal": _("Välj ett utfall."), "status": 422})
    said = form.cleaned_data
    moving = Moving(said["to"], said["seen"], grant.ground.role, said["outcome"])
    refusal, status = tried(lambda: move_case(case=case, moving=moving, by=user_of(request), at=now()))
    if refusal:
        return show_case(request, case, person, grant, {"refusal": refusal, "status": status})
    messages.success(
        request, _("Sparat. Ärendet: %(state)s.") % {"state": told(case_states.STATES[said["to"]]).lower()}
    )
    return redirect("case", number=case.pk)


@for_roles(*ROLES)
@require_POST
def step(request: HttpRequest, number: int, row: int, what: str) -> HttpResponse:
    """Say when one of the law's steps was done, or by when it is to be."""
    case, person, grant = open_case_or_404(request, number)
    found, form = case.steps.filter(pk=row).first(), StepForm(request.POST)
    if found is None or what not in ("klart", "senast"):
        raise Http404
    if not form.is_valid():
        refusal = str(next(iter(form.errors.values()))[0])
        return show_case(request, case, person, grant, {"refusal": refusal, "status": 422})
    day, by, at = form.cleaned_data["day"], user_of(request), now()
    refusal, status = tried(
        lambda: do_step(step=found, on=day, by=by, at=at) if what == "klart"
        else date_step(step=found, due=day, by=by, at=at)
    )  # fmt: skip
    if refusal:
        return show_case(request, case, person, grant, {"refusal": refusal, "status": status})
    messages.success(request, _("Steget är klart.") if what == "klart" else _("Dagen är satt."))
    return redirect(f"{request.path.split('/steg/')[0]}/#steg")
