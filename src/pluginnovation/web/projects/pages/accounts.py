"""The sub-project's account: hours and costs, what the own side has paid, and a file for the funder; and who leads."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.projects.ledger import CATEGORIES, PAID_BY
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.people.staff import staff_called
from pluginnovation.web.records.exports import EXCEL
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import told

from ..accounts import Booking, account_of, book, take_back
from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..forms import BookingForm
from ..funder_file import funder_file
from ..judging_forms import LeaderForm
from ..leading import Appointing, appoint_leader
from ..models import LedgerEntry, SubProject
from ..refused import not_a_leader

REGION: Final = "regional_lead"


@for_roles(*READS)
@require_http_methods(["GET", "POST"])
def account_page(request: HttpRequest, number: int) -> HttpResponse:
    """The account, and a new line in it by the one who leads."""
    sub_project = (
        open_sub_project_or_404(request, number) if request.method == "GET" else led_sub_project_or_404(request, number)
    )
    if request.method == "GET" and request.GET.get("format") == "xlsx":
        response = HttpResponse(funder_file(sub_project), content_type=EXCEL)
        response["Content-Disposition"] = f'attachment; filename="ekonomi-{sub_project.pk}.xlsx"'
        return response
    form = BookingForm(request.POST if request.method == "POST" else None, initial={"on": today(), "paid_by": "own"})
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        booking = _booking(form.cleaned_data)
        refusal, status = tried(lambda: book(sub_project=sub_project, booking=booking, by=user_of(request), at=now()))
        if not refusal:
            messages.success(request, _("Raden är sparad."))
            return redirect("account", number=number)
    return _show(request, sub_project, {"form": form, "refusal": refusal, "status": status})


def _booking(said: dict[str, Any]) -> Booking:
    minutes = None if not said["hours"] else int(said["hours"] * 60)
    return Booking(said["on"], said["paid_by"], said["category"], said["text"], said["amount"], minutes, said["rate"])


def _show(request: HttpRequest, sub_project: SubProject, more: dict[str, Any]) -> HttpResponse:
    status = more.pop("status", 200)
    found = account_of(sub_project)
    taken = set(sub_project.ledger.exclude(takes_back=None).values_list("takes_back", flat=True))
    page = {
        "sub_project": sub_project,
        "account": found,
        "rows": [(told(CATEGORIES[row.category]), row) for row in found.rows],
        "share": sub_project.programme.own_share // 100,
        "entries": [
            (one, told(CATEGORIES[one.category]), told(PAID_BY[one.paid_by]), one.pk in taken)
            for one in sub_project.ledger.select_related("by").order_by("-on", "-pk")[:200]
        ],
        "hours": found.minutes // 60,
        "writes": duty_of(request).role == LEADER,
    }
    return render(request, "projects/account.html", page | more, status=status)


@for_roles(LEADER)
@require_POST
def taken_back(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Take a line back by one with the other sign."""
    sub_project = led_sub_project_or_404(request, number)
    row = get_object_or_404(LedgerEntry, sub_project=sub_project, pk=entry)
    refusal, status = tried(lambda: take_back(entry=row, by=user_of(request), at=now()))
    if refusal:
        form = BookingForm(initial={"on": today(), "paid_by": "own"})
        return _show(request, sub_project, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Raden är tillbakatagen. Båda raderna finns kvar."))
    return redirect("account", number=number)


@for_roles(REGION)
@require_http_methods(["GET", "POST"])
def leader_page(request: HttpRequest, number: int) -> HttpResponse:
    """Say who leads a sub-project, and between which days: that one reaches its participants."""
    sub_project = open_sub_project_or_404(request, number)
    form = LeaderForm(request.POST if request.method == "POST" else None, initial={"first": today()})
    refusal, status = "", 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal, status = tried(lambda: _appoint(request, sub_project, said))
        if not refusal:
            messages.success(request, _("Delprojektet har en ledare."))
            return redirect("programme", key=sub_project.programme.key)
    page = {"sub_project": sub_project, "form": form, "refusal": refusal}
    return render(request, "projects/leader.html", page, status=status)


def _appoint(request: HttpRequest, sub_project: SubProject, said: dict[str, Any]) -> None:
    user = staff_called(said["who"])
    if user is None:
        raise not_a_leader()
    appointing = Appointing(user, said["first"], said["last"])
    appoint_leader(sub_project=sub_project, appointing=appointing, by=user_of(request), at=now())
