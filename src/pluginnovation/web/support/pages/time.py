"""I tid: how long does a need wait for an adult, and what is overdue?"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pluginnovation.support.delay import HOLIDAY, IN_QUEUE, NO_MENTOR, ONLY_SEEN, UNANSWERED
from pluginnovation.support.workload import Load
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation, Person
from pluginnovation.web.people.reach import schools_in_reach
from pluginnovation.web.people.rights.asker import duty_of
from pluginnovation.web.records.exports import Cell, Sheet, asked_for, export
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.figures import ENROLMENTS, GRADES, LESSONS
from pluginnovation.web.signals.models import Run
from pluginnovation.web.signals.sheets import first_line
from pluginnovation.web.signals.words import decimal

from ..overdue import late_dates
from ..time_drawing import BOX, curve
from ..time_told import EVERYTHING, TERM, YEAR, SchoolTime, school_time, whole_percent
from ..waited import Waited

PER_PAGE: Final = 40


@for_roles("principal")
@require_GET
def time_page(request: HttpRequest) -> HttpResponse:
    """The time from signal to action at the principal's school, or at the one that is chosen."""
    duty = duty_of(request)
    schools = list(schools_in_reach(duty).order_by("sort_key", "code"))
    school = _chosen(request, schools)
    if school is None:
        return render(request, "support/time_nothing.html", {})
    run = show_source(request, school.source)
    period = request.GET.get("period", TERM)
    period = period if period in (TERM, YEAR, EVERYTHING) else TERM
    if run is None:
        return render(request, "support/time_nothing.html", {"school": school})
    told = school_time(duty, school, period, run.as_of)
    if asked_for(request):
        return export(request, _sheet(told, first_line(request, run, f"{_('I tid')}, {school.display_name}")))
    page = Paginator(told.overdue, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "told": told,
        "schools": schools,
        "period": period,
        "periods": _periods(),
        "box": BOX,
        "curve": curve(told.steps),
        "shown": page,
        "overdue": _overdue(page),
        "reasons": [(reason_words()[reason], count) for reason, count in told.reasons],
        "loads": [_load_row(load) for load in told.loads],
        "whole": _load_row(told.whole),
        "dates": late_dates(duty, school),
        "first_run": _first_run(school, told),
    }
    return render(request, "support/time.html", context)


def _chosen(request: HttpRequest, schools: list[Organisation]) -> Organisation | None:
    asked = request.GET.get("skola", "")
    return next((school for school in schools if school.code == asked), schools[0] if schools else None)


def _first_run(school: Organisation, told: SchoolTime) -> date | None:
    """The first day that signals were computed, when the period goes back beyond it: some stood before that."""
    first = Run.objects.filter(source=school.source).aggregate(first=Min("as_of"))["first"]
    return first if first is not None and told.first <= first else None


def _periods() -> list[tuple[str, str]]:
    return [(TERM, _("Den här terminen")), (YEAR, _("Det här läsåret")), (EVERYTHING, _("Hela tiden"))]


def reason_words() -> dict[str, str]:
    """Why something took long, in words."""
    return {
        NO_MENTOR: _("Ingen var mentor för eleven när signalen kom"),
        IN_QUEUE: _("En insats väntade på plats"),
        ONLY_SEEN: _("Någon hade sett signalen, men inget gjordes"),
        HOLIDAY: _("Lov större delen av tiden"),
        UNANSWERED: _("Ingen svarade"),
    }


def need_words() -> dict[str, str]:
    """What a need rests on, in words."""
    return {LESSONS: _("Närvaro"), GRADES: _("Betyg"), ENROLMENTS: _("Inskrivningar")}


def _overdue(waits: Iterable[Waited]) -> list[dict[str, Any]]:
    rows = list(waits)
    people = Person.objects.in_bulk([row.pupil for row in rows])
    words, reasons = need_words(), reason_words()
    return [
        {
            "person": people[row.pupil],
            "need": words.get(row.rests_on, row.rests_on),
            "began": row.wait.spell.began,
            "days": row.wait.days,
            "reason": reasons.get(row.reason, ""),
        }
        for row in rows
        if row.pupil in people
    ]


def _load_row(load: Load) -> dict[str, Any]:
    pace = load.per_mentor_and_week
    return {
        "load": load,
        "pace": decimal(float(pace)) if pace is not None else "",
        "acted": whole_percent(load.share_acted),
        "wrong": whole_percent(load.share_wrong),
    }


def _sheet(told: SchoolTime, first: str) -> Sheet:
    heads = [
        _("Klass"), _("Mentorer"), _("Signaler"), _("Fick en åtgärd"), _("Bedömda som fel"), _("Upphörde utan åtgärd"),
        _("Eleven slutade"), _("Väntar"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            load.name or _("Ingen klass"),
            load.mentors,
            load.signals,
            load.acted,
            load.wrong,
            load.passed,
            load.left,
            load.waiting,
        ]
        for load in told.loads
    ]
    return Sheet("i-tid", first, heads, rows)
