"""Measures for a group or the whole school: the list, a new one in two steps, and one with what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.mapping import CLASS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Group, Organisation
from pluginnovation.web.people.reach import groups_in_reach
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS

from ...colleagues import colleagues_at
from ...following import Looked, follow_up, plan_follow_up
from ...measures import Delivered, Ending, Starting, begin_planned, deliver_dose, end_measure
from ...models import AnalysisMeasure, FollowUp, MappingRound, Measure
from ..analyses import Answering, start_from_analysis
from ..measure_forms import (
    WHAT_FIELDS,
    WHOLE_SCHOOL,
    EndForm,
    GivenForm,
    LookedForm,
    PlanForm,
    WhatForm,
    WhoForm,
)
from ..measures import follow_ups_told, measure_or_404, measures_at, measures_told
from ..reach import TALKS, school_or_404
from ..stored import template_numbered
from .class_answers import class_asked


@for_roles(*SEES_PUPILS)
@require_GET
def measures(request: HttpRequest, code: str) -> HttpResponse:
    """The school's measures for groups and for everyone."""
    school = school_or_404(duty_of(request), code, today())
    rows = measures_told(measures_at(request, school.code))
    running = [one for one in rows if one.measure.state != Measure.ENDED]
    page = {
        "school": school, "running": running, "ended": [one for one in rows if one.measure.state == Measure.ENDED],
        "late": sum(one.late for one in running), "talks": duty_of(request).role in TALKS,
    }  # fmt: skip
    return render(request, "support/mapping/measures.html", page)


@dataclass(frozen=True, slots=True)
class About:
    """What a new measure comes of.

    found, group   the round and the class whose analysis it comes of; none: of no mapping
    """

    school: Organisation
    found: MappingRound | None = None
    group: Group | None = None


@for_roles(*TALKS)
@require_http_methods(["GET", "POST"])
def new_measure(request: HttpRequest, code: str) -> HttpResponse:
    """A measure that comes of no mapping."""
    return _new(request, About(school_or_404(duty_of(request), code, today())))


