"""What is done, on the pages of pupil and class: the next step, the support in place, and lines of the timeline."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import Grant
from pluginnovation.privacy.secrecy import IN_CASES
from pluginnovation.support import case_states
from pluginnovation.support.my_day import PASSED, TODAY, clock_of
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import at_the_pupils_school, of_todays_school
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS
from pluginnovation.web.signals.history import PLANNED, Event
from pluginnovation.web.signals.panels import BESIDE, FIRST, Beside, Line, Panel
from pluginnovation.web.signals.words import language, moment, short_day

from .measure_words import kind_word
from .meeting_words import DECIDED
from .mine import open_steps
from .models import Case, FollowUp, Measure, MeetingDecision, NextStep
from .owners import staff_of

MOST: Final = 12
AHEAD: Final = timedelta(days=120)
STANDING: Final = (Measure.RUNNING, Measure.PLANNED, Measure.QUEUED)


def next_step(request: HttpRequest, person: Person, grant: Grant) -> Panel | None:
    """The nearest promise: what, who, latest when and what then; with one button. Four queries."""
    if grant.ground.role not in SEES_PUPILS or grant.ground.reach == EMERGENCY:
        return None
    steps = list(open_steps().filter(of_todays_school(), pupil=person.code).order_by("due", "pk")[:MOST])
    step = steps[0] if steps else None
    me = user_of(request).person_id or ""
    mine = step is not None and (step.owner == me or (not step.owner and step.owner_role == grant.ground.role))
    owner = staff_of([step.school]).owner(step.owner, step.owner_role) if step else ""
    clock = clock_of(step.due, today()) if step else ""
    told = {"person": person, "step": step, "more": len(steps) - 1, "owner": owner, "mine": mine, "clock": clock}
    return Panel(FIRST, "support/parts/panel_step.html", told | {"glows": clock in (PASSED, TODAY)})


def support_in_place(_request: HttpRequest, person: Person, grant: Grant) -> Panel | None:
    """The measures that run or wait, with what was planned and given; and the open cases. Three queries."""
    if grant.ground.role not in SEES_PUPILS or grant.ground.reach == EMERGENCY:
        return None
    standing = Measure.objects.filter(of_todays_school(), pupil=person.code, state__in=STANDING)
    measures = standing.annotate(given=Sum("doses__times"))
    in_cases = grant.ground.role in IN_CASES
    here = Case.objects.filter(at_the_pupils_school(), pupil=person.code, closed_at=None)
    cases = here.order_by("-opened_at") if in_cases else ()
    told = {
        "person": person,
        "measures": [(row, kind_word(row.kind)) for row in measures.order_by("-starts", "pk")[:MOST]],
        "cases": [(row, _kind_of_case(row)) for row in cases],
        "in_cases": in_cases,
    }
    return Panel(BESIDE, "support/parts/panel_support.html", told)


def lines(grant: Grant) -> Iterable[Line]:
    """Measures, cases, promises and decisions of meetings in the pupil's timeline. Five queries."""
    if grant.ground.role not in SEES_PUPILS or grant.ground.reach == EMERGENCY:
        return []
    return [*_measures(grant), *_cases(grant), *_steps(grant), *_decisions(grant), *_follow_ups(grant)]


def _measures(grant: Grant) -> Iterator[Line]:
    rows = Measure.objects.filter(of_todays_school(), pupil=grant.pupil).select_related("by")
    for row in rows.order_by("-starts")[:MOST]:
        name = kind_word(row.kind)
        yield _line(row.starts, "did", name, row.goal or _("Insatsen börjar."), _by(row.by.name, row.at))
        if row.ended_on is not None:
            yield _line(row.ended_on, "did", name, _("Insatsen är avslutad."))


