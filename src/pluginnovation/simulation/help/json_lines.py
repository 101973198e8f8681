"""Frames of events as lines of JSON."""

from collections.abc import Sequence

import polars as pl


def as_lines(events: pl.DataFrame) -> pl.DataFrame:
    """`at`, `id` and the whole row as one JSON object."""
    return events.select("at", "id", line=pl.struct(pl.all()).struct.json_encode())


def tagged(kind: str, name: pl.Series, number: pl.Series, tag: str | pl.Series) -> pl.Series:
    """Ids such as 'a-p0100012-07-e'."""
    padded = number.cast(pl.String).str.zfill(2)
    return pl.select(pl.format("{}-{}-{}-{}", pl.lit(kind), pl.lit(name), pl.lit(padded), pl.lit(tag))).to_series()


def words(known: Sequence[str], places: pl.Series) -> pl.Series:
    """The words at some places of a list."""
    return pl.Series(list(known), dtype=pl.String).gather(places)
