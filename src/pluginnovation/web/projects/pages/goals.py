"""Goals of a sub-project: all of them with their figures, setting one, reading one off, ending one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects.goals import NUMBER, SCALE, TEXT
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried

from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..goals_set import NewGoal, Reading, end_goal, read_off, set_goal
from ..goals_told import goals_told, newest_figures
from ..models import Goal
from ..project_forms import FORM_OF, ReadingForm

KIND_WORDS = {
    NUMBER: gettext_lazy("Ett tal i procent"), SCALE: gettext_lazy("En skala från 1 till 5"),
    TEXT: gettext_lazy("I ord"),
}  # fmt: skip


@for_roles(*READS)
@require_GET
def goals(request: HttpRequest, number: int) -> HttpResponse:
    """Every goal, also those that are ended."""
    project = open_sub_project_or_404(request, number)
    figures = newest_figures(project.pk)
    told = goals_told(Goal.objects.filter(sub_project=project).order_by("ended_at", "by_when", "pk"), figures)
    page = {
        "project": project, "leads": duty_of(request).role == LEADER, "kinds": KIND_WORDS.items(), "figures": figures,
        "standing": [one for one in told if one.goal.ended_at is None],
        "ended": [one for one in told if one.goal.ended_at is not None],
    }  # fmt: skip
    return render(request, "projects/goals.html", page)


@for_roles(LEADER)
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Set a goal of a kind."""
    project = led_sub_project_or_404(request, number)
    if kind not in FORM_OF:
        raise Http404
    form = FORM_OF[kind](request.POST or None)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said: dict[str, Any] = form.cleaned_data
            new = NewGoal(kind=kind, **said)
            refusal, status = tried(lambda: set_goal(sub_project=project, new=new, by=user_of(request), at=now()))
            if not refusal:
                messages.success(request, _("Målet är satt."))
                return redirect("goals", project.pk)
    page = {"project": project, "form": form, "refusal": refusal, "kind": kind, "kind_word": KIND_WORDS[kind]}
    return render(request, "projects/goal_new.html", page, status=status)


@for_roles(LEADER)
@require_http_methods(["GET", "POST"])
def goal_read(request: HttpRequest, number: int, goal: int) -> HttpResponse:
    """Read a goal off by hand."""
    project, found = led_sub_project_or_404(request, number), _goal_or_404(number, goal)
    if found.indicator or found.ended_at is not None:
        raise Http404
    form = ReadingForm(request.POST or None, initial={"on": today()})
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reading = Reading(**form.cleaned_data)
            refusal, status = tried(lambda: read_off(goal=found, reading=reading, by=user_of(request), at=now()))
            if not refusal:
                messages.success(request, _("Avläsningen är sparad."))
                return redirect("goals", project.pk)
    page = {"project": project, "goal": found, "form": form, "refusal": refusal}
    return render(request, "projects/goal_read.html", page, status=status)


@for_roles(LEADER)
@require_POST
def goal_ended(request: HttpRequest, number: int, goal: int) -> HttpResponse:
    """End a goal."""
    project, found = led_sub_project_or_404(request, number), _goal_or_404(number, goal)
    refusal, _status = tried(lambda: end_goal(goal=found, by=user_of(request), at=now()))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Målet är avslutat och står kvar att läsa."))
    return redirect("goals", project.pk)


def _goal_or_404(number: int, goal: int) -> Goal:
    found = Goal.objects.filter(pk=goal, sub_project=number).first()
    if found is None:
        raise Http404
    return found
