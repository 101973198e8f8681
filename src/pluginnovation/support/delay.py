"""Why something took long: one reason per wait, from what is known about the wait and never from who it was."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .time_to_action import ACTED, OVERDUE_DAYS, WAITS, Wait

NO_MENTOR, IN_QUEUE, ONLY_SEEN, HOLIDAY, UNANSWERED = "no_mentor", "in_queue", "only_seen", "holiday", "unanswered"
# In this order: what the school can do something about first, and what says least last.
REASONS: Final = (NO_MENTOR, IN_QUEUE, ONLY_SEEN, HOLIDAY, UNANSWERED)


@dataclass(frozen=True, slots=True)
class Around:
    """What was the matter around a wait.

    had_mentor   somebody had the duty of mentor for the pupil on the day it began; none: not asked, such as for youths
    queued       a measure for the pupil stood in the queue during the wait
    school_days  how many of the days were school days
    """

    had_mentor: bool | None
    queued: bool
    school_days: int


def is_late(wait: Wait) -> bool:
    """Whether a wait has a delay to give a reason for: it ended in action, or goes on, after more than two weeks."""
    return wait.outcome in (ACTED, WAITS) and wait.days > OVERDUE_DAYS


def reason_for_delay(wait: Wait, around: Around) -> str:
    """The reason, one of REASONS.

    Takes   wait   a late one: see `is_late`
    Gives   the first that holds: nobody was mentor, a place was waited for, it was seen and nothing more was done,
            most days were not school days, or nobody answered
    """
    if around.had_mentor is False:
        return NO_MENTOR
    if around.queued:
        return IN_QUEUE
    if wait.seen:
        return ONLY_SEEN
    return HOLIDAY if 2 * around.school_days < 5 * max(wait.days, 1) // 7 else UNANSWERED


def school_days_between(first: date, last: date) -> int:
    """Mondays to Fridays from the first day to the one before the last, less the summer and Christmas.

    Source  ours: from the middle of June to the middle of August, and from 20 December to 7 January; single holidays
            and the breaks of spring and autumn differ between places, and are too short to explain two weeks
    """
    return sum(_at_school(first + timedelta(days=n)) for n in range(max((last - first).days, 0)))


def _at_school(day: date) -> bool:
    said = (day.month, day.day)
    summer, christmas = (6, 15) <= said <= (8, 15), said >= (12, 20) or said <= (1, 7)
    return day.weekday() < 5 and not summer and not christmas
