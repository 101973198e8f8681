"""The record of processing, generated from the field classification, and the template of an impact assessment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.privacy.fields import ERASE, KEEP, NEVER_EXPORT
from pluginnovation.privacy.processing import Entry, record_of_processing
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export

from .disposal_pages import DECIDES
from .retaining import months_now
from .visit_pages import OFFICER, first_line
from .words import here


@for_roles(OFFICER, DECIDES)
@require_GET
def processing_page(request: HttpRequest) -> HttpResponse:
    """What is processed, why, on which legal basis, for how long and for whom."""
    rows = [_row(entry) for entry in record_of_processing()]
    if asked_for(request):
        return export(request, _sheet(request, rows))
    fields = sum(row["keep"] + row["erase"] + row["never"] for row in rows)
    return render(request, "protection/processing.html", {"rows": rows, "fields": fields, "export": True})


def _row(entry: Entry) -> dict[str, Any]:
    category = entry.category
    months = months_now(today()).get(category.retention)
    if months is not None:
        rule = _("%(months)s månader, sedan gallras det") % {"months": months}
        kept = ". ".join(text for text in (rule, here(category.kept)) if text)
    else:
        kept = here(category.kept) or _("Bevaras tills myndigheten beslutar annat")
    return {
        "name": category.name,
        "title": here(category.title),
        "about": here(category.about),
        "purpose": here(category.purpose),
        "basis": here(category.basis),
        "recipients": here(category.recipients),
        "kept": kept,
        "keep": entry.count(KEEP),
        "erase": entry.count(ERASE),
        "never": entry.count(NEVER_EXPORT),
        "tables": [
            (table, kinds[ERASE] + kinds[NEVER_EXPORT], kinds[KEEP]) for table, kinds in entry.fields.items()
        ],
    }  # fmt: skip


def _sheet(request: HttpRequest, rows: list[dict[str, Any]]) -> Sheet:
    heads = (
        _("Behandling"), _("Vilka"), _("Ändamål"), _("Rättslig grund"), _("Hur länge"), _("Mottagare"), _("Tabell"),
        _("Personuppgifter"), _("Övriga fält"),
    )  # fmt: skip
    cells: list[list[Cell]] = [
        [row["title"], row["about"], row["purpose"], row["basis"], row["kept"], row["recipients"], table,
         ", ".join(personal), ", ".join(others)]
        for row in rows
        for table, personal, others in row["tables"]
    ]  # fmt: skip
    return Sheet("behandlingar", first_line(request, _("Register över behandlingar")), heads, cells)


@for_roles(OFFICER, DECIDES)
@require_GET
def assessment_page(request: HttpRequest) -> HttpResponse:
    """The template of an impact assessment: what the platform can answer is filled in, the rest is asked."""
    return render(request, "protection/assessment.html", {"rows": [_row(entry) for entry in record_of_processing()]})
