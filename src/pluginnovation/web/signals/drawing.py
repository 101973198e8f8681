"""Small finished drawings: the insides of `<svg>` elements, as few paths as possible and no colours.

Colours come from classes in the stylesheet. Sizes are in the drawing's own units. Nothing here asks the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

Percents = npt.NDArray[np.integer[Any]]

BAR_WEEKS: Final = 13
BAR_STEP: Final = 8
BAR_TOP_PCT: Final = 40
BARS_BOX: Final = "0 0 105 30"

CALENDAR_WEEKS: Final = 20
CELL: Final = 22
SIDE: Final = 18
LEFT: Final = 36.5
TOP: Final = 26.5
CALENDAR_BOX: Final = f"0 0 {36 + CALENDAR_WEEKS * CELL} 162"

DOTS_BOX: Final = "0 0 240 56"
# All who were away more stand at the end.
DOTS_TOP_PCT: Final = 31
# Words under the scale need so many percent each.
WORDS_APART: Final = 3
LINE_BOX: Final = "0 0 100 24"
LINE_TOP_PCT: Final = 30

NOTHING: Final = -1
UNREPORTED: Final = -2


@dataclass(frozen=True, slots=True)
class Week:
    """A week's absence in whole percent of the reported time.

    known   False: lessons were held, but too few are reported
    """

    excused: int
    unexcused: int
    known: bool = True


def path(kind: str, d: str) -> str:
    """A path of one kind, or nothing when there is nothing to draw."""
    return f'<path class="{kind}" d="{d}"/>' if d else ""


def _bar(week: int, bottom: int, percent: int) -> str:
    return f"M{1 + BAR_STEP * week} {29 - bottom * 0.7:g}v-{percent * 0.7:g}h6v{percent * 0.7:g}z" if percent else ""


# All bars there are, so that a hundred thousand pupils need no arithmetic: by week, bottom and percent.
_BAR_SIZES: Final = BAR_TOP_PCT + 1
_BARS: Final = pl.Series(
    [
        _bar(week, bottom, percent) if bottom + percent <= BAR_TOP_PCT else ""
        for week in range(BAR_WEEKS)
        for bottom in range(_BAR_SIZES)
        for percent in range(_BAR_SIZES)
    ],
    dtype=pl.String,
)
_UNKNOWN_BARS: Final = [f"M{1 + BAR_STEP * week}.5 17h5v12h-5z" for week in range(BAR_WEEKS)]


def bars(excused: Percents, unexcused: Percents) -> pl.Series:
    """Thirteen weeks: unexcused below, excused above, cut at 40 %; hatched where too little is reported.

    Takes   percent by pupil and week, oldest first; NOTHING: no lessons; UNREPORTED: too few reported
    Gives   a drawing for each pupil
    """
    low, high, unknown = [], [], []
    for week in range(BAR_WEEKS):
        below = np.clip(unexcused[:, week], 0, BAR_TOP_PCT).astype(np.int64)
        above = np.where(unexcused[:, week] < 0, 0, np.clip(excused[:, week], 0, BAR_TOP_PCT - below))
        first = week * _BAR_SIZES**2
        low.append(_BARS.gather(first + below))
        high.append(_BARS.gather(first + below * _BAR_SIZES + above))
        unknown.append(pl.Series(["", _UNKNOWN_BARS[week]]).gather((unexcused[:, week] == UNREPORTED).astype(np.int64)))
    return paths({"ungiven": joined(low), "given": joined(high), "hatched": joined(unknown)})


def joined(parts: Sequence[pl.Series]) -> pl.Series:
    """The parts' texts put together, row by row."""
    named = [part.alias(str(place)) for place, part in enumerate(parts)]
    return pl.DataFrame(named).select(pl.concat_str(pl.all()).alias("d")).to_series()


def paths(drawn: Mapping[str, pl.Series]) -> pl.Series:
    """Paths of several kinds for each row, as `path` has them."""
    each = [
        pl.when(pl.col(kind).fill_null("") == "")
        .then(pl.lit(""))
        .otherwise(pl.format(f'<path class="{kind}" d="{{}}"/>', kind))
        for kind in drawn
    ]
    return pl.DataFrame(dict(drawn)).select(pl.concat_str(each).alias("paths")).to_series()


