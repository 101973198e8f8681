"""The calendar's hundred days as numbers, for the table beside the drawing.

Two bytes a day, Monday of the first week to Friday of the last: excused and unexcused percent of the reported time,
or drawing.NOTHING (no lessons) or drawing.UNREPORTED twice.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.safestring import SafeString, mark_safe

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


def table_rows(weeks: Iterable[tuple[int, list[Day]]], lessons_at: str, unknown: str) -> SafeString:
    """The table's rows as markup: a hundred cells through the template would take half of the page's time.

    Takes   lessons_at   the address of the pupil's lessons;  unknown   the word for it
    Every part is a number, a date, or one of our own words.
    """
    rows = []
    for week, days in weeks:
        cells = "".join([_table_cell(day, lessons_at, unknown) for day in days])
        rows.append(f'<tr><th scope="row">{week}</th>{cells}</tr>')
    return mark_safe("".join(rows))  # noqa: S308


def _table_cell(day: Day, lessons_at: str, unknown: str) -> str:
    if day.kind == "ahead":
        return "<td></td>"
    if day.kind == "none":
        return "<td>–</td>"
    link = f'<a href="{lessons_at}?datum={day.date.isoformat()}">'
    if day.kind == "unknown":
        return f'<td class="notknown">{link}{unknown}</a></td>'
    part = f" ({day.unexcused})" if day.unexcused else ""
    return f"<td>{link}{day.away}{part}</a></td>"


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
