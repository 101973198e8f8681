"""The rows behind a signal or a meter that rests on no lessons, with where each came from."""

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
from ..rule_sets import rules_of
from ..sheets import first_line


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose rows are asked for, by whom the door let in.

    table    which rows: enrolments, grades or study_plans
    figure   the signal that they are behind; none for a meter, which rests on all of them
    """

    person: Person
    grant: Grant
    run: Run | None
    ground: str
    table: str
    figure: Figure | None = None


def facts_page(request: HttpRequest, store: Store, behind: Behind) -> HttpResponse:
    """The page, or the same rows as a file."""
    figure, definition = behind.figure, None
    first, last = date.min, behind.run.as_of if behind.run else date.max
    if figure is not None:
        first, last = figure.first or date.min, figure.last or date.max
        definition = definition_of(figure.signal, rules_of(behind.run))
    found = store.rows_of(behind.grant, behind.table, first, last)
    title, heads, cells = _TOLD[behind.table](found, store)
    spare = SPARE[behind.table]
    if asked_for(request):
        line = first_line(request, behind.run, f"{title}, {behind.person.name}")
        return export(request, Sheet(behind.table, line, heads, cells))
    page = {
        "person": behind.person,
        "run": behind.run,
        "what": title,
        "heads": [(head, place in spare) for place, head in enumerate(heads)],
        "rows": [[(cell, place in spare) for place, cell in enumerate(row)] for row in cells],
        "reason": figure.reason if figure else "",
        "title": definition.title if definition else "",
        "definition": definition.text if definition else "",
        "ground": behind.ground,
    }
    return render(request, "signals/facts.html", page)


STUDY_PLANS = "study_plans"
# What a meter's rows are called in an address.
ASKED = {"betyg": GRADES, "studieplan": STUDY_PLANS, "inskrivningar": ENROLMENTS}
Told = tuple[str, list[str], list[list[Cell]]]
# The columns that a phone has no room for.
SPARE = {ENROLMENTS: {1, 2, 3, 6}, GRADES: {4, 5}, STUDY_PLANS: {1, 4, 5}}


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


def _plans(found: pl.DataFrame, _store: Store) -> Told:
    heads = [_("Kurs"), _("Ämne"), _("Poäng"), _("Termin"), _("Ingår"), _("Kommer från")]
    said = {True: _("ja"), False: _("bortvald"), None: ""}
    cells: list[list[Cell]] = [
        [row["course"], row["subject"] or "", row["points"], row["planned_semester"] or "", said[row["required"]],
         _origin(row)]
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    return _("Studieplanen"), heads, cells


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _origin(row: Mapping[str, Any]) -> str:
    return f"{row['import_id']} · {row['file']} · {row['row_no']}"


_TOLD: dict[str, Callable[[pl.DataFrame, Store], Told]] = {
    ENROLMENTS: _enrolments,
    GRADES: _grades,
    STUDY_PLANS: _plans,
}
