"""How far sub-projects have come: read from what has been done, in a handful of queries however many they are."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils.timezone import localtime

from pluginnovation.projects import process_state as ps
from pluginnovation.projects.process_state import Done, State, state_of
from pluginnovation.web.people.clock import today

from .doing import ENDED_STATES
from .models import (
    Activity,
    ActivityTime,
    Agreement,
    Analysis,
    Deviation,
    EvaluationPlan,
    Goal,
    GoalReading,
    HandOver,
    LedgerEntry,
    Report,
    Session,
    SubProject,
)


def states_of(projects: Iterable[SubProject]) -> dict[int, State]:
    """The state of each sub-project by its number."""
    listed = list(projects)
    numbers = [one.pk for one in listed]
    steps, acts = _steps(listed, numbers), _last_acts(numbers)
    return {
        one.pk: state_of(
            Done(steps[one.pk], max(acts.get(one.pk, one.at.date()), one.at.date()), one.state in ENDED_STATES), today()
        )
        for one in listed
    }


def state_of_sub_project(project: SubProject) -> State:
    """The state of one."""
    return states_of([project])[project.pk]


def _steps(listed: list[SubProject], numbers: list[int]) -> dict[int, dict[str, date]]:
    steps: dict[int, dict[str, date]] = {one.pk: {ps.APPLIED: localtime(one.at).date()} for one in listed}
    reports = Report.objects.filter(sub_project__in=numbers).exclude(submitted_at=None)
    found: Mapping[str, QuerySet[Any]] = {
        ps.ANALYSED: Analysis.objects.filter(sub_project__in=numbers).exclude(done_at=None).values_list("sub_project")
        .annotate(on=Min("done_at")),
        ps.GOALS: Goal.objects.filter(sub_project__in=numbers, ended_at=None).values_list("sub_project")
        .annotate(on=Min("at")),
        ps.PLANNED: EvaluationPlan.objects.filter(sub_project__in=numbers).values_list("sub_project", "at"),
        ps.STARTED: ActivityTime.objects.filter(activity__sub_project__in=numbers, held=True)
        .values_list("activity__sub_project").annotate(day=Min("on")),
        ps.INTERIM: reports.filter(kind="interim").values_list("sub_project").annotate(on=Min("submitted_at")),
        ps.FINAL: reports.filter(kind="final").values_list("sub_project").annotate(on=Min("submitted_at")),
        ps.HANDED: HandOver.objects.filter(sub_project__in=numbers).values_list("sub_project").annotate(on=Min("at")),
    }  # fmt: skip
    for step, rows in found.items():
        for number, when in rows:
            steps[number][step] = when if type(when) is date else localtime(when).date()
    applied = Analysis.objects.filter(application__sub_project__in=numbers).exclude(done_at=None)
    for number, when in applied.values_list("application__sub_project").annotate(on=Min("done_at")):
        steps[number].setdefault(ps.ANALYSED, localtime(when).date())
    return steps


def _last_acts(numbers: list[int]) -> dict[int, date]:
    """The latest day that anybody did anything in each; the same whoever asks, so nothing that only some may see."""
    mine = {"sub_project__in": numbers}
    queries: list[QuerySet[Any, Any]] = [
        model.objects.filter(**mine).values_list("sub_project").annotate(last=Max("at"))
        for model in (Activity, Deviation, LedgerEntry, Report, Session, HandOver, Goal, Agreement)
    ]
    queries += [
        ActivityTime.objects.filter(activity__sub_project__in=numbers).values_list("activity__sub_project")
        .annotate(last=Max("at")),
        GoalReading.objects.filter(goal__sub_project__in=numbers).values_list("goal__sub_project")
        .annotate(last=Max("at")),
        Report.objects.filter(**mine).values_list("sub_project").annotate(last=Max("submitted_at")),
    ]  # fmt: skip
    found: dict[int, date] = {}
    for rows in queries:
        for number, last in rows:
            if last is not None:
                found[number] = max(found.get(number, date.min), localtime(last).date())
    return found
