"""Before a sub-project begins: how small a change could it see, from how this place's own pupils differ?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.evidence.labels import OUTCOMES
from pluginnovation.evidence.plan import KINDS
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.records.job_line import watched
from pluginnovation.web.records.models import Job

from ..actions import ask_for_spread
from ..doing_names import SPREAD
from ..forms import LayoutForm, SizeForm
from ..models import Spread
from ..reading import line_of
from ..stored import READ
from ..words import figure, outcome_word, unit_word

FIRST_LAYOUT = {"drawn": "pupils", "schools": 6, "pupils": 20, "helped": 50, "lost": 10, "worthwhile": 3}


@for_roles(*READ)
@require_http_methods(["GET", "POST"])
def sizes_page(request: HttpRequest) -> HttpResponse:
    """Ask how an outcome differs in the records."""
    form = SizeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = {"outcome": said["outcome"], "years": list(said["years"]), "first": said["first"].isoformat(),
                 "last": said["last"].isoformat()}  # fmt: skip
        row = ask_for_spread(asked=asked, by=user_of(request), at=now())
        return redirect(f"{reverse('effect_size', args=[row.pk])}?folj=1")
    context = {"form": form, "refusal": ""}
    return render(request, "evidence/sizes.html", context, status=422 if form.errors else 200)


@for_roles(*READ)
@require_GET
def size_page(request: HttpRequest, number: int) -> HttpResponse:
    """How small a change a layout could see. The layout stands in the address."""
    row = get_object_or_404(Spread, pk=number, by=user_of(request))
    job = Job.objects.filter(kind=SPREAD, about=str(row.pk)).order_by("-pk").first()
    asked = any(name in request.GET for name in FIRST_LAYOUT)
    form = LayoutForm(request.GET if asked else FIRST_LAYOUT)
    found, refusal = None, ""
    if row.found is not None and form.is_valid():
        try:
            found = _seen(row, form.cleaned_data)
        except Refusal as refused:
            refusal = refusal_text(refused)
    outcome = row.asked["outcome"]
    context = {
        "row": row, "job": line_of(job), "form": form, "refusal": refusal, "found": found,
        "outcome": outcome_word(outcome), "unit": unit_word(KINDS[OUTCOMES[outcome][1]]),
        "spread": _spread(row), "asked": asked,
    }  # fmt: skip
    wrong = asked and bool(refusal or form.errors)
    return watched(request, job, render(request, "evidence/size.html", context, status=422 if wrong else 200))


def _spread(row: Spread) -> dict[str, Any] | None:
    if row.found is None:
        return None
    found = row.found
    return {
        "mean": figure(found["mean"]), "alike": figure(found["alike"], 2), "schools": found["schools"],
        "explained": figure(100 * found["explained"], 0), "n": round(found["pupils"] * found["schools"]),
    }  # fmt: skip


def _seen(row: Spread, said: dict[str, Any]) -> dict[str, Any]:
    """The forecast of a layout: sums of a handful of numbers, nothing is estimated."""
    from pluginnovation.evidence.power import Layout, forecast
    from pluginnovation.evidence.power import Spread as Differs

    layout = Layout(said["drawn"], said["schools"], said["pupils"], said["helped"] / 100, said["lost"] / 100)
    _words, kind, benefit = OUTCOMES[row.asked["outcome"]]
    goes = benefit if kind in ("share", "yes_no") else 0
    found = forecast(Differs(**(row.found or {})), layout, worthwhile=float(said["worthwhile"]), share_goes=goes)
    return {"least": figure(found.least), "found": round(100 * found.found), "needed": found.schools_needed,
            "worthwhile": figure(float(said["worthwhile"]))}  # fmt: skip
