"""The forest plot: every site, also those that found nothing, on one scale with one line for no difference.

A page shows it as a table whose middle column is drawn; `standalone` is the same as one picture. Both have every number
as text, so nothing is told by the drawing alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10
from typing import Final, Literal
from xml.sax.saxutils import escape

from .pool import Pooled, Row

WIDTH: Final = 250.0
HEIGHT: Final = 30.0
BOX: Final = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
_EDGE: Final = 6.0
_SMALLEST, _LARGEST = 5.0, 15.0  # sides of the squares
_FAR: Final = 3.0  # an interval this many times wider than usual is cut off and gets an arrow
Kind = Literal["pooled_in", "running", "external", "shown_only", "untold", "together"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    kind     'pooled_in', 'running' (hollow), 'external' (stands apart), 'shown_only', 'untold' (no number), 'together'
    pupils   rounded to five; None: withheld
    weight   per cent; nought when it isn't pooled
    why      why it isn't pooled or has no number; empty if it is
    drawn    the inside of an `<svg viewBox="0 0 250 30">`, without colours; empty when there is nothing to draw
    """

    name: str
    detail: str
    kind: Kind
    pupils: int | None
    weight: float
    estimate: float | None
    low: float | None
    high: float | None
    why: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale: its value, and how far from the left it stands (per cent of the width)."""

    value: float
    at: float


@dataclass(frozen=True, slots=True)
class Forest:
    """The table and its scale. zero: where no difference stands, per cent from the left."""

    unit: str
    benefit: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    zero: float
    next_low: float | None
    next_high: float | None


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def x(self, value: float) -> float:
        """Along the width; what is outside stands at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return _EDGE + share * (WIDTH - 2 * _EDGE)


def forest(pooled: Pooled) -> Forest:
    """The table of a pool, in the order of its rows: pooled first, then those shown only, then those from outside."""
    scale = _scale(pooled)
    order = {"pooled_in": 0, "shown_only": 1, "running": 2, "untold": 3, "external": 4}
    heaviest = max((row.weight for row in pooled.rows), default=0.0)
    lines = sorted((_line(row, scale, heaviest) for row in pooled.rows), key=lambda line: order[line.kind])
    if pooled.estimate is not None and pooled.low is not None and pooled.high is not None:
        lines.append(_together(pooled, scale))
    ticks = tuple(Tick(value, 100 * scale.x(value) / WIDTH) for value in _ticks(scale))
    return Forest(
        pooled.unit, pooled.benefit, tuple(lines), ticks, 100 * scale.x(0.0) / WIDTH, pooled.next_low, pooled.next_high
    )


def _line(row: Row, scale: _Scale, heaviest: float) -> Line:
    message = row.message
    kind = _kind(row)
    value, se = message.estimate, message.se
    low = high = None
    drawn = ""
    if value is not None and se is not None:
        low, high = value - 1.96 * se, value + 1.96 * se
        size = _SMALLEST + (_LARGEST - _SMALLEST) * (row.weight / heaviest) ** 0.5 if heaviest else _SMALLEST
        drawn = _interval(low, high, scale) + _square(value, size, scale, hollow=kind != "pooled_in")
    pupils = (message.treated or 0) + (message.compared or 0)
    told = None if message.treated is None or message.compared is None else pupils
    why = message.cannot_tell if kind == "untold" else row.left_out
    name = f"{message.about.project}, {message.about.site}"
    return Line(name, message.about.detail, kind, told, row.weight, value, low, high, why, drawn)


def _kind(row: Row) -> Kind:
    if row.message.estimate is None:
        return "untold"
    if row.left_out == "running":
        return "running"
    if row.message.about.external:
        return "external"
    return "shown_only" if row.left_out else "pooled_in"


def _together(pooled: Pooled, scale: _Scale) -> Line:
    value, low, high = pooled.estimate or 0.0, pooled.low or 0.0, pooled.high or 0.0
    middle = HEIGHT / 2
    drawn = ""
    if pooled.next_low is not None and pooled.next_high is not None:
        drawn = (
            f'<path class="forest-next" d="M{scale.x(pooled.next_low):.1f} {middle}H{scale.x(pooled.next_high):.1f}"/>'
        )
    top, bottom = middle - 7, middle + 7
    drawn += (
        f'<path class="forest-mean" d="M{scale.x(low):.1f} {middle}L{scale.x(value):.1f} {top}'
        f'L{scale.x(high):.1f} {middle}L{scale.x(value):.1f} {bottom}z"/>'
    )
    return Line("", "", "together", pooled.pupils, 100.0, value, low, high, "", drawn)


def _interval(low: float, high: float, scale: _Scale) -> str:
    middle, left, right = HEIGHT / 2, scale.x(low), scale.x(high)
    path = f"M{left:.1f} {middle}H{right:.1f}"
    if low < scale.low:
        path += f"M{left + 4:.1f} {middle - 3}L{left:.1f} {middle}L{left + 4:.1f} {middle + 3}"
    if high > scale.high:
        path += f"M{right - 4:.1f} {middle - 3}L{right:.1f} {middle}L{right - 4:.1f} {middle + 3}"
    return f'<path class="forest-line" d="{path}"/>'


