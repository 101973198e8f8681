"""How long a need waited for an adult: from the first signal of a spell to the first real action.

A need is a pupil and what the signals rest on (lessons, grades or enrolments): several signals from the same records
are one thing that somebody has to do something about. A spell of a need lasts as long as any of its signals stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from .kaplan_meier import Watched

# What counts as done, by the one who did it. That somebody has seen a signal, or wrote a note, doesn't: lists were
# emptied with notes where notes counted (Student Insights, issue 1655).
TALKED, ADAPTED, GUARDIAN, PUPIL_HEALTH = "talked", "adapted", "guardian", "pupil_health"
MEASURE, CASE, DECISION = "measure", "case", "decision"
REAL_ACTIONS: Final = (TALKED, ADAPTED, GUARDIAN, PUPIL_HEALTH, MEASURE, CASE, DECISION)
# What ends the wait without being an action, and what changes nothing.
WRONG, SEEN = "wrong", "seen"

# How a wait came out. In the curve only ACTED is an event; the others are watched for as long as they lasted.
ACTED, JUDGED_WRONG, PASSED, LEFT, WAITS = "acted", "judged_wrong", "passed", "left", "waits"
OUTCOMES: Final = (ACTED, JUDGED_WRONG, PASSED, LEFT, WAITS)

# Ours: two weeks are two meetings of most teams. Nothing is decided by it; it says which waits the page lists.
OVERDUE_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Change:
    """A signal began, changed level or ended.

    need           the pupil and what the signal rests on, as the caller writes it
    before, after  levels; 0 is not raised, None unknown. Unknown is not raised: nobody is asked to answer it
    """

    need: tuple[str, str]
    signal: str
    on: date
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which at least one signal of a need stood.

    began   the day of the run in which the first signal was raised
    ended   the day of the first run in which none stood any more; none while one stands
    """

    need: tuple[str, str]
    began: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Act:
    """Something an adult did about a pupil.

    rests_on  which need it was about; empty: about the pupil, and so about every need
    what      one of REAL_ACTIONS, WRONG or SEEN
    """

    pupil: str
    rests_on: str
    on: date
    what: str


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a spell waited.

    days     whole days from the first signal to what ended the wait, to the pupil's last day, or to the last day that
             is known about
    outcome  one of OUTCOMES
    what     the first real action; empty when there was none
    seen     somebody had said that the signal was seen before the wait ended, and nothing more
    """

    spell: Spell
    days: int
    outcome: str
    what: str
    seen: bool

    @property
    def watched(self) -> Watched:
        """As the curve takes it: unanswered is not left out, but watched for as long as it lasted."""
        return Watched(self.days, self.outcome == ACTED)

    @property
    def overdue(self) -> bool:
        """Whether somebody still waits, for longer than two weeks."""
        return self.outcome == WAITS and self.days > OVERDUE_DAYS


def spells(changes: Iterable[Change]) -> tuple[Spell, ...]:
    """The spells of every need, in order of need and beginning.

    Takes   changes   each signal's changes, in any order; a signal without an earlier change was not raised
    Raises  nothing
    """
    ordered = sorted(changes, key=lambda one: (one.need, one.on, one.signal))
    found: list[Spell] = []
    for need, of_need in groupby(ordered, key=lambda one: one.need):
        standing: set[str] = set()
        began: date | None = None
        for day, of_day in groupby(of_need, key=lambda one: one.on):
            for one in of_day:
                (standing.add if (one.after or 0) > 0 else standing.discard)(one.signal)
            if standing and began is None:
                began = day
            elif not standing and began is not None:
                found.append(Spell(need, began, day))
                began = None
        if began is not None:
            found.append(Spell(need, began, None))
    return tuple(found)


def since_coming(found: Iterable[Spell], came: Mapping[str, date]) -> tuple[Spell, ...]:
    """The spells as the school meets them: one that stood when the pupil came begins on that day.

    One that had ended by then was never the school's, and is left out.

    Takes   came   a pupil -> the first day at the school; who isn't there has been there all the time
    """
    return tuple(
        replace(one, began=max(one.began, day)) if day is not None else one
        for one in found
        for day in (came.get(one.need[0]),)
        if day is None or one.ended is None or one.ended > day
    )


def waits(
    found: Iterable[Spell], acts: Iterable[Act], *, as_of: date, left: Mapping[str, date] | None = None
) -> tuple[Wait, ...]:
    """How long each spell waited, in the order of the spells.

    Takes   acts    in any order; those of before a spell are not about it, nor those after its signals had passed
            as_of   the last day that is known about
            left    a pupil who has left the school -> her last day there. Whom nobody had answered by then isn't left
                    out, but watched for as long as she was there
    Gives   one per spell that had begun by then
    Raises  nothing
    """
    last_days = {pupil: day for pupil, day in (left or {}).items() if day < as_of}
    by_pupil: dict[str, list[Act]] = {}
    for act in sorted(acts, key=lambda one: one.on):
        by_pupil.setdefault(act.pupil, []).append(act)
    known = ((one, last_days.get(one.need[0], as_of)) for one in found)
    return tuple(
        _wait(one, by_pupil, until, still=LEFT if one.need[0] in last_days else WAITS)
        for one, until in known
        if one.began <= until
    )


def _wait(spell: Spell, acts: Mapping[str, Sequence[Act]], as_of: date, *, still: str) -> Wait:
    """How long one waited; `still` is how it came out when nothing ended it by the last day."""
    pupil, rests_on = spell.need
    passed = spell.ended is not None and spell.ended <= as_of
    last = spell.ended if passed and spell.ended is not None else as_of
    during = [
        act for act in acts.get(pupil, ()) if spell.began <= act.on <= last and act.rests_on in ("", rests_on)
    ]  # fmt: skip
    ending = _first_ending(during)
    until = ending.on if ending else last
    outcome = PASSED if passed else still
    if ending is not None:
        outcome = JUDGED_WRONG if ending.what == WRONG else ACTED
    seen = any(act.what == SEEN and act.on <= until for act in during)
    what = ending.what if ending is not None and outcome == ACTED else ""
    return Wait(spell, (until - spell.began).days, outcome, what, seen)


def _first_ending(during: Sequence[Act]) -> Act | None:
    """What ended the wait. On one and the same day, something done counts before something said."""
    ending = [act for act in during if act.what != SEEN]
    return min(ending, key=lambda act: (act.on, act.what == WRONG), default=None)
