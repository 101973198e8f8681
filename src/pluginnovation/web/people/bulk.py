"""Many rows into PostgreSQL at once: COPY into a temporary table, then one statement from there."""

from io import BytesIO
from typing import Final

import polars as pl
from django.db import connection

SLICE: Final = 4 << 20

TYPES: Final = {
    pl.String: "text",
    pl.Date: "date",
    pl.Boolean: "boolean",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
}


def stage(name: str, frame: pl.DataFrame) -> None:
    """A temporary table of that name with the frame's columns and rows, gone when the transaction ends."""
    columns = [(column, TYPES[kind.base_type()]) for column, kind in frame.schema.items()]
    shape = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    listed = ", ".join(f'"{column}"' for column, _ in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({shape}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} ({listed}) FROM STDIN (FORMAT csv, NULL '')") as copy:
            text = BytesIO()
            # PostgreSQL's text can hold any character but this one.
            frame = frame.with_columns(pl.col(pl.String).str.replace_all("\x00", "", literal=True))
            # Quoted always, so that an empty text is told from an unquoted nothing.
            frame.write_csv(text, include_header=False, quote_style="non_numeric", null_value="")
            body = text.getbuffer()
            for start in range(0, len(body), SLICE):
                copy.write(body[start : start + SLICE])
        cursor.execute(f"ANALYZE {name}")


def run(statement: str, *values: str | int) -> int:
    """Carry out one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return max(cursor.rowcount, 0)
