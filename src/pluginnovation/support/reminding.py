"""When a mail about what is due may go, and what it counts. It never says whom anything is about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

# Ours: no mail outside the hours when somebody at a school is at work.
FIRST_HOUR, LAST_HOUR = 7, 17
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits for one adult, in all of the adult's roles.

    passed   days that have passed
    today    days that are today
    week     days later in the week
    signals  signals that nobody has answered
    """

    passed: int = 0
    today: int = 0
    week: int = 0
    signals: int = 0

    @property
    def due(self) -> int:
        """What a daily mail is about: days that have come."""
        return self.passed + self.today

    @property
    def anything(self) -> int:
        """What a weekly mail is about."""
        return self.due + self.week + self.signals


def may_send(local: datetime) -> bool:
    """Whether a mail may go now: Monday to Friday, from seven in the morning until five in the afternoon.

    Takes   local   the time at the school
    """
    return local.weekday() < SATURDAY and FIRST_HOUR <= local.hour < LAST_HOUR


def week_of(day: date) -> date:
    """The Monday of the week: a weekly mail goes once for each."""
    return day - timedelta(days=day.weekday())
