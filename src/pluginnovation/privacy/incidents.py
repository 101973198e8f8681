"""Personal data breaches: how long there is to tell the authority, and how far it has come.

Source  Regulation (EU) 2016/679, Article 33: without undue delay and, where feasible, not later than 72 hours after
        having become aware of it; a later notification says why it is late.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CLOCK: Final = timedelta(hours=72)

OPEN, REPORT, NO_REPORT, REPORTED, CLOSED = "open", "report", "no_report", "reported", "closed"


@dataclass(frozen=True, slots=True)
class Clock:
    """How the 72 hours stand.

    due        when they are over
    hours      whole hours left, rounded down; negative when it is too late; none when nothing is left to report
    late       whether it was, or is, reported after them
    """

    due: datetime
    hours: int | None
    late: bool


def clock_of(aware_at: datetime, at: datetime, *, reported_at: datetime | None, to_report: bool | None) -> Clock:
    """The clock of an incident at a moment.

    Takes   aware_at    when the authority became aware
            to_report   what was decided; none: not decided yet, and the clock runs
    """
    due = aware_at + CLOCK
    if reported_at is not None:
        return Clock(due, None, reported_at > due)
    if to_report is False:
        return Clock(due, None, late=False)
    return Clock(due, (due - at) // timedelta(hours=1), at > due)


def state_of(*, to_report: bool | None, reported_at: datetime | None, closed_at: datetime | None) -> str:
    """Where an incident stands: OPEN until it is decided whether to report it, and CLOSED at the end."""
    if closed_at is not None:
        return CLOSED
    if to_report is None:
        return OPEN
    if not to_report:
        return NO_REPORT
    return REPORTED if reported_at is not None else REPORT
