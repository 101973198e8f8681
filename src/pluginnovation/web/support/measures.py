"""Measures: begun, given and ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.support import catalogue
from pluginnovation.support.ends import REASONS
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment, User
from pluginnovation.web.people.reach import covering

from . import refused
from .models import Case, Dose, Measure

LONGEST_GOAL: Final = 500
LONGEST_LINE: Final = 120
MOST_TIMES: Final = 400


@dataclass(frozen=True, slots=True)
class Starting:
    """A measure about to begin. What is left out has the catalogue's usual value, or none.

    pupil | group | school   whom it is for; a pupil's and a group's have their school too, where there is one
    method   its key at the hub, or words; fidelity: the points that it is to keep to
    state    one of `Measure.STATES`; empty: running, or planned when it starts later
    """

    kind: str
    starts: date
    pupil: str = ""
    group: str = ""
    school: str = ""
    case: int | None = None
    level: str = ""
    intent: str = ""
    reach: str = ""
    method: str = ""
    fidelity: tuple[str, ...] = ()
    signal: str = ""
    goal: str = ""
    owner: str = ""
    owner_role: str = ""
    planned_end: date | None = None
    planned_dose: int | None = None
    how_often: str = ""
    state: str = ""
    outside_id: str = ""


def start_measure(*, starting: Starting, by: User, at: datetime) -> Measure:
    """Begin a measure, or plan one.

    Raises  Refusal when the kind or an axis isn't in the catalogue, the days or the dose can't be, the pupil isn't at
            the school on the first day, or the case is closed
    """
    kind = _kind_of(starting)
    if starting.planned_end is not None and starting.planned_end < starting.starts:
        raise refused.ends_before()
    if starting.planned_dose is not None and not 1 <= starting.planned_dose <= MOST_TIMES:
        raise refused.number_wrong(1, MOST_TIMES)
    if starting.pupil and starting.school and not _goes_to(starting.pupil, starting.school, starting.starts):
        raise refused.pupil_has_left()
    ahead = starting.starts > localdate(at)
    with recorded("start_measure", by=by, at=at, about=starting.pupil or starting.group or starting.school,
                  kind=kind.key, signal=starting.signal):  # fmt: skip
        if starting.case and Case.objects.filter(pk=starting.case, closed_at__isnull=False).exists():
            raise refused.case_is_closed()
        return Measure.objects.create(
            pupil=starting.pupil, group=starting.group, school=starting.school, case_id=starting.case, kind=kind.key,
            level=starting.level or kind.level, intent=starting.intent or kind.intent,
            reach=starting.reach or kind.reach, method=starting.method,
            fidelity="\n".join(starting.fidelity), signal=starting.signal,
            goal=refused.text_of(starting.goal, longest=LONGEST_GOAL, least=0), owner=starting.owner,
            owner_role=starting.owner_role, starts=starting.starts, planned_end=starting.planned_end,
            planned_dose=starting.planned_dose,
            how_often=refused.text_of(starting.how_often, longest=LONGEST_LINE, least=0),
            state=starting.state or (Measure.PLANNED if ahead else Measure.RUNNING),
            outside_id=starting.outside_id, by=by, at=at,
        )  # fmt: skip


def _kind_of(starting: Starting) -> catalogue.Kind:
    kind = catalogue.BY_KEY.get(starting.kind)
    axes = ((starting.intent, catalogue.INTENTS), (starting.reach, catalogue.REACHES),
            (starting.level, catalogue.LEVELS))  # fmt: skip
    if kind is None or any(word and word not in words for word, words in axes):
        raise refused.not_offered(("Insatsen", "The measure"))
    if starting.state and starting.state not in (Measure.PLANNED, Measure.QUEUED, Measure.RUNNING):
        raise refused.not_offered(("Läget", "The state"))
    return kind


def _goes_to(pupil: str, school: str, day: date) -> bool:
    return Enrolment.objects.filter(covering(day), pupil=pupil, organisation=school).exists()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was given of a measure.

    on      the day, or the last day of the time that is summed up
    times   how often; below nothing takes back an earlier mistake
    """

    on: date
    times: int = 1


def deliver_dose(*, measure: Measure, delivered: Delivered, by: User, at: datetime) -> Dose:
    """Write down that something of the measure was given. A row is added; the planned dose stays as it was.

    Raises  Refusal when the day is ahead or before the beginning, the measure ended before it, or the number can't be
    """
    if delivered.on > localdate(at) or (measure.ended_on is not None and delivered.on > measure.ended_on):
        raise refused.day_ahead()
    if delivered.on < measure.starts:
        raise refused.day_wrong(("Välj en dag när insatsen pågick.", "Choose a day when the measure was going on."))
    if not -MOST_TIMES <= delivered.times <= MOST_TIMES or delivered.times == 0:
        raise refused.number_wrong(1, MOST_TIMES)
    with recorded("deliver_dose", by=by, at=at, about=measure.pupil, measure=measure.pk, times=delivered.times):
        return Dose.objects.create(
            measure=measure, pupil=measure.pupil, on=delivered.on, times=delivered.times, by=by, at=at
        )


@dataclass(frozen=True, slots=True)
class Ending:
    """Why and when a measure ended. `reason` is one of `support.ends.REASONS`."""

    on: date
    reason: str


def end_measure(*, measure: Measure, ending: Ending, by: User, at: datetime) -> Measure:
    """End a measure, once.

    Raises  Refusal when it is ended already, the day can't be, or the reason isn't one to choose
    """
    if ending.reason not in REASONS:
        raise refused.not_offered(("Skälet", "The reason"))
    if ending.on > localdate(at):
        raise refused.day_ahead()
    if ending.on < measure.starts and measure.state == Measure.RUNNING:
        raise refused.ends_before()
    with recorded("end_measure", by=by, at=at, about=measure.pupil, measure=measure.pk, reason=ending.reason):
        open_ones = Measure.objects.filter(pk=measure.pk).exclude(state=Measure.ENDED)
        if not open_ones.update(
            state=Measure.ENDED, ended_on=ending.on, end_reason=ending.reason, ended_by=by, ended_at=at
        ):
            raise refused.already_done()
    measure.refresh_from_db()
    return measure


def begin_planned(*, measure: Measure, by: User, at: datetime) -> Measure:
    """Let a planned measure run, or one that waited for a place; it starts today.

    Raises  Refusal when it runs or is ended already
    """
    with recorded("begin_planned", by=by, at=at, about=measure.pupil, measure=measure.pk):
        waiting = Measure.objects.filter(pk=measure.pk, state__in=(Measure.PLANNED, Measure.QUEUED))
        if not waiting.update(state=Measure.RUNNING, starts=localdate(at)):
            raise refused.already_done()
    measure.refresh_from_db()
    return measure
