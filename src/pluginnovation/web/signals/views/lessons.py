"""The rows that a figure rests on, with the import, file and row each came from."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.privacy.grounds import MUNICIPALITY
from pluginnovation.records.store import Store
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Enrolment
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export
from pluginnovation.web.records.ledger import DatabaseLedger

from ..chrome import OPENS_PUPILS, show_source
from ..definitions import definition_of
from ..figures import LESSONS, Figure
from ..models import PupilSnapshot, Run
from ..reading import PupilRow
from ..rule_sets import rules_of
from ..sheets import first_line
from ..words import SHORT_WEEKDAYS, language, short_day
from .asked_day import day_asked, no_picture
from .facts import ASKED, Behind, facts_page
from .pupil import ground_of
from .youth import behind_youth

WEEKEND = {"sv": ("lö", "sö"), "en": ("Sa", "Su")}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows the address asks for."""

    first: date
    last: date
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson on the page; minutes."""

    date: date
    day: str
    clock: str
    activity: str
    offered: int
    reported: bool
    present: int
    excused: int
    unexcused: int
    late: int
    origin: str


@for_roles(*OPENS_PUPILS)
@require_GET
def lessons(request: HttpRequest, code: str) -> HttpResponse:
    """The lessons behind a signal (`?signal=`), of one day (`?datum=`), or of the last 28 days.

    A signal that rests on enrolments or grades has those instead, and so have the meters (`?rader=`): see `facts.py`.
    """
    person, grant = open_pupil_or_404(request, code, page="lessons", in_emergency=True)
    run = show_source(request, person.source)
    if grant.ground.reach == MUNICIPALITY:
        return facts_page(request, store(), behind_youth(request, person, grant, run))
    picture = PupilSnapshot.objects.filter(pupil=code).first()
    figures = PupilRow(person, picture, {}).figures
    named = next((figure for figure in figures if figure.signal == request.GET.get("signal")), None)
    if named and named.has_rows and named.rests_on != LESSONS:
        behind = Behind(person, grant, run, ground_of(person, grant), named.rests_on, named)
        return facts_page(request, store(), behind)
    if (table := ASKED.get(request.GET.get("rader", ""))) is not None:
        return facts_page(request, store(), Behind(person, grant, run, ground_of(person, grant), table))
    asked = _asked(request, run, figures)
    if asked is None:
        return no_picture(request, run, request.GET.get("datum", ""))
    found = _counted(store().lessons_of(grant, asked.first, asked.last), code)
    if asked.figure and asked.figure.activity:
        found = found.filter(pl.col("activity") == asked.figure.activity)
    rows = _rows(found)
    if asked_for(request):
        return export(request, _sheet(request, run, person.name, rows))
    definition = definition_of(asked.figure.signal, rules_of(run)) if asked.figure else None
    page = {
        "person": person,
        "run": run,
        "rows": rows,
        "sums": _sums(rows) if rows else None,
        "first": asked.first,
        "last": asked.last,
        "reason": asked.figure.reason if asked.figure else "",
        "title": definition.title if definition else "",
        "definition": definition.text if definition else "",
        "ground": ground_of(person, grant),
    }
    return render(request, "signals/lessons.html", page)


def _asked(request: HttpRequest, run: Run | None, figures: list[Figure]) -> Asked | None:
    """The period asked for; none when the day lies outside the records.

    Raises  Http404 for a signal that the pupil doesn't have
    """
    name = request.GET.get("signal", "")
    if name:
        figure = next((figure for figure in figures if figure.signal == name and figure.first and figure.last), None)
        if figure is None or figure.first is None or figure.last is None:
            raise Http404
        return Asked(figure.first, figure.last, figure)
    if "datum" in request.GET:
        day = day_asked(request.GET["datum"])
        inside = day and run and run.first_day and run.last_day and run.first_day <= day <= run.last_day
        return Asked(day, day) if day and inside else None
    last = run.as_of if run else today()
    return Asked(last - timedelta(days=rules_of(run).window_days - 1), last)


@cache
def store() -> Store:
    """This process's store: opened by the first who asks, kept until the process ends. Pages only read."""
    return Store.open(Path(settings.PLUG_HOME), DatabaseLedger(), memory="256MB", threads=1)


def _counted(found: pl.DataFrame, pupil: str) -> pl.DataFrame:
    """The rows that signals count: inside an enrolment of the pupil, unless none is known."""
    stays = list(Enrolment.objects.filter(pupil=pupil).values_list("start_date", "end_date"))
    if not stays:
        return found
    inside = [pl.col("date").is_between(start or date.min, end or date.max) for start, end in stays]
    return found.filter(pl.any_horizontal(inside))


def _rows(found: pl.DataFrame) -> list[LessonRow]:
    activities = store().facts().activities
    wanted = activities.filter(activities.activity.isin(found["activity"].unique().to_list()))
    names = dict(store().frame(wanted.select("activity", "display_name")).iter_rows())
    return [_row(row, names) for row in found.iter_rows(named=True)]


def _row(row: dict[str, Any], names: dict[str, str]) -> LessonRow:
    day: date = row["date"]
    hour, minute = divmod(row["start_minute"], 60)
    spoken = language()
    weekday = (*SHORT_WEEKDAYS[spoken], *WEEKEND[spoken])[day.weekday()]
    present = (row["attended"] or 0) + (row["other"] or 0)
    origin = f"{row['import_id']} · {row['file']} · {row['row_no']}"
    return LessonRow(
        day, f"{weekday} {short_day(day)}", f"{hour:02d}.{minute:02d}", names.get(row["activity"], row["activity"]),
        row["offered"], row["is_reported"], present, row["excused"], row["unexcused"], row["late"], origin,
    )  # fmt: skip


def _sums(rows: list[LessonRow]) -> dict[str, int]:
    told = [row for row in rows if row.reported]
    sums = {name: sum(getattr(row, name) for row in told) for name in ("present", "excused", "unexcused", "late")}
    return sums | {
        "lessons": len(rows),
        "reported_lessons": len(told),
        "offered": sum(row.offered for row in rows),
        "reported": sum(row.offered for row in told),
        "absence": sums["excused"] + sums["unexcused"],
    }


def _sheet(request: HttpRequest, run: Run | None, name: str, rows: list[LessonRow]) -> Sheet:
    heads = [
        _("Dag"), _("Klockan"), _("Lektion"), _("Planerat, min"), _("Rapporterad"), _("Närvaro, min"), _("Giltig, min"),
        _("Ogiltig, min"), _("Därav sen, min"), _("Kommer från"),
    ]  # fmt: skip
    cells: list[list[Cell]] = [
        [row.date.isoformat(), row.clock, row.activity, row.offered, _("ja") if row.reported else _("nej"), row.present,
         row.excused, row.unexcused, row.late, row.origin]
        for row in rows
    ]  # fmt: skip
    title = _("Lektionerna")
    return Sheet("lektioner", first_line(request, run, f"{title}, {name}"), heads, cells)