def _cell(index: int) -> tuple[int, int]:
    week, weekday = divmod(index, 5)
    return week * CELL, weekday * CELL


def _filled(index: int, bottom: int, height: int) -> str:
    x, y = _cell(index)
    return f"M{x} {y + SIDE - bottom}v-{height}h{SIDE}v{height}z" if height else ""


DAYS: Final = CALENDAR_WEEKS * 5
# All boxes there are: by day, bottom and height.
_HEIGHTS: Final = SIDE + 1
_FILLED: Final = pl.Series(
    [
        _filled(day, bottom, height) if bottom + height <= SIDE else ""
        for day in range(DAYS)
        for bottom in range(_HEIGHTS)
        for height in range(_HEIGHTS)
    ],
    dtype=pl.String,
)
_SQUARE: Final = [f"M{_cell(day)[0]} {_cell(day)[1]}h{SIDE}v{SIDE}h-{SIDE}z" for day in range(DAYS)]

# Where the boxes begin: the drawing of a calendar's inside stands in a group moved there.
BOXES_AT: Final = f"translate({LEFT:g} {TOP:g})"
# The empty boxes, the same for everyone: part of the page, not of the snapshot.
GRID: Final = "".join(_SQUARE)


def calendars(excused: Percents, unexcused: Percents) -> pl.Series:
    """What stands in the boxes of twenty weeks: height filled = part of the day. Goes after what `days_off` draws.

    Takes   percent by pupil and day (100 of them), as in `bars`
    Gives   a drawing for each pupil
    """
    marked = np.argwhere((excused > 0) | (unexcused > 0) | (excused == UNREPORTED))
    no, day = marked[:, 0], marked[:, 1]
    above, below = (shares[no, day].astype(np.int64) for shares in (excused, unexcused))
    bottom = -(-np.maximum(below, 0) * SIDE // 100)
    top = np.minimum(-(-np.maximum(above, 0) * SIDE // 100), SIDE - bottom)
    first = day * _HEIGHTS**2
    drawn = pl.DataFrame(
        {
            "no": no,
            "ungiven": _FILLED.gather(first + bottom),
            "given": _FILLED.gather(first + bottom * _HEIGHTS + top),
            "hatched": pl.Series(["", *_SQUARE]).gather(np.where(above == UNREPORTED, day + 1, 0)),
        }
    )
    kinds = ("ungiven", "given", "hatched")
    whole = drawn.group_by("no", maintain_order=True).agg(pl.col(kinds).str.join(""))
    every = pl.DataFrame({"no": np.arange(len(excused))}).join(whole, on="no", how="left", maintain_order="left")
    return paths({kind: every[kind] for kind in kinds})


def days_off(off: Sequence[int], future: Sequence[int]) -> str:
    """A dash for days without lessons, nothing for days to come; neither has a box.

    Takes   places in the calendar (0-99), in order
    """
    blank, dash = [], []
    for week, days in groupby(sorted((*off, *future)), key=lambda day: day // 5):
        for first, length in _runs([day % 5 for day in days]):
            blank.append(f"M{week * CELL - 1} {first * CELL - 1}h20v{length * CELL - 2}h-20z")
    for week, days in groupby(off, key=lambda day: day // 5):
        for first, length in _runs([day % 5 for day in days]):
            dash.append(f"M{week * CELL + 6} {first * CELL + 9}h6" + "m-6 22h6" * (length - 1))
    return path("blank", "".join(blank)) + path("off", "".join(dash))


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The unbroken runs of rising numbers: first and length."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def calendar_axis(start: date, today: date, months: Sequence[str], weekdays: Sequence[str]) -> str:
    """The calendar's words: weekdays, months and week numbers, and an outline around today.

    Takes   start      a Monday, the calendar's first day
            months     twelve short names; weekdays: five
    """
    parts = [
        f'<text class="tag" x="0" y="{TOP + row * CELL + 13:g}">{name}</text>' for row, name in enumerate(weekdays)
    ]
    shown = 0
    for column in range(CALENDAR_WEEKS):
        monday = start + timedelta(weeks=column)
        x = LEFT + column * CELL
        first_of_month = monday.day <= 7 or column == 0
        if first_of_month and (column == 0 or monday.month != shown) and (column or monday.day < 20):
            parts.append(f'<text class="tag" x="{x:g}" y="18">{months[monday.month - 1]}</text>')
            shown = monday.month
        every = "" if column % 4 == 1 else " every"
        parts.append(f'<text class="tag mid{every}" x="{x + 9:g}" y="156">{monday.isocalendar().week}</text>')
    days = (today - start).days
    if 0 <= days < CALENDAR_WEEKS * 7 and days % 7 < 5:
        x, y = _cell(days // 7 * 5 + days % 7)
        parts.append(path("today", f"M{LEFT + x:g} {TOP + y:g}h{SIDE}v{SIDE}h-{SIDE}z"))
    return "".join(parts)


# What lies under every line.
LINE_AXIS: Final = path("axis", "M0 23.5H100")


def point(weeks: int, week: int, share: int) -> str:
    """Where a line of so many weeks is in one of them, on a fixed scale: 0 to LINE_TOP_PCT percent."""
    return f"{2 + 96 / max(weeks - 1, 1) * week:.3g} {21 - 18 * share / LINE_TOP_PCT:.3g}"


def line_end(point: str) -> str:
    """The dot on a line's last known week."""
    x, _, y = point.partition(" ")
    return f'<circle class="trend-end" cx="{x}" cy="{y}" r="2.2"/>'


def dots(shares: Sequence[tuple[int, bool]]) -> str:
    """A dot for each pupil on 0 to 30 % and beyond, piled where shares are alike; a square waits for someone.

    Takes   percent and whether the pupil waits, in any order
    """
    return dots_and_rings((share, waits, False) for share, waits in shares)


def dots_and_rings(pupils: Iterable[tuple[int, bool, bool]]) -> str:
    """The same with a ring for those who have support and don't wait.

    Takes   percent, whether the pupil waits, and whether adults have a support in place, in any order
    """
    found: dict[int, list[int]] = {}
    for share, waits, supported in pupils:
        pile = found.setdefault(min(share, DOTS_TOP_PCT), [0, 0, 0])
        pile[0] += 1
        pile[1] += waits
        pile[2] += supported and not waits
    piles = [(percent, *counts) for percent, counts in sorted(found.items())]
    high = max((pupils for _percent, pupils, *_rest in piles), default=1)
    # Those who wait lie at the bottom, and those with support on them.
    waiting = "".join([piled(percent, 0, waits, high) for percent, _pupils, waits, _rings in piles])
    rings = "".join([piled(percent, waits, waits + rings, high) for percent, _pupils, waits, rings in piles])
    others = "".join([piled(percent, waits + rings, pupils, high) for percent, pupils, waits, rings in piles])
    ringed = path("supported-dots", rings) + path("supported-holes", rings) if rings else ""
    return path("other-dots", others) + path("waiting-dots", waiting) + ringed


def piled(percent: int, first: int, last: int, high: int) -> str:
    """The dots of one pile from one place up to another, where the highest pile has so many."""
    rise = min(5.6, 50 / high)
    return "".join([f"M{4 + percent * 7.5:g} {51 - place * rise:.3g}h0" for place in range(first, last)])


def dot_marks(limits: Iterable[int]) -> str:
    """What lies under the dots: the axis, and a line at each limit (percent) that is on the scale."""
    on_scale = sorted({limit for limit in limits if limit < DOTS_TOP_PCT})
    return path("mark", "".join(f"M{4 + limit * 7.5:g} 1V54" for limit in on_scale)) + path("axis", "M0 54.5H240")


def dot_ruler(limits: Iterable[int]) -> str:
    """The scale in words: its ends and the limits, less those that would lie on one another. Places in percent."""
    told = [0]
    for limit in sorted(set(limits)):
        if limit - told[-1] >= WORDS_APART and DOTS_TOP_PCT - limit >= 2 * WORDS_APART:
            told.append(limit)
    words = [f'<text class="mid" x="{(4 + limit * 7.5) / 2.4:.4g}%" y="11">{limit}</text>' for limit in told]
    return "".join(words) + f'<text class="far" x="100%" y="11">{DOTS_TOP_PCT - 1}+</text>'


def bar_mark(limit: int) -> str:
    """The line across thirteen weeks at a limit in percent, and the axis; no line for one above the bars."""
    mark = path("mark", f"M0 {29 - limit * 0.7:g}H105") if limit <= BAR_TOP_PCT else ""
    return mark + path("axis", "M0 29.5H105")
