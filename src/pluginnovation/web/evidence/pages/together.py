"""Several plans of one method and outcome together: the forest plot, drawn and as a table, and each left out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.evidence.labels import DESIGNS
from pluginnovation.evidence.plain_words import CANNOT, ELSE_CANNOT
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.records.exports import Sheet, asked_for, export
from pluginnovation.web.signals.sheets import first_line
from pluginnovation.web.signals.words import language

from ..models import StoredPlan, Together
from ..stored import READ, plan_of
from ..words import certainty, figure, here, interval, named, outcome_word, signed, unit_word


@for_roles(*READ)
@require_GET
def together_page(request: HttpRequest, method: str, outcome: str) -> HttpResponse:
    """What they say together, those that found nothing as much as the others."""
    row = Together.objects.filter(method=method, outcome=outcome).order_by("-at", "-pk").first()
    if row is None:
        raise Http404
    pooled, names = row.forest["pooled"], _questions()
    lines = [_line(one, names) for one in row.forest["lines"]]
    kind = BY_KEY.get(method)
    title = here((kind.sv, kind.en)) if kind else method
    if asked_for(request):
        heads = [_("Plan"), _("Elever"), _("Skillnad"), _("95 % intervall"), _("Vikt, %"), _("Varför inte")]
        cells = [[one["name"], one["pupils"], one["value"], one["between"], one["weight"], one["why"]] for one in lines]
        return export(request, Sheet(f"sammanvagt-{row.pk}", first_line(request, None, title), heads, cells))
    first, _dot, rest = (row.said_en if language() == "en" else row.said_sv).partition(". ")
    context = {
        "row": row, "title": title, "outcome": outcome_word(outcome), "unit": unit_word(pooled["unit"]),
        "first": f"{first}." if rest else first, "rest": rest, "pooled": pooled, "lines": lines,
        "certainty": certainty(row.grade["locks"], row.grade["steps"]),
        "ticks": [{"value": figure(one["value"], 0 if float(one["value"]).is_integer() else 1), "x": 2.5 * one["at"]}
                  for one in row.forest["ticks"]],
        "zero": f"{2.5 * row.forest['zero']:.1f}",
        "next": interval(pooled["next_low"], pooled["next_high"]) if pooled["next_low"] is not None else "",
        "differ": {"tau": figure(pooled["tau"]), "i2": figure(pooled["i2"], 0)} if pooled["tau"] is not None else None,
        "without_one": [_left_out(one, names) for one in pooled["without_one"]],
        "by_design": [{"name": named(DESIGNS, one["name"]), **_ends(one)} for one in pooled["by_design"]],
    }  # fmt: skip
    return render(request, "evidence/together.html", context)


def _questions() -> dict[str, tuple[int, str]]:
    """The name of a plan -> its number and its question."""
    return {row.name: (row.pk, plan_of(row).question) for row in StoredPlan.objects.exclude(locked_at=None)}


def _line(one: dict[str, Any], names: dict[str, tuple[int, str]]) -> dict[str, Any]:
    number, name = names.get(one["name"].split(", ")[0], (None, one["name"]))
    return {
        "name": _("Sammanvägt") if one["kind"] == "together" else name, "number": number,
        "detail": named(DESIGNS, one["detail"]) if one["detail"] else "", "kind": one["kind"], "pupils": one["pupils"],
        "value": signed(one["estimate"]) if one["estimate"] is not None else "",
        "between": interval(one["low"], one["high"]) if one["estimate"] is not None else "",
        "weight": round(one["weight"]), "why": _why(one["why"]),
        "drawn": mark_safe(one["drawn"]),  # noqa: S308 - numbers that `evidence.forest` wrote, with names of its own
    }  # fmt: skip


def _why(code: str) -> str:
    if not code:
        return ""
    said = {"weaker_design": _("Svagare upplägg än de andra: visas utan att vägas in."),
            "no_design": _("Ingen jämförelse: vägs inte in."), "running": _("Pågår."),
            "external": _("Utifrån: vägs inte in."), "cannot_tell": _("Går inte att avgöra.")}  # fmt: skip
    return said[code] if code in said else here(CANNOT.get(code, ELSE_CANNOT))


def _left_out(one: dict[str, Any], names: dict[str, tuple[int, str]]) -> dict[str, Any]:
    number, name = names.get(one["name"].split("/")[0], (None, one["name"]))
    return {"name": name, "number": number, **_ends(one)}


def _ends(one: dict[str, Any]) -> dict[str, str]:
    return {"value": signed(one["estimate"]), "between": interval(one["low"], one["high"])}
