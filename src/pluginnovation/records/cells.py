"""From text to values: one function per kind of cell, strict, and telling which cells it could not read.

A million rows hold few distinct dates, times and words, so those are read once per distinct cell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from .columns import BOOL, DATE, INT16, INT32, STRING, Column

LONGEST_TEXT: Final = 1000
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
MINUTES_OF_A_DAY: Final = 1440

POLARS_TYPES: Final = {STRING: pl.String, DATE: pl.Date, BOOL: pl.Boolean, INT16: pl.Int16, INT32: pl.Int32}

# Tabs and line breaks are inert inside a cell; the rest of C0, DEL and C1 is not text.
_CONTROL: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f]"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?", re.ASCII)
_SEMESTER: Final = re.compile(r"\d{4}(?:HT|VT)", re.ASCII)
_DASHES: Final = {"–": "-", "−": "-", "—": "-"}

# Least and most of what a number may be, where the type alone doesn't say it.
_RANGES: Final = {
    "school_year": (0, 10),
    "year": (1900, 2100),
    "points": (0, 10_000),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """Rows of which one cell breaks a rule.

    column   the CSV column; empty when it is about the row
    rows     true where it does
    beside   the other columns that the rule compares it with
    """

    rule: str
    column: str
    rows: pl.Series
    beside: tuple[str, ...] = ()

    @property
    def columns(self) -> str:
        """Every column that the rule is about, as a quarantine list names them."""
        return ", ".join(column for column in (self.column, *self.beside) if column)


@dataclass(frozen=True, slots=True)
class ReadCells:
    """A column read: its values (null where it could not be), and the rules its cells broke."""

    values: pl.Series
    broken: tuple[Broken, ...] = ()


def read_cells(column: Column, cells: pl.Series) -> ReadCells:
    """The values of a column from its cells, text or (from JSON) already values."""
    read = _reader(column)(column, cells)
    if not column.required:
        return read
    empty = cells.is_null()
    if not empty.any():
        return read
    return ReadCells(read.values, (Broken("required_cell_empty", column.csv, empty), *read.broken))


def _reader(column: Column) -> Callable[[Column, pl.Series], ReadCells]:
    if column.name == "start_minute":
        return _times
    return {STRING: _texts, DATE: _dates, BOOL: _truths, INT16: _numbers, INT32: _numbers}[column.type]


def _texts(column: Column, cells: pl.Series) -> ReadCells:
    """Text stays as it is: what looks like a formula too, since nothing here runs it."""
    distinct = cells.unique().drop_nulls() if cells.len() > LONGEST_TEXT else cells
    rules = {
        "text_too_long": distinct.str.len_bytes() > LONGEST_TEXT,
        "control_characters": distinct.str.contains(_CONTROL),
    }
    if column.words:
        rules["word_not_in_list"] = ~distinct.is_in(_words(column))
    if column.csv == "planned_semester":
        rules["not_a_semester"] = ~distinct.str.contains(f"^{_SEMESTER.pattern}$")
    broken = tuple(
        Broken(rule, column.csv, cells.is_in(distinct.filter(wrong).to_list()).fill_null(value=False))
        for rule, wrong in rules.items()
        if wrong.any()
    )
    return ReadCells(_grade(cells) if column.csv == "grade" else cells, broken)


def _words(column: Column) -> list[str]:
    from pluginnovation.reference.code_lists import CODE_LISTS

    return list(CODE_LISTS[column.words])


def _grade(cells: pl.Series) -> pl.Series:
    return cells.replace(_DASHES)


def _by_distinct(cells: pl.Series, read: Callable[[str], object], kind: type[pl.DataType]) -> pl.Series:
    """Read each distinct cell once; null for what can't be read."""
    distinct = cells.unique().drop_nulls()
    values = pl.Series(cells.name, [read(cell) for cell in distinct.to_list()], dtype=kind)
    return cells.replace_strict(distinct, values, default=None, return_dtype=kind)


def _unread(rule: str, column: Column, cells: pl.Series, values: pl.Series) -> tuple[Broken, ...]:
    """The cells that hold something but gave no value."""
    if values.null_count() == cells.null_count():
        return ()
    return (Broken(rule, column.csv, values.is_null() & cells.is_not_null()),)


def _outside(rule: str, column: Column, values: pl.Series, least: object, most: object) -> tuple[Broken, ...]:
    if values.is_empty() or values.null_count() == values.len() or (values.min() >= least and values.max() <= most):  # type: ignore[operator]
        return ()
    return (Broken(rule, column.csv, ((values < least) | (values > most)).fill_null(value=False)),)


def _dates(column: Column, cells: pl.Series) -> ReadCells:
    values = cells if cells.dtype == pl.Date else _by_distinct(cells, _date, pl.Date)
    broken = _unread("not_a_date", column, cells, values)
    return ReadCells(values, broken + _outside("date_out_of_range", column, values, EARLIEST, LATEST))


def _date(cell: str) -> date | None:
    if not _DATE.fullmatch(cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def _times(column: Column, cells: pl.Series) -> ReadCells:
    """Minutes after midnight."""
    if cells.dtype != pl.String:
        return ReadCells(cells.cast(pl.Int16))
    values = _by_distinct(cells, _time, pl.Int16)
    return ReadCells(values, _unread("not_a_time", column, cells, values))


def _time(cell: str) -> int | None:
    found = _TIME.fullmatch(cell)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _truths(column: Column, cells: pl.Series) -> ReadCells:
    if cells.dtype == pl.Boolean:
        return ReadCells(cells)
    values = _by_distinct(cells, lambda cell: {"true": True, "false": False}.get(cell.lower()), pl.Boolean)
    return ReadCells(values, _unread("not_true_or_false", column, cells, values))


def _numbers(column: Column, cells: pl.Series) -> ReadCells:
    # Spaces around a number do no harm.
    numbers = cells.str.strip_chars(" ").cast(pl.Int64, strict=False) if cells.dtype == pl.String else cells
    broken = _unread("not_a_whole_number", column, cells, numbers)
    minutes = column.csv.endswith("_minutes")
    least, most = (0, MINUTES_OF_A_DAY) if minutes else _RANGES.get(column.csv, (0, 2_000_000_000))
    rule = "minutes_out_of_range" if minutes else "number_out_of_range"
    broken += _outside(rule, column, numbers, least, most)
    return ReadCells(numbers.cast(POLARS_TYPES[column.type], strict=False), broken)


_CLASSES: Final = (
    ("whole number", r"^[+]?\d{1,9}$"),
    ("large number", r"^[+]?\d{10,}$"),
    ("negative number", r"^-\d+$"),
    ("decimal number", r"^[+-]?\d*[.,]\d+$"),
    ("date", r"^\d{4}-\d{2}-\d{2}$"),
    ("time", r"^\d{1,2}:\d{2}"),
    ("true or false", r"(?i)^(true|false)$"),
)


def value_class(cells: pl.Expr) -> pl.Expr:
    """What kind of value a cell holds, never the value: all that a quarantine list may show of it."""
    empty = pl.when(cells.is_null()).then(pl.lit("empty"))
    told = empty.when(cells.str.contains(_CONTROL)).then(pl.lit("control characters"))
    for name, pattern in _CLASSES:
        told = told.when(cells.str.contains(pattern)).then(pl.lit(name))
    return told.when(cells.str.len_bytes() > LONGEST_TEXT).then(pl.lit("long text")).otherwise(pl.lit("text"))
