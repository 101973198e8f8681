"""Frames in the text form that PostgreSQL's COPY takes. Nothing here knows the database."""

import io
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import polars as pl

NOTHING: Final = "\\N"
# What COPY would take for something else, and how it is written there. The backslash is first, or it would be doubled.
_ESCAPES: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""}
_json = msgspec.json.Encoder()


def escaped(name: str) -> pl.Expr:
    """A column of texts that are not our own words, as COPY takes them; null stays null."""
    told = pl.col(name)
    for special, instead in _ESCAPES.items():
        told = told.str.replace_all(special, instead, literal=True)
    return told


def json_of(values: Iterable[Any]) -> pl.Series:
    """Each value as JSON, escaped for COPY: JSON itself writes the other special letters with a backslash."""
    # JSON writes line breaks otherwise, so a line is a value. All at once takes two thirds of the time one by one does.
    texts = pl.Series(_json.encode_lines(values).decode().split("\n")[:-1], dtype=pl.String)
    return texts.str.replace_all("\\", "\\\\", literal=True)


def lines_of(rows: pl.DataFrame) -> bytes:
    """The rows as lines, in the order of their columns. Texts are escaped already."""
    return written(rows, separator="\t", null=NOTHING, end="\n")


def written(rows: pl.DataFrame, *, separator: str, null: str, end: str) -> bytes:
    """The rows' values as they are, with something between, after and for what is empty.

    By columns: a row at a time takes ten times as long.
    """
    into = io.BytesIO()
    rows.write_csv(
        into, include_header=False, separator=separator, quote_style="never", null_value=null, line_terminator=end
    )
    return into.getvalue()
