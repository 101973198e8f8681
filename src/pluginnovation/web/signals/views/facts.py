"""The rows behind a signal that rests on no lessons: enrolments or grades, with where each came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pluginnovation.privacy.grounds import Grant
from pluginnovation.records.store import Store
from pluginnovation.web.people.models import Person
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export

from ..definitions import definition_of
from ..figures import ENROLMENTS, GRADES, Figure
from ..models import Run
from ..sheets import first_line


@dataclass(frozen=True, slots=True)
class Behind:
    """A signal whose rows are asked for, by whom the door let in."""

    person: Person
    grant: Grant
    run: Run | None
    figure: Figure
    ground: str


def facts_page(request: HttpRequest, store: Store, behind: Behind) -> HttpResponse:
    """The page, or the same rows as a file."""
    figure = behind.figure
    first, last = figure.first or date.min, figure.last or date.max
    found = store.rows_of(behind.grant, figure.rests_on, first, last)
    title, heads, cells = _TOLD[figure.rests_on](found, store)
    spare = SPARE[figure.rests_on]
    if asked_for(request):
        line = first_line(request, behind.run, f"{title}, {behind.person.name}")
        return export(request, Sheet(figure.rests_on, line, heads, cells))
    definition = definition_of(figure.signal)
    page = {
        "person": behind.person,
        "run": behind.run,
        "what": title,
        "heads": [(head, place in spare) for place, head in enumerate(heads)],
        "rows": [[(cell, place in spare) for place, cell in enumerate(row)] for row in cells],
        "reason": figure.reason,
        "title": definition.title,
        "definition": definition.text,
        "ground": behind.ground,
    }
    return render(request, "signals/facts.html", page)


Told = tuple[str, list[str], list[list[Cell]]]
# The columns that a phone has no room for.
SPARE = {ENROLMENTS: {1, 2, 3, 6}, GRADES: {4, 5}}


def _enrolments(found: pl.DataFrame, store: Store) -> Told:
    heads = [_("Skolenhet"), _("Skolform"), _("Årskurs"), _("Program"), _("Från"), _("Till"), _("Kommer från")]
    units = store.facts().organisations
    wanted = units.filter(units.organisation.isin(found["organisation"].unique().to_list()))
    names = dict(store.frame(wanted.select("organisation", "display_name")).iter_rows())
    cells: list[list[Cell]] = [
        [names.get(row["organisation"], row["organisation"]), row["school_type"], row["school_year"],
         row["programme"] or "", row["start_date"].isoformat(), _day(row["end_date"]), _origin(row)]
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    return _("Inskrivningarna"), heads, cells


def _grades(found: pl.DataFrame, _store: Store) -> Told:
    heads = [_("Dag"), _("Ämne"), _("Kurs"), _("Betyg"), _("Termin"), _("Kommer från")]
    cells: list[list[Cell]] = [
        [_day(row["registered_date"]), row["subject"], row["course"] or "", row["grade"],
         " ".join(str(part) for part in (row["semester"], row["year"]) if part), _origin(row)]
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    return _("Betygen"), heads, cells


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _origin(row: Mapping[str, Any]) -> str:
    return f"{row['import_id']} · {row['file']} · {row['row_no']}"


_TOLD: dict[str, Callable[[pl.DataFrame, Store], Told]] = {ENROLMENTS: _enrolments, GRADES: _grades}
