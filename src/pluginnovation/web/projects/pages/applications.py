"""Applications: begun, read, and told where they stand."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.projects import calls
from pluginnovation.projects.ledger import CATEGORIES
from pluginnovation.projects.lifecycle import (
    APPLICATION,
    DRAFT,
    IN_REVIEW,
    REVIEWED,
    STATES,
    SUBMITTED,
    UNDECIDED,
    WRITTEN_IN,
)
from pluginnovation.projects.reviews import Asked, may_read_others
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..application_door import open_application_or_404, own_review, place_name, reads_nothing
from ..applying import faults_of, standing_answers, standing_budget, start_application
from ..calling import time_of_call
from ..door import READS, REGIONAL
from ..forms import StartForm
from ..judging import reviewers
from ..judging_forms import ReviewerForm
from ..judging_read import sheets_of
from ..models import Application
from ..places import APPLY, applications_in_reach, municipalities, names_of, places_of
from .calls import open_call_or_404


@for_roles(*APPLY)
@require_http_methods(["GET", "POST"])
def start_page(request: HttpRequest, number: int) -> HttpResponse:
    """Begin an application."""
    call, duty = open_call_or_404(request, number), duty_of(request)
    places = {place.key: place for place in places_of(duty)}
    wanted = [one for one in places.values() if (call.for_schools if one.school else call.for_municipalities)]
    form = StartForm(request.POST if request.method == "POST" else None, places=[(one.key, one.name) for one in wanted])
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        place, name = places[form.cleaned_data["place"]], form.cleaned_data["name"]
        made: list[Application] = []
        refusal, status = tried(
            lambda: made.append(
                start_application(call=call, place=place, name=name, role=duty.role, by=user_of(request), at=now())
            )
        )
        if made:
            return redirect("application", number=made[0].pk)
    page = {"call": call, "form": form, "refusal": refusal, "nobody": not wanted}
    return render(request, "projects/application_new.html", page, status=status)


@for_roles(*READS)
@require_GET
def applications_page(request: HttpRequest) -> HttpResponse:
    """The applications within reach; for the region what waits for a screening, a review or a decision first."""
    duty = duty_of(request)
    rows = list(applications_in_reach(duty).select_related("call").order_by("-pk"))
    order = (SUBMITTED, REVIEWED, IN_REVIEW)
    rows.sort(key=lambda one: order.index(one.state) if one.state in order else len(order))
    schools, towns = names_of(one.school for one in rows), municipalities()
    waiting = {state: sum(one.state == state for one in rows) for state in order}
    page = {
        "applications": [
            (one, schools.get(one.school) or towns.get(one.municipality, ""), told(STATES[APPLICATION][one.state]))
            for one in rows
        ],
        "waiting": waiting,
        "drafts": sum(one.state in WRITTEN_IN for one in rows),
        "regional": duty.role in REGIONAL,
    }
    return render(request, "projects/applications.html", page)


@for_roles(*READS)
@require_GET
def application_page(request: HttpRequest, number: int) -> HttpResponse:
    """One application. A reviewer says first whether there is a conflict of interest."""
    application = open_application_or_404(request, number)
    review = own_review(request, application)
    if review is not None and review.conflict is None:
        return redirect("application_conflict", number=number)
    return show(request, application)


def show(request: HttpRequest, application: Application, more: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page of an application, with what an act refused."""
    added = dict(more or {})
    status = added.pop("status", 200)
    duty, time = duty_of(request), time_of_call(application.call, now())
    regional = duty.role in REGIONAL
    page = {
        "application": application,
        "place": place_name(application),
        "state_word": told(STATES[APPLICATION][application.state]),
        "time": time,
        "writes": not regional and application.state in WRITTEN_IN,
        "can_send": application.state in WRITTEN_IN and (time == calls.OPEN or application.state != DRAFT),
        "can_take_back": not regional and application.state in UNDECIDED,
        "regional": regional,
        "hidden": regional and reads_nothing(request, application),
        "decision": getattr(application, "decision", None),
        "sub_project": getattr(application, "sub_project", None),
        "screening": application.screenings.select_related("by").order_by("-at").first(),
    }
    if not page["hidden"]:
        page |= _written(application) | (_judged(request, application) if regional else {})
    return render(request, "projects/application.html", page | added, status=status)


def _written(application: Application) -> dict[str, Any]:
    answers, budget = standing_answers(application), standing_budget(application)
    questions = list(application.call.questions.order_by("number"))
    texts = [(one, answers.get(one.number)) for one in questions]
    lines = [(told(CATEGORIES[line["category"]]), line) for line in budget.lines] if budget else []
    return {
        "answers": texts,
        "n_answered": sum(row is not None and bool(row.text.strip()) for _one, row in texts),
        "n_questions": len(texts),
        "lacking": [one.number for one, row in texts if one.required and not (row and row.text.strip())],
        "budget": budget,
        "lines": [line for line in lines if line[1]["ore"] or line[1]["text"]],
        "total": sum(line["ore"] for _word, line in lines),
        "faults": [told(fault) for fault in faults_of(application, budget)] if budget else [],
    }


def _judged(request: HttpRequest, application: Application) -> dict[str, Any]:
    rows = list(application.reviews.select_related("reviewer").order_by("pk"))
    review = own_review(request, application)
    own = Asked(review.conflict, review.submitted_at is not None) if review else None
    all_in = application.reviewed_at is not None
    asked = {one.reviewer_id for one in rows}
    return {
        "reviews": rows,
        "own_review": review,
        "all_in": all_in,
        "sheets": sheets_of(application)
        if may_read_others(role=duty_of(request).role, own=own, all_are_in=all_in)
        else None,
        "decides": duty_of(request).role == "regional_lead",
        "reviewer_form": ReviewerForm(people=[(str(one.pk), one.name) for one in reviewers() if one.pk not in asked]),
    }
