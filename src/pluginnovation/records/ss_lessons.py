"""Lessons from SS 12000: what was reported (attendances) joined to when it was held (calendarEvents)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from pluginnovation.reference.code_lists import NOT_PROTECTED

from .csv_rows import ROW
from .ss_files import Items
from .ss_frames import times
from .ss_objects import Attendance, CalendarEvent
from .taking import MARKED, MODIFIED

# Timetables are local: a lesson at eight is at eight in winter too.
ZONE: Final = ZoneInfo("Europe/Stockholm")

_EVENT: Final = {
    "event": pl.String,
    "activity_id": pl.String,
    "starts": pl.String,
    "length": pl.Int64,
    "cancelled": pl.Boolean,
}
_EXCEPTION: Final = {"event": pl.String, "student_id": pl.String, "takes_part": pl.Boolean, "own_length": pl.Int64}


@dataclass(slots=True)
class Timetable:
    """The calendar events of a source.

    events       event, activity_id, date, start_time (minutes after midnight), length, cancelled
    exceptions   event, student_id, takes_part, own_length
    """

    events: pl.DataFrame
    exceptions: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_EXCEPTION))


def timetable(documents: Iterable[Items]) -> Timetable:
    """The timetable in some documents of calendar events; of an event given twice, the one changed last."""
    events, exceptions = [], []
    for document in documents:
        found: list[CalendarEvent] = document.found
        events.append(_events(found))
        exceptions.append(_exceptions(found))
    if not events:
        return Timetable(_placed(pl.DataFrame(schema=_EVENT | {MODIFIED: pl.Datetime("us")})))
    every = pl.concat(events).sort(MODIFIED, maintain_order=True)
    kept = every.unique(subset="event", keep="last", maintain_order=True)
    return Timetable(_placed(kept), pl.concat(exceptions).unique(subset=["event", "student_id"], keep="last"))


def _events(found: list[CalendarEvent]) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "event": [event.id for event in found],
            "activity_id": [event.activity.id if event.activity else None for event in found],
            "starts": [event.start_time for event in found],
            "length": [_length(event) for event in found],
            "cancelled": [bool(event.cancelled) for event in found],
        },
        schema=_EVENT,
    )
    stamps = pl.Series(MODIFIED, [event.meta.modified if event.meta else None for event in found], dtype=pl.String)
    return frame.with_columns(times(stamps)).drop_nulls("event")


def _length(event: CalendarEvent) -> int | None:
    """The pupils' minutes; where the source doesn't say, from start to end."""
    if event.teaching_length_student is not None:
        return event.teaching_length_student
    if not event.start_time or not event.end_time:
        return None
    try:
        taken = datetime.fromisoformat(event.end_time) - datetime.fromisoformat(event.start_time)
    except (ValueError, TypeError):
        return None
    return round(taken.total_seconds() / 60)


def _exceptions(found: list[CalendarEvent]) -> pl.DataFrame:
    rows = [
        (event.id, different.student.id, different.participates, different.teaching_length)
        for event in found
        for different in event.student_exceptions or ()
        if different.student is not None
    ]
    return pl.DataFrame(rows, schema=_EXCEPTION, orient="row")


def _placed(events: pl.DataFrame) -> pl.DataFrame:
    """Events with their local day and minute; null where the time can't be read."""
    distinct = events["starts"].unique().drop_nulls()
    local = [_local(start) for start in distinct.to_list()]
    days = pl.Series([when[0] if when else None for when in local], dtype=pl.Date)
    minutes = pl.Series([when[1] if when else None for when in local], dtype=pl.Int16)
    return events.select(
        "event",
        "activity_id",
        events["starts"].replace_strict(distinct, days, default=None, return_dtype=pl.Date).alias("date"),
        events["starts"].replace_strict(distinct, minutes, default=None, return_dtype=pl.Int16).alias("start_time"),
        "length",
        "cancelled",
    )


def _local(start: str) -> tuple[date, int] | None:
    try:
        when = datetime.fromisoformat(start)
    except ValueError:
        return None
    here = when.astimezone(ZONE) if when.tzinfo else when
    return here.date(), here.hour * 60 + here.minute


def lesson_rows(document: Items, known: Timetable) -> tuple[pl.DataFrame, list[int]]:
    """The lessons of one document of attendances, as the rows of lessons.csv.

    Gives   the rows; and the places of attendances whose event isn't in the timetable
    """
    reported = _attendances(document.found, document.numbers)
    joined = reported.join(known.events, on="event", how="left", maintain_order="left")
    missing = joined["date"].is_null() & joined["activity_id"].is_null()
    lost = joined.filter(missing)[ROW].to_list() if missing.any() else []
    joined = joined.filter(~missing) if lost else joined
    if known.exceptions.height:
        joined = joined.join(known.exceptions, on=["event", "student_id"], how="left", maintain_order="left")
        takes_part, length = pl.col("takes_part").fill_null(value=True), pl.coalesce("own_length", "length")
    else:
        takes_part, length = pl.lit(value=True), pl.col("length")
    held = takes_part & ~pl.col("cancelled")
    rows = joined.with_columns(pl.when(held).then(length).otherwise(0).alias("offered_minutes"))
    return _emptied(rows, held).drop("event", "length", "cancelled", "takes_part", "own_length", strict=False), lost


_PARTS: Final = {
    "attended_minutes": "attendance_minutes",
    "other_minutes": "other_attendance_minutes",
    "excused_minutes": "valid_absence_minutes",
    "unexcused_minutes": "invalid_absence_minutes",
}


def _emptied(rows: pl.DataFrame, held: pl.Expr) -> pl.DataFrame:
    """A lesson that wasn't held for the pupil has no minutes, whatever was reported before it was cancelled."""
    if rows.select(held.all()).item():
        return rows
    parts = [pl.when(held).then(pl.col(part)).otherwise(None).alias(part) for part in _PARTS]
    return rows.with_columns(*parts, (pl.col("is_reported") & held).alias("is_reported"))


def _attendances(found: list[Attendance], numbers: range | list[int]) -> pl.DataFrame:
    """One row per attendance. Written for speed: this is the one list that has a hundred million items."""
    students = [item.student for item in found]
    columns = {
        "event": pl.Series(
            [item.calendar_event.id if item.calendar_event else None for item in found], dtype=pl.String
        ),
        "student_id": pl.Series([student.id if student else None for student in students], dtype=pl.String),
        "is_reported": pl.Series([item.is_reported for item in found], dtype=pl.Boolean),
        **{
            column: pl.Series([getattr(item, attribute) for item in found], dtype=pl.Int32)
            for column, attribute in _PARTS.items()
        },
        ROW: pl.Series(list(numbers), dtype=pl.Int32)
        if isinstance(numbers, list)
        else pl.int_range(numbers.start, numbers.stop, dtype=pl.Int32, eager=True),
        MODIFIED: times(pl.Series([item.meta.modified if item.meta else None for item in found], dtype=pl.String)),
        MARKED: pl.Series(
            [student is not None and student.security_marking not in (None, NOT_PROTECTED) for student in students],
            dtype=pl.Boolean,
        ),
    }
    return pl.DataFrame(columns)
