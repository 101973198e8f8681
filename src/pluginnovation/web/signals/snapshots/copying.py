"""Rows into the database by COPY, and the rows of a query as a frame."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection


def copy_in(table: str, columns: Sequence[str], chunks: Iterable[bytes]) -> None:
    """Send chunks of lines into a table, inside the transaction that is open."""
    quote = connection.ops.quote_name
    into = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(into) as copy:  # the driver's own cursor, under Django's
        for chunk in chunks:
            copy.write(chunk)


def frame_of(query: str, values: Sequence[Any] | Mapping[str, Any], schema: dict[str, Any]) -> pl.DataFrame:
    """The rows of a query as a frame, in their order.

    They come as one row with a list for each column: the driver takes as long for each row as for a long list.
    """
    names = [f"c{number}" for number in range(len(schema))]
    lists = ", ".join(f"array_agg({name})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lists} FROM ({query}) AS asked ({', '.join(names)})", values)  # noqa: S608
        found: Sequence[Any] = cursor.fetchone() or ()
    told = zip(schema.items(), found, strict=True)
    return pl.DataFrame({name: pl.Series(name, column or [], dtype=kind) for (name, kind), column in told})
