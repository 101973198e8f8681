"""What the region does with an application: screening, reviews, the decision and its letter."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects.calls import ELIGIBILITY, QUALITY
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.support.case_door import tried

from ..application_door import (
    open_application_or_404,
    own_review,
    place_name,
    reads_nothing,
    received_application_or_404,
)
from ..applying import standing_budget
from ..door import READS, REGIONAL
from ..judging import (
    Ruling,
    Screened,
    Sheet,
    ask_reviewer,
    decide,
    declare,
    reviewers,
    screen,
    send_review,
    withdraw_review,
)
from ..judging_forms import ConflictForm, ReviewerForm, RulingForm, ScreenForm, SheetForm
from ..judging_read import sheets_of
from ..letters import letter_of
from ..models import Application
from .applications import show

REGION: Final = "regional_lead"


@for_roles(*REGIONAL)
@require_http_methods(["GET", "POST"])
def screening_page(request: HttpRequest, number: int) -> HttpResponse:
    """Hold an application against the conditions."""
    application = received_application_or_404(request, number)
    rows = application.call.criteria.filter(kind=ELIGIBILITY).order_by("number")
    conditions = list(rows.values_list("number", "text"))
    form = ScreenForm(request.POST if request.method == "POST" else None, conditions=conditions)
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        checks = {one: said[f"check_{one}"] == "yes" for one, _text in conditions}
        screened = Screened(checks, said["verdict"], said["text"], duty_of(request).role)
        refusal, status = tried(
            lambda: screen(application=application, screened=screened, by=user_of(request), at=now())
        )
        if not refusal:
            messages.success(request, _("Prövningen av villkoren är sparad."))
            return redirect("application", number=number)
    page = {"application": application, "place": place_name(application), "form": form, "refusal": refusal}
    return render(request, "projects/application_screening.html", page, status=status)


@for_roles(REGION)
@require_POST
def reviewer_asked(request: HttpRequest, number: int) -> HttpResponse:
    """Ask somebody to review."""
    application = received_application_or_404(request, number)
    people = {str(one.pk): one for one in reviewers()}
    form = ReviewerForm(request.POST, people=[(key, one.name) for key, one in people.items()])
    if not form.is_valid():
        return show(request, application, {"reviewer_form": form, "wrong_form": form, "status": 422})
    reviewer = people[form.cleaned_data["reviewer"]]
    refusal, status = tried(
        lambda: ask_reviewer(application=application, reviewer=reviewer, by=user_of(request), at=now())
    )
    if refusal:
        return show(request, application, {"refusal": refusal, "status": status})
    messages.success(request, _("%(name)s är ombedd att granska.") % {"name": reviewer.name})
    return redirect("application", number=number)


@for_roles(REGION)
@require_POST
def review_withdrawn(request: HttpRequest, number: int, review: int) -> HttpResponse:
    """Stop waiting for a review."""
    application = received_application_or_404(request, number)
    row = get_object_or_404(application.reviews, pk=review)
    refusal, status = tried(lambda: withdraw_review(review=row, by=user_of(request), at=now()))
    if refusal:
        return show(request, application, {"refusal": refusal, "status": status})
    messages.success(request, _("Granskningen inväntas inte längre."))
    return redirect("application", number=number)


@for_roles(*REGIONAL)
@require_http_methods(["GET", "POST"])
def conflict_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether there is a conflict of interest. Only who applies is shown, nothing of what is written."""
    application = received_application_or_404(request, number)
    review = own_review(request, application)
    if review is None:
        raise Http404
    form = ConflictForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal, status = tried(
            lambda: declare(
                review=review, conflict=said["conflict"] == "yes", what=said["what"], by=user_of(request), at=now()
            )
        )
        if not refusal:
            messages.success(request, _("Svaret är sparat."))
            return redirect("application" if said["conflict"] == "yes" else "application_review", number=number)
    page = {
        "application": application, "place": place_name(application), "form": form, "refusal": refusal,
        "declared": review.conflict is not None,
    }  # fmt: skip
    return render(request, "projects/application_conflict.html", page, status=status)


@for_roles(*REGIONAL)
@require_http_methods(["GET", "POST"])
def review_page(request: HttpRequest, number: int) -> HttpResponse:
    """Write a review; nobody else reads it until the last one is in."""
    application = received_application_or_404(request, number)
    review = own_review(request, application)
    if review is None or review.conflict:
        raise Http404
    if review.conflict is None:
        return redirect("application_conflict", number=number)
    criteria = list(application.call.criteria.filter(kind=QUALITY).order_by("number").values_list("number", "text"))
    form = SheetForm(request.POST if request.method == "POST" else None, criteria=criteria)
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sheet = Sheet({one: int(said[f"score_{one}"]) for one, _text in criteria}, said["text"], said["advice"])
        refusal, status = tried(lambda: send_review(review=review, sheet=sheet, by=user_of(request), at=now()))
        if not refusal:
            messages.success(request, _("Granskningen är skickad."))
            return redirect("application", number=number)
    page = {
        "application": application, "place": place_name(application), "form": form, "refusal": refusal,
        "sent": review.submitted_at,
    }  # fmt: skip
    return render(request, "projects/application_review.html", page, status=status)


@for_roles(REGION)
@require_http_methods(["GET", "POST"])
def decision_page(request: HttpRequest, number: int) -> HttpResponse:
    """Decide. When somebody was first, their decision stands and is shown beside what was written here."""
    application = received_application_or_404(request, number)
    if reads_nothing(request, application):
        raise Http404
    form = RulingForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        grant = said["grant"] if said["verdict"] == "grant" else None
        if said["verdict"] == "grant" and not grant:
            form.add_error("grant", _("Skriv hur mycket."))
        else:
            ruling = Ruling(grant, said["reasons"], said["conditions"], duty_of(request).role)
            refusal, status = tried(
                lambda: decide(application=application, ruling=ruling, by=user_of(request), at=now())
            )
            if not refusal:
                messages.success(request, _("Beslutet är fattat. Brevet finns att hämta."))
                return redirect("application", number=number)
            application = open_application_or_404(request, number)
    page: dict[str, Any] = {
        "application": application, "place": place_name(application), "form": form, "refusal": refusal,
        "budget": standing_budget(application), "decision": getattr(application, "decision", None),
        "sheets": sheets_of(application) if application.reviewed_at else None,
    }  # fmt: skip
    return render(request, "projects/application_decision.html", page, status=status)


@for_roles(*READS)
@require_GET
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The decision as a letter: a PDF that a screen reader can read."""
    application: Application = open_application_or_404(request, number)
    decision = getattr(application, "decision", None)
    if decision is None:
        raise Http404
    try:
        content = letter_of(decision)
    except Refusal as refused:
        return HttpResponse(refusal_text(refused), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="beslut-{application.pk}.pdf"'
    return response
