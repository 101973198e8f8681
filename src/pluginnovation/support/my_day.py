"""What a day holds for one adult: what waits, what is due, what was promised, and which dates come next.

Tasks stand in the order of their days, never by a pupil's figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# What a task is: a signal that nobody has answered, a promise, a case's step, a day to look back, a class to tell of.
SIGNAL, STEP, CASE_STEP, FOLLOW_UP, MAPPING = "signal", "step", "case_step", "follow_up", "mapping"
KINDS: Final = (SIGNAL, STEP, CASE_STEP, FOLLOW_UP, MAPPING)

# Where a day lies from today: the clock that fills.
PASSED, TODAY, THIS_WEEK, LATER, NO_DAY = "passed", "today", "week", "later", "none"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for an adult.

    kind    one of KINDS
    key     what the page knows it by, unique within the kind
    since   the day it began to wait
    due     by which day; none: nobody has set one, and none is invented
    known   the last day that is known about, for what is computed; none: today. What it waited after is not known
    """

    kind: str
    key: str
    since: date
    due: date | None = None
    known: date | None = None

    def waited(self, today: date) -> int:
        """How many days it has waited, as far as is known."""
        return max((min(self.known or today, today) - self.since).days, 0)


@dataclass(frozen=True, slots=True)
class Day:
    """One adult's day.

    now     what needs the adult today: days that have come or passed, and signals that nobody has answered
    ahead   what has a later day, the nearest first, and last what has none
    """

    today: date
    now: tuple[Task, ...]
    ahead: tuple[Task, ...]

    @property
    def oldest_days(self) -> int:
        """How many days the one that has waited longest has waited; 0 when nothing waits or it is of today."""
        return max((task.waited(self.today) for task in self.now), default=0)

    @property
    def passed(self) -> int:
        """How many have a day that has passed."""
        return sum(clock_of(task.due, self.today) == PASSED for task in self.now)

    @property
    def next_date(self) -> date | None:
        """The nearest day ahead; none: no day is set."""
        return next((task.due for task in self.ahead if task.due is not None), None)


def clock_of(due: date | None, today: date) -> str:
    """How near a day is: passed, today, within the week that the day of today is in, later; or no day."""
    if due is None:
        return NO_DAY
    if due <= today:
        return TODAY if due == today else PASSED
    end_of_week = today + timedelta(days=6 - today.weekday())
    return THIS_WEEK if due <= end_of_week else LATER


def day_of(tasks: Iterable[Task], today: date) -> Day:
    """The day that these tasks make.

    A promise or a follow-up whose day hasn't come stands ahead. A signal needs somebody from the day it is raised, and
    comes after what has a day: what was promised comes first.
    """
    now: list[Task] = []
    ahead: list[Task] = []
    for task in tasks:
        needs = task.kind == SIGNAL if task.due is None else task.due <= today
        (now if needs else ahead).append(task)
    return Day(today, tuple(sorted(now, key=_order)), tuple(sorted(ahead, key=_order)))


def _order(task: Task) -> tuple[bool, date, date, str, str]:
    return (task.due is None, task.due or task.since, task.since, task.kind, task.key)
