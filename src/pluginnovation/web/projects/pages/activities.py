"""The activities of a sub-project: planned on three axes, held, cancelled, ended."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects.activities import AXES, Times, delivered
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..doing import Held, Planned, end_activity, hold_activity, plan_activity
from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..models import Activity, ActivityTime, SubProject
from ..work_forms import ActivityForm, HeldForm, apart

LAST: int = 12


@for_roles(*READS)
@require_GET
def activities(request: HttpRequest, number: int) -> HttpResponse:
    """All activities, with what was planned and held."""
    return _show(request, open_sub_project_or_404(request, number))


def _show(request: HttpRequest, project: SubProject, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    sums = {
        "held": Sum("times__times", filter=Q(times__held=True)),
        "cancelled": Sum("times__times", filter=Q(times__held=False)),
    }
    held_form, opened = added.pop("held_form", None), added.get("opened")
    rows = [_row(one) for one in Activity.objects.filter(sub_project=project).annotate(**sums).order_by("starts", "pk")]
    whole = delivered(
        Times(row["one"].planned_times or 0, min(row["held"], row["one"].planned_times or 0), row["cancelled"])
        for row in rows
    )
    times = ActivityTime.objects.filter(activity__sub_project=project).select_related("activity", "by")
    page = {
        "project": project,
        "rows": rows,
        "whole": whole,
        "held_times": sum(row["held"] for row in rows),
        "times": times.order_by("-on", "-pk")[:LAST],
        "leads": duty_of(request).role == LEADER,
        "form": ActivityForm(initial={"starts": max(project.starts or today(), today())}),
    }
    for row in rows:
        key = row["one"].pk
        fresh = HeldForm(initial={"on": today(), "times": 1, "held": "yes"})
        row["form"] = apart(held_form if held_form is not None and key == opened else fresh, key)
    return render(request, "projects/activities.html", page | added, status=status)


def _row(one: Any) -> dict[str, Any]:
    axes = [told(AXES[axis][getattr(one, axis)]) for axis in AXES if getattr(one, axis) in AXES[axis]]
    return {"one": one, "axes": axes, "held": max(one.held or 0, 0), "cancelled": max(one.cancelled or 0, 0)}


@for_roles(LEADER)
@require_POST
def activity_planned(request: HttpRequest, number: int) -> HttpResponse:
    """Plan one."""
    project, form = led_sub_project_or_404(request, number), ActivityForm(request.POST)
    if not form.is_valid():
        return _show(request, project, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    planned = Planned(
        said["name"], said["intent"], said["reach"], said["level"], said["starts"], said["ends"], said["about"],
        said["method"], said["planned"],
    )  # fmt: skip
    act = lambda: plan_activity(sub_project=project, planned=planned, by=user_of(request), at=now())  # noqa: E731
    refusal, status = tried(act)
    if refusal:
        return _show(request, project, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Aktiviteten är planerad."))
    return redirect("activities", number=number)


@for_roles(LEADER)
@require_POST
def activity_held(request: HttpRequest, number: int, activity: int) -> HttpResponse:
    """Write down that it was held or cancelled."""
    project, one = _of(request, number, activity)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _show(request, project, {"held_form": form, "wrong_form": form, "opened": one.pk, "status": 422})
    said = form.cleaned_data
    held = Held(said["on"], said["times"], said["held"] == "yes", said["why"])
    refusal, status = tried(lambda: hold_activity(activity=one, held=held, by=user_of(request), at=now()))
    if refusal:
        return _show(request, project, {"held_form": form, "refusal": refusal, "opened": one.pk, "status": status})
    messages.success(request, _("Tillfället är sparat."))
    return redirect("activities", number=number)


@for_roles(LEADER)
@require_POST
def activity_ended(request: HttpRequest, number: int, activity: int) -> HttpResponse:
    """End one."""
    project, one = _of(request, number, activity)
    refusal, status = tried(lambda: end_activity(activity=one, by=user_of(request), at=now()))
    if refusal:
        return _show(request, project, {"refusal": refusal, "status": status})
    messages.success(request, _("Aktiviteten är avslutad."))
    return redirect("activities", number=number)


def _of(request: HttpRequest, number: int, activity: int) -> tuple[SubProject, Activity]:
    project = led_sub_project_or_404(request, number)
    one = Activity.objects.filter(pk=activity, sub_project=project).first()
    if one is None:
        raise Http404
    return project, one
