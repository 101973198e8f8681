"""Process support: how every sub-project stands, who is silent, what was agreed; sessions, networks and offers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects.process_state import STEPS, sentence
from pluginnovation.projects.silence import SILENT_AFTER
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.signals.words import language
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import clock_for, told

from ..coaching import SESSION_KINDS, Agreed, Held, Whose, agree, hold_session, keep_agreement
from ..doing import ENDED_STATES
from ..door import LEADER, REGIONAL, led_sub_project_or_404, open_sub_project_or_404
from ..models import Agreement, Network, PartCounts, Session, SubProject
from ..places import municipalities
from ..process_forms import AgreementForm, SessionForm
from ..states import state_of_sub_project, states_of

MOST: Final = 30


@for_roles(*REGIONAL)
@require_GET
def process(request: HttpRequest) -> HttpResponse:
    """Every sub-project by name, with what it has done; those that are silent first in the answer."""
    projects = list(SubProject.objects.select_related("programme").order_by("name", "pk"))
    states, schools, towns = states_of(projects), _schools(projects), municipalities()
    going = [one for one in projects if one.state not in ENDED_STATES]
    rows: list[dict[str, Any]] = [
        {
            "project": one,
            "state": states[one.pk],
            "says": sentence(states[one.pk], language() == "en"),
            "place": schools.get(one.school) or towns.get(one.municipality, one.municipality),
        }
        for one in projects
    ]
    waiting = Agreement.objects.filter(done_at=None)
    agreements = waiting.select_related("sub_project", "session").order_by("due", "pk")[:MOST]
    page = {
        "rows": rows,
        "going": len(going),
        "silent": [row for row in rows if row["state"].silent],
        "limit": SILENT_AFTER,
        "agreements": [(one, clock_for(one.due)) for one in agreements],
        "late": waiting.filter(due__lt=today()).count(),
    }
    return render(request, "projects/process.html", page)


def _schools(projects: list[SubProject]) -> dict[str, str]:
    codes = {one.school for one in projects if one.school}
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "display_name"))


@for_roles(*REGIONAL)
@require_GET
def process_of(request: HttpRequest, number: int) -> HttpResponse:
    """One sub-project: its steps, sessions, notes and agreements."""
    return _show(request, open_sub_project_or_404(request, number))


def _show(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    state = state_of_sub_project(project)
    sessions = list(_sessions(project))
    agreements = _agreements(project)
    page = {
        "project": project,
        "state": state,
        "says": sentence(state, language() == "en"),
        "steps": [(step, told(STEPS[step.key])) for step in state.steps],
        "sessions": _with_agreements(sessions, agreements),
        "agreements": [(one, clock_for(one.due, done=one.done_at is not None)) for one in agreements],
        "counts": PartCounts.objects.filter(sub_project=project).first(),
        "form": SessionForm(),
        "agree_form": AgreementForm(sessions=sessions),
    }
    return render(request, "projects/process_of.html", page | added, status=status)


def _sessions(project: SubProject) -> QuerySet[Session]:
    return Session.objects.filter(sub_project=project).select_related("by").order_by("-on", "-pk")


def _agreements(project: SubProject) -> list[Agreement]:
    found = Agreement.objects.filter(sub_project=project).select_related("done_by", "session")
    return list(found.order_by("due", "pk"))


def _with_agreements(
    sessions: Iterable[Session], agreements: list[Agreement]
) -> list[tuple[Session, str, list[Agreement]]]:
    """Each session, its kind in words, and what was agreed at it."""
    at: dict[int | None, list[Agreement]] = {}
    for one in agreements:
        at.setdefault(one.session_id, []).append(one)
    return [(one, told(SESSION_KINDS[one.kind]), at.get(one.pk, [])) for one in sessions]


@for_roles(*REGIONAL)
@require_POST
def session_held(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a session."""
    project, form = open_sub_project_or_404(request, number), SessionForm(request.POST)
    if not form.is_valid():
        return _show(request, project, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    held = Held(said["kind"], said["on"], said["topic"], said["note"], said["minutes"])
    whose = Whose(sub_project=project)
    refusal, status = tried(lambda: hold_session(held=held, whose=whose, by=user_of(request), at=now()))
    if refusal:
        return _show(request, project, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Mötet är sparat."))
    return redirect("process_of", number=number)


@for_roles(*REGIONAL)
@require_POST
def agreed(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was agreed."""
    project = open_sub_project_or_404(request, number)
    form = AgreementForm(request.POST, sessions=_sessions(project))
    if not form.is_valid():
        return _show(request, project, {"agree_form": form, "wrong_form": form, "status": 422})
    one = Agreed(form.cleaned_data["what"], form.cleaned_data["due"])
    held = Session.objects.filter(pk=int(form.cleaned_data["session"] or 0)).first()
    refusal, status = tried(lambda: agree(sub_project=project, agreed=one, by=user_of(request), at=now(), session=held))
    if refusal:
        return _show(request, project, {"agree_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Överenskommelsen är sparad."))
    return redirect("process_of", number=number)


@for_roles(LEADER, *REGIONAL)
@require_POST
def agreement_kept(request: HttpRequest, number: int, agreement: int) -> HttpResponse:
    """Say that what was agreed is done: whoever leads it, or the region."""
    regional = request.duty.role in REGIONAL  # type: ignore[attr-defined]
    project = open_sub_project_or_404(request, number) if regional else led_sub_project_or_404(request, number)
    row = Agreement.objects.filter(pk=agreement, sub_project=project).first()
    if row is None:
        raise Http404
    refusal, _status = tried(lambda: keep_agreement(agreement=row, by=user_of(request), at=now()))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Klart."))
    return redirect("process_of" if regional else "sub_project_support", number=number)


@for_roles(LEADER)
@require_GET
def sub_project_support(request: HttpRequest, number: int) -> HttpResponse:
    """The process support of one's own sub-project: sessions and what was agreed."""
    project = led_sub_project_or_404(request, number)
    sessions, agreements = _sessions(project), _agreements(project)
    page = {
        "project": project,
        "networks": Network.objects.filter(members__sub_project=project, members__left_at=None, ended_at=None).order_by(
            "name", "pk"
        ),
        "sessions": _with_agreements(sessions, agreements),
        "agreements": [(one, clock_for(one.due, done=one.done_at is not None)) for one in agreements],
    }
    return render(request, "projects/own_support.html", page)
