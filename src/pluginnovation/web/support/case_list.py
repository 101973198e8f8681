"""The list of cases: those at the viewer's schools, of pupils whom the viewer's duty reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pluginnovation.support import case_clocks, case_states
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import TITLES, ActiveDuty
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import pupils_in_reach
from pluginnovation.web.people.searching import asked_name, called
from pluginnovation.web.records.exports import Cell, Sheet
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.sheets import first_line

from .case_reading import days_open, words_of_state
from .models import Case, CaseStep, CaseText, Decision, FollowUp, NextStep
from .owners import staff_of
from .spoken import clock_for, told

OPEN, LATE, CLOSED, ALL = "oppna", "forsenade", "avslutade", "alla"
SHOWN: Final = (OPEN, LATE, CLOSED, ALL)
BY_DAY, BY_NAME, BY_AGE = "datum", "namn", "oppnat"
ORDERS: Final = (BY_DAY, BY_NAME, BY_AGE)
COUNTED: Final = ("pk", "n_goals", "n_measures")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list.

    waits   who must act next, and on what; empty when it is closed
    due     the nearest day that somebody has set
    """

    case: Case
    person: Person
    kind: str
    state: str
    outcome: str
    waits: str
    waits_for: str
    due: date | None
    clock: str
    owner: str
    days: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    kind: str = ""
    shown: str = OPEN
    order: str = BY_DAY


def asked_of(request: HttpRequest) -> Asked:
    """What is asked for; what can't be meant counts as not asked."""
    kind, shown = request.GET.get("slag", ""), request.GET.get("visa", "")
    order = request.GET.get("ordning", "")
    return Asked(
        asked_name(request.GET),
        kind if kind in case_states.KINDS else "",
        shown if shown in SHOWN else OPEN,
        order if order in ORDERS else BY_DAY,
    )


def cases_found(duty: ActiveDuty, asked: Asked) -> QuerySet[Case]:
    """The cases, in the order asked for. Nothing is asked of the database yet."""
    pupils = called(pupils_in_reach(duty, today()), asked.q)
    cases = Case.objects.filter(pupil__in=pupils.values("code"), school__in=duty.units)
    if asked.kind:
        cases = cases.filter(kind=asked.kind)
    if asked.shown in (OPEN, LATE):
        cases = cases.filter(closed_at=None)
    elif asked.shown == CLOSED:
        cases = cases.filter(closed_at__isnull=False)
    cases = cases.annotate(
        next_due=Least(
            _nearest(CaseStep.objects.filter(case=OuterRef("pk"), done_on=None)),
            _nearest(NextStep.objects.filter(case=OuterRef("pk"), done_at=None, taken_back_at=None)),
            _nearest(FollowUp.objects.filter(case=OuterRef("pk"), done_at=None)),
        ),
        sort_key=Subquery(Person.objects.filter(code=OuterRef("pupil")).values("sort_key")[:1]),
    )
    if asked.shown == LATE:
        cases = cases.filter(next_due__lt=today())
    if asked.order == BY_NAME:
        return cases.order_by("sort_key", "pk")
    if asked.order == BY_AGE:
        return cases.order_by("opened_at", "pk")
    return cases.order_by(F("next_due").asc(nulls_last=True), "opened_at", "pk")


def _nearest(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("case").annotate(nearest=Min("due")).values("nearest"))


def rows_of(cases: Sequence[Any]) -> list[CaseRow]:
    """The cases' rows, in their order. Seven queries, however many they are."""
    people = {one.code: one for one in Person.objects.filter(code__in={case.pupil for case in cases})}
    staff = staff_of({case.school for case in cases})
    standing, done = _standing_of([case.pk for case in cases])
    rows = []
    for case in cases:
        after = _next(case, standing[case.pk], done.get(case.pk, {}))
        rows.append(
            CaseRow(
                case, people[case.pupil], **words_of_state(case), waits=told(after.label) if after else "",
                waits_for=str(TITLES[after.role]) if after else "", due=case.next_due,
                clock=clock_for(case.next_due) if case.next_due else "",
                owner=staff.owner(case.owner, case.owner_role),
                days=days_open(case),
            )
        )  # fmt: skip
    return rows


def _next(case: Case, standing: case_states.Standing, done: dict[str, date | None]) -> case_clocks.Next | None:
    steps = [step for step in case_clocks.STEPS if case.kind in step.kinds and step.key in done]
    return case_clocks.next_actor(case.kind, case.state, standing, steps, done)


def _standing_of(cases: list[int]) -> tuple[dict[int, case_states.Standing], dict[int, dict[str, date | None]]]:
    texts: dict[int, set[str]] = {number: set() for number in cases}
    for number, section in CaseText.objects.filter(case__in=cases, beside=False).values_list("case", "section"):
        texts[number].add(section)
    verdicts: dict[int, dict[str, str]] = {number: {} for number in cases}
    decided = Decision.objects.filter(case__in=cases).order_by("number")
    for number, kind, verdict in decided.values_list("case", "kind", "verdict"):
        verdicts[number][kind] = verdict
    counted = Case.objects.filter(pk__in=cases).annotate(
        n_goals=Count("goals", filter=Q(goals__ended_at=None), distinct=True),
        n_measures=Count("measures", filter=~Q(measures__end_reason="mistake"), distinct=True),
    )
    counts = {number: (goals, measures) for number, goals, measures in counted.values_list(*COUNTED)}
    done: dict[int, dict[str, date | None]] = {}
    for number, step, on in CaseStep.objects.filter(case__in=cases).values_list("case", "step", "done_on"):
        done.setdefault(number, {})[step] = on
    standing = {
        number: case_states.Standing(frozenset(texts[number]), counts[number][0], counts[number][1], verdicts[number])
        for number in cases
    }
    return standing, done


def case_sheet(request: HttpRequest, rows: Sequence[CaseRow]) -> Sheet:
    """The list as a file, in the page's order."""
    heads = [
        _("Namn"), _("Ärende"), _("Läge"), _("Väntar på"), _("Vad"), _("Senast"), _("Håller i det"), _("Dagar"),
        _("Utfall"),
    ]  # fmt: skip
    cells: list[list[Cell]] = [
        [row.person.name_by_family, row.kind, row.state, row.waits_for, row.waits,
         row.due.isoformat() if row.due else "", row.owner, row.days, row.outcome]
        for row in rows
    ]  # fmt: skip
    run = show_source(request, rows[0].person.source) if rows else None
    return Sheet("arenden", first_line(request, run, _("Ärenden")), heads, cells, [row.person.code for row in rows])
