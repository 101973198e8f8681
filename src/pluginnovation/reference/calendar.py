"""The Swedish school year: terms, and where they begin when no calendar says otherwise."""

from dataclasses import dataclass
from datetime import date, timedelta

HT, VT = "HT", "VT"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: year and kind, first and last day, both inclusive."""

    year: int
    kind: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """As calendars and study plans write it, for example 2026HT."""
        return f"{self.year}{self.kind}"


def term_of(day: date) -> Term:
    """The term that a day belongs to when no calendar says otherwise.

    July belongs to the spring term: what happens then is the end of the year that was, not the start of the next.
    """
    if day.month >= 8:
        return Term(day.year, HT, date(day.year, 8, 1), date(day.year, 12, 31))
    return Term(day.year, VT, date(day.year, 1, 1), date(day.year, 7, 31))


def school_year_start(day: date) -> date:
    """The 1 August that began the school year of a day: groups and timetables are made anew then."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def month_start(day: date) -> date:
    """The first day of the calendar month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the calendar month."""
    return month_start(month_start(day) + timedelta(days=31)) - timedelta(days=1)


def week_start(day: date) -> date:
    """The Monday of the ISO week."""
    return day - timedelta(days=day.weekday())
