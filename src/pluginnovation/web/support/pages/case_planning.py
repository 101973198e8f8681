"""The plan of a case: goals with the figure that they start from, and measures."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.catalogue import for_obstacles
from pluginnovation.support.goals import INDICATORS, UNITS, Figure
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS, show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Aim, Starting, end_goal, set_goal, start_measure
from ..case_door import ROLES, open_case_or_404, tried
from ..case_forms import GoalForm, MeasureForm
from ..colleagues import Colleague, colleagues_at, school_of
from ..figures_now import figures_now
from ..measures import LONGEST_LINE
from ..methods import method_named
from ..models import Case
from ..spoken import told
from .case import show_case

# A term, roughly: what a form suggests, and anyone may change.
SUGGESTED = timedelta(weeks=12)


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """Set a goal. The figure that it starts from is the one in the pupil's picture, as it is now."""
    case, person, grant = open_case_or_404(request, number)
    show_source(request, person.source)
    figures = figures_now(person.code)
    form = GoalForm(request.POST if request.method == "POST" else None, initial={"by_when": today() + SUGGESTED})
    page: dict[str, Any] = {
        "case": case, "person": person, "ground": ground_of(person, grant), "form": form,
        "figures": [(told(INDICATORS[key].label), told(UNITS[INDICATORS[key].unit]), one)
                    for key, one in figures.items()],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "support/goal.html", page)
    if form.is_valid():
        said = form.cleaned_data
        now_at = figures.get(said["indicator"], Figure(None, None))
        aim = Aim(said["text"], said["by_when"], said["indicator"], now_at.value, now_at.on, now_at.n, said["target"])
        try:
            set_goal(case=case, aim=aim, by=user_of(request), at=now())
        except Refusal as refused:
            page["refusal"] = refusal_text(refused)
        else:
            messages.success(request, _("Målet är sparat."))
            return redirect(f"{reverse('case', args=[case.pk])}#plan")
    return render(request, "support/goal.html", page, status=422)


@for_roles(*ROLES)
@require_POST
def goal_ends(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Say that a goal no longer stands."""
    case, person, grant = open_case_or_404(request, number)
    found = case.goals.filter(pk=row).first()
    if found is None:
        raise Http404
    refusal, status = tried(lambda: end_goal(goal=found, by=user_of(request), at=now()))
    if refusal:
        return show_case(request, case, person, grant, {"refusal": refusal, "status": status})
    messages.success(request, _("Målet gäller inte längre. Det står kvar i historiken."))
    return redirect(f"{reverse('case', args=[case.pk])}#plan")


@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def measure_in_case(request: HttpRequest, number: int) -> HttpResponse:
    """Choose a measure in a case. Those that may answer its obstacles come first."""
    case, person, grant = open_case_or_404(request, number)
    chosen = tuple(row.key for row in case.obstacles.all() if row.gone_at is None)
    page = {"ground": ground_of(person, grant), "back": reverse("case", args=[case.pk]) + "#plan"}
    first = [kind.key for kind in for_obstacles(chosen)]
    return _measure(request, person, page, case=case, first=first)


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def measure_of_pupil(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a measure for a pupil, outside every case."""
    person, grant = open_pupil_or_404(request, code, page="measure")
    page = {"ground": ground_of(person, grant), "back": reverse("pupil", args=[person.code])}
    return _measure(request, person, page)


def _measure(
    request: HttpRequest, person: Person, page: dict[str, Any], *, case: Case | None = None, first: Any = ()
) -> HttpResponse:
    show_source(request, person.source)
    school = case.school if case else school_of(person.code)
    colleagues = colleagues_at(school)
    asked = method_named(request.GET.get("metod", "")[:LONGEST_LINE])
    initial = {"starts": today(), "planned_end": today() + SUGGESTED, "owner": user_of(request).person_id or ""}
    if asked is not None and not asked.withdrawn:
        named = asked.title if len(asked.title) <= LONGEST_LINE else asked.key
        initial |= {"method": named, "kind": asked.kind, "intent": asked.intent, "reach": asked.reach,
                    "level": asked.level}  # fmt: skip
    form = MeasureForm(
        request.POST if request.method == "POST" else None, initial=initial, colleagues=colleagues, first=first
    )
    page |= {"case": case, "person": person, "form": form, "asked": asked}
    if request.method != "POST":
        return render(request, "support/measure_new.html", page)
    if form.is_valid():
        starting = _starting(form, person, school, colleagues, case)
        try:
            start_measure(starting=starting, by=user_of(request), at=now())
        except Refusal as refused:
            page["refusal"] = refusal_text(refused)
        else:
            messages.success(request, _("Insatsen är sparad."))
            return redirect(page["back"])
    return render(request, "support/measure_new.html", page, status=422)


def _starting(
    form: MeasureForm, person: Person, school: str, colleagues: list[Colleague], case: Case | None
) -> Starting:
    said, named = form.cleaned_data, form.named
    role = next((one.role for one in colleagues if one.code == said["owner"]), "")
    return Starting(
        said["kind"], said["starts"], pupil=person.code, school=school, case=case.pk if case else None,
        level=said["level"], intent=said["intent"], reach=said["reach"], goal=said["goal"],
        method=named.key if named else said["method"], fidelity=named.fidelity if named else (),
        owner=said["owner"], owner_role=role or "mentor", planned_end=said["planned_end"],
        planned_dose=said["planned_dose"], how_often=said["how_often"],
    )  # fmt: skip
