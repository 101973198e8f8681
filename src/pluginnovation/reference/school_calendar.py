"""A school's own calendar: its terms, holidays and study days, and so the days it is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .calendar import Term, term_of
from .holidays import SATURDAY, is_public_holiday

TERM, HOLIDAY, STUDY_DAY = "term", "holiday", "study_day"

# The School Ordinance (2011:185) 3 chap. 2-3 §§: at least so many school days in a school year.
FEWEST_SCHOOL_DAYS: Final = 178


@dataclass(frozen=True, slots=True)
class Period:
    """One row of a calendar: its kind (`term`, `holiday` or `study_day`), first and last day, both inclusive."""

    kind: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The calendar of one school or its authority, in any order."""

    periods: tuple[Period, ...]

    def is_school_day(self, day: date) -> bool | None:
        """Whether the school is open for pupils.

        Gives   None when the calendar doesn't reach the day: before its first term, after its last, or without any.
                Saturdays, Sundays and public holidays are never school days
        """
        if day.weekday() >= SATURDAY or is_public_holiday(day):
            return False
        terms = [period for period in self.periods if period.kind == TERM]
        if not terms or day < min(t.first for t in terms) or day > max(t.last for t in terms):
            return None
        closed = any(period.holds(day) for period in self.periods if period.kind in (HOLIDAY, STUDY_DAY))
        return not closed and any(term.holds(day) for term in terms)

    def school_days(self, first: date, last: date) -> int | None:
        """How many school days there are from one day to another, both included; None when one of them is unknown."""
        answers = [self.is_school_day(day) for day in days_between(first, last)]
        return None if any(answer is None for answer in answers) else sum(answer is True for answer in answers)

    def term(self, day: date) -> Term:
        """The term of a day as the calendar has it; where it says nothing, the term of `term_of`.

        Gives   the days of the calendar's term that holds the day, or else of one that overlaps the default term:
                the days between a spring term's end and August are still that term's
        """
        usual = term_of(day)
        terms = [period for period in self.periods if period.kind == TERM and period.first <= day]
        terms = [period for period in terms if period.holds(day) or usual.first <= period.last <= usual.last]
        latest = max(terms, key=lambda period: (period.first, period.last), default=None)
        return usual if latest is None else Term(usual.year, usual.kind, latest.first, latest.last)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included; none when the second is before the first."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def calendar_of(rows: Iterable[tuple[str, date, date]]) -> SchoolCalendar:
    """A calendar from rows of kind, first and last day."""
    return SchoolCalendar(tuple(Period(kind, first, last) for kind, first, last in rows))
