"""How long documents are kept, who is kept longer, and what has gone: for the officer, and for who decides."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy.retention import BY_NAME, DECIDED, TYPES
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import AskedByDuty, for_roles
from pluginnovation.web.people.models import User
from pluginnovation.web.records import jobs
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export
from pluginnovation.web.records.job_models import RUNNING, WAITING
from pluginnovation.web.records.models import Job

from .asking import page_of, written_day
from .disposing import TRY_DISPOSAL
from .models import DisposalProtocol, LegalHold, RetentionRule
from .refused import LONGEST_WHY
from .retaining import decide, hold, holds_on, lift, months_now
from .visit_pages import OFFICER, first_line
from .words import here, table_word

DECIDES = "administrator"


@for_roles(OFFICER, DECIDES)
@require_GET
def disposal_page(request: HttpRequest) -> HttpResponse:
    """The rules that apply, the holds that stand, and the protocols, newest first."""
    applies, day = months_now(today()), today()
    latest = {rule.name: rule for rule in RetentionRule.objects.filter(since__lte=day).order_by("since", "at")}
    types = [
        {
            "name": each.name,
            "title": here(each.text),
            "counted": here(each.counted),
            "why": latest[each.name].why if each.name in latest else here(each.why),
            "months": applies.get(each.name),
            "decided": latest.get(each.name),
        }
        for each in TYPES
    ]
    context = {
        "types": types,
        "decides": cast(AskedByDuty, request).duty.role == DECIDES,  # type: ignore[union-attr]
        "holds": holds_on(day).select_related("by").order_by("-at"),
        "shown": page_of(request, DisposalProtocol.objects.order_by("-at", "-id")),
        "counting": Job.objects.filter(kind=TRY_DISPOSAL, state__in=(WAITING, RUNNING)).exists(),
        "last": DisposalProtocol.objects.filter(dry_run=False).exclude(finished_at=None).order_by("-at").first(),
    }
    answer = render(request, "protection/disposal.html", context)
    if context["counting"] and request.GET.get("folj") == "1":
        answer["Refresh"] = "3"
    return answer


@for_roles(OFFICER, DECIDES)
@require_POST
def try_page(request: HttpRequest) -> HttpResponse:
    """Ask the worker to count what would go tonight. Nothing is deleted."""
    jobs.ask_for(TRY_DISPOSAL, "", by=cast(User, request.user), at=now())
    return redirect("/gallring/?folj=1")


@for_roles(DECIDES)
@require_http_methods(["GET", "POST"])
def rule_page(request: HttpRequest, name: str) -> HttpResponse:
    """Decide how long a kind of document is kept, from a day on."""
    if name not in DECIDED:
        raise Http404
    written = _written(request, ("months", "since", "why"))
    refusal = ""
    if request.method == "POST":
        try:
            decide(
                name=name, months=written["months"], since=written_day(written["since"]), why=written["why"],
                by=cast(User, request.user), at=now(), today=today(),
            )  # fmt: skip
            messages.success(request, _("Beslutet är sparat."))
            return redirect("disposal")
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    kind = BY_NAME[name]
    context = {
        "title": here(kind.text),
        "counted": here(kind.counted),
        "months": months_now(today())[name],
        "history": RetentionRule.objects.filter(name=name).select_related("by").order_by("-since", "-at"),
        "default": kind.months,
        "written": written,
        "refusal": refusal,
        "earliest": today().isoformat(),
        "longest": LONGEST_WHY,
    }
    return render(request, "protection/rule.html", context, status=422 if refusal else 200)


def _written(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\x00", "") for name in names}


@for_roles(OFFICER, DECIDES)
@require_http_methods(["GET", "POST"])
def hold_page(request: HttpRequest) -> HttpResponse:
    """Keep a pupil's rows from disposal."""
    written, refusal = _written(request, ("pupil", "until", "why")), ""
    if request.method == "POST":
        until = written_day(written["until"])
        try:
            hold(
                pupil=written["pupil"], why=written["why"], until=until, by=cast(User, request.user), at=now(),
                today=today(),
            )  # fmt: skip
            messages.success(request, _("Uppgifterna bevaras."))
            return redirect("disposal")
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    context = {"written": written, "refusal": refusal, "earliest": today().isoformat(), "longest": LONGEST_WHY}
    return render(request, "protection/hold.html", context, status=422 if refusal else 200)


@for_roles(OFFICER, DECIDES)
@require_http_methods(["GET", "POST"])
def lift_page(request: HttpRequest, number: int) -> HttpResponse:
    """End a hold, with a reason."""
    found = get_object_or_404(LegalHold, pk=number, lifted_at=None)
    written, refusal = _written(request, ("why",)), ""
    if request.method == "POST":
        try:
            lift(number=number, why=written["why"], by=cast(User, request.user), at=now())
            messages.success(request, _("Undantaget är hävt."))
            return redirect("disposal")
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    context = {"found": found, "written": written, "refusal": refusal, "longest": LONGEST_WHY}
    return render(request, "protection/lift.html", context, status=422 if refusal else 200)


@for_roles(OFFICER, DECIDES)
@require_GET
def protocol_page(request: HttpRequest, number: int) -> HttpResponse:
    """What one run deleted, or would have: counts per table, never who."""
    found = get_object_or_404(DisposalProtocol, pk=number)
    counts = [(table_word(table), n) for table, n in found.counts.items()]
    if asked_for(request):
        return export(request, _sheet(request, found, counts))
    rules = [(here(BY_NAME[name].text), months) for name, months in found.rules.items() if name in BY_NAME]
    by = User.objects.filter(login=found.by).values_list("name", flat=True).first() or found.by
    context: dict[str, Any] = {"found": found, "by": by, "counts": counts, "rules": rules, "export": True}
    return render(request, "protection/protocol.html", context)


def _sheet(request: HttpRequest, found: DisposalProtocol, counts: list[tuple[str, int]]) -> Sheet:
    title = _("Provräkning av gallring") if found.dry_run else _("Gallringsprotokoll")
    rows: list[list[Cell]] = [[_("Elever"), found.pupils], [_("Elever som bevaras"), found.held]]
    rows.append([_("Elever som det inte går att avgöra om"), found.unknown])
    rows += [[name, n] for name, n in counts]
    return Sheet(f"gallring-{found.pk}", first_line(request, f"{title} {found.pk}"), (_("Vad"), _("Antal")), rows)
