"""The Swedish school year: terms, and where they begin when no calendar says otherwise."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

HT, VT = "HT", "VT"
_TERM = re.compile(r"^(?:(\d{4}) ?(HT|VT)|(HT|VT) ?(\d{4}))$")


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


def term_named(name: str | None) -> Term | None:
    """The term that a study plan names, `2026HT` or `HT2026`, with the days it has when no calendar says otherwise.

    Gives   None for what isn't the name of a term
    """
    found = _TERM.match((name or "").strip().upper())
    if found is None:
        return None
    year, kind = int(found[1] or found[4]), found[2] or found[3]
    return term_of(date(year, 9 if kind == HT else 3, 1))


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year as registers and statistics count it: 1 July to 30 June.

    Groups and timetables are made anew in August, and July's lessons belong to the spring: see `school_year_start`
    and `term_of`. What is counted per school year (starts, degrees) goes by this one.
    """

    start: int

    @property
    def first(self) -> date:
        """Its first day, 1 July."""
        return date(self.start, 7, 1)

    @property
    def last(self) -> date:
        """Its last day, 30 June."""
        return date(self.start + 1, 6, 30)

    @property
    def label(self) -> str:
        """As people write it, `2026/27`."""
        return f"{self.start}/{(self.start + 1) % 100:02}"

    @property
    def terms(self) -> tuple[str, str]:
        """Its two terms, as study plans write them."""
        return f"{self.start}{HT}", f"{self.start + 1}{VT}"


def school_year_of(day: date) -> SchoolYear:
    """The school year that a day is counted in."""
    return SchoolYear(day.year if day.month >= 7 else day.year - 1)


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
