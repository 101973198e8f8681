"""Calls: what can be applied for and until when; for the region also their drafts."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects import calls
from pluginnovation.projects.lifecycle import APPLICATION, STATES
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..calling import (
    Asking,
    Inviting,
    Judging,
    ask,
    drop,
    publish_call,
    set_criterion,
    time_of_call,
    write_call,
)
from ..door import READS, REGIONAL
from ..forms import CallForm, CriterionForm, QuestionForm
from ..models import Call, CallQuestion, Criterion, Programme
from ..places import APPLY, applications_in_reach, municipalities, names_of

REGION: Final = "regional_lead"
ORDER: Final = (calls.OPEN, calls.UPCOMING, calls.DRAFT, calls.CLOSED)


@for_roles(*READS)
@require_GET
def calls_page(request: HttpRequest) -> HttpResponse:
    """The calls, open ones first, and for who applies the own applications."""
    duty, at = duty_of(request), now()
    rows = Call.objects.select_related("programme").annotate(
        n=Count("applications", filter=~Q(applications__submitted_at=None))
    )
    if duty.role not in REGIONAL:
        rows = rows.exclude(published_at=None)
    timed = [(one, time_of_call(one, at)) for one in rows.order_by("closes_at", "pk")]
    timed.sort(key=lambda pair: ORDER.index(pair[1]))
    mine = applications_in_reach(duty).select_related("call") if duty.role in APPLY else []
    page = {
        "calls": [(one, time, told(calls.TIMES[time])) for one, time in timed],
        "open": sum(time == calls.OPEN for _one, time in timed),
        "first_to_close": next((one for one, time in timed if time == calls.OPEN), None),
        "mine": [(one, told(STATES[APPLICATION][one.state])) for one in sorted(mine, key=lambda row: -row.pk)],
        "applies": duty.role in APPLY,
        "regional": duty.role in REGIONAL,
        "may_add": duty.role == REGION,
    }
    return render(request, "projects/calls.html", page)


@for_roles(REGION)
@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """Write a call."""
    programmes = Programme.objects.filter(ended_at=None, ends__gte=today()).order_by("name")
    choices = [(str(one.pk), one.name) for one in programmes]
    initial = {"programme": request.GET.get("program", ""), "who": ["schools", "municipalities"]}
    form = CallForm(request.POST if request.method == "POST" else None, programmes=choices, initial=initial)
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said, made = form.cleaned_data, list[Call]()
        inviting = Inviting(
            said["name"], said["opens_at"], said["closes_at"], said["about"], "schools" in said["who"],
            "municipalities" in said["who"], frame=said["frame"], most=said["most"],
        )  # fmt: skip
        programme = programmes.get(pk=said["programme"])
        refusal, status = tried(
            lambda: made.append(write_call(programme=programme, inviting=inviting, by=user_of(request), at=now()))
        )
        if made:
            messages.success(request, _("Utlysningen är ett utkast. Lägg till frågor, villkor och kriterier."))
            return redirect("call", number=made[0].pk)
    return render(request, "projects/call_new.html", {"form": form, "refusal": refusal}, status=status)


def open_call_or_404(request: HttpRequest, number: int) -> Call:
    """A call that the viewer may read: a draft is the region's.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    call = Call.objects.select_related("programme").filter(pk=number).first()
    if call is None or (call.published_at is None and duty_of(request).role not in REGIONAL):
        raise Http404
    return call


@for_roles(*READS)
@require_GET
def call_page(request: HttpRequest, number: int) -> HttpResponse:
    """One call."""
    return _show(request, open_call_or_404(request, number))


def _show(request: HttpRequest, call: Call, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    duty, time = duty_of(request), time_of_call(call, now())
    criteria = list(call.criteria.order_by("number"))
    received = list(applications_in_reach(duty).filter(call=call).order_by("name", "pk"))
    schools, towns = names_of(one.school for one in received), municipalities()
    page = {
        "call": call,
        "time": time,
        "time_word": told(calls.TIMES[time]),
        "questions": call.questions.order_by("number"),
        "conditions": [one for one in criteria if one.kind == calls.ELIGIBILITY],
        "qualities": [one for one in criteria if one.kind == calls.QUALITY],
        "share": call.programme.own_share // 100,
        "received": [
            (one, schools.get(one.school) or towns.get(one.municipality, ""), told(STATES[APPLICATION][one.state]))
            for one in received
        ],
        "regional": duty.role in REGIONAL,
        "may_write": duty.role == REGION and call.published_at is None,
        "may_apply": duty.role in APPLY and time == calls.OPEN,
        "question_form": QuestionForm(),
        "criterion_form": CriterionForm(),
    }
    return render(request, "projects/call.html", page | added, status=status)


@for_roles(REGION)
@require_POST
def new_question(request: HttpRequest, number: int) -> HttpResponse:
    """Add a question."""
    call = open_call_or_404(request, number)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show(request, call, {"question_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    asking = Asking(said["text"], said["hint"], said["longest"], said["required"])
    return _done(
        request, call, "question_form", form, lambda: ask(call=call, asking=asking, by=user_of(request), at=now())
    )


@for_roles(REGION)
@require_POST
def new_criterion(request: HttpRequest, number: int) -> HttpResponse:
    """Add a condition or a criterion."""
    call = open_call_or_404(request, number)
    form = CriterionForm(request.POST)
    if not form.is_valid():
        return _show(request, call, {"criterion_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    judging = Judging(said["kind"], said["text"], said["weight"])
    act = lambda: set_criterion(call=call, judging=judging, by=user_of(request), at=now())  # noqa: E731
    return _done(request, call, "criterion_form", form, act)


@for_roles(REGION)
@require_POST
def dropped(request: HttpRequest, number: int, kind: str, part: int) -> HttpResponse:
    """Take a question or a criterion out of a draft."""
    call = open_call_or_404(request, number)
    model: Any = {"fraga": CallQuestion, "kriterium": Criterion}.get(kind)
    if model is None:
        raise Http404
    row = get_object_or_404(model, call=call, pk=part)
    return _done(request, call, "", None, lambda: drop(part=row, by=user_of(request), at=now()))


@for_roles(REGION)
@require_POST
def published(request: HttpRequest, number: int) -> HttpResponse:
    """Publish a call."""
    call = open_call_or_404(request, number)
    refusal, status = tried(lambda: publish_call(call=call, by=user_of(request), at=now()))
    if refusal:
        return _show(request, call, {"refusal": refusal, "status": status})
    messages.success(request, _("Utlysningen är publicerad."))
    return redirect("call", number=number)


def _done(request: HttpRequest, call: Call, name: str, form: Any, act: Any) -> HttpResponse:
    refusal, status = tried(act)
    if refusal:
        return _show(request, call, ({name: form} if name else {}) | {"refusal": refusal, "status": status})
    messages.success(request, _("Sparat."))
    return redirect("call", number=call.pk)
