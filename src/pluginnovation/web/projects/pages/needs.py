"""What the region plans from: what analyses have in common, what was decided, and what schools ask for."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.projects import offers
from pluginnovation.projects.follow_up import MONTHS, still_going
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.spoken import clock_for, told

from ..after_the_end import asked_of
from ..door import REGIONAL
from ..models import FollowUpAsked, RegionDecision, SupportRequest
from ..needs_read import Needs, kind_word, name_of, needs_in_common
from ..process_forms import DecisionForm, OutcomeForm
from ..requests import Deciding, carry_out_decision, decide_on_need
from ..work_forms import apart


@for_roles(*REGIONAL)
@require_GET
def needs(request: HttpRequest) -> HttpResponse:
    """Needs in common, decisions, requests, and what is left of what has ended."""
    found = needs_in_common()
    if asked_for(request):
        return export(request, _sheet(found))
    return _show(request, found)


def _show(request: HttpRequest, found: Needs, more: Mapping[str, Any] | None = None) -> HttpResponse:
    added = dict(more or {})
    status = added.pop("status", 200)
    kinds = [
        (kind_word(kind), [(row, name_of(row.kind, row.key)) for row in rows])
        for kind, rows in groupby(found.rows, key=lambda row: row.kind)
    ]
    decisions = RegionDecision.objects.select_related("by").order_by("done_at", "due", "pk")
    page = {
        "needs": found,
        "kinds": kinds,
        "decisions": [
            {
                "row": row,
                "need": _need_of(row.about),
                "clock": clock_for(row.due, done=row.done_at is not None),
                "form": apart(OutcomeForm(), row.pk),
            }
            for row in decisions
        ],
        "requests": [
            (row, told(offers.KINDS[row.kind]), told(offers.REQUEST[row.state]))
            for row in SupportRequest.objects.filter(closed_at=None).order_by("at", "pk")
        ],
        "after": _after(),
        "form": DecisionForm(needs=_choices(found)),
    }
    return render(request, "projects/needs.html", page | added, status=status)


def _after() -> list[dict[str, Any]]:
    """Of those asked after so many months: how many go on, with the silent ones as unknown."""
    rows = list(FollowUpAsked.objects.select_related("sub_project"))
    found = []
    for months in MONTHS:
        asked = [asked_of(row) for row in rows if row.months == months]
        if asked:
            found.append({"months": months, "bounds": still_going(asked, today())})
    return found


def _need_of(about: str) -> str:
    kind, _space, key = about.partition(" ")
    return name_of(kind, key) if key else ""


def _choices(found: Needs) -> list[tuple[str, str]]:
    return [(f"{row.kind} {row.key}", f"{kind_word(row.kind)}: {name_of(row.kind, row.key)}") for row in found.rows]


@for_roles(*REGIONAL)
@require_POST
def need_decided(request: HttpRequest) -> HttpResponse:
    """Decide on a need."""
    found = needs_in_common()
    form = DecisionForm(request.POST, needs=_choices(found))
    if not form.is_valid():
        return _show(request, found, {"form": form, "wrong_form": form, "status": 422})
    said = form.cleaned_data
    deciding = Deciding(said["text"], said["owner"], said["due"], said["about"])
    refusal, status = tried(lambda: decide_on_need(deciding=deciding, by=user_of(request), at=now()))
    if refusal:
        return _show(request, found, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Beslutet är sparat."))
    return redirect("needs")


@for_roles(*REGIONAL)
@require_POST
def decision_done(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came of a decision."""
    row, form, found = RegionDecision.objects.filter(pk=number).first(), OutcomeForm(request.POST), needs_in_common()
    if row is None:
        raise Http404
    if not form.is_valid():
        return _show(request, found, {"wrong_form": form, "opened": number, "status": 422})
    outcome = form.cleaned_data["outcome"]
    refusal, status = tried(lambda: carry_out_decision(decision=row, outcome=outcome, by=user_of(request), at=now()))
    if refusal:
        return _show(request, found, {"refusal": refusal, "status": status})
    messages.success(request, _("Sparat."))
    return redirect("needs")


def _sheet(found: Needs) -> Sheet:
    first = _("Behov som finns i fler än en nulägesanalys. Inga elever, inga skolor.")
    heads = [_("Slag"), _("Behov"), _("Analyser som har det"), _("Analyser som har tittat"), _("Okänt i")]
    rows: list[list[Cell]] = [[kind_word(r.kind), name_of(r.kind, r.key), r.found, r.of, r.unknown] for r in found.rows]
    return Sheet("behov", first, heads, rows)
