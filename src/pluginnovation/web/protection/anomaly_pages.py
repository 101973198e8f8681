"""What the night found in the log of visits, and a person's judgement of it."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.privacy.anomalies import RULES, TERMS
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import User
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export

from .asking import MOST_IN_A_FILE, page_of, said
from .finding import judge
from .models import Anomaly
from .refused import LONGEST_WHY
from .visit_pages import OFFICER, first_line
from .words import here, role_text, rule_text, rule_words

WAITS, JUDGED = "vantar", "bedomda"


@for_roles(OFFICER)
@require_GET
def anomalies_page(request: HttpRequest) -> HttpResponse:
    """The findings that wait for somebody, or those that are judged, newest day first."""
    words = rule_words()
    rule, which = said(request, "regel"), said(request, "visa")
    which = which if which in (WAITS, JUDGED) else WAITS
    found: QuerySet[Anomaly] = Anomaly.objects.filter(judged_at__isnull=which == WAITS)
    if rule in words:
        found = found.filter(rule=rule)
    found = found.select_related("viewer", "judged_by").order_by("-day", "-id")
    if asked_for(request):
        return export(request, _sheet(request, found[:MOST_IN_A_FILE]))
    page = page_of(request, found)
    context = {
        "shown": page,
        "rows": [(one, words[one.rule], role_text(one.role)) for one in page],
        "waiting": Anomaly.objects.filter(judged_at=None).count(),
        "rules": [(name, words[name], rule_text(name)) for name in RULES],
        "terms": TERMS,
        "regel": rule if rule in words else "",
        "visa": which,
        "export": True,
    }
    return render(request, "protection/anomalies.html", context)


def _sheet(request: HttpRequest, found: Any) -> Sheet:
    heads = (
        _("Dag"), _("Regel"), _("Vem"), _("Roll"), _("Antal"), _("Vanligt"), _("Av persondagar"), _("Elevens kod"),
        _("Bedömd av"), _("Varför"),
    )  # fmt: skip
    words = rule_words()
    rows: list[list[Cell]] = [
        [one.day.isoformat(), words[one.rule], one.viewer.name, role_text(one.role), one.n, one.usual, one.of,
         one.pupil,
         one.judged_by.name if one.judged_by else "", one.why or ""]
        for one in found
    ]  # fmt: skip
    return Sheet("avvikelser", first_line(request, _("Avvikelser")), heads, rows)


@for_roles(OFFICER)
@require_http_methods(["GET", "POST"])
def anomaly_page(request: HttpRequest, number: int) -> HttpResponse:
    """One finding, and the reason that it is dismissed with."""
    found = get_object_or_404(Anomaly.objects.select_related("viewer", "judged_by"), pk=number)
    refusal, why = "", request.POST.get("why", "").replace("\x00", "")
    if request.method == "POST":
        try:
            judge(number=number, why=why, by=cast(User, request.user), at=now())
            messages.success(request, _("Avvikelsen är bedömd."))
            return redirect("anomalies")
        except Refusal as said_no:
            refusal = here((said_no.text("sv"), said_no.text("en")))
    context = {
        "found": found,
        "title": rule_words()[found.rule],
        "rule": rule_text(found.rule),
        "role": role_text(found.role),
        "refusal": refusal,
        "why": why,
        "longest": LONGEST_WHY,
    }
    return render(request, "protection/anomaly.html", context, status=422 if refusal else 200)