def _cases(grant: Grant) -> Iterator[Line]:
    if grant.ground.role not in IN_CASES:
        return
    here = Case.objects.filter(at_the_pupils_school(), pupil=grant.pupil)
    for row in here.select_related("by").order_by("-opened_at")[:MOST]:
        name = _kind_of_case(row)
        yield _line(_day(row.opened_at), "did", name, _("Ärendet öppnades."), _by(row.by.name, row.opened_at))
        if row.closed_at is not None:
            yield _line(_day(row.closed_at), "did", name, _("Ärendet avslutades."))


def _steps(grant: Grant) -> Iterator[Line]:
    rows = NextStep.objects.filter(of_todays_school(), pupil=grant.pupil, taken_back_at=None).select_related("done_by")
    for row in rows.order_by("-at")[: 2 * MOST]:
        if row.done_at is not None:
            by = _by(row.done_by.name if row.done_by else "", row.done_at)
            yield _line(_day(row.done_at), "did", row.what.rstrip("."), _("Klart."), by)
        elif row.due is not None and row.due >= today():
            yield _line(row.due, PLANNED, f"{row.what.rstrip('.')}.", row.then)


def _decisions(grant: Grant) -> Iterator[Line]:
    rows = MeetingDecision.objects.filter(of_todays_school(), pupil=grant.pupil).select_related("by")
    for row in rows.order_by("-at")[:MOST]:
        what = _("Elevhälsomöte: %(what)s") % {"what": str(DECIDED[row.what]).lower()}
        yield _line(_day(row.at), "did", what, row.text.splitlines()[0] if row.text else "", _by(row.by.name, row.at))


def _follow_ups(grant: Grant) -> Iterator[Line]:
    ahead = FollowUp.objects.filter(pupil=grant.pupil, done_at=None, due__range=(today(), today() + AHEAD))
    rows = ahead.filter(of_todays_school())
    for row in rows.order_by("due")[:MOST]:
        yield _line(row.due, PLANNED, _("Uppföljning."), "")


def _line(day: date, kind: str, what: str, detail: str, by: str = "") -> Line:
    planned = PLANNED if day > today() else kind
    return (day, 0.0), Event(day, planned, what, detail, by)


def _by(name: str, at: datetime) -> str:
    return f"{name}, {moment(at, today())}" if name else ""


def _day(at: datetime) -> date:
    return localtime(at).date()


def _kind_of_case(row: Case) -> str:
    words = case_states.KINDS[row.kind]
    return words[language() == "en"]


def beside(pupils: Sequence[str]) -> Mapping[str, Beside]:
    """What adults do for each pupil of a list. Five queries, however many they are."""
    codes = list(pupils)
    measures: dict[str, Measure] = {}
    running = Measure.objects.filter(of_todays_school(), pupil__in=codes, state=Measure.RUNNING)
    for row in running.order_by("starts", "pk"):
        measures[row.pupil] = row
    here = Case.objects.filter(at_the_pupils_school(), pupil__in=codes, closed_at=None)
    cases = set(here.values_list("pupil", flat=True))
    steps: dict[str, NextStep] = {}
    for step in open_steps().filter(of_todays_school(), pupil__in=codes).order_by("due", "pk"):
        steps.setdefault(step.pupil, step)
    staff = staff_of({step.school for step in steps.values()})
    found = {}
    for code in {*measures, *cases, *steps}:
        step_, measure = steps.get(code), measures.get(code)
        found[code] = Beside(
            supported=measure is not None or code in cases,
            says=_says(measure, open_case=code in cases),
            step=step_.what.rstrip(".") if step_ else "",
            who=staff.owner(step_.owner, step_.owner_role) if step_ else "",
            due=step_.due if step_ else None,
            clock=clock_of(step_.due, today()) if step_ else "",
        )
    return found


def _says(measure: Measure | None, *, open_case: bool) -> str:
    if measure is not None:
        words = {"measure": kind_word(measure.kind), "day": short_day(measure.starts)}
        return _("%(measure)s sedan %(day)s.") % words
    return _("Ett ärende är öppet.") if open_case else ""
