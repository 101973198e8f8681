"""The region as a folder of SS 12000:2020 JSON: the same facts in the standard's objects.

What the standard has no field for stays in the CSV folder: minutes late, warnings of an F, why an enrolment ended,
calendars, the residents' register and events. Attendance refers to calendar events, so those are written too.
"""

from pathlib import Path

import msgspec
import polars as pl

from .ss12000_objects import OBJECTS
from .writing import CLOCK

ATTENDANCES_A_FILE = 100_000
EVENTS_A_FILE = 50_000
ZONE = "Europe/Stockholm"


class Ss12000Folder:
    """A folder of `{"data": […], "pageToken": null}` documents; attendances and calendar events are split."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._attendances = _Split(folder, "attendances", ATTENDANCES_A_FILE)
        self._events = _Split(folder, "calendarEvents", EVENTS_A_FILE)

    def add_lessons(self, frame: pl.DataFrame) -> None:
        """Write the calendar events and attendances of one frame of `lessons.lesson_frames`."""
        named = frame.with_columns(_event=_event_id())
        keys = ["_event", "activity_id", "date", "start", "offered_minutes"]
        held = named.group_by(keys, maintain_order=True).agg(cancelled=pl.col("offered_minutes").first() == 0)
        self._events.add(held.select(json=_event_json())["json"])
        self._attendances.add(named.filter(pl.col("offered_minutes") > 0).select(json=_attendance_json())["json"])

    def write(self, tables: dict[str, pl.DataFrame]) -> None:
        """Write what is left of the lessons and every other resource."""
        self._attendances.close()
        self._events.close()
        for resource, make in OBJECTS.items():
            objects = make(tables)
            # A region of one year has no sums, and a resource that isn't there says so best by its absence.
            if resource == "aggregatedAttendance" and not objects:
                continue
            document = {"data": objects, "pageToken": None}
            (self._folder / f"{resource}.json").write_bytes(
                msgspec.json.format(msgspec.json.encode(document), indent=1)
            )


class _Split:
    """One resource over several numbered files, each a whole document."""

    def __init__(self, folder: Path, resource: str, size: int) -> None:
        self._folder, self._resource, self._size = folder, resource, size
        self._waiting = pl.Series("json", [], dtype=pl.String)
        self._files = 0

    def add(self, objects: pl.Series) -> None:
        """Take more objects, writing each file as it fills."""
        self._waiting = pl.concat([self._waiting, objects.alias("json")])
        while len(self._waiting) >= self._size:
            self._flush(self._waiting[: self._size])
            self._waiting = self._waiting[self._size :]

    def close(self) -> None:
        """Write the rest."""
        if len(self._waiting) or not self._files:
            self._flush(self._waiting)

    def _flush(self, objects: pl.Series) -> None:
        self._files += 1
        text = '{"data": [\n' + ",\n".join(objects) + '\n], "pageToken": null}\n'
        (self._folder / f"{self._resource}-{self._files:04d}.json").write_text(text, encoding="utf-8")


def _event_id() -> pl.Expr:
    """One id per activity, date and start."""
    hour = pl.lit(CLOCK).gather(pl.col("start")).str.replace(":", "")
    return pl.format("e-{}-{}-{}", "activity_id", pl.col("date").dt.to_string("%Y%m%d"), hour)


def _text(*parts: str | pl.Expr) -> pl.Expr:
    """Literal text and columns joined."""
    return pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in parts])


def _event_json() -> pl.Expr:
    """A calendar event. A cancelled one keeps its hour with a nominal length."""
    begins = pl.col("date").cast(pl.Datetime("us")) + pl.duration(minutes=pl.col("start").cast(pl.Int64))
    length = pl.when("cancelled").then(60).otherwise(pl.col("offered_minutes")).cast(pl.Int64)
    local = [each.dt.replace_time_zone(ZONE).dt.to_string("%Y-%m-%dT%H:%M:%S%:z")
             for each in (begins, begins + pl.duration(minutes=length))]  # fmt: skip
    cancelled = pl.when("cancelled").then(pl.lit("true")).otherwise(pl.lit("false"))
    return _text(
        '{"id": "', pl.col("_event"), '", ', _stamped(), ', "activity": {"id": "', pl.col("activity_id"),
        '"}, "startTime": "', local[0], '", "endTime": "', local[1], '", "cancelled": ', cancelled,
        ', "teachingLengthStudent": ', pl.col("offered_minutes").cast(pl.String), "}",
    )  # fmt: skip


def _attendance_json() -> pl.Expr:
    """What was reported for one pupil at one event."""
    parts: list[str | pl.Expr] = ['"isReported": true']
    for name, column in (("attendanceMinutes", "attended"), ("validAbsenceMinutes", "excused"),
                         ("invalidAbsenceMinutes", "unexcused"), ("otherAttendanceMinutes", "other")):  # fmt: skip
        parts += [f', "{name}": ', pl.col(f"{column}_minutes").cast(pl.String)]
    told = pl.when("is_reported").then(_text(*parts)).otherwise(pl.lit('"isReported": false'))
    return _text(
        '{"id": "n-', pl.col("_event").str.slice(2), "-", pl.col("student_id"), '", ', _stamped(),
        ', "calendarEvent": {"id": "', pl.col("_event"), '"}, "student": {"id": "', pl.col("student_id"),
        '"}, ', told, "}",
    )  # fmt: skip


def _stamped() -> pl.Expr:
    """Made known at half past two (UTC) on the day itself."""
    day = pl.col("date").dt.to_string("%Y-%m-%d")
    return _text('"meta": {"created": "', day, 'T14:30:00Z", "modified": "', day, 'T14:30:00Z"}')
