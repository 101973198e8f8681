"""Drawn tables: facts written as text, so that a definition can be read, run and printed.

    pupil | date                   | offered | unexcused
    ------+------------------------+---------+----------
    mira  | 2026-04-13..2026-04-17 |     300 |        60

A date `a..b` stands for every weekday from a to b. A column that is left out, and an empty cell, mean what they
mean in a file of records: no minutes, no end, not given.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import duckdb
import ibis
import polars as pl

from pluginnovation.records.rollup import pupil_days
from pluginnovation.records.tables import BOOL, DATE, INT16, INT32, TABLES, TIMESTAMP, Table

SOURCE = "made-up"
IMPORT = 1
KINDS = {
    DATE: pl.Date,
    BOOL: pl.Boolean,
    INT16: pl.Int16,
    INT32: pl.Int32,
    TIMESTAMP: pl.Datetime("us"),
}
YES_NO = {"yes": True, "no": False}
LESSON_DEFAULTS = {"activity": "MA", "offered": "60", "is_reported": "yes", "source": SOURCE}


def rows(drawing: str) -> list[dict[str, str]]:
    """The rows of a drawn table, each cell as text."""
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    names = [name.strip() for name in lines[0].split("|")]
    cells = ([cell.strip() for cell in line.split("|")] for line in lines[2:])
    return [dict(zip(names, row, strict=True)) for row in cells]


def weekdays(cell: str) -> list[date]:
    """The days that a date cell names: one, or every weekday of a..b."""
    first, _, last = cell.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return [day for day in days if not last or day.weekday() < 5]


def lessons(drawing: str) -> list[dict[str, object]]:
    """Lesson rows: minutes that aren't drawn are 0, attended is the rest, starts follow each other from 8."""
    made: list[dict[str, object]] = []
    starts: dict[tuple[str, date], int] = {}
    for drawn in rows(drawing):
        row = LESSON_DEFAULTS | {name: cell for name, cell in drawn.items() if cell}
        for day in weekdays(row["date"]):
            minute = {name: int(row.get(name, 0)) for name in ("offered", "other", "excused", "unexcused", "late")}
            reported = YES_NO[row["is_reported"]]
            start = starts.get((row["pupil"], day), 480)
            if "start" in row:
                start = int(row["start"][:2]) * 60 + int(row["start"][3:])
            starts[row["pupil"], day] = start + minute["offered"]
            rest = minute["offered"] - minute["other"] - minute["excused"] - minute["unexcused"]
            made.append(
                {
                    "pupil": row["pupil"], "activity": row["activity"], "source": row["source"], "date": day,
                    "import_id": IMPORT,
                    "start_minute": start, "is_reported": reported, "attended": rest if reported else 0, **minute,
                }
            )  # fmt: skip
    return made


def plain(table: Table, drawing: str) -> list[dict[str, object]]:
    """Rows of any other table: cells by their column's type, empty is null."""
    types = {column.name: column.type for column in table.columns}

    def cell(name: str, text: str) -> object:
        if not text:
            return None
        if types.get(name) == DATE:
            return date.fromisoformat(text)
        if types.get(name) == BOOL:
            return YES_NO[text]
        return int(text) if types.get(name) in (INT16, INT32) else text

    return [{"source": SOURCE} | {name: cell(name, text) for name, text in row.items()} for row in rows(drawing)]


def frame(table: Table, made: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a frame with all of a table's columns, and which source they came from."""
    schema = {column.name: KINDS.get(column.type, pl.String) for column in table.columns}
    schema |= {"source": pl.String, "import_id": pl.Int32}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in made], schema=schema)


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """An engine in memory, for tests only."""
    return duckdb.connect()


def frame_of(expression: ibis.Table) -> pl.DataFrame:
    """What an expression over drawn tables gives."""
    return engine().sql(str(ibis.to_sql(expression, dialect="duckdb"))).pl()


def keep(expression: ibis.Table, named: str) -> ibis.Table:
    """A step of a computation as a table of the test engine, as the store's `materialise` does."""
    engine().execute(f"CREATE OR REPLACE TABLE {named} AS {ibis.to_sql(expression, dialect='duckdb')}")
    return ibis.table(expression.schema(), name=named)


def _stored(name: str, made: pl.DataFrame) -> ibis.Table:
    engine().register("made", made)
    engine().execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM made')
    engine().unregister("made")
    return ibis.table(ibis.Schema.from_polars(made.schema), name=name)


@dataclass(frozen=True)
class DrawnFacts:
    """Facts as signals read them, made of drawn tables."""

    organisations: ibis.Table
    pupils: ibis.Table
    enrolments: ibis.Table
    groups: ibis.Table
    memberships: ibis.Table
    activities: ibis.Table
    calendars: ibis.Table
    lessons: ibis.Table
    attendance_sums: ibis.Table
    outcome_events: ibis.Table
    days: ibis.Table

    @classmethod
    def of(cls, made: dict[str, list[dict[str, object]]], *, lateness_is_absence: bool = True) -> "DrawnFacts":
        """Tables in the test engine; what isn't given is empty."""
        names = [name for name in cls.__dataclass_fields__ if name != "days"]
        tables = {name: _stored(name, frame(TABLES[name], made.get(name, []))) for name in names}
        apart = () if lateness_is_absence else (IMPORT,)
        return cls(**tables, days=pupil_days(tables["lessons"], lateness_apart=apart))

    @classmethod
    def drawn(cls, given: str, others: dict[str, str], *, lateness_is_absence: bool = True) -> "DrawnFacts":
        """Tables from drawings: the lessons, and any other table by its name."""
        made = {name: plain(TABLES[name], drawing) for name, drawing in others.items()}
        made["lessons"] = lessons(given) if given.strip() else []
        return cls.of(made, lateness_is_absence=lateness_is_absence)
