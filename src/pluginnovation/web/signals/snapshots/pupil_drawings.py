"""Pupils' drawings, and the numbers behind them, for many pupils at once."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from .. import drawing

if TYPE_CHECKING:
    from .pupil_rows import Batch

Bytes = npt.NDArray[np.int8]
HALF: Final = 50


def drawings(pupils: pl.DataFrame, batch: "Batch") -> pl.DataFrame:
    """weekdays, bars, calendar and days (a bytea's text) for each pupil, in the pupils' order."""
    numbered = pupils.with_row_index("no")
    taught = numbered.join(batch.taught, on="pupil", how="left", maintain_order="left")
    excused, unexcused = _days(taught, batch.marked.join(numbered, on="pupil"))
    grids = _week_shares(batch.weeks.join(numbered, on="pupil"), len(pupils))
    both = np.concatenate([excused, unexcused], axis=1)
    return pl.DataFrame(
        {
            "weekdays": _weekdays(taught),
            "bars": drawing.bars(*grids),
            "calendar": _calendars(excused, unexcused, batch.last),
            "days": [f"\\\\x{row.tobytes().hex()}" for row in both],
        }
    )


def _weekdays(taught: pl.DataFrame) -> pl.Series:
    """Percent away on each weekday as a JSON list; null where nothing was reported."""
    shares = [
        (100 * pl.col(f"away_{n}") // pl.when(pl.col(f"reported_{n}") > 0).then(f"reported_{n}"))
        .cast(pl.String)
        .fill_null("null")
        for n in range(5)
    ]
    return taught.select(pl.format("[{}]", pl.concat_str(shares, separator=","))).to_series()


def _days(taught: pl.DataFrame, marked: pl.DataFrame) -> tuple[Bytes, Bytes]:
    """Percent excused and unexcused by pupil and day; see `days.py` for what isn't a percentage."""
    excused = np.full((len(taught), drawing.DAYS), drawing.NOTHING, dtype=np.int8)
    for half, name in enumerate(("first", "second")):
        bits = taught[name].fill_null(0).to_numpy()[:, None] >> np.arange(HALF) & 1
        excused[:, half * HALF : (half + 1) * HALF][bits.astype(bool)] = 0
    unexcused = excused.copy()
    at = marked["no"].to_numpy(), marked["place"].to_numpy()
    excused[at], unexcused[at] = marked["excused"].to_numpy(), marked["unexcused"].to_numpy()
    return excused, unexcused


def _calendars(excused: Bytes, unexcused: Bytes, last: int) -> pl.Series:
    future = range(last + 1, drawing.DAYS)
    # A school's pupils share their holidays, so few of these differ.
    without = np.packbits(excused[:, : last + 1] == drawing.NOTHING, axis=1)
    numbers: dict[bytes, int] = {}
    of_pupil = [numbers.setdefault(row.tobytes(), len(numbers)) for row in without]
    off = [np.unpackbits(np.frombuffer(row, dtype=np.uint8), count=last + 1) for row in numbers]
    drawn = pl.Series([drawing.days_off(np.flatnonzero(days).tolist(), future) for days in off], dtype=pl.String)
    return drawing.joined([drawn.gather(of_pupil), drawing.calendars(excused, unexcused)])


def _week_shares(weeks: pl.DataFrame, pupils: int) -> tuple[Any, Any]:
    """The last thirteen weeks' percent excused and unexcused, for each pupil."""
    first = drawing.CALENDAR_WEEKS - drawing.BAR_WEEKS
    shown = weeks.filter(pl.col("week") >= first)
    whole = pl.when("known").then("reported")
    named = {name: (100 * pl.col(name) // whole).fill_null(drawing.UNREPORTED) for name in ("excused", "unexcused")}
    shares = shown.select("no", place=pl.col("week") - first, **named)
    grids = []
    for name in named:
        grid = np.full((pupils, drawing.BAR_WEEKS), drawing.NOTHING, dtype=np.int16)
        grid[shares["no"].to_numpy(), shares["place"].to_numpy()] = shares[name].to_numpy()
        grids.append(grid)
    return grids[0], grids[1]
