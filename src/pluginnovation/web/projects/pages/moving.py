"""Where a sub-project is in its life, and the next moves: started by its leader, ended by the region."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.projects.lifecycle import NEEDS, REASONS, STATES, SUB_PROJECT, missing, moves_from
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..door import READS, open_sub_project_or_404
from ..leading import Moving, move_sub_project, standing_of
from ..models import StateMove, SubProject
from ..work_forms import MoveForm


@for_roles(*READS)
@require_http_methods(["GET", "POST"])
def sub_project_state(request: HttpRequest, number: int) -> HttpResponse:
    """The state, what was moved and why, and the moves that the role may make with what they still need."""
    project = open_sub_project_or_404(request, number)
    if request.method == "GET":
        return _show(request, project)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, project, {"wrong_form": form, "status": 422})
    said = form.cleaned_data
    moving = Moving(said["to"], duty_of(request).role, said["why"], said["seen"])
    refusal, status = tried(lambda: move_sub_project(sub_project=project, moving=moving, by=user_of(request), at=now()))
    if refusal:
        project.refresh_from_db()
        return _show(request, project, {"refusal": refusal, "status": status})
    messages.success(request, _("Sparat."))
    return redirect("sub_project_state", number=number)


def _show(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    standing, states = standing_of(project), STATES[SUB_PROJECT]
    moves = [
        {
            "to": move.after,
            "label": told(move.label),
            "lacks": [told(NEEDS[need]) for need in missing(move, standing | {REASONS})],
            "why": REASONS in move.needs,
        }
        for move in moves_from(SUB_PROJECT, project.state, duty_of(request).role)
    ]
    rows = StateMove.objects.filter(sub_project=project).select_related("by").order_by("-at", "-pk")
    page = {
        "project": project,
        "state": told(states[project.state]),
        "moves": moves,
        "rows": [(row, told(states[row.after])) for row in rows],
    }
    return render(request, "projects/state.html", page | added, status=status)
