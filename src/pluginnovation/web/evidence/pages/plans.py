"""Effekt: the questions, a new one, how it is answered, and locking it."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.evidence.labels import DESIGNS
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.records.known_since import imported_after

from ..actions import (
    ask_for_answer,
    ask_to_look,
    change_draft,
    draft_plan,
    free_name,
    lock_plan,
    throw_away,
)
from ..drafting import answered_by, asked_plan, first_values, proposed, wanted_name
from ..forms import QuestionForm, WayForm
from ..grades import locks_of
from ..models import StoredPlan, Together
from ..reading import plan_page
from ..stored import MOST_LISTED, READ, newest_of, plan_of, plans_for
from ..words import certainty, method_word, named, outcome_word

WRITE: Final = ("evaluator", "sub_project_leader")


def plan_or_404(request: HttpRequest, number: int) -> StoredPlan:
    """The plan, if the role may read it."""
    row = plans_for(duty_of(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


@for_roles(*READ)
@require_GET
def plans_page(request: HttpRequest) -> HttpResponse:
    """The questions: what is known of each, those that found nothing as much as the others."""
    rows = plans_for(duty_of(request)).order_by("-locked_at", "-at")[:MOST_LISTED]
    lines = [_line(row) for row in rows]
    pools = Together.objects.order_by("method", "outcome", "-at").distinct("method", "outcome")
    context = {
        "locked": [one for one in lines if one["row"].locked_at],
        "drafts": [one for one in lines if not one["row"].locked_at],
        "answered": sum(one["estimate"] is not None for one in lines),
        "pools": [{"row": one, "method": _method(one.method), "outcome": outcome_word(one.outcome),
                   "certainty": certainty(one.grade["locks"])} for one in pools],
        "writes": duty_of(request).role in WRITE,
    }  # fmt: skip
    return render(request, "evidence/plans.html", context)


def _line(row: StoredPlan) -> dict[str, Any]:
    plan, estimate = plan_of(row), newest_of(row)
    return {
        "row": row, "plan": plan, "estimate": estimate, "method": method_word(plan),
        "design": named(DESIGNS, plan.design), "outcome": outcome_word(plan.outcome.name),
        "certainty": certainty(locks_of(estimate)), "waits": row.locked_at is not None and plan.window.closes > today(),
    }  # fmt: skip


def _method(name: str) -> str:
    from pluginnovation.support.catalogue import BY_KEY

    from ..words import here

    kind = BY_KEY.get(name)
    return here((kind.sv, kind.en)) if kind else name


@for_roles(*WRITE)
@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Ask a question. The platform then looks at what there is to answer it with."""
    form, refusal = QuestionForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            plan = asked_plan(free_name(wanted_name(form.cleaned_data)), form.cleaned_data)
            own = sorted(duty_of(request).sub_projects)
            leads = own[0] if duty_of(request).role == "sub_project_leader" and own else None
            row = draft_plan(plan=plan, sub_project=leads, by=user_of(request), at=now())
            ask_to_look(row=row, by=user_of(request), at=now())
            messages.success(request, _("Frågan är sparad. Plattformen ser efter vad den kan besvaras med."))
            return redirect("effect", number=row.pk)
        except Refusal as refused:
            refusal = refusal_text(refused)
    wrong = bool(refusal or form.errors)
    return render(request, "evidence/new.html", {"form": form, "refusal": refusal}, status=422 if wrong else 200)


@for_roles(*READ)
@require_GET
def effect_page(request: HttpRequest, number: int) -> HttpResponse:
    """One question: a draft with what is proposed, a locked plan, or its answer."""
    return plan_page(request, plan_or_404(request, number), writes=duty_of(request).role in WRITE)


@for_roles(*WRITE)
@require_http_methods(["GET", "POST"])
def way_page(request: HttpRequest, number: int) -> HttpResponse:
    """How a draft is answered: only the ways that the records allow can be chosen."""
    row = _draft_or_404(request, number)
    allowed = [one for one in proposed(row) if one.allowed]
    designs = [(one.design, named(DESIGNS, one.design)) for one in allowed] or [
        ("before_after", named(DESIGNS, "before_after"))
    ]
    if request.method == "POST" and "threshold" not in dict(designs) and request.POST.get("cutoff"):
        designs.append(("threshold", named(DESIGNS, "threshold")))
    form = WayForm(request.POST if request.method == "POST" else None, designs=designs, initial=first_values(row))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            plan = answered_by(row, form.cleaned_data, as_dated=imported_after(plan_of(row).window.index_date))
            change_draft(row=row, plan=plan, by=user_of(request), at=now())
            ask_to_look(row=row, by=user_of(request), at=now())
            messages.success(request, _("Utkastet är sparat."))
            return redirect("effect", number=row.pk)
        except Refusal as refused:
            refusal = refusal_text(refused)
    wrong = bool(refusal or form.errors)
    context = {"row": row, "plan": plan_of(row), "form": form, "refusal": refusal, "proposals": proposed(row)}
    return render(request, "evidence/way.html", context, status=422 if wrong else 200)


def _draft_or_404(request: HttpRequest, number: int) -> StoredPlan:
    row = plan_or_404(request, number)
    if row.locked_at is not None:
        raise Http404
    return row


@for_roles(*WRITE)
@require_http_methods(["GET", "POST"])
def lock_page(request: HttpRequest, number: int) -> HttpResponse:
    """What locking means, and doing it: it can't be undone."""
    row, refusal = _draft_or_404(request, number), ""
    if request.method == "POST":
        try:
            lock_plan(row=row, seen=request.POST.get("seen", ""), by=user_of(request), at=now())
            if plan_of(row).window.closes <= today():
                ask_for_answer(row=StoredPlan.objects.get(pk=row.pk), by=user_of(request), at=now())
            messages.success(request, _("Planen är låst."))
            return redirect("effect", number=row.pk)
        except Refusal as refused:
            refusal = refusal_text(refused)
    plan = plan_of(row)
    context = {"row": row, "plan": plan, "refusal": refusal, "seen": checksum(plan), "method": method_word(plan),
               "design": named(DESIGNS, plan.design), "outcome": outcome_word(plan.outcome.name),
               "late": plan.window.opens <= today()}  # fmt: skip
    return render(request, "evidence/lock.html", context, status=422 if refusal else 200)


@for_roles(*WRITE)
@require_POST
def throw_page(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    throw_away(row=_draft_or_404(request, number), by=user_of(request), at=now())
    messages.success(request, _("Utkastet är borta."))
    return redirect("effects")


@for_roles(*WRITE)
@require_POST
def ask_page(request: HttpRequest, number: int) -> HttpResponse:
    """Have a locked plan answered, or a draft looked at again."""
    row = plan_or_404(request, number)
    (ask_to_look if row.locked_at is None else ask_for_answer)(row=row, by=user_of(request), at=now())
    return redirect(f"{reverse('effect', args=[row.pk])}?folj=1")
