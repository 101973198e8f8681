"""Dates, numbers and percent as a Swede (or an English reader) writes them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import get_language

NBSP: Final = "\u00a0"
MONTHS: Final = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni",
           "juli", "augusti", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
WEEKDAYS: Final = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_MONTHS: Final = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
SHORT_WEEKDAYS: Final = {"sv": ("må", "ti", "on", "to", "fr"), "en": ("Mo", "Tu", "We", "Th", "Fr")}
_COUNTS: Final = {
    "sv": ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
NEAR_DAYS: Final = 60
NEAR_WEEKS: Final = 14
_WITHIN_NUMBERS: Final = re.compile(r"(?<=\d) (?=\d{3}\b|%)")


def language() -> str:
    """'sv' or 'en': the language of the page."""
    return "en" if (get_language() or "").startswith("en") else "sv"


def count_word(count: int) -> str:
    """A small number as a word, otherwise in figures."""
    return _COUNTS[language()][count] if 0 <= count <= 12 else number(count)


def unbroken(text: str) -> str:
    """The text with its numbers in one piece: thousands and percent signs don't wrap away."""
    return _WITHIN_NUMBERS.sub(NBSP, text)


def started(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def joined(names: Iterable[str]) -> str:
    """'8C', '8C och 9B', '8C, 9A och 9B'."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} {'and' if language() == 'en' else 'och'} {last}" if first else last


def number(value: int) -> str:
    """A whole number with its thousands apart."""
    mark = NBSP if language() == "sv" else ","
    return f"{value:,}".replace(",", mark)


def percent(value: int | None) -> str:
    """Whole percent with its sign; the sign never wraps away."""
    if value is None:
        return "Okänt" if language() == "sv" else "Unknown"
    return f"{value}{NBSP}%" if language() == "sv" else f"{value}%"


def decimal(value: float, places: int = 1) -> str:
    """A number with decimals, with a comma in Swedish."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() == "sv" else text


def day(value: date, today: date) -> str:
    """A date: with its weekday when near, with its year when that is another."""
    spoken = language()
    month = MONTHS[spoken][value.month - 1]
    text = f"{value.day} {month}" + (f" {value.year}" if value.year != today.year else "")
    return f"{WEEKDAYS[spoken][value.weekday()]} {text}" if abs((today - value).days) <= NEAR_DAYS else text


def near_day(value: date, today: date) -> str:
    """A date on a label: 'Fre 20 nov' within a fortnight, otherwise '20 nov'."""
    weekday = started(WEEKDAYS[language()][value.weekday()][:3])
    return f"{weekday} {short_day(value)}" if abs((value - today).days) <= NEAR_WEEKS else short_day(value)


def day_of_year(month: int, number: int) -> str:
    """A day of every year."""
    return f"{number} {MONTHS[language()][month - 1]}"


def short_day(value: date) -> str:
    """A date in a narrow column."""
    return f"{value.day} {SHORT_MONTHS[language()][value.month - 1]}"


def moment(value: datetime, today: date) -> str:
    """A day and a time of day; today's is called so."""
    local = localtime(value)
    if local.date() == today:
        return f"i dag {local:%H.%M}" if language() == "sv" else f"today {local:%H:%M}"
    clock = f"{local:%H.%M}" if language() == "sv" else f"{local:%H:%M}"
    return f"{day(local.date(), today)} {clock}"


def clock(value: datetime) -> str:
    """A time of day."""
    return f"{localtime(value):%H.%M}" if language() == "sv" else f"{localtime(value):%H:%M}"
