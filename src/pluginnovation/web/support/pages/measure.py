"""A pupil's measure: what was planned, what was given, and how it ended."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.privacy.grounds import Grant
from pluginnovation.support import catalogue
from pluginnovation.support.ends import REASONS
from pluginnovation.support.fidelity import FOLLOWED, standing
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS, show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Delivered, Ending, begin_planned, deliver_dose, end_measure, mark_points
from ..case_door import ROLES, open_measure_or_404, tried
from ..case_forms import DoseForm, EndForm, MarksForm
from ..case_reading import measure_row
from ..marking import marks_of
from ..methods import method_named
from ..models import Measure, PointMark
from ..owners import staff_of
from ..spoken import told


@for_roles(*SEES_PUPILS)
@require_GET
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """The measure."""
    return _show(request, *open_measure_or_404(request, number))


def _show(
    request: HttpRequest, measure: Measure, person: Person, grant: Grant, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    show_source(request, person.source)
    measure = Measure.objects.select_related("by", "ended_by").get(pk=measure.pk)
    staff = staff_of([measure.school])
    added = dict(more or {})
    status = added.pop("status", 200)
    axes = ((measure.intent, catalogue.INTENTS), (measure.reach, catalogue.REACHES), (measure.level, catalogue.LEVELS))
    method = method_named(measure.method)
    page = {
        "person": person,
        "ground": ground_of(person, grant),
        "row": measure_row(measure, staff),
        "measure": measure,
        "owner": staff.owner(measure.owner, measure.owner_role),
        "axes": [told(words[key]) for key, words in axes if key in words],
        "reason": told(REASONS[measure.end_reason]) if measure.end_reason in REASONS else "",
        "doses": list(measure.doses.select_related("by").order_by("-on", "-id")),
        "dose_form": DoseForm(initial={"on": today(), "times": 1}),
        "end_form": EndForm(initial={"on": today()}),
        "method": method,
        "points": measure.fidelity_points or (method.fidelity if method else ()),
        "marks": _marks(measure),
        "marks_form": _marks_form(measure),
        "shows_case": measure.case_id is not None and grant.ground.role in ROLES,
    }
    return render(request, "support/measure.html", page | added, status=status)


def _marks(measure: Measure) -> list[tuple[str, str, PointMark | None]]:
    """Each point with what stands for it, and who said so."""
    last = {mark.point: mark for mark in measure.marks.select_related("by").order_by("pk")}
    return [
        (point, told(FOLLOWED[last[number].followed]) if number in last else "", last.get(number))
        for number, point in enumerate(measure.fidelity_points)
    ]


def _marks_form(measure: Measure) -> MarksForm:
    stood = standing(measure.fidelity_points, marks_of(measure))
    return MarksForm(measure.fidelity_points, initial={f"point_{n}": said for n, said in enumerate(stood)})


@for_roles(*SEES_PUPILS)
@require_POST
def given(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was given."""
    measure, person, grant = open_measure_or_404(request, number)
    form = DoseForm(request.POST)
    if not form.is_valid():
        return _show(request, measure, person, grant, {"dose_form": form, "wrong_form": form, "status": 422})
    delivered = Delivered(form.cleaned_data["on"], form.cleaned_data["times"])
    refusal, status = tried(lambda: deliver_dose(measure=measure, delivered=delivered, by=user_of(request), at=now()))
    if refusal:
        return _show(request, measure, person, grant, {"dose_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Tillfället är sparat."))
    return redirect("measure", number=number)


@for_roles(*SEES_PUPILS)
@require_POST
def marked(request: HttpRequest, number: int) -> HttpResponse:
    """Write down how far the method's points were followed."""
    measure, person, grant = open_measure_or_404(request, number)
    form = MarksForm(measure.fidelity_points, request.POST)
    if not form.is_valid():
        return _show(request, measure, person, grant, {"marks_form": form, "wrong_form": form, "status": 422})
    refusal, status = tried(lambda: mark_points(measure=measure, said=form.said(), by=user_of(request), at=now()))
    if refusal:
        return _show(request, measure, person, grant, {"marks_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Punkterna är sparade."))
    return redirect("measure", number=number)


@for_roles(*SEES_PUPILS)
@require_POST
def begun(request: HttpRequest, number: int) -> HttpResponse:
    """Let a planned measure run from today."""
    measure, person, grant = open_measure_or_404(request, number)
    refusal, status = tried(lambda: begin_planned(measure=measure, by=user_of(request), at=now()))
    if refusal:
        return _show(request, measure, person, grant, {"refusal": refusal, "status": status})
    messages.success(request, _("Insatsen pågår från i dag."))
    return redirect("measure", number=number)


@for_roles(*SEES_PUPILS)
@require_POST
def ended(request: HttpRequest, number: int) -> HttpResponse:
    """End the measure."""
    measure, person, grant = open_measure_or_404(request, number)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, measure, person, grant, {"end_form": form, "wrong_form": form, "status": 422})
    ending = Ending(form.cleaned_data["on"], form.cleaned_data["reason"])
    refusal, status = tried(lambda: end_measure(measure=measure, ending=ending, by=user_of(request), at=now()))
    if refusal:
        return _show(request, measure, person, grant, {"end_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Insatsen är avslutad."))
    return redirect("measure", number=number)
