"""What has been read in, what was not taken, and how fresh it is: the administrator's pages."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.web.people.duties import for_roles

from .account import Wanted, broken_rules, freshness, imports, line_of, lines_of, turned_away_rows
from .exports import Sheet, asked_for, export
from .job_line import working
from .models import Import
from .words import limits_told, reason_to_hold, resource_word, rule_text, status_words, what_to_do

PAGE = 25
MOST_IN_A_FILE = 10_000
MOST_ROWS = 200_000
LONGEST = 500


@require_GET
@for_roles("administrator")
def imports_page(request: HttpRequest) -> HttpResponse:
    """Every source with its freshness, and the imports, newest first."""
    words = status_words()
    wanted = _wanted(request, words)
    found = imports(wanted)
    if asked_for(request):
        return export(request, _sheet_of_imports(found[:MOST_IN_A_FILE], words))
    shown = Paginator(found, PAGE).get_page(request.GET.get("sida"))
    sources = freshness()
    context = {
        "sources": sources,
        "held": sum(one.held for one in sources),
        "newest": max((one.last for one in sources), key=lambda one: one.id, default=None),
        "shown": shown,
        "rows": [(one, line_of(one), words.get(one.status, one.status)) for one in shown],
        "working": working(),
        "kalla": wanted.source,
        "status": wanted.status,
        "q": wanted.text,
        "fran": wanted.since,
        "till": wanted.until,
        "statuses": words,
        "export": True,
    }
    return render(request, "records/imports.html", context)


def _wanted(request: HttpRequest, words: dict[str, str]) -> Wanted:
    def said(name: str) -> str:
        return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]

    status = said("status")
    return Wanted(said("kalla"), status if status in words else "", said("q"), _day(said("fran")), _day(said("till")))


def _day(text: str) -> date | None:
    """The day; none for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@for_roles("administrator")
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """One import: counts per resource, and what was turned away, by rule and file. The exported list has every row."""
    found = get_object_or_404(Import, pk=number)
    if asked_for(request):
        return export(request, sheet_of_rows(f"inlasning-{found.id}", _first_line(found), turned_away_rows(found)))
    context = {
        "found": found,
        "total": line_of(found),
        "because": [reason_to_hold(code, found.limits) for code in found.because],
        "limits": limits_told(found.limits),
        "lines": [(resource_word(line.name), line) for line in lines_of(found)],
        "broken": [(resource_word(one.resource), rule_text(one.rule), one) for one in broken_rules(found)],
        "status": status_words().get(found.status, found.status),
        "export": True,
    }
    return render(request, "records/import.html", context)


def sheet_of_rows(name: str, first: str, found: QuerySet[Any]) -> Sheet:
    """Rows that were set aside, to hand back to the sender: where each stands, what is wrong, and what to do."""
    heads = (_("Resurs"), _("Fil"), _("Rad"), _("Kolumn"), _("Regel"), _("Gör så här"))
    rows = [
        (resource_word(one.resource), one.file, one.line, one.column or _("hela raden"), rule_text(one.rule),
         what_to_do(one.rule))
        for one in found[:MOST_ROWS]
    ]  # fmt: skip
    return Sheet(name, _said_if_cut(first, len(rows), MOST_ROWS), heads, rows)


def _said_if_cut(first: str, rows: int, most: int) -> str:
    """The file's first line: a list that ends because it is full looks whole unless it says so."""
    cut = _("Här är de %(rows)s första raderna. Det kan finnas fler.") % {"rows": most}
    return first if rows < most else f"{first} {cut}"


def _sheet_of_imports(found: object, words: dict[str, str]) -> Sheet:
    heads = (
        _("Nummer"), _("Källa"), _("Klar"), _("Status"), _("Lästa"), _("Nya"), _("Ändrade"), _("Avslutade"),
        _("Inte mottagna"), _("Skyddade, avvisade"), _("Påhittad"),
    )  # fmt: skip
    rows, made_up = [], False
    for one in found:  # type: ignore[attr-defined]
        line = line_of(one)
        made_up = made_up or one.simulated
        rows.append(
            (one.id, one.source, f"{localtime(one.finished_at):%Y-%m-%d %H:%M}", words.get(one.status, one.status),
             line.read, line.new, line.changed, line.ended, line.turned_away, line.refused_protected,
             _("ja") if one.simulated else _("nej"))
        )  # fmt: skip
    first = _("Inläsningar.") + (f" {_('Påhittade uppgifter.')}" if made_up else "")
    return Sheet("inlasningar", _said_if_cut(first, len(rows), MOST_IN_A_FILE), heads, rows)


def _first_line(found: Import) -> str:
    about = _("Inläsning %(number)s från %(source)s.") % {"number": found.id, "source": found.source}
    return f"{about} {_('Påhittade uppgifter.')}" if found.simulated else about
