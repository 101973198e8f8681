"""What is done with an answer: a departure is written beside it, its certainty is lowered, and it is handed out."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.records.exports import Cell, Sheet, export
from pluginnovation.web.signals.sheets import first_line

from .. import refused
from ..actions import Leaving, lower_certainty, note_departure
from ..forms import DepartureForm, LowerForm
from ..grades import locks_of
from ..handing_out import hand_out
from ..models import Estimate, StoredPlan
from ..reading import answer_of
from ..stored import READ, newest_of, plan_of
from ..words import Certainty, certainty
from .plans import WRITE, plan_or_404

LOWERS: Final = ("evaluator",)


@for_roles(*WRITE)
@require_http_methods(["GET", "POST"])
def departure_page(request: HttpRequest, number: int) -> HttpResponse:
    """Write down how the analysis leaves its plan: shown for ever."""
    row, refusal = plan_or_404(request, number), ""
    form = DepartureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            note_departure(row=row, leaving=Leaving(**form.cleaned_data), by=user_of(request), at=now())
            messages.success(request, _("Avsteget står nu vid planen."))
            return redirect("effect", number=row.pk)
        except Refusal as refused_:
            refusal = refusal_text(refused_)
    context = {"row": row, "plan": plan_of(row), "form": form, "refusal": refusal}
    return render(request, "evidence/departure.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*LOWERS)
@require_http_methods(["GET", "POST"])
def lower_page(request: HttpRequest, number: int) -> HttpResponse:
    """Lower the certainty of the answer that stands. Nobody raises it."""
    row = plan_or_404(request, number)
    estimate, refusal = newest_of(row), ""
    locks = locks_of(estimate)
    levels = [(level, _level(certainty(level), level)) for level in range(locks)]
    form = LowerForm(request.POST if request.method == "POST" else None, levels=levels)
    if request.method == "POST" and form.is_valid():
        try:
            _lower(row, estimate, request, form.cleaned_data)
            messages.success(request, _("Säkerheten är sänkt, med ditt skäl."))
            return redirect("effect", number=row.pk)
        except Refusal as refused_:
            refusal = refusal_text(refused_)
    context = {"row": row, "plan": plan_of(row), "form": form, "refusal": refusal, "estimate": estimate,
               "certainty": certainty(locks)}  # fmt: skip
    return render(request, "evidence/lower.html", context, status=422 if refusal or form.errors else 200)


def _lower(row: StoredPlan, estimate: Estimate | None, request: HttpRequest, said: dict[str, Any]) -> None:
    if estimate is None or row.locked_at is None:
        raise refused.no_estimate()
    lower_certainty(estimate=estimate, to=said["locks"], reason=said["reason"], by=user_of(request), at=now())


def _level(one: Certainty, locks: int) -> str:
    words = {"dots": one.dots, "word": one.word, "locks": locks}
    return _("%(word)s, %(dots)s av 4 punkter (%(locks)s av 5 lås)") % words


@for_roles(*READ)
@require_POST
def message_page(request: HttpRequest, number: int) -> HttpResponse:
    """The answer as a document for the hub: counts rounded to five, ten pupils or more, and no person."""
    row = plan_or_404(request, number)
    try:
        sent = hand_out(row=row, site=duty_of(request).place_name or row.name, by=user_of(request), at=now())
    except Refusal as refused_:
        return render(request, "evidence/withheld.html", {"row": row, "plan": plan_of(row),
                                                          "refusal": refusal_text(refused_)}, status=409)  # fmt: skip
    response = HttpResponse(sent.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.name}.json"'
    return response


@for_roles(*READ)
@require_GET
def answer_file(request: HttpRequest, number: int) -> HttpResponse:
    """The answer's figures as a list to keep, with all that was tried."""
    row = plan_or_404(request, number)
    estimate = newest_of(row)
    lines = _lines(answer_of(estimate)) if estimate else []
    heads = [_("Del"), _("Vad"), _("Värde"), _("95 % intervall eller gräns"), _("Elever"), _("Utfall")]
    return export(request, Sheet(row.name, first_line(request, None, plan_of(row).question), heads, lines))


def _lines(answer: dict[str, Any]) -> list[list[Cell]]:
    head, sizes = answer["headline"], answer["result"].sizes
    sure: Certainty = answer["certainty"]
    told = [
        [_("Svar"), answer["said"], "", "", None, ""],
        [_("Säkerhet"), _("punkter av 4"), sure.dots, "", None, sure.word],
        [_("Elever"), _("erbjudna eller hjälpta"), answer["counts"]["treated"], "", None, ""],
        [_("Elever"), _("att jämföra med"), answer["counts"]["compared"], "", None, ""],
    ]
    if answer["shows"]:
        told.append([_("Skillnad"), head["unit"], head["value"], head["between"], sizes.treated + sizes.compared, ""])
        told.append([_("Utan hjälpen"), head["unit"], head["without"], "", sizes.compared, ""])
    told += [[_("Prövat"), one.name, one.value, one.limit, None, one.said] for one in answer["tried"]]
    parts = {_("Kan inte ha ändrats"): "placebo_rows", _("Andra sätt"): "opinion_rows",
             _("Undergrupp, utforskande"): "subgroup_rows", _("Känslighet"): "sensitivity_rows",
             _("Given hjälp"): "given_rows"}  # fmt: skip
    shown = {part: answer[rows] if answer["shows"] or rows in ("placebo_rows", "given_rows") else []
             for part, rows in parts.items()}  # fmt: skip
    return told + [[part, one.name, one.value, one.between, one.n, ""] for part, rows in shown.items() for one in rows]
