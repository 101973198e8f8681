"""The pupil health meeting's agenda, which builds itself: environment, passed dates, new ones, follow-ups.

A pupil, a group or a school stands there once, where it first has a reason to, with all its reasons beside it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# The parts of an agenda, in their order.
ENVIRONMENT, PASSED, NEW, FOLLOW_UP = "environment", "passed", "new", "follow_up"
PARTS: Final = (ENVIRONMENT, PASSED, NEW, FOLLOW_UP)

PUPIL, GROUP, SCHOOL = "pupil", "group", "school"

# Why something stands there.
PATTERN = "pattern"  # a weekday, a time of day or a subject stands out in a group
PUT_OFF = "put_off"  # the meeting before left it for this one
STEP_PASSED, CASE_STEP_PASSED, FOLLOW_UP_PASSED = "step_passed", "case_step_passed", "follow_up_passed"
RAISED = "raised"  # somebody raised it to the pupil health team
UNANSWERED = "unanswered"  # at the highest level, and unanswered since before the meeting before
FOLLOW_UP_DUE, MEASURE_ENDS = "follow_up_due", "measure_ends"
PART_OF: Final = {
    PATTERN: ENVIRONMENT,
    STEP_PASSED: PASSED,
    CASE_STEP_PASSED: PASSED,
    FOLLOW_UP_PASSED: PASSED,
    PUT_OFF: PASSED,
    RAISED: NEW,
    UNANSWERED: NEW,
    FOLLOW_UP_DUE: FOLLOW_UP,
    MEASURE_ENDS: FOLLOW_UP,
}
WHYS: Final = tuple(PART_OF)

# How long until the next meeting, when no two have told how often the school meets.
USUAL_GAP: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to take something up.

    about   pupil, group or school, and `code` which one
    why     one of WHYS
    since   the day it began to wait
    row     the number of the row behind it, where it has one
    """

    about: str
    code: str
    why: str
    since: date
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda.

    number    from 1, in the order of the agenda
    part      one of PARTS
    reasons   the one that decides the part first, then the others by their day
    """

    number: int
    part: str
    about: str
    code: str
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """Why it stands in its part."""
        return self.reasons[0].why

    @property
    def since(self) -> date:
        """Since when it has waited there."""
        return self.reasons[0].since


def agenda_of(reasons: Iterable[Reason]) -> tuple[Point, ...]:
    """The agenda that these reasons make: part by part, and within a part the one that has waited longest first."""
    by_subject: dict[tuple[str, str], list[Reason]] = {}
    for reason in reasons:
        by_subject.setdefault((reason.about, reason.code), []).append(reason)
    first = [tuple(sorted(found, key=_order)) for found in by_subject.values()]
    ordered = sorted(first, key=lambda found: (*_order(found[0]), found[0].about, found[0].code))
    return tuple(
        Point(number, PART_OF[found[0].why], found[0].about, found[0].code, found)
        for number, found in enumerate(ordered, 1)
    )


def _order(reason: Reason) -> tuple[int, date, int]:
    return (PARTS.index(PART_OF[reason.why]), reason.since, WHYS.index(reason.why))


def next_number(numbers: Collection[int], decided: Collection[int], after: int) -> int | None:
    """The point to go on to: the next undecided one, else the first undecided one; none: all are decided."""
    left = sorted(set(numbers) - set(decided) - {after})
    return next((number for number in left if number > after), left[0] if left else None)


def proposed_date(held: Collection[date], today: date) -> date:
    """A day for the next meeting: as long after the last one as that was after the one before it, on a weekday.

    Takes   held   the days of the meetings there have been
    """
    *_, before, last = sorted({*held}) if len({*held}) > 1 else (None, None)
    gap = last - before if before and last else USUAL_GAP
    day = (last or max(held, default=today)) + gap
    while day <= today or day.weekday() > 4:
        day += gap if day <= today and gap.days % 7 == 0 else timedelta(days=1)
    return day
