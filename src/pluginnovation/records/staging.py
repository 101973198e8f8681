"""Handing rows to the store: as files that its engine reads, one relation per table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from .cells import POLARS_TYPES
from .columns import Table
from .csv_rows import ROW
from .engine import name, names, parquet
from .taking import FILE

if TYPE_CHECKING:
    from .store import Store

# In place of a file's number, in rows that a source doesn't tell: stored ones, there so that they don't end. They equal
# what is stored, and are never written.
CARRIED: Final = -1


def stage(store: "Store", folder: Path, table: Table, rows: pl.DataFrame) -> None:
    """Stage a small table's rows as `staged_<table>`."""
    path = folder / f"staged-{table.name}.parquet"
    types = {column.name: POLARS_TYPES[column.type] for column in table.columns}
    wanted = {**types, FILE: pl.Int16, ROW: pl.Int32}
    shaped = rows if rows.width else pl.DataFrame(schema=wanted)
    shaped.select(pl.col(column).cast(kind) for column, kind in wanted.items()).write_parquet(path, compression="lz4")
    stage_files(store, table, [path])


def stage_files(store: "Store", table: Table, paths: Sequence[Path]) -> None:
    """Stage the rows of files as `staged_<table>`."""
    columns = names((*table.names, FILE, ROW))
    store.engine.run(f"CREATE OR REPLACE VIEW {name(f'staged_{table.name}')} AS SELECT {columns} FROM {parquet(paths)}")


def stored_under(current: pl.DataFrame, table: Table, keys: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The stored rows under keys that were turned away now: those have not ended."""
    rows = current.select(*table.names, FILE, ROW)
    return (
        rows.join(pl.concat(keys).unique(), on=list(table.key), how="semi", nulls_equal=True) if keys else rows.clear()
    )


def outside(current: pl.DataFrame, table: Table, scope: pl.DataFrame) -> pl.DataFrame:
    """The stored rows that don't stand inside any of the objects that came."""
    rows = current.select(*table.names, FILE, ROW)
    return rows.join(scope, on=scope.columns, how="anti", nulls_equal=True)


def with_stored(rows: pl.DataFrame, table: Table, stored: pl.DataFrame) -> pl.DataFrame:
    """Rows of a source, and stored ones that it says nothing about: those are marked as carried along."""
    stored = stored.with_columns(pl.lit(CARRIED, pl.Int16).alias(FILE))
    if not rows.width:
        return stored
    columns = [*table.names, FILE, ROW]
    fresh = stored.join(rows.select(table.key), on=list(table.key), how="anti", nulls_equal=True)
    return pl.concat([rows.select(columns), fresh.select(columns)], how="vertical_relaxed")
