"""How long the signals of a school's pupils have waited: what is stored, as the arithmetic takes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from django.db.models import Min, Q
from django.utils.timezone import localtime

from pluginnovation.support.delay import Around, is_late, reason_for_delay, school_days_between
from pluginnovation.support.time_to_action import (
    CASE,
    MEASURE,
    Act,
    Change,
    Spell,
    Wait,
    since_coming,
    spells,
    waits,
)
from pluginnovation.web.people.models import Duty, Enrolment
from pluginnovation.web.signals.models import Answer, SignalChange

from .leavers import NOBODY, Left
from .models import Case, Measure, QueuePlace
from .said import answers_standing, rests_on

# In place of a class, for those who have left.
GONE: Final = "-"


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait, with what the page says beside it.

    group    the code of the pupil's class; empty: none today; GONE: the pupil has left, and nobody is told who it was
    reason   why it took long, one of `support.delay.REASONS`; empty when it didn't
    """

    wait: Wait
    group: str
    reason: str

    @property
    def pupil(self) -> str:
        """Whom it is about."""
        return self.wait.spell.need[0]

    @property
    def rests_on(self) -> str:
        """What the signals rest on."""
        return self.wait.spell.need[1]


def waited(groups: Mapping[str, str], first: date, as_of: date, left: Left = NOBODY, school: str = "") -> list[Waited]:
    """The waits of pupils that began from a day on, in order of beginning. Seven queries, however many pupils.

    Takes   groups   a pupil's code -> the code of the pupil's class, empty for none
            as_of    the last day that is known about
            left     those who have left the school
            school   whose waits they are: what another has done isn't its, nor the time before a pupil came. Empty: any
    """
    came = _came(groups, school) if school else {}
    spelled = (*since_coming(spells_of(groups, as_of), came), *spells(left.changes))
    acts = chain(acts_of(groups, school), left.acts)
    found = [one for one in waits(spelled, acts, as_of=as_of, left=left.last) if one.spell.began >= first]
    every = {**groups, **dict.fromkeys(left.last, GONE)}
    around = _Around(every)
    told = [Waited(wait, every[wait.spell.need[0]], around.reason(wait)) for wait in found]
    return sorted(told, key=lambda one: (one.wait.spell.began, one.wait.spell.need))


def spells_of(pupils: Iterable[str], as_of: date) -> tuple[Spell, ...]:
    """The spells of pupils, from every change of their signals."""
    rows = SignalChange.objects.filter(pupil__in=list(pupils), as_of__lte=as_of)
    return spells(
        Change((pupil, rests_on(signal)), signal, day, before, after)
        for pupil, signal, day, before, after in rows.values_list("pupil", "signal", "as_of", "before", "after")
    )


def _came(pupils: Iterable[str], school: str) -> dict[str, date]:
    """A pupil -> the first day at the school, where it is known."""
    stays = Enrolment.objects.filter(pupil__in=list(pupils), organisation=school).exclude(start_date=None)
    return dict(stays.values_list("pupil").annotate(came=Min("start_date")))


def acts_of(pupils: Iterable[str], school: str = "") -> Iterator[Act]:
    """What was said and done about pupils: answers that stand, measures that have begun, and cases.

    Takes   school   only what is its, or no school's; empty: whoever did it
    """
    codes, whose = list(pupils), Q(school__in=("", school)) if school else Q()
    yield from _answers(codes, whose)
    begun = Measure.objects.filter(whose, pupil__in=codes, state__in=(Measure.RUNNING, Measure.ENDED))
    for pupil, signal, starts in begun.values_list("pupil", "signal", "starts"):
        yield Act(pupil, rests_on(signal) if signal else "", starts, MEASURE)
    for pupil, at in Case.objects.filter(whose, pupil__in=codes).values_list("pupil", "opened_at"):
        yield Act(pupil, "", localtime(at).date(), CASE)


def _answers(codes: Sequence[str], whose: Q) -> Iterator[Act]:
    rows = Answer.objects.filter(whose, pupil__in=codes).order_by("pupil", "signal", "at", "id")
    yield from answers_standing(rows.values_list("pupil", "signal", "what", "at"))


class _Around:
    """What was the matter around waits; asked once for all of them."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self.groups = groups
        held = Duty.objects.filter(group__in=set(groups.values()) - {"", GONE}, role="mentor")
        self.mentors: dict[str, list[tuple[date | None, date | None]]] = {}
        for group, start, end in held.values_list("group", "start_date", "end_date"):
            self.mentors.setdefault(group, []).append((start, end))
        self.queued: dict[str, date] = {}
        for pupil, at in QueuePlace.objects.filter(pupil__in=list(groups)).values_list("pupil", "at").order_by("-at"):
            self.queued[pupil] = localtime(at).date()

    def reason(self, wait: Wait) -> str:
        """Why it took long; empty when it didn't."""
        if not is_late(wait):
            return ""
        pupil, began = wait.spell.need[0], wait.spell.began
        until = began + timedelta(days=wait.days)
        group = self.groups[pupil]
        periods = self.mentors.get(group, [])
        mentored = any((start is None or start <= began) and (end is None or end >= began) for start, end in periods)
        in_queue = pupil in self.queued and self.queued[pupil] <= until
        around = Around(mentored if group not in ("", GONE) else None, in_queue, school_days_between(began, until))
        return reason_for_delay(wait, around)
