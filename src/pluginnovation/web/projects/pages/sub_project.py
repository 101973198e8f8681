"""Delprojekten: which there are, and one of them. What did we try, and what does the register say?"""

from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.projects import process_state
from pluginnovation.projects.analysis import Document as Whole
from pluginnovation.projects.analysis import unpacked
from pluginnovation.projects.figures import first_stage
from pluginnovation.projects.indicators import INDICATORS
from pluginnovation.projects.lifecycle import STATES, SUB_PROJECT
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.words import language
from pluginnovation.web.support.spoken import clock_for, told

from ..analyses.kept import figures_of
from ..analyses.subject import OF_SUB_PROJECT, Subject
from ..door import LEADER, READS, REGIONAL, open_sub_project_or_404, sub_projects_in_reach
from ..figures_read import figures_then
from ..goals_told import GoalTold, goals_told, newest_figures
from ..models import (
    Agreement,
    Analysis,
    Deviation,
    Document,
    EvaluationPlan,
    Goal,
    PartCounts,
    Report,
    Risk,
    Session,
    SubProject,
)
from ..places import municipalities, names_of
from ..plan_answer import answer_of, answer_told, where_shown
from ..report_told import claims_told
from ..states import state_of_sub_project, states_of

SHOWN_INDICATORS: Final = 5
# Where each step is done.
STEP_AT: Final = {
    process_state.GOALS: "goals", process_state.PLANNED: "evaluation_plan", process_state.STARTED: "activities",
    process_state.INTERIM: "reports_of", process_state.FINAL: "reports_of", process_state.HANDED: "hand_over_work",
}  # fmt: skip


@for_roles(*READS)
@require_GET
def sub_projects(request: HttpRequest) -> HttpResponse:
    """Every sub-project within reach, with how far it has come. A leader of one is led on to it."""
    listed = list(sub_projects_in_reach(duty_of(request)).select_related("programme").order_by("name", "pk"))
    if duty_of(request).role == LEADER and len(listed) == 1:
        return redirect("sub_project", listed[0].pk)
    asked = request.GET.get("program", "")
    programmes = dict(sorted({one.programme.key: one.programme.name for one in listed}.items()))
    shown = [one for one in listed if asked in ("", one.programme.key)]
    states, schools, towns = states_of(shown), names_of({one.school for one in shown}), municipalities()
    rows = [
        {
            "one": one, "at": schools.get(one.school) or towns.get(one.municipality, ""),
            "state": told(STATES[SUB_PROJECT][one.state]), "silent": states[one.pk].silent,
            "says": process_state.sentence(states[one.pk], int(language() == "en")),
        }
        for one in shown
    ]  # fmt: skip
    page = {
        "rows": rows, "programmes": programmes.items(), "asked": asked,
        "silent": sum(states[one.pk].silent for one in shown),
        "leads": duty_of(request).role == LEADER,
    }  # fmt: skip
    return render(request, "projects/sub_projects.html", page)


@for_roles(*READS)
@require_GET
def sub_project(request: HttpRequest, number: int) -> HttpResponse:
    """One sub-project."""
    found = open_sub_project_or_404(request, number)
    show_source(request, "")
    goals = goals_told(Goal.objects.filter(sub_project=found, ended_at=None).order_by("by_when", "pk"),
                       newest_figures(found.pk))  # fmt: skip
    report = Report.objects.filter(sub_project=found).order_by("-kind", "-pk").prefetch_related("claims").first()
    figures = figures_then(report) if report else {}
    leads = duty_of(request).role == LEADER
    page = {
        "project": found, "leads": leads, "goals": goals, "leading": _leading(goals),
        "regional": duty_of(request).role in REGIONAL,
        "state": told(STATES[SUB_PROJECT][found.state]), "report": report,
        "claims": claims_told(report.claims.order_by("pk"), figures) if report else [],
        "counts": PartCounts.objects.filter(sub_project=found).first(),
        "plan": EvaluationPlan.objects.filter(sub_project=found).select_related("draw").first(),
        "agreements": Agreement.objects.filter(sub_project=found).order_by("done_at", "due", "pk")[:4],
        "sessions": Session.objects.filter(sub_project=found).order_by("-on", "-pk")[:2],
        "risks": Risk.objects.filter(sub_project=found, closed_at=None).order_by("-serious", "-likely", "pk"),
        "deviations": Deviation.objects.filter(sub_project=found).select_related("by").order_by("-at")[:4],
        "documents": Document.objects.filter(sub_project=found).defer("content", "text").order_by("-at")[:8],
        "at": names_of({found.school}).get(found.school) or municipalities().get(found.municipality, ""),
        "effect": answer_told(answer_of(found)), "shown_at": where_shown(found, duty_of(request)),
        **_steps(found), **_analysis(found),
    }  # fmt: skip
    return render(request, "projects/sub_project.html", page)


def _leading(goals: list[GoalTold]) -> GoalTold | None:
    """The goal that the first line is about: one that is measured, else any that the records read off."""
    measured = [one for one in goals if one.stands.moved]
    return measured[0] if measured else next((one for one in goals if one.by_records), None)


def _steps(found: SubProject) -> dict[str, Any]:
    """The steps with their days, and the next with where it is done."""
    state = state_of_sub_project(found)
    rows = [(told(process_state.STEPS[one.key]), one.done_on, one.comes_next) for one in state.steps]
    key = state.next_step
    due = Report.objects.filter(sub_project=found, submitted_at=None).order_by("due").values_list("due", flat=True)
    day = due.first() if key in (process_state.INTERIM, process_state.FINAL) else None
    words = process_state.WAITS_FOR[key] if key else ("", "")
    return {
        "steps": rows, "silent": state.silent, "silent_days": state.days, "next_what": told(words),
        "next_page": "analysis" if key == process_state.ANALYSED else STEP_AT.get(key, ""), "next_due": day,
        "next_clock": clock_for(day), "next_late": day is not None and day < today(),
    }  # fmt: skip


def _analysis(found: SubProject) -> dict[str, Any]:
    """The analysis in short: the first stage's indicators, and the chain's first words. One query."""
    own = Q(sub_project=found)
    began = Q(application=found.application_id) if found.application_id else Q(pk__in=())
    kept = Analysis.objects.filter(own | began).order_by("sub_project", "-version").select_related("by").first()
    # Before anybody has saved one it is filled in from the registers all the same.
    subject = Subject(OF_SUB_PROJECT, str(found.pk), found.school, found.municipality, found.name)
    document = unpacked(kept.document) if kept else Whole(figures=figures_of(subject))
    stage = first_stage(document.figures)
    series = document.figures.stages.get(stage, {})
    sure = {"sure": _("säkert"), "think": _("tror vi"), "unsure": _("osäkert")}
    return {
        "kept": kept, "kind": OF_SUB_PROJECT, "stage": stage, "words": document.words or document.model.problem,
        "indicators": [(key, series[key]) for key in INDICATORS if key in series][:SHOWN_INDICATORS],
        "causes": [(one.text, sure.get(one.sure, "")) for one in document.model.causes],
    }  # fmt: skip
