"""Drawn tables: facts written as text, so that a definition can be read, run and printed.

    pupil | date                   | offered | unexcused
    ------+------------------------+---------+----------
    mira  | 2026-04-13..2026-04-17 |     300 |        60

A date `a..b` stands for every weekday from a to b. A column that is left out, and an empty cell, mean what they
mean in a file of records: no minutes, no end, not given.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace

import duckdb
import ibis
import polars as pl

from pluginnovation.records.columns import BOOL, DATE, INT16, INT32, TIMESTAMP, Table
from pluginnovation.records.facts import Facts
from pluginnovation.records.rollup import pupil_days
from pluginnovation.records.tables import TABLES
from pluginnovation.signals.catalogue import ATTENDANCE
from pluginnovation.signals.catalogue_enrolments import ENROLMENTS
from pluginnovation.signals.catalogue_grades import GRADES
from pluginnovation.signals.enrolment_run import enrolment_signals
from pluginnovation.signals.grade_run import grade_signals
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.signals.run import all_signals, attendance_signals
from pluginnovation.signals.scope import Keep, scope_of
from tests.compiled import written

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

    return [
        {"source": SOURCE, "row_no": number} | {name: cell(name, text) for name, text in row.items()}
        for number, row in enumerate(rows(drawing), start=1)
    ]


def frame(table: Table, made: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a frame with all of a table's columns, and which source they came from."""
    schema = {column.name: KINDS.get(column.type, pl.String) for column in table.columns}
    schema |= {"source": pl.String, "import_id": pl.Int32, "file_no": pl.Int16, "row_no": pl.Int32}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in made], schema=schema)


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """An engine in memory, for tests only."""
    return duckdb.connect()


def sql_of(expression: ibis.Table) -> str:
    """The engine's SQL for an expression over drawn tables."""
    return written(expression)


def frame_of(expression: ibis.Table) -> pl.DataFrame:
    """What an expression over drawn tables gives."""
    return engine().sql(sql_of(expression)).pl()


def keep(expression: ibis.Table, named: str) -> ibis.Table:
    """A step of a computation as a table of the test engine, as the store's `materialise` does."""
    engine().execute(f'CREATE OR REPLACE TABLE "{named}" AS {sql_of(expression)}')
    return ibis.table(expression.schema(), name=named)


def put(named: str, made: pl.DataFrame) -> ibis.Table:
    """A frame as a table of the test engine."""
    engine().register("made", made)
    engine().execute(f'CREATE OR REPLACE TABLE "{named}" AS SELECT * FROM made')
    engine().unregister("made")
    return ibis.table(ibis.Schema.from_polars(made.schema), name=named)


def _table(name: str) -> ibis.Table:
    return ibis.table(ibis.Schema.from_polars(frame(TABLES[name], []).schema), name=name)


NAMES = (
    "organisations", "pupils", "enrolments", "groups", "memberships", "activities", "calendars", "lessons",
    "attendance_sums", "grades", "study_plans", "residents", "outcome_events",
)  # fmt: skip
FACTS = SimpleNamespace(**{name: _table(name) for name in NAMES})
DAYS = ibis.table(pupil_days(FACTS.lessons).schema(), name="days")


def load(made: dict[str, list[dict[str, object]]], *, lateness_is_absence: bool = True) -> None:
    """Put rows into the tables that FACTS and DAYS stand for; what isn't given is empty."""
    for name in NAMES:
        put(name, frame(TABLES[name], made.get(name, [])))
    apart = () if lateness_is_absence else (IMPORT,)
    keep(pupil_days(FACTS.lessons, lateness_apart=apart), "days")


def drawn(given: str, others: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """Rows from drawings: the lessons, and any other table by its name."""
    made = {name: plain(TABLES[name], drawing) for name, drawing in others.items()}
    return made | {"lessons": lessons(given) if given.strip() else []}


@cache
def statements(as_of: date, signals: Callable[..., ibis.Table] = attendance_signals) -> tuple[str, ...]:
    """The SQL of all signals of a day, or only those of attendance, step by step. It doesn't depend on the rows."""
    steps: list[str] = []

    def noted(expression: ibis.Table, named: str) -> ibis.Table:
        steps.append(f'CREATE OR REPLACE TABLE "{named}" AS {sql_of(expression)}')
        return ibis.table(expression.schema(), name=named)

    results = signals(FACTS, DAYS, as_of=as_of, keep=noted)
    return (*steps, sql_of(results))


def attendance(as_of: date) -> pl.DataFrame:
    """All attendance signals of a day over the loaded rows."""
    return _run(statements(as_of))


def every_signal(as_of: date) -> pl.DataFrame:
    """All signals of a day over the loaded rows."""
    return _run(statements(as_of, all_signals))


def of_enrolments(facts: Facts, days: ibis.Table, *, as_of: date, keep: Keep) -> ibis.Table:
    """The signals about enrolments alone, which is quicker than to ask for all."""
    return enrolment_signals(facts, days, scope_of(facts, as_of=as_of, rules=RULE_SET_1, keep=keep), keep=keep)


def of_grades(facts: Facts, days: ibis.Table, *, as_of: date, keep: Keep) -> ibis.Table:
    """The signals about grades alone."""
    scope = scope_of(facts, as_of=as_of, rules=RULE_SET_1, keep=keep)
    return grade_signals(facts, scope, keep=keep)


def results_of(signal: str, as_of: date) -> list[dict[str, object]]:
    """The results of one signal of a day over the loaded rows."""
    return results_beside(signal, as_of).filter(pl.col("signal") == signal).to_dicts()


def results_beside(signal: str, as_of: date) -> pl.DataFrame:
    """The results of one signal and of those that are computed with it."""
    asked = next((signals for names, signals in STAGES if signal in names), all_signals)
    return _run(statements(as_of, asked))


STAGES = ((ATTENDANCE, attendance_signals), (ENROLMENTS, of_enrolments), (GRADES, of_grades))


def _run(steps: tuple[str, ...]) -> pl.DataFrame:
    *first, last = steps
    for step in first:
        engine().execute(step)
    return engine().sql(last).pl()
