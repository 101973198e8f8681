"""The calendar's hundred days as numbers, for the table beside the drawing.

Two bytes a day, Monday of the first week to Friday of the last: excused and unexcused percent of the reported time,
or drawing.NOTHING (no lessons) or drawing.UNREPORTED twice.
"""

from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .drawing import CALENDAR_WEEKS, NOTHING, UNREPORTED

KIND: Final = "b"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table.

    kind   taught, none (no lessons), unknown (too little reported) or ahead (after the picture's day)
    """

    date: date
    kind: str
    away: int = 0
    unexcused: int = 0


def weeks_of(days: bytes, start: date, last: date) -> list[tuple[int, list[Day]]]:
    """The table's rows: week number and its five days, the newest week first.

    Takes   start   the calendar's first Monday;  last   the picture's day
    """
    cells = array(KIND, bytes(days))
    half = len(cells) // 2
    rows = []
    for week in range(min(CALENDAR_WEEKS, half // 5)):
        monday = start + timedelta(weeks=week)
        row = [
            _day(monday + timedelta(days=d), cells[week * 5 + d], cells[half + week * 5 + d], last) for d in range(5)
        ]
        if any(day.kind in ("taught", "unknown") for day in row):
            rows.append((monday.isocalendar().week, row))
    return rows[::-1]


def _day(day: date, excused: int, unexcused: int, last: date) -> Day:
    if day > last:
        return Day(day, "ahead")
    if excused == NOTHING:
        return Day(day, "none")
    if excused == UNREPORTED:
        return Day(day, "unknown")
    return Day(day, "taught", excused + unexcused, unexcused)


def calendar_start(as_of: date) -> date:
    """The first Monday of the twenty weeks that end with the picture's week."""
    return as_of - timedelta(days=as_of.weekday(), weeks=CALENDAR_WEEKS - 1)
