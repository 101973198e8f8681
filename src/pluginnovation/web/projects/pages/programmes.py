"""Programmes: what each wants, who pays, who takes part, and what is tried in it."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects import calls
from pluginnovation.projects.lifecycle import GOING, STATES, SUB_PROJECT
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..calling import time_of_call
from ..door import READS, REGIONAL, sub_projects_in_reach
from ..forms import JoinForm, LeaveForm, ProgrammeForm, ProgrammeGoalForm
from ..models import Programme, ProgrammeGoal, ProgrammeMunicipality
from ..places import municipalities, names_of
from ..programmes import (
    Leaving,
    SettingUp,
    Wanting,
    add_goal,
    end_goal,
    join_programme,
    leave_programme,
    set_up_programme,
)

REGION: Final = "regional_lead"


@for_roles(*READS)
@require_GET
def programmes_page(request: HttpRequest) -> HttpResponse:
    """All programmes, those that go on first."""
    rows = Programme.objects.annotate(n=Count("sub_projects", distinct=True), calls_n=Count("calls", distinct=True))
    page = {
        "programmes": rows.order_by("-ends", "name"),
        "today": today(),
        "may_add": duty_of(request).role == REGION,
    }
    return render(request, "projects/programmes.html", page)


@for_roles(REGION)
@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    """Set up a programme."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None, towns=municipalities())
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        setting = SettingUp(
            said["name"], said["starts"], said["ends"], said["about"], "",
            tuple(said["target_groups"].splitlines()), said["funder"], said["own_share"] * 100, said["budget"],
            tuple(said["municipalities"]),
        )  # fmt: skip
        made: list[Programme] = []
        refusal, status = tried(lambda: made.append(set_up_programme(setting=setting, by=user_of(request), at=now())))
        if made:
            messages.success(request, _("Programmet finns nu. Lägg till dess mål."))
            return redirect("programme", key=made[0].key)
    return render(request, "projects/programme_new.html", {"form": form, "refusal": refusal}, status=status)


@for_roles(*READS)
@require_GET
def programme_page(request: HttpRequest, key: str) -> HttpResponse:
    """One programme."""
    return _show(request, get_object_or_404(Programme, key=key))


def _show(request: HttpRequest, programme: Programme, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    towns = municipalities()
    taking_part = list(programme.municipalities.order_by("left_on", "joined_on", "pk"))
    goals = programme.goals.filter(ended_at=None).order_by("pk")
    projects = list(sub_projects_in_reach(duty_of(request)).filter(programme=programme).order_by("name", "pk"))
    schools = names_of(one.school for one in projects)
    rows = programme.calls.order_by("-opens_at", "-pk")
    if duty_of(request).role not in REGIONAL:
        rows = rows.exclude(published_at=None)
    free = {
        code: name for code, name in towns.items() if code not in {t.municipality for t in taking_part if not t.left_on}
    }
    page = {
        "programme": programme,
        "share": programme.own_share // 100,
        "goals": [
            (told(word), [goal for goal in goals if goal.kind == kind]) for kind, word in calls.GOAL_KINDS.items()
        ],
        "towns": [(one, towns.get(one.municipality, one.municipality)) for one in taking_part],
        "n_towns": sum(one.left_on is None for one in taking_part),
        "calls": [(one, told(calls.TIMES[time_of_call(one, now())])) for one in rows],
        "projects": [
            (one, schools.get(one.school) or towns.get(one.municipality, ""), told(STATES[SUB_PROJECT][one.state]))
            for one in projects
        ],
        "going": sum(one.state in GOING for one in projects),
        "may_write": duty_of(request).role == REGION,
        "regional": duty_of(request).role in REGIONAL,
        "goal_form": ProgrammeGoalForm(),
        "join_form": JoinForm(towns=free, initial={"on": today()}),
    }
    return render(request, "projects/programme.html", page | added, status=status)


@for_roles(REGION)
@require_POST
def new_goal(request: HttpRequest, key: str) -> HttpResponse:
    """Set a goal of a programme."""
    programme = get_object_or_404(Programme, key=key)
    form = ProgrammeGoalForm(request.POST)
    if not form.is_valid():
        return _show(request, programme, {"goal_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    wanting = Wanting(said["kind"], said["text"], said["target"], by_when=said["by_when"])
    refusal, status = tried(lambda: add_goal(programme=programme, wanting=wanting, by=user_of(request), at=now()))
    if refusal:
        return _show(request, programme, {"goal_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Målet är sparat."))
    return redirect("programme", key=key)


@for_roles(REGION)
@require_POST
def goal_ended(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say that a goal no longer stands."""
    goal = get_object_or_404(ProgrammeGoal, programme__key=key, pk=number)
    refusal, status = tried(lambda: end_goal(goal=goal, by=user_of(request), at=now()))
    if refusal:
        return _show(request, goal.programme, {"refusal": refusal, "status": status})
    messages.success(request, _("Målet gäller inte längre. Det finns kvar i historiken."))
    return redirect("programme", key=key)


@for_roles(REGION)
@require_POST
def new_municipality(request: HttpRequest, key: str) -> HttpResponse:
    """Let a municipality take part."""
    programme = get_object_or_404(Programme, key=key)
    form = JoinForm(request.POST, towns=municipalities())
    if not form.is_valid():
        return _show(request, programme, {"join_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    refusal, status = tried(
        lambda: join_programme(
            programme=programme, municipality=said["municipality"], on=said["on"], by=user_of(request), at=now()
        )
    )
    if refusal:
        return _show(request, programme, {"join_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Kommunen är med."))
    return redirect("programme", key=key)


@for_roles(REGION)
@require_http_methods(["GET", "POST"])
def municipality_leaves(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say what happens when a municipality withdraws, and let it."""
    row = get_object_or_404(ProgrammeMunicipality, programme__key=key, pk=number, left_on=None)
    form = LeaveForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        leaving = Leaving(form.cleaned_data["on"], form.cleaned_data["why"])
        led_to: list[Any] = []
        refusal, status = tried(
            lambda: led_to.append(leave_programme(row=row, leaving=leaving, by=user_of(request), at=now()))
        )
        if led_to:
            messages.success(request, _left_words(led_to[0]))
            return redirect("programme", key=key)
    town = {"municipality": row.municipality, "programme": row.programme}
    page = {
        "row": row,
        "town": municipalities().get(row.municipality, row.municipality),
        "projects": sub_projects_in_reach(duty_of(request)).filter(**town, state__in=GOING).order_by("name"),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "projects/programme_left.html", page, status=status)


def _left_words(left: Any) -> str:
    applications = ngettext("%(n)s ansökan är återtagen", "%(n)s ansökningar är återtagna", left.applications)
    projects = ngettext("%(n)s delprojekt är avbrutet", "%(n)s delprojekt är avbrutna", left.sub_projects)
    both = f"{applications % {'n': left.applications}}, {projects % {'n': left.sub_projects}}"
    return _("Kommunen har lämnat programmet: %(both)s. Allt finns kvar att läsa.") % {"both": both}