def _square(value: float, size: float, scale: _Scale, *, hollow: bool) -> str:
    name = "forest-hollow" if hollow else "forest-site"
    left, top = scale.x(value) - size / 2, HEIGHT / 2 - size / 2
    return f'<rect class="{name}" x="{left:.1f}" y="{top:.1f}" width="{size:.1f}" height="{size:.1f}"/>'


def _scale(pooled: Pooled) -> _Scale:
    told = [(m.estimate, m.se) for m in (row.message for row in pooled.rows) if m.estimate is not None and m.se]
    halves = sorted(1.96 * se for _, se in told)
    usual = halves[len(halves) // 2] if halves else 1.0
    ends = [0.0, *(end for end in (pooled.low, pooled.high, pooled.next_low, pooled.next_high) if end is not None)]
    for value, se in told:
        reach = min(1.96 * se, _FAR * usual)
        ends += [value - reach, value + reach]
    low, high = min(ends), max(ends)
    spare = 0.05 * (high - low) or 1.0
    return _Scale(low - spare, high + spare)


def _ticks(scale: _Scale) -> Iterable[float]:
    """Round numbers, at most seven, nought always among them."""
    rough = (scale.high - scale.low) / 6
    ten = 10.0 ** floor(log10(rough))
    step = next(size * ten for size in (1, 2, 5, 10) if size * ten >= rough)
    first, last = -floor(-scale.low / step), floor(scale.high / step)
    return [round(place * step, 10) for place in range(first, last + 1)]


def standalone(found: Forest, *, title: str, together: str, language: Literal["sv", "en"]) -> str:
    """The whole plot as one SVG file with its own colours, for a report.

    Takes   title      what is compared and in which unit; together: the pooled line's name
    """
    rows, top = len(found.lines), 40.0
    tall = top + HEIGHT * rows + 24
    wide, left = 760.0, 280.0
    zero = left + found.zero / 100 * WIDTH
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {tall:.0f}" role="img" lang="{language}">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<text class="head" x="8" y="20">{escape(title)}</text>',
        f'<path class="forest-zero" d="M{zero:.1f} {top - 8}V{top + HEIGHT * rows:.0f}"/>',
    ]
    for place, line in enumerate(found.lines):
        y = top + HEIGHT * place
        name = together if line.kind == "together" else line.name
        parts += [
            f'<text x="8" y="{y + 19:.0f}">{escape(name)}</text>',
            f'<g transform="translate({left:.0f} {y:.0f})">{line.drawn}</g>',
            f'<text class="num" x="{wide - 8:.0f}" y="{y + 19:.0f}">{escape(figures(line, language))}</text>',
        ]
    foot = tall - 8
    for tick in found.ticks:
        x = left + tick.at / 100 * WIDTH
        parts.append(f'<text class="tick" x="{x:.1f}" y="{foot:.0f}">{_number(tick.value, language, 4)}</text>')
    return "".join([*parts, "</svg>"])


def figures(line: Line, language: Literal["sv", "en"]) -> str:
    """The estimate with its interval as text; what can't be told says so."""
    if line.estimate is None or line.low is None or line.high is None:
        return "går inte att avgöra" if language == "sv" else "can't be decided"
    to = "till" if language == "sv" else "to"
    low, high = (_number(each, language, None) for each in (line.low, line.high))
    return f"{_number(line.estimate, language, None)} ({low} {to} {high})"


def _number(value: float, language: str, digits: int | None) -> str:
    text = f"{value:.1f}" if digits is None else f"{value:.{digits}g}"
    text = "0" if float(text) == 0 else text
    return (text.replace(".", ",") if language == "sv" else text).replace("-", "−")


_STYLE: Final = (
    "text{font:14px 'Source Sans 3','Source Sans Pro',system-ui,sans-serif;fill:#15202B}"
    ".head{font-weight:600}.num{text-anchor:end}.tick{text-anchor:middle;font-size:13px;fill:#5A6874}"
    ".forest-line,.forest-next{fill:none;stroke:#26336F;stroke-width:1.5}.forest-next{stroke-dasharray:2 3}"
    ".forest-site,.forest-mean{fill:#26336F}.forest-hollow{fill:#FFF;stroke:#26336F;stroke-width:1.5}"
    ".forest-zero{stroke:#7A8791;stroke-width:1}"
    "@media (prefers-color-scheme:dark){text{fill:#E9EEF0}.tick{fill:#98A5AD}.forest-line,.forest-next{stroke:#CDD7FB}"
    ".forest-site,.forest-mean{fill:#CDD7FB}.forest-hollow{fill:#171F24;stroke:#CDD7FB}.forest-zero{stroke:#77858E}"
    "svg{background:#171F24}}"
)
