"""The evaluation plan of a sub-project: chosen, locked, and readable for ever after."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.evidence.labels import SUBGROUPS
from pluginnovation.evidence.plan_files import plan_to_toml
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.signals.words import short_day
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.measure_words import kind_word
from pluginnovation.web.support.models import Draw
from pluginnovation.web.support.spoken import told

from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..models import Activity, Deviation, EvaluationPlan, SubProject
from ..plan_answer import answer_of, answer_told, where_shown
from ..plan_form import PlanForm
from ..planning import DESIGNS, OUTCOMES, Choosing, lock_plan, locked_of


@for_roles(*READS)
@require_GET
def evaluation_plan(request: HttpRequest, number: int) -> HttpResponse:
    """The locked plan, or the form that locks one."""
    return _show(request, open_sub_project_or_404(request, number))


def _show(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    row = EvaluationPlan.objects.filter(sub_project=project).select_related("by", "draw").first()
    page: dict[str, Any] = {"project": project, "row": row, "leads": duty_of(request).role == LEADER}
    if row is not None:
        locked = locked_of(row)
        page |= {
            "locked": locked,
            "plan": locked.plan,
            "design": told(DESIGNS[locked.plan.design]) if locked.plan.design in DESIGNS else locked.plan.design,
            "outcome": told(OUTCOMES[locked.plan.outcome.name][2]),
            "subgroups": [told(SUBGROUPS[name]) for name in locked.plan.subgroups if name in SUBGROUPS],
            "effect": answer_told(answer_of(project)),
            "shown_at": where_shown(project, duty_of(request)),
            "departures": Deviation.objects.filter(sub_project=project, at__gt=row.at).order_by("at"),
        }
    else:
        page["form"] = PlanForm(draws=_draws(project))
    return render(request, "projects/plan.html", page | added, status=status)


def _draws(project: SubProject) -> list[tuple[str, str]]:
    if not project.school:
        return []
    rows = Draw.objects.filter(school=project.school).exclude(way=Draw.PRIORITY).order_by("-at")
    return [(str(one.pk), f"{kind_word(one.kind)}, {short_day(one.at.date())}") for one in rows]


@for_roles(LEADER)
@require_POST
def plan_locked(request: HttpRequest, number: int) -> HttpResponse:
    """Lock the plan."""
    project = led_sub_project_or_404(request, number)
    form = PlanForm(request.POST, draws=_draws(project))
    if not form.is_valid():
        return _show(request, project, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    method = Activity.objects.filter(sub_project=project).exclude(method="").values_list("method", flat=True).first()
    choosing = Choosing(
        said["question"], method or project.name, said["design"], said["comparison"], said["outcome"], said["opens"],
        said["closes"], float(said["worthwhile"]), int(said["draw"]) if said["draw"] else None,
        float(said["cutoff"] or 0), said["years"], tuple(said["subgroups"]),
        None if said["cost"] is None else float(said["cost"]),
    )  # fmt: skip
    refusal, status = tried(lambda: lock_plan(sub_project=project, choosing=choosing, by=user_of(request), at=now()))
    if refusal:
        return _show(request, project, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Planen är låst. Den går inte att ändra, bara att avvika från med skäl."))
    return redirect("evaluation_plan", number=number)


@for_roles(*READS)
@require_GET
def plan_file(request: HttpRequest, number: int) -> HttpResponse:
    """The locked plan as the file that an evaluation runs."""
    project = open_sub_project_or_404(request, number)
    row = EvaluationPlan.objects.filter(sub_project=project).first()
    if row is None:
        return redirect("evaluation_plan", number=number)
    answer = HttpResponse(plan_to_toml(locked_of(row).plan), content_type="application/toml")
    answer["Content-Disposition"] = f'attachment; filename="plan-{project.pk}.toml"'
    return answer
