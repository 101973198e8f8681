"""Support to schools, in a programme or not: request, offer, sessions, outcome."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects import offers
from pluginnovation.web.people.duties import ActiveDuty, for_roles
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..coaching import SESSION_KINDS, Held, Whose, hold_session
from ..door import AT_SCHOOL, COORDINATOR, REGIONAL
from ..models import Offer, Session, SupportRequest
from ..process_forms import AskForm, MakeOfferForm, OutcomeForm, SessionForm
from ..requests import Asking, answer_offer, ask_for_support, close_request, make_offer

ASKS = (*AT_SCHOOL, COORDINATOR)


@for_roles(*ASKS)
@require_http_methods(["GET", "POST"])
def support_requests(request: HttpRequest) -> HttpResponse:
    """What one's school has asked for, and a new request."""
    duty = duty_of(request)
    mine = _mine(duty)
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    page: dict[str, Any] = {
        "rows": [_told(row) for row in mine],
        "offers": [(one, told(offers.KINDS[one.kind])) for one in Offer.objects.filter(taken_away_at=None)],
        "form": form,
        "place": duty.place_name,
    }
    if request.method == "GET":
        return render(request, "projects/requests.html", page)
    if not form.is_valid():
        return render(request, "projects/requests.html", page | {"wrong_form": form}, status=422)
    asking = Asking(form.cleaned_data["kind"], form.cleaned_data["text"], *_place(duty), role=duty.role)
    refusal, status = tried(lambda: ask_for_support(asking=asking, by=user_of(request), at=now()))
    if refusal:
        return render(request, "projects/requests.html", page | {"refusal": refusal}, status=status)
    messages.success(request, _("Regionen har fått er fråga."))
    return redirect("support_requests")


def _place(duty: ActiveDuty) -> tuple[str, str]:
    if duty.role == COORDINATOR:
        return "", duty.municipality or ""
    school = min(duty.units, default="")
    found = Organisation.objects.filter(code=school).values_list("municipality", flat=True).first()
    return school, found or ""


def _mine(duty: ActiveDuty) -> list[SupportRequest]:
    if duty.role == COORDINATOR:
        rows = SupportRequest.objects.filter(school="", municipality=duty.municipality or "-")
    else:
        rows = SupportRequest.objects.filter(school__in=duty.units).exclude(school="")
    return list(rows.order_by("-at", "-pk"))


def _told(row: SupportRequest) -> dict[str, Any]:
    sessions = Session.objects.filter(request=row).order_by("-on", "-pk")
    return {
        "row": row,
        "kind": told(offers.KINDS[row.kind]),
        "state": told(offers.REQUEST[row.state]),
        "sessions": [(one, told(SESSION_KINDS[one.kind])) for one in sessions],
    }


@for_roles(*ASKS)
@require_POST
def offer_answered(request: HttpRequest, number: int) -> HttpResponse:
    """Accept or decline."""
    row = next((one for one in _mine(duty_of(request)) if one.pk == number), None)
    if row is None:
        raise Http404
    accept, role = "ja" in request.POST, duty_of(request).role
    refusal, _status = tried(lambda: answer_offer(request=row, accept=accept, role=role, by=user_of(request), at=now()))
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Svaret är skickat."))
    return redirect("support_requests")


@for_roles(*REGIONAL)
@require_GET
def support_request(request: HttpRequest, number: int) -> HttpResponse:
    """One request, for the region."""
    return _show(request, _open(number))


def _open(number: int) -> SupportRequest:
    row = SupportRequest.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _show(request: HttpRequest, row: SupportRequest, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    school = Organisation.objects.filter(code=row.school).values_list("display_name", flat=True).first()
    page = _told(row) | {
        "place": school or row.municipality,
        "offer_form": MakeOfferForm(),
        "session_form": SessionForm(),
        "outcome_form": OutcomeForm(),
    }
    return render(request, "projects/request.html", page | added, status=status)


@for_roles(*REGIONAL)
@require_POST
def request_offered(request: HttpRequest, number: int) -> HttpResponse:
    """Make an offer."""
    row, form, role = _open(number), MakeOfferForm(request.POST), duty_of(request).role
    if not form.is_valid():
        return _show(request, row, {"offer_form": form, "wrong_form": form, "status": 422})
    text = form.cleaned_data["text"]
    refusal, status = tried(lambda: make_offer(request=row, text=text, role=role, by=user_of(request), at=now()))
    if refusal:
        return _show(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Erbjudandet är skickat."))
    return redirect("support_request", number=number)


@for_roles(*REGIONAL)
@require_POST
def request_session(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a session of the support."""
    row, form = _open(number), SessionForm(request.POST)
    if not form.is_valid():
        return _show(request, row, {"session_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    held, whose = Held(said["kind"], said["on"], said["topic"], said["note"], said["minutes"]), Whose(request=row)
    refusal, status = tried(lambda: hold_session(held=held, whose=whose, by=user_of(request), at=now()))
    if refusal:
        return _show(request, row, {"session_form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Mötet är sparat."))
    return redirect("support_request", number=number)


@for_roles(*REGIONAL)
@require_POST
def request_closed(request: HttpRequest, number: int) -> HttpResponse:
    """Close the support with its outcome."""
    row, form, role = _open(number), OutcomeForm(request.POST), duty_of(request).role
    if not form.is_valid():
        return _show(request, row, {"outcome_form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data["outcome"]
    refusal, status = tried(lambda: close_request(request=row, outcome=said, role=role, by=user_of(request), at=now()))
    if refusal:
        return _show(request, row, {"refusal": refusal, "status": status})
    messages.success(request, _("Stödet är avslutat."))
    return redirect("needs")
