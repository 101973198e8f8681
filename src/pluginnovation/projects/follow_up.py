"""After the end: what is asked at 6, 12 and 24 months, and what is known when nobody answers."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .silence import Bounds, bounds

Text = tuple[str, str]
MONTHS: Final = (6, 12, 24)
ANSWER_WITHIN: Final = timedelta(days=42)

ORDINARY, PARTLY, STOPPED = "ordinary", "partly", "stopped"
# Is the work absorbed into ordinary work?
ANSWERS: Final[dict[str, Text]] = {
    ORDINARY: ("Ja, arbetet är en del av den vanliga verksamheten", "Yes, it is part of ordinary work"),
    PARTLY: ("Ja, delar av det", "Yes, parts of it"),
    STOPPED: ("Nej, det har slutat", "No, it has ended"),
}
GOES_ON: Final = (ORDINARY, PARTLY)

ANSWERED, IN_RECORDS, WAITING, UNKNOWN = "answered", "in_records", "waiting", "unknown"
KNOWN_BY: Final[dict[str, Text]] = {
    ANSWERED: ("Svar från skolan", "Answered by the school"),
    IN_RECORDS: ("Ur registret", "From the registers"),
    WAITING: ("Väntar på svar", "Waits for an answer"),
    UNKNOWN: ("Okänt", "Unknown"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One follow-up that was asked.

    answer    a key of ANSWERS; empty: nobody has answered
    recorded  measures of the same kind that the school began on its own within the half-year before `due`;
              None: the registers can't tell, since records of measures aren't kept there
    """

    months: int
    due: date
    answer: str = ""
    recorded: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known: `known_by` a key of KNOWN_BY, and whether the work goes on (None: unknown)."""

    known_by: str
    goes_on: bool | None


def due_on(ended: date, months: int) -> date:
    """The day so many months after the end; the month's last day where the day isn't in it."""
    year, month = divmod(ended.year * 12 + ended.month - 1 + months, 12)
    return date(year, month + 1, min(ended.day, monthrange(year, month + 1)[1]))


def to_ask(ended: date, asked: Iterable[int], today: date) -> tuple[int, ...]:
    """The follow-ups whose day has come and which nobody has asked yet, in order."""
    done = set(asked)
    return tuple(months for months in MONTHS if months not in done and due_on(ended, months) <= today)


def standing(asked: Asked, today: date) -> Standing:
    """What is known of one follow-up. Records of new measures tell that work goes on; that there are none tells
    nothing, since a school may work without writing it down."""
    if asked.answer:
        return Standing(ANSWERED, asked.answer in GOES_ON)
    if asked.recorded:
        return Standing(IN_RECORDS, True)
    if today <= asked.due + ANSWER_WITHIN:
        return Standing(WAITING, None)
    return Standing(UNKNOWN, None)


def still_going(asked: Iterable[Asked], today: date) -> Bounds:
    """How many of the sub-projects go on, with the silent ones as unknown; those that may still answer are too."""
    found = [standing(one, today) for one in asked]
    yes, no = (sum(one.goes_on is said for one in found) for said in (True, False))
    return bounds(yes=yes, no=no, unknown=len(found) - yes - no)
