"""What an applicant writes: answers, a budget, and the sending itself. A draft is kept whatever the clock says."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.projects import calls
from pluginnovation.projects.ledger import CATEGORIES, Line
from pluginnovation.projects.lifecycle import DRAFT, UNDECIDED, WRITTEN_IN
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.people.signin.scripts import with_drafts
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.drafts import draft_key
from pluginnovation.web.support.spoken import told

from ..analyses.prefill import filled_from
from ..application_door import own_application_or_404, place_name
from ..applying import (
    Answered,
    Answering,
    Budgeting,
    answer,
    faults_of,
    save_budget,
    send_in,
    standing_answers,
    standing_budget,
    withdraw_application,
)
from ..calling import time_of_call
from ..forms import AnswerForm, BudgetForm, WhyForm
from ..models import Application, ApplicationBudget
from ..places import APPLY


@for_roles(*APPLY)
@with_drafts
@require_http_methods(["GET", "POST"])
def answer_page(request: HttpRequest, number: int, question: int) -> HttpResponse:
    """Write the answer to one question."""
    application = own_application_or_404(request, number)
    asked = get_object_or_404(application.call.questions, number=question)
    standing = standing_answers(application).get(question)
    about: dict[str, Any] = {"label": asked.text, "hint": asked.hint, "longest": asked.longest}
    begun = standing.text if standing else filled_from(application, asked.from_analysis)[: asked.longest]
    initial = {"text": begun, "seen": standing.version if standing else 0}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial, **about)
    refusal, status, other = "", 200 if request.method == "GET" else 422, None
    if request.method == "POST" and form.is_valid():
        answering = Answering(asked, form.cleaned_data["text"], form.cleaned_data["seen"])
        done: list[Answered] = []
        refusal, status = tried(
            lambda: done.append(answer(application=application, answering=answering, by=user_of(request), at=now()))
        )
        if done and done[0].other is None:
            messages.success(request, _("Svaret är sparat."))
            _tell_the_time(request, application)
            return redirect("application", number=number)
        if done:
            other, status = done[0].other, 409
            form = AnswerForm(initial={"text": answering.text, "seen": other.version if other else 0}, **about)
    page = {
        "application": application, "question": asked, "form": form, "refusal": refusal, "other": other,
        "standing": standing, "writes": application.state in WRITTEN_IN,
        "draft": draft_key(request, f"application {application.pk} {question}"),
    }  # fmt: skip
    return render(request, "projects/application_answer.html", page, status=status)


@for_roles(*APPLY)
@require_http_methods(["GET", "POST"])
def budget_page(request: HttpRequest, number: int) -> HttpResponse:
    """Write the budget. One that doesn't add up is kept, and told of."""
    application = own_application_or_404(request, number)
    standing = standing_budget(application)
    form = BudgetForm(request.POST if request.method == "POST" else None, initial=_initial(standing))
    refusal, status, faults = "", 200 if request.method == "GET" else 422, []
    if request.method == "POST" and form.is_valid():
        said, saved = form.cleaned_data, list[ApplicationBudget]()
        lines = tuple(Line(key, said[f"text_{key}"], said[f"ore_{key}"] or 0) for key in CATEGORIES)
        budgeting = Budgeting(lines, said["grant"], said["own"], said["seen"])
        refusal, status = tried(
            lambda: saved.append(
                save_budget(application=application, budgeting=budgeting, by=user_of(request), at=now())
            )
        )
        if saved:
            faults = [told(fault) for fault in faults_of(application, saved[0])]
            if not faults:
                messages.success(request, _("Budgeten är sparad och går ihop."))
                _tell_the_time(request, application)
                return redirect("application", number=number)
            standing, status = saved[0], 422
            form = BudgetForm(initial=_initial(standing))
    page = {
        "application": application, "form": form, "refusal": refusal, "faults": faults, "standing": standing,
        "share": application.call.programme.own_share // 100, "writes": application.state in WRITTEN_IN,
    }  # fmt: skip
    return render(request, "projects/application_budget.html", page, status=status)


def _initial(budget: ApplicationBudget | None) -> dict[str, Any]:
    if budget is None:
        return {"seen": 0}
    lines = {line["category"]: line for line in budget.lines}
    amounts = {f"ore_{key}": line["ore"] or None for key, line in lines.items()}
    texts = {f"text_{key}": line["text"] for key, line in lines.items()}
    return {"seen": budget.version, "grant": budget.grant, "own": budget.own, **amounts, **texts}


def _tell_the_time(request: HttpRequest, application: Application) -> None:
    """Say so when the call has closed while the form was open: what is written is kept, and can't be sent."""
    if application.state == DRAFT and time_of_call(application.call, now()) == calls.CLOSED:
        closed = f"{localtime(application.call.closes_at):%Y-%m-%d %H.%M}"
        text = _("Utlysningen stängde %(when)s. Texten är sparad som utkast, men går inte att skicka in.")
        messages.warning(request, text % {"when": closed})


@for_roles(*APPLY)
@require_http_methods(["GET", "POST"])
def send_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say what sending in means, and do it."""
    application = own_application_or_404(request, number)
    refusal, status = "", 200
    if request.method == "POST":
        refusal, status = tried(lambda: send_in(application=application, by=user_of(request), at=now()))
        if not refusal:
            messages.success(request, _("Ansökan är inskickad."))
            return redirect("application", number=number)
    page = {"application": application, "place": place_name(application), "refusal": refusal}
    return render(request, "projects/application_send.html", page, status=status)


@for_roles(*APPLY)
@require_http_methods(["GET", "POST"])
def withdraw_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say what taking an application back means, and do it."""
    application = own_application_or_404(request, number)
    form = WhyForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        refusal, status = tried(
            lambda: withdraw_application(application=application, why=why, by=user_of(request), at=now())
        )
        if not refusal:
            messages.success(request, _("Ansökan är återtagen. Den finns kvar att läsa."))
            return redirect("application", number=number)
    page = {
        "application": application, "form": form, "refusal": refusal, "possible": application.state in UNDECIDED,
    }  # fmt: skip
    return render(request, "projects/application_withdraw.html", page, status=status)
