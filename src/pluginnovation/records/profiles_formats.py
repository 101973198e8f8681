"""How exports write days, times, numbers and lengths: one cell of theirs to one cell of ours, or nothing.

A cell that isn't written so is left as it stands; the reader of cells then takes it or sets its row aside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

UNITS: Final = ("minutes", "hours", "lessons", "HH:MM")

# Years of two figures: 00-69 are of this century.
_CENTURY: Final = 70
_PARTS: Final = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "hh": r"(?P<hour>\d{2})",
    "h": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}
_TOKEN: Final = re.compile("(" + "|".join(sorted(_PARTS, key=len, reverse=True)) + ")")
_CLOCK: Final = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_SPACES: Final = str.maketrans("", "", " \u00a0\u202f")
_LONGEST: Final = 30


@dataclass(frozen=True, slots=True)
class Length:
    """How an export writes lengths of time.

    unit             one of UNITS
    decimal          the decimal mark
    lesson_minutes   how long one lesson is
    """

    unit: str
    decimal: str
    lesson_minutes: int


@cache
def pattern_of(format_: str) -> re.Pattern[str]:
    """The pattern of a format such as 'DD/MM/YYYY' or 'YYYY-MM-DD hh:mm'.

    Raises  ValueError when a part comes twice
    """
    pieces = [_PARTS.get(piece, re.escape(piece)) for piece in _TOKEN.split(format_)]
    try:
        return re.compile("".join(pieces), re.ASCII)
    except re.error:
        raise ValueError(format_) from None


def has_day(format_: str) -> bool:
    """Whether a format tells a day: year, month and day."""
    parts = pattern_of(format_).groupindex.keys()
    return {"month", "day"} <= parts and bool({"year", "short"} & parts)


def has_clock(format_: str) -> bool:
    """Whether a format tells a time: hour and minute."""
    return {"hour", "minute"} <= pattern_of(format_).groupindex.keys()


def day_of(cell: str, formats: Sequence[str]) -> str | None:
    """The day in a cell, as ISO; None when it is written in none of the formats or isn't a day."""
    for format_ in formats:
        found = pattern_of(format_).fullmatch(cell.strip())
        if found is None:
            continue
        parts = {name: int(figures) for name, figures in found.groupdict().items()}
        year = parts["year"] if "year" in parts else _whole_year(parts["short"])
        try:
            return date(year, parts["month"], parts["day"]).isoformat()
        except ValueError:
            continue
    return None


def _whole_year(short: int) -> int:
    return short + (2000 if short < _CENTURY else 1900)


def clock_of(cell: str, formats: Sequence[str]) -> str | None:
    """The time in a cell, as HH:MM; None when it is written in none of the formats."""
    for format_ in formats:
        found = pattern_of(format_).fullmatch(cell.strip())
        if found is not None:
            return f"{int(found['hour']):02}:{found['minute']}"
    return None


def whole_number(cell: str, decimal: str) -> str | None:
    """A whole number, such as 1 200 or 100,0; None when it isn't one."""
    value = _decimal(cell, decimal)
    return None if value is None or value != value.to_integral_value() else str(int(value))


def minutes_of(cell: str, length: Length) -> str | None:
    """A length as whole minutes, halves up; None when it isn't one. Minutes with a fraction aren't minutes."""
    clock = _CLOCK.fullmatch(cell.strip()) if length.unit == "HH:MM" else None
    if clock is not None:
        return str(int(clock[1]) * 60 + int(clock[2]) + (int(clock[3] or 0) >= 30))
    if length.unit == "minutes":
        return whole_number(cell, length.decimal)
    value = _decimal(cell, length.decimal)
    if value is None:
        return None
    if length.unit == "HH:MM":
        return "0" if value == 0 else None
    factor = 60 if length.unit == "hours" else length.lesson_minutes
    return str(int((value * factor).to_integral_value(ROUND_HALF_UP)))


def _decimal(cell: str, decimal: str) -> Decimal | None:
    text = cell.translate(_SPACES)
    if len(text) > _LONGEST or not re.fullmatch(rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?", text, re.ASCII):
        return None
    return Decimal(text.replace(decimal, "."))
