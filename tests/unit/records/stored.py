"""Bringing rows into a store in tests: an import in one call, rows as short tuples."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from pluginnovation.privacy.grounds import Grant, Ground
from pluginnovation.records.columns import SQL_TYPES
from pluginnovation.records.import_run import Alongside
from pluginnovation.records.ledger import ImportRow
from pluginnovation.records.reconcile import Counts
from pluginnovation.records.store import Store
from pluginnovation.records.tables import TABLES

SOURCE = "Påhittad region"
FIRST = datetime(2026, 4, 1, 8, tzinfo=UTC)

Rows = Iterable[Mapping[str, Any]]


def day_of_import(number: int) -> datetime:
    """When the import of that number is made: one a day."""
    return FIRST + timedelta(days=number - 1)


def lesson(pupil: str, day: str, **changes: Any) -> dict[str, Any]:
    """One reported lesson of sixty minutes in mathematics at 08.00, all attended unless something else is said."""
    row = {
        "pupil": pupil,
        "activity": "ma",
        "date": date.fromisoformat(day),
        "start_minute": 480,
        "offered": 60,
        "is_reported": True,
        "other": 0,
        "excused": 0,
        "unexcused": 0,
        "late": 0,
        **changes,
    }
    missed = row["other"] + row["excused"] + row["unexcused"]
    return {"attended": row["offered"] - missed if row["is_reported"] else 0, **row}


def membership(group: str, pupil: str, **changes: Any) -> dict[str, Any]:
    """A pupil in a group, without dates."""
    return {"group": group, "pupil": pupil, "start_date": None, "end_date": None, **changes}


def stage(store: Store, table: str, rows: Rows) -> None:
    """Leave rows where an import reads them, numbered from 1."""
    columns = TABLES[table].columns
    listed = ", ".join(f'"{column.name}" {SQL_TYPES[column.type]}' for column in columns)
    store.sql(f"CREATE OR REPLACE TEMP TABLE staged_{table} ({listed}, file_no SMALLINT, row_no INTEGER)")
    for number, row in enumerate(rows, start=1):
        values = [row.get(column.name) for column in columns]
        marks = ", ".join("?" * (len(values) + 2))
        store.sql(f"INSERT INTO staged_{table} VALUES ({marks})", [*values, 0, number])


def bring(
    store: Store, number: int, tables: Mapping[str, Rows], source: str = SOURCE, alongside: Alongside | None = None
) -> dict[str, Counts]:
    """Import these rows; tables that a CSV folder gives whole are taken as whole."""
    with store.importing(source, day_of_import(number)) as run:
        counts = {}
        for table, rows in tables.items():
            stage(store, table, rows)
            counts[table] = run.reconcile(table, whole=TABLES[table].whole)
        run.commit(import_row(number, source), alongside)
    return counts


def import_row(number: int, source: str = SOURCE) -> ImportRow:
    """The ledger's row of such an import."""
    at = day_of_import(number)
    files = (f"lessons-{number}.csv",)
    return ImportRow(0, source, "demo", "test", at, at, simulated=True, files=files, undoable=True)


def rows(store: Store, table: str, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
    """The table's own columns, sorted."""
    expression = store.facts(known_at).table(TABLES[table]).select(*TABLES[table].names)
    return sorted(store.frame(expression).rows(), key=str)


def day_rows(store: Store, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
    """The roll-up's rows, sorted."""
    return sorted(store.frame(store.days(known_at)).rows(), key=str)


def rolled_up_again(store: Store, known_at: datetime | None = None) -> list[tuple[Any, ...]]:
    """The roll-up worked out in plain Python from the lessons."""
    frame = store.frame(store.facts(known_at).lessons)
    told = pl.col("is_reported")
    days = frame.group_by("source", "pupil", "date", "month").agg(
        lessons=pl.len().cast(pl.Int32),
        reported_lessons=told.sum().cast(pl.Int32),
        offered=pl.col("offered").cast(pl.Int32).sum(),
        reported=pl.col("offered").filter(told).cast(pl.Int32).sum(),
        present=(pl.col("attended") + pl.col("other")).filter(told).cast(pl.Int32).sum(),
        excused=pl.col("excused").filter(told).cast(pl.Int32).sum(),
        unexcused=pl.col("unexcused").filter(told).cast(pl.Int32).sum(),
        late_absence=pl.min_horizontal("late", "unexcused").filter(told).cast(pl.Int32).sum(),
        late_lessons=(pl.col("late").filter(told) > 0).sum().cast(pl.Int32),
    )
    return sorted(days.select(store.days().columns).rows(), key=str)


def files_of(store: Store, table: str) -> dict[str, set[str]]:
    """The paths of a table's files at the head, per month."""
    found: dict[str, set[str]] = {}
    for stored in store.folders[table].files(store.ledger.head().get(table, 0)):
        found.setdefault(stored.partition.get("month", ""), set()).add(stored.path)
    return found


def grant_for(pupil: str, source: str = SOURCE) -> Grant:
    """What the door would give."""
    return Grant(pupil, source, Ground("mentor", "own_group", "7b"), 1)
