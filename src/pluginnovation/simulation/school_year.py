"""The school year 2025/26: terms, holidays and study days of each municipality.

178 school days from 18 August 2025 to 12 June 2026, as the School Ordinance has it (3 chap. 2-3 §§: 178 at
least). Holidays on fixed days are Sweden's; study days and the winter week are each municipality's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from .chance import Bools, Days, Ints, stream
from .places import Municipality

FIRST_DAY = date(2025, 8, 18)
LAST_DAY = date(2026, 6, 12)
WEEKS = (LAST_DAY - FIRST_DAY).days // 7 + 1  # calendar weeks, holidays counted
TERMS = (("2025HT", FIRST_DAY, date(2025, 12, 19)), ("2026VT", date(2026, 1, 8), LAST_DAY))
WINTER_BREAK = {7: date(2026, 2, 9), 8: date(2026, 2, 16), 9: date(2026, 2, 23), 10: date(2026, 3, 2)}
HOLIDAYS = (
    ("Höstlov", date(2025, 10, 27), date(2025, 10, 31)),
    ("Jullov", date(2025, 12, 20), date(2026, 1, 7)),
    ("Påsklov", date(2026, 4, 3), date(2026, 4, 10)),
    ("Första maj", date(2026, 5, 1), date(2026, 5, 1)),
    ("Kristi himmelsfärdsdag", date(2026, 5, 14), date(2026, 5, 14)),
)
BRIDGE_DAY = date(2026, 5, 15)
STUDY_DAYS = 5


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school days of one municipality.

    days       datetime64[D] per school day, in order
    numbers    int, days since FIRST_DAY
    weekdays   int, 0 Monday to 4 Friday
    study      the study days, dates
    """

    days: Days
    numbers: Ints
    weekdays: Ints
    study: tuple[date, ...]


def _holidays(municipality: Municipality) -> tuple[tuple[str, date, date], ...]:
    monday = WINTER_BREAK[municipality.winter_break_week]
    return (*HOLIDAYS, ("Sportlov", monday, monday + timedelta(days=4)))


def _is_open(days: Days, municipality: Municipality) -> Bools:
    weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    is_open: Bools = weekday < 5
    for _, first, last in _holidays(municipality):
        is_open &= (days < np.datetime64(first)) | (days > np.datetime64(last))
    return np.asarray(is_open & (days != np.datetime64(BRIDGE_DAY)))


def school_year(seed: int, municipality: Municipality) -> SchoolYear:
    """The school days of a municipality: the open days less five study days, one in each part of the year."""
    days = np.arange(np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY) + 1)
    days = days[_is_open(days, municipality)]
    rng = stream(seed, "study days", municipality.no)
    # Never in the first or last two weeks: nobody closes a school on the day of the graduation.
    parts = np.array_split(np.arange(10, len(days) - 10), STUDY_DAYS)
    closed = np.array([rng.choice(part) for part in parts])
    study = (*(day.astype(object) for day in days[closed]), BRIDGE_DAY)
    days = np.delete(days, closed)
    numbers = (days - np.datetime64(FIRST_DAY)).astype(np.int64)
    return SchoolYear(days, numbers, numbers % 7, tuple(sorted(study)))


def calendar_rows(seed: int, municipality: Municipality, authorities: Iterable[str]) -> pl.DataFrame:
    """The rows of calendars.csv that the school authorities of a municipality hand over, independent ones too."""
    rows = [("term", name, first, last) for name, first, last in TERMS]
    rows += [("holiday", name, first, last) for name, first, last in _holidays(municipality)]
    rows += [("study_day", "Studiedag", day, day) for day in school_year(seed, municipality).study]
    return pl.DataFrame(
        [(authority, *row) for authority in authorities for row in rows],
        schema={
            "organisation_id": pl.String,
            "kind": pl.String,
            "name": pl.String,
            "start_date": pl.Date,
            "end_date": pl.Date,
        },
        orient="row",
    )


def august(year: int) -> date:
    """The first school day of an autumn: the third Monday of August, but for those that are known."""
    known = {2025: FIRST_DAY, 2024: date(2024, 8, 19), 2023: date(2023, 8, 17)}
    first = date(year, 8, 1)
    return known.get(year, first + timedelta(days=(7 - first.weekday()) % 7 + 14))


def june(year: int) -> date:
    """The last school day of a spring: the second Friday of June."""
    first = date(year, 6, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 7)


def day_number(day: date) -> int:
    """Days since the first day of the school year; may be negative."""
    return (day - FIRST_DAY).days
