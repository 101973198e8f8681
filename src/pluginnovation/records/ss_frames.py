"""Documents of SS 12000 objects as frames, one per table, each row with its item's place and time of change."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from .csv_rows import ROW
from .ss_files import Items
from .ss_objects import Identified
from .ss_persons import Lookups, Row, person_rows
from .ss_rows import (
    activity_rows,
    duty_rows,
    grade_rows,
    group_rows,
    organisation_rows,
    plan_rows,
    sum_rows,
)
from .taking import MARKED, MODIFIED

ROWS: Final[dict[str, Callable[[Any, Lookups], Iterator[tuple[str, Row]]]]] = {
    "organisations": organisation_rows,
    "persons": person_rows,
    "groups": group_rows,
    "duties": duty_rows,
    "activities": activity_rows,
    "aggregatedAttendance": sum_rows,
    "grades": grade_rows,
    "studyplans": plan_rows,
}


def rows_of_items(resource: str, items: Items, lookups: Lookups) -> dict[str, pl.DataFrame]:
    """The rows of a document, one frame per table, each row with its item's place and time of change."""
    found: dict[str, list[Row]] = {}
    make = ROWS[resource]
    for number, item in zip(items.numbers, items.found, strict=True):
        stamp = {ROW: number, MODIFIED: modified(item)}
        for table, row in make(item, lookups):
            found.setdefault(table, []).append(row | stamp)
    return {table: _frame(rows) for table, rows in found.items()}


def modified(item: Identified) -> str | None:
    """When an object was last changed, as the source writes it."""
    return item.meta.modified if item.meta else None


_KINDS: Final = {ROW: pl.Int32, MARKED: pl.Boolean, "required": pl.Boolean, "language_choice": pl.Boolean}
_NUMBERS: Final = ("school_year", "points", "year")


def _frame(rows: list[Row]) -> pl.DataFrame:
    names = {name: None for row in rows for name in row}
    kinds: dict[str, Any] = {
        name: _KINDS.get(name, pl.Int64 if name in _NUMBERS or name.endswith("_sum") else pl.String) for name in names
    }
    frame = pl.DataFrame({name: [_cell(row.get(name)) for row in rows] for name in names}, schema=kinds)
    return frame.with_columns(times(frame[MODIFIED]))


def _cell(value: Any) -> Any:
    """An empty text is an empty cell."""
    return None if value == "" else value


def times(stamps: pl.Series) -> pl.Series:
    """Times of change as times, so that the latest can be told; what isn't one comes before all others."""
    read = stamps.str.to_datetime("%+", strict=False, time_zone="UTC", time_unit="us").dt.replace_time_zone(None)
    if read.null_count() == stamps.null_count():
        return read
    distinct = stamps.filter(read.is_null()).unique().drop_nulls()
    slow = pl.Series([_time(stamp) for stamp in distinct.to_list()], dtype=pl.Datetime("us"))
    rest = stamps.replace_strict(distinct, slow, default=None, return_dtype=pl.Datetime("us"))
    return read.zip_with(read.is_not_null(), rest)


def _time(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
