"""Pupils' pictures as rows for the database. Runs in processes beside, so all it needs comes in with a batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import numpy as np
import polars as pl

from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.reasons import reason

from .. import drawing
from ..days import packed_days
from ..figures import COVERAGE, Figure, packed
from .copying import line

COLUMNS: Final = (
    "pupil", "run_id", "school", "state", "waits", "level", "leading", "share", "unexcused", "coverage",
    "school_days", "last_true", "figures", "weekdays", "bars", "calendar", "days",
)  # fmt: skip
SHARE, UNEXCUSED = "absence_28d", "unexcused_28d"
ORDER: Final = {name: place for place, name in enumerate(CATALOGUE)}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pupils, and everything that their pictures are made of.

    runs      a source -> the number of its run
    last      the last place (0-99) in the calendar that isn't ahead
    schools   (source, the school's id in it) -> its code
    signals   the long table of signals, sorted by pupil;  weeks, taught, marked   as in `recent.py`
    since     (pupil, signal) -> the day it began, for signals that were raised before too
    answers   (pupil, signal) -> since and level of the signal that was answered
    """

    runs: Mapping[str, int]
    as_of: date
    last: int
    schools: Mapping[Key, str]
    signals: pl.DataFrame
    weeks: pl.DataFrame
    taught: pl.DataFrame
    marked: pl.DataFrame
    since: Mapping[Key, date]
    answers: Mapping[Key, tuple[date, int]]


def pupil_lines(batch: Batch) -> bytes:
    """The batch's rows of COLUMNS, as COPY text."""
    drawings = _drawings(batch)
    by_pupil = groupby(batch.signals.iter_rows(named=True), key=lambda row: row["pupil"])
    return "".join(
        [line(_row(batch, pupil, list(rows), drawn)) for (pupil, rows), drawn in zip(by_pupil, drawings, strict=True)]
    ).encode()


def _row(batch: Batch, pupil: str, rows: list[dict[str, Any]], drawn: tuple[Any, ...]) -> tuple[Any, ...]:
    rows.sort(key=lambda row: ORDER[row["signal"]])
    figures = [_figure(batch, row) for row in rows]
    raw = {row["signal"]: row for row in rows}
    open_ones = [figure for figure in figures if figure.opens]
    share = next((figure for figure in figures if figure.signal == SHARE), None)
    # The highest level leads; of two alike, the first in the catalogue.
    leading = max(open_ones, key=lambda figure: figure.level or 0, default=share)
    state = 2 if open_ones else 1 if share is None or share.level is None else 0
    waits = any(not _answered(batch, pupil, figure) for figure in open_ones)
    source, school = rows[0]["source"], rows[0]["school"]
    return (
        pupil, batch.runs[source], batch.schools.get((source, school), ""), state, waits,
        leading.level if leading and state == 2 else None, leading.signal if leading else "",
        *(_percent(raw.get(name)) for name in (SHARE, UNEXCUSED, COVERAGE)),
        max((row["school_days"] or 0 for row in rows if row["signal"] == SHARE), default=0),
        max((row["last_true"] for row in rows if row["last_true"]), default=None),
        [packed(figure) for figure in figures], *drawn,
    )  # fmt: skip


def _figure(batch: Batch, row: dict[str, Any]) -> Figure:
    since = None
    if row["raised"]:
        since = batch.since.get((row["pupil"], row["signal"]), batch.as_of)
    value = row["value"]
    return Figure(
        row["signal"], None if value is None else round(value, 4), row["unit"], row["level"], row["raised"], since,
        row["rests_from"], row["rests_to"], row["rests_activity"], row["last_true"],
        reason(row, "sv"), reason(row, "en"),
    )  # fmt: skip


def _answered(batch: Batch, pupil: str, figure: Figure) -> bool:
    since, level = batch.answers.get((pupil, figure.signal), (None, 0))
    return since == figure.since and level >= (figure.level or 0)


