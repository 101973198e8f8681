"""Places' drawings, for many groups or schools at once: twelve weeks as a line, and a dot for every pupil."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pluginnovation.signals.rules import RULE_SET_1

from .. import drawing

Whole = npt.NDArray[np.int64]

LINE_WEEKS: Final = 12
# All points there are, by week and percent: where a line goes when it begins and when it goes on, and how it ends.
_PERCENTS: Final = drawing.LINE_TOP_PCT + 1
_POINTS: Final = [
    drawing.point(LINE_WEEKS, week, percent) for week in range(LINE_WEEKS) for percent in range(_PERCENTS)
]
_TO: Final = pl.Series(["", *(f"M{point}" for point in _POINTS), *(f"L{point}" for point in _POINTS)])
_ENDS: Final = pl.Series([drawing.line_end(point) for point in _POINTS])


def lines_by(weeks: pl.DataFrame, places: pl.DataFrame, key: str, least: Mapping[str, int]) -> pl.DataFrame:
    """The place (in the column named by `key`) and line: its last twelve weeks. No row without lessons in them.

    Takes   weeks    one row per pupil and week: offered, reported, excused, unexcused minutes
            places   pupil, and the place in the column named by `key`: each place's rows after one another
            least    a place -> percent that must be reported for a week to be known
    """
    first = drawing.CALENDAR_WEEKS - LINE_WEEKS
    shown = weeks.filter(pl.col("week") >= first)
    pupils = shown.select(pl.col("pupil").unique(maintain_order=True)).with_row_index("no")
    at = shown.join(pupils, on="pupil", maintain_order="left")["no"].to_numpy(), shown["week"].to_numpy() - first
    here = places.select("pupil", key).join(pupils, on="pupil", maintain_order="left")
    codes, no = _numbered(here[key])
    begin = np.searchsorted(no, np.arange(len(codes)))
    of = here["no"].to_numpy()
    away, reported, offered = (
        _summed(minutes, at, of, begin, len(pupils))
        for minutes in (shown["excused"] + shown["unexcused"], shown["reported"], shown["offered"])
    )
    wanted = np.array([least.get(code, RULE_SET_1.min_reported_pct) for code in codes])[:, None]
    known = (reported > 0) & (100 * reported >= wanted * offered)
    shares = np.where(known, 100 * away // np.maximum(reported, 1), drawing.NOTHING)
    return pl.DataFrame({key: codes, "line": lines(shares)})


def _summed(minutes: pl.Series, at: Any, of: Any, begin: Any, pupils: int) -> Whole:
    """Minutes by place and week: those of each pupil, put beside each place of the pupil's, and added up.

    Takes   at      pupil's number and week of each row of minutes
            of      the pupils' numbers, place by place;  begin   where in them each place begins
    """
    grid = np.zeros((pupils, LINE_WEEKS), dtype=np.int32)
    grid[at] = minutes.to_numpy()
    # A whole region's minutes, times a hundred, are more than 32 bits hold.
    return np.add.reduceat(grid[of], begin, axis=0, dtype=np.int64) if len(of) else np.zeros((0, LINE_WEEKS), np.int64)


def lines(shares: Whole) -> pl.Series:
    """Weeks as a line; broken where a week is unknown or empty, a dot on the last known.

    Takes   percent by place and week, oldest first; NOTHING: unknown, or no lessons
    Gives   a drawing for each place
    """
    known = shares >= 0
    point = np.arange(LINE_WEEKS) * _PERCENTS + np.minimum(shares, drawing.LINE_TOP_PCT)
    goes_on = known & np.pad(known, ((0, 0), (1, 0)))[:, :-1]
    step = np.where(known, 1 + point + goes_on * len(_POINTS), 0)
    way = drawing.joined([_TO.gather(step[:, week]) for week in range(LINE_WEEKS)])
    last = LINE_WEEKS - 1 - np.argmax(known[:, ::-1], axis=1)
    some = known.any(axis=1)
    end = _ENDS.gather(np.where(some, point[np.arange(len(shares)), last], 0))
    ended = pl.DataFrame({"some": some, "end": end}).select(pl.when("some").then("end").otherwise(pl.lit("")))
    axis = pl.repeat(drawing.LINE_AXIS, len(shares), dtype=pl.String, eager=True)
    return drawing.joined([axis, drawing.paths({"trend": way}), ended.to_series()])


def _numbered(places: pl.Series) -> tuple[pl.Series, Whole]:
    """The places in their order, and each row's number of them."""
    no = places.rle_id().cast(pl.Int64).to_numpy()
    return places.unique(maintain_order=True), no


def dots_by(pupils: pl.DataFrame, key: str) -> pl.DataFrame:
    """The place (in the column named by `key`) and dots: a dot for each pupil whose absence is known.

    Takes   pupils   one row per pupil and place, each place's after one another: share (percent or null), waits
    """
    known = pupils.filter(pl.col("share").is_not_null())
    codes, no = _numbered(known[key])
    sizes = drawing.DOTS_TOP_PCT + 1
    pile = no * sizes + np.minimum(known["share"].to_numpy(), drawing.DOTS_TOP_PCT)
    high, waiting = (
        np.bincount(some, minlength=len(codes) * sizes).reshape(-1, sizes)
        for some in (pile, pile[known["waits"].to_numpy()])
    )
    place, percent = np.nonzero(high)
    shape = sizes, *([int(high.max(initial=0)) + 1] * 3)
    piles = percent, high[place, percent], waiting[place, percent], high.max(axis=1)[place]
    # A region has few different piles, and each is drawn once. Those who wait lie at the bottom.
    different, which = np.unique(np.ravel_multi_index(piles, shape), return_inverse=True)
    sorts = list(zip(*(part.tolist() for part in np.unravel_index(different, shape)), strict=True))
    drawn = {
        "other-dots": [drawing.piled(where, waits, pupils, most) for where, pupils, waits, most in sorts],
        "waiting-dots": [drawing.piled(where, 0, waits, most) for where, _pupils, waits, most in sorts],
    }
    texts = {name: pl.Series(each, dtype=pl.String).gather(which) for name, each in drawn.items()}
    each = pl.DataFrame({"place": place} | texts)
    whole = each.group_by("place", maintain_order=True).agg(pl.col(name).str.join("") for name in drawn)
    return pl.DataFrame({key: codes, "dots": drawing.paths({name: whole[name] for name in drawn})})
