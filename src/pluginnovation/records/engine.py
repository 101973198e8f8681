"""What the records ask of the engine, and how expressions, names and values are written in its SQL.

The engine itself is opened in `store.py` and nowhere else; Spark, the second one, in `spark_engine.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

import ibis
import polars as pl
from ibis.backends.sql.compilers import duckdb

from .columns import BOOL, DOUBLE, SQL_TYPES, TIMESTAMP, Column

# The words of tables.py are Ibis's own, but for one.
IBIS_TYPES: Final = {DOUBLE: "float64", BOOL: "boolean"}

# The store's own engine, and the one that computes when one process is too small (see `computing.py`).
DUCKDB, SPARK = "duckdb", "spark"
ENGINES: Final = (DUCKDB, SPARK)


class Engine(Protocol):
    """The one engine of the process."""

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""

    def run_beside(self, sql: str) -> list[tuple[Any, ...]]:
        """The same on a connection of its own, which knows files and views but no temporary table."""

    def frame(self, sql: str) -> pl.DataFrame:
        """The same as a frame."""

    def view(self, named: str, sql: str, *, of_files: bool = False) -> None:
        """Give a query a name, in place of an earlier one with that name.

        Takes   of_files   it reads files and no temporary table: what runs ahead needn't end first
        """

    def sql_of(self, expression: ibis.Table) -> str:
        """The engine's SQL for an expression."""


def table_of(named: str, columns: Iterable[Column]) -> ibis.Table:
    """A table expression on a view of the engine. It isn't bound to a connection: any engine can run it."""
    return ibis.table({column.name: IBIS_TYPES.get(column.type, column.type) for column in columns}, name=named)


@contextmanager
def _unfused() -> Iterator[None]:
    """Selects stay one inside another. Ibis would need a third of its time to fuse them; the engine does it at once.

    The option is the whole process's: whoever else writes SQL meanwhile gets a longer text that means the same.
    """
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


def duck_sql(expression: ibis.Table) -> str:
    """One statement in DuckDB's SQL that gives the rows of an expression, which is bound to no connection."""
    writer = duckdb.compiler
    with _unfused():
        written = writer.to_sqlglot(expression)
    # The tree is ours alone and not used again: nothing needs to be copied.
    return str(written.sql(dialect=writer.dialect, copy=False))


def name(word: str) -> str:
    """A table's or column's name in SQL; `group` is a word of SQL too, so every name is quoted."""
    return '"' + word.replace('"', '""') + '"'


def names(words: Iterable[str], within: str = "") -> str:
    """Names separated by commas, each within the same table."""
    return ", ".join(f"{within}.{name(word)}" if within else name(word) for word in words)


def literal(value: object) -> str:
    """A value in SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"TIMESTAMPTZ '{value.astimezone(UTC).isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"


def parquet(paths: Iterable[object], *options: str) -> str:
    """Reading Parquet files in SQL."""
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet({', '.join([f'[{listed}]', 'hive_partitioning = false', *options])})"


def stored_type(column: Column) -> str:
    """The SQL type a column has in a file: times carry their zone there, as Delta's readers expect."""
    return "TIMESTAMPTZ" if column.type == TIMESTAMP else SQL_TYPES[column.type]


def casts(columns: Iterable[Column]) -> str:
    """The columns in the types that files have, whatever types a relation gives them."""
    return ", ".join(f"CAST({name(column.name)} AS {stored_type(column)}) AS {name(column.name)}" for column in columns)


def as_read(column: Column) -> str:
    """A stored column as stages read it: times are UTC without a zone."""
    quoted = name(column.name)
    return f"make_timestamp(epoch_us({quoted})) AS {quoted}" if column.type == TIMESTAMP else quoted


def empty(columns: Iterable[Column]) -> str:
    """A query with these columns and no row."""
    shown = ", ".join(f"CAST(NULL AS {SQL_TYPES[column.type]}) AS {name(column.name)}" for column in columns)
    return f"SELECT {shown} WHERE false"
