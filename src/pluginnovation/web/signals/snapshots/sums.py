"""Counts and shares of many pupils together: a group, a school, a municipality."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

Row = Mapping[str, Any]


def sums_by(pupils: pl.DataFrame, key: str) -> pl.DataFrame:
    """Counts and minutes for each value of a column.

    Takes   pupils   one row per pupil and place: state, waits, share (percent or null), away, reported, offered
    Gives   pupils, known (share), signalled, waiting, unknown; away, reported, offered minutes in 28 days
    """
    return pupils.group_by(key).agg(
        pupils=pl.len(),
        known=pl.col("share").count(),
        signalled=(pl.col("state") == 2).sum(),
        waiting=pl.col("waits").sum(),
        unknown=(pl.col("state") == 1).sum(),
        away=pl.col("away").sum(),
        reported=pl.col("reported").sum(),
        offered=pl.col("offered").sum(),
    )


def coverage() -> pl.Expr:
    """Percent of the offered minutes that is reported; null when nothing was offered."""
    return pl.when(pl.col("offered") > 0).then(100 * pl.col("reported") // pl.col("offered"))


def share(least: str) -> pl.Expr:
    """Percent away of the reported minutes; unknown when less is reported than the percent that a column says."""
    known = (pl.col("reported") > 0) & (100 * pl.col("reported") >= pl.col(least) * pl.col("offered"))
    return pl.when(known).then(100 * pl.col("away") // pl.col("reported"))


def coverage_of(row: Row) -> int | None:
    """The same of one place."""
    return int(100 * row["reported"] // row["offered"]) if row["offered"] else None


def share_of(row: Row, least: int) -> int | None:
    """The same of one place, when so many percent must be reported."""
    if not row["reported"] or 100 * row["reported"] < least * row["offered"]:
        return None
    return int(100 * row["away"] // row["reported"])


def years_text(years: Iterable[int]) -> str:
    """'7–9', or '8', or nothing."""
    known = sorted(set(years))
    if not known:
        return ""
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"