def _percent(row: Mapping[str, Any] | None) -> int | None:
    # Rounded down, like the reasons: 9.96 % is not 10 %.
    if row is None or row["value"] is None or not row["denominator"]:
        return None
    return int(100 * row["numerator"] // row["denominator"])


def _drawings(batch: Batch) -> Iterator[tuple[Any, ...]]:
    """Weekdays, bars, calendar and days for each pupil, in the order of the signals."""
    pupils = batch.signals.select("pupil").unique(maintain_order=True).with_row_index("no")
    excused, unexcused, away, over = _matrices(batch, pupils)
    bars_of = _week_shares(batch.weeks.join(pupils, on="pupil"), len(pupils))
    places = np.argwhere((excused > 0) | (unexcused > 0))
    unknown = np.argwhere(excused == drawing.UNREPORTED)
    ends, hatched = (np.searchsorted(rows[:, 0], np.arange(len(pupils) + 1)) for rows in (places, unknown))
    future = range(batch.last + 1, drawing.DAYS)
    for no in range(len(pupils)):
        low, high = excused[no].tolist(), unexcused[no].tolist()
        shown = places[ends[no] : ends[no + 1], 1].tolist()
        off = [place for place in range(batch.last + 1) if low[place] == drawing.NOTHING]
        calendar = drawing.calendar(
            {place: low[place] for place in shown}, {place: high[place] for place in shown},
            unknown[hatched[no] : hatched[no + 1], 1].tolist(), _days_off(tuple(off), future),
        )  # fmt: skip
        weekdays = [_share(a, o) for a, o in zip(away[no], over[no], strict=True)]
        yield weekdays, drawing.bars(*bars_of[no]), calendar, packed_days(low, high)


_off_drawn: dict[tuple[int, ...], str] = {}


def _days_off(off: tuple[int, ...], future: range) -> str:
    # A school's pupils share their holidays, so few of these are ever drawn.
    key = (*off, -1, future.start)
    if key not in _off_drawn:
        _off_drawn[key] = drawing.days_off(off, future)
    return _off_drawn[key]


def _share(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None


def _matrices(batch: Batch, pupils: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, list[list[int]], list[list[int]]]:
    """Percent excused and unexcused by pupil and day; minutes away and reported by pupil and weekday."""
    excused = np.full((len(pupils), drawing.DAYS), drawing.NOTHING, dtype=np.int8)
    taught = pupils.join(batch.taught, on="pupil", how="left", maintain_order="left").fill_null(0)
    for half, name in enumerate(("first", "second")):
        bits = taught[name].to_numpy()[:, None] >> np.arange(50) & 1
        excused[:, half * 50 : half * 50 + 50][bits.astype(bool)] = 0
    unexcused = excused.copy()
    marked = batch.marked.join(pupils, on="pupil")
    at = marked["no"].to_numpy(), marked["place"].to_numpy()
    excused[at], unexcused[at] = marked["excused"].to_numpy(), marked["unexcused"].to_numpy()
    minutes = [taught.select([f"{what}_{n}" for n in range(5)]).to_numpy().tolist() for what in ("away", "reported")]
    return excused, unexcused, minutes[0], minutes[1]


def _week_shares(weeks: pl.DataFrame, pupils: int) -> list[tuple[list[int], list[int]]]:
    """The last thirteen weeks' percent excused and unexcused, for each pupil."""
    first = drawing.CALENDAR_WEEKS - drawing.BAR_WEEKS
    shown = weeks.filter(pl.col("week") >= first)
    whole = pl.when("known").then("reported")
    shares = shown.select(
        "no", pl.col("week") - first,
        *[((100 * pl.col(c)) // whole).fill_null(drawing.UNREPORTED).alias(c) for c in ("excused", "unexcused")],
    )  # fmt: skip
    grids = []
    for name in ("excused", "unexcused"):
        grid = np.full((pupils, drawing.BAR_WEEKS), drawing.NOTHING, dtype=np.int16)
        grid[shares["no"].to_numpy(), shares["week"].to_numpy()] = shares[name].to_numpy()
        grids.append(grid.tolist())
    return list(zip(*grids, strict=True))
