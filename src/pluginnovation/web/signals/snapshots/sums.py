"""Shares and drawings of many pupils together: a group, a school, a municipality."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from pluginnovation.signals.rules import RULE_SET_1

from .. import drawing

LINE_WEEKS: Final = 12
Row = Mapping[str, Any]


def sums_by(pupils: pl.DataFrame, key: str) -> dict[str, dict[str, Any]]:
    """Counts and minutes for each value of a column.

    Takes   pupils   one row per pupil and place: state, waits, share (percent or null), away, reported, offered
    Gives   pupils, known (share), signalled, waiting, unknown; away, reported, offered minutes in 28 days
    """
    summed = pupils.group_by(key).agg(
        pupils=pl.len(),
        known=pl.col("share").count(),
        signalled=(pl.col("state") == 2).sum(),
        waiting=pl.col("waits").sum(),
        unknown=(pl.col("state") == 1).sum(),
        away=pl.col("away").sum(),
        reported=pl.col("reported").sum(),
        offered=pl.col("offered").sum(),
    )
    return {row[key]: row for row in summed.iter_rows(named=True)}


def coverage_of(row: Row) -> int | None:
    """Percent of the offered minutes that is reported; none when nothing was offered."""
    return int(100 * row["reported"] // row["offered"]) if row["offered"] else None


def share_of(row: Row, least: int) -> int | None:
    """Percent away of the reported minutes; unknown when less than so many percent are reported."""
    if not row["reported"] or 100 * row["reported"] < least * row["offered"]:
        return None
    return int(100 * row["away"] // row["reported"])


def lines_by(weeks: pl.DataFrame, places: pl.DataFrame, key: str, least: Mapping[str, int]) -> dict[str, str]:
    """Each place's last twelve weeks as a line.

    Takes   weeks    one row per pupil and week: offered, reported, excused, unexcused minutes
            places   pupil, and the place in the column named by `key`
            least    a place -> percent that must be reported for a week to be known
    """
    first = drawing.CALENDAR_WEEKS - LINE_WEEKS
    away = pl.col("excused") + pl.col("unexcused")
    shown = weeks.filter(pl.col("week") >= first).select("pupil", "week", "reported", "offered", away=away)
    # A whole region's minutes, times a hundred, are more than 32 bits hold.
    shown = shown.cast(dict.fromkeys(("away", "reported", "offered"), pl.Int64))
    sums = shown.join(places.select("pupil", key), on="pupil").group_by(key, "week").agg(pl.exclude("pupil").sum())
    wanted = pl.col(key).replace_strict(least, default=RULE_SET_1.min_reported_pct, return_dtype=pl.Int64)
    known = (pl.col("reported") > 0) & (100 * pl.col("reported") >= wanted * pl.col("offered"))
    told = sums.with_columns(share=pl.when(known).then(100 * pl.col("away") // pl.col("reported")))
    found = {}
    for place, numbers, shares in told.group_by(key).agg("week", "share").iter_rows():
        line: list[int | None] = [None] * LINE_WEEKS
        for week, share in zip(numbers, shares, strict=True):
            line[week - first] = share
        found[place] = drawing.line(line)
    return found


def dots_by(pupils: pl.DataFrame, key: str) -> dict[str, str]:
    """Each place's pupils as dots; a pupil whose absence is unknown has none."""
    known = pupils.filter(pl.col("share").is_not_null())
    piles = known.group_by(key, percent=pl.min_horizontal("share", drawing.DOTS_TOP_PCT)).agg(
        pupils=pl.len(), waiting=pl.col("waits").sum()
    )
    listed = piles.sort("percent").group_by(key, maintain_order=True).agg("percent", "pupils", "waiting").iter_rows()
    return {place: drawing.piles(list(zip(*counts, strict=True))) for place, *counts in listed}


def years_text(years: Iterable[int]) -> str:
    """'7–9', or '8', or nothing."""
    known = sorted(set(years))
    if not known:
        return ""
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"
