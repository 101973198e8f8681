"""The register of personal data breaches, with the 72-hour clock."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.privacy.incidents import CLOSED
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import User

from .asking import page_of, written_time
from .models import Incident
from .refused import LONGEST_TEXT, LONGEST_WHY, already_done
from .responding import (
    LONGEST_TITLE,
    Told,
    add_step,
    clock_on,
    close_incident,
    decide_report,
    note_report,
    open_incident,
    state_on,
)
from .visit_pages import OFFICER
from .words import here, state_words

ADMINISTRATOR = "administrator"


@for_roles(OFFICER, ADMINISTRATOR)
@require_GET
def incidents_page(request: HttpRequest) -> HttpResponse:
    """Every incident, newest first, with how its 72 hours stand."""
    page = page_of(request, Incident.objects.order_by("-aware_at", "-id"))
    at, words = now(), state_words()
    rows = [(one, words[state_on(one)], clock_on(one, at)) for one in page]
    running = list(Incident.objects.filter(closed_at=None, reported_at=None).exclude(to_report=False))
    late = sum(clock_on(one, at).late for one in running)
    context = {"shown": page, "rows": rows, "running": len(running), "late": late}
    return render(request, "protection/incidents.html", context)


@for_roles(OFFICER, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def new_incident_page(request: HttpRequest) -> HttpResponse:
    """Write an incident down."""
    names = ("title", "what", "aware_at", "affected")
    written = {name: request.POST.get(name, "").replace("\x00", "") for name in names}
    refusal = ""
    if request.method == "POST":
        told = Told(written["title"], written["what"], written_time(written["aware_at"]), written["affected"])
        try:
            made = open_incident(told, by=cast(User, request.user), at=now())
            return redirect("incident", number=made.pk)
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    context = {
        "written": written,
        "refusal": refusal,
        "latest": f"{localtime():%Y-%m-%dT%H:%M}",
        "longest_title": LONGEST_TITLE,
        "longest": LONGEST_TEXT,
    }
    return render(request, "protection/incident_new.html", context, status=422 if refusal else 200)


@for_roles(OFFICER, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def incident_page(request: HttpRequest, number: int) -> HttpResponse:
    """One incident: what happened, the clock, the steps, and what is decided."""
    found = get_object_or_404(Incident.objects.select_related("by", "decided_by", "closed_by"), pk=number)
    refusal = ""
    if request.method == "POST":
        try:
            _do(request, found)
            messages.success(request, _("Det är sparat."))
            return redirect("incident", number=number)
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    state = state_on(found)
    context: dict[str, Any] = {
        "found": found,
        "state": state_words()[state],
        "closed": state == CLOSED,
        "clock": clock_on(found, now()),
        "steps": found.steps.select_related("by").order_by("at", "id"),
        "refusal": refusal,
        "text": request.POST.get("text", "").replace("\x00", ""),
        "longest": LONGEST_TEXT,
        "longest_why": LONGEST_WHY,
        "ready": found.to_report is not None and not (found.to_report and found.reported_at is None),
    }
    return render(request, "protection/incident.html", context, status=422 if refusal else 200)


def _do(request: HttpRequest, found: Incident) -> None:
    """What the form asks for.

    Raises  Refusal for something that can't be done, or no such thing
    """
    text, by, at = request.POST.get("text", ""), cast(User, request.user), now()
    match request.POST.get("do", ""):
        case "step":
            add_step(incident=found, text=text, by=by, at=at)
        case "report" | "no_report" as which:
            decide_report(incident=found, to_report=which == "report", why=text, by=by, at=at)
        case "reported":
            note_report(incident=found, by=by, at=at)
        case "close":
            close_incident(incident=found, by=by, at=at)
        case _:
            raise already_done()