@for_roles(*TALKS)
@require_http_methods(["GET", "POST"])
def measure_from_analysis(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """A measure that comes of a class's joint analysis."""
    found, group = class_asked(request, number, code)
    school = group.organisation
    if school is None:
        raise Http404
    return _new(request, About(school, found, group))


def _new(request: HttpRequest, about: About) -> HttpResponse:
    here = groups_in_reach(duty_of(request), today()).filter(organisation=about.school.code)
    groups = list(here.order_by("sort_key", "code").values_list("code", "display_name"))
    found = about.found
    statements = template_numbered(found.school, CLASS, found.class_template).statements if found else ()
    asked = request.POST if request.method == "POST" else None
    what = WhatForm(asked, groups=groups, statements=statements)
    if asked is None or not what.is_valid():
        return _step(request, about, what, None)
    second = "owner" in request.POST
    who = WhoForm(request.POST if second else None, colleagues=colleagues_at(about.school.code))
    if not second or not who.is_valid():
        return _step(request, about, what, who)
    try:
        measure = _start(request, about, what.cleaned_data, who.cleaned_data)
    except Refusal as why:
        return _step(request, about, what, who, refusal_text(why))
    messages.success(request, _("Insatsen är införd. Uppföljningen står med dag."))
    return redirect("mapping_measure", measure.pk)


def _start(request: HttpRequest, about: About, what: dict[str, Any], who: dict[str, Any]) -> Measure:
    of_class = about.group.code if about.group else ""
    group = of_class or what["whom"].replace(WHOLE_SCHOOL, "")
    starting = Starting(
        kind=what["kind"], starts=who["starts"], group=group, school=about.school.code, intent=what["intent"],
        reach=what["reach"], level=what["level"] or ("group" if group else "organisation"), goal=what["goal"],
        owner=who["owner"], owner_role=duty_of(request).role, planned_end=who["planned_end"],
        planned_dose=who["planned_dose"], how_often=who["how_often"],
    )  # fmt: skip
    answering = Answering(about.found, of_class, what.get("statements", ()), who["look_back"])
    return start_from_analysis(starting=starting, answering=answering, by=user_of(request), at=now())


def _step(
    request: HttpRequest, about: About, what: WhatForm, who: WhoForm | None, refusal: str = ""
) -> HttpResponse:  # fmt: skip
    form: forms.Form = who or what
    carried = [(name, one) for name in WHAT_FIELDS for one in _values(what, name)] if who else []
    page = {
        "school": about.school, "round": about.found, "group": about.group, "form": form, "carried": carried,
        "second": who is not None, "goal": what.data.get("goal", "") if who else "", "refusal": refusal,
    }  # fmt: skip
    return render(request, "support/mapping/new_measure.html", page, status=422 if refusal or form.errors else 200)


def _values(form: WhatForm, name: str) -> list[str]:
    said: Any = form.cleaned_data.get(name, "")
    return list(said) if isinstance(said, list) else [said] if said else []


@for_roles(*TALKS)
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """One measure: what it is, what was done of it, how it went; and doing, looking back, ending."""
    found = measure_or_404(request, number)
    wanted = {"given": GivenForm, "looked": LookedForm, "end": EndForm, "plan": PlanForm}
    if request.method == "GET":
        return _measure_page(request, found, {})
    act = request.POST.get("do", "")
    try:
        if act == "begin":
            begin_planned(measure=found, by=user_of(request), at=now())
            messages.success(request, _("Insatsen pågår nu."))
            return redirect("mapping_measure", found.pk)
        if act not in wanted:
            return _measure_page(request, found, {"refusal": _("Välj vad du vill göra.")})
        form = wanted[act](request.POST)
        if not form.is_valid():
            return _measure_page(request, found, {act: form})
        _done(request, found, act, form.cleaned_data)
    except Refusal as why:
        return _measure_page(request, measure_or_404(request, number), {"refusal": refusal_text(why)})
    messages.success(request, _("Det är sparat."))
    return redirect("mapping_measure", found.pk)


def _done(request: HttpRequest, found: Measure, act: str, said: dict[str, Any]) -> None:
    by, at = user_of(request), now()
    if act == "given":
        deliver_dose(measure=found, delivered=Delivered(said["on"], said["times"]), by=by, at=at)
    elif act == "plan":
        plan_follow_up(of=found, due=said["due"], by=by, at=at)
    elif act == "end":
        end_measure(measure=found, ending=Ending(said["on"], said["reason"]), by=by, at=at)
    else:
        row = FollowUp.objects.filter(measure=found, done_at=None).order_by("due", "id").first()
        if row is None:
            raise Http404
        with transaction.atomic():
            follow_up(row=row, looked=Looked(said["result"], said["text"]), by=by, at=at)
            if said["again"]:
                plan_follow_up(of=found, due=said["again"], by=by, at=at)


def _measure_page(request: HttpRequest, found: Measure, said: dict[str, Any]) -> HttpResponse:
    told = measures_told([found])[0]
    came_of = AnalysisMeasure.objects.filter(measure=found).select_related("round").first()
    words = {}
    if came_of:
        template = template_numbered(came_of.round.school, CLASS, came_of.round.class_template)
        words = {one.key: one for one in template.statements}
    wrong = next((one for name, one in said.items() if name != "refusal"), None)
    page = {
        "told": told, "school": Organisation.objects.get(code=found.school), "open": found.state != Measure.ENDED,
        "came_of": came_of, "statements": [words[key] for key in (came_of.statements if came_of else [])
                                           if key in words],
        "follow_ups": follow_ups_told(found), "doses": list(found.doses.select_related("by").order_by("-on", "-id")),
        "forms": _forms(said),
        "wrong_form": wrong, "refusal": said.get("refusal", ""),
        "planned": found.state in (Measure.PLANNED, Measure.QUEUED),
    }  # fmt: skip
    return render(request, "support/mapping/measure.html", page, status=422 if said else 200)


def _forms(said: dict[str, Any]) -> dict[str, forms.Form]:
    """The page's four forms, what was sent among them, each with ids of its own."""
    fresh: dict[str, Callable[[], forms.Form]] = {
        "given": lambda: GivenForm(initial={"on": today(), "times": 1}),
        "looked": LookedForm,
        "end": lambda: EndForm(initial={"on": today()}),
        "plan": PlanForm,
    }
    found = {name: said.get(name) or make() for name, make in fresh.items()}
    for name, form in found.items():
        form.auto_id = f"{name}-%s"
    return found
