"""What the hub's templates need: dates and numbers as people write them, and words of the vocabulary."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from pluginnovation.web.signals import words

from ..words import language, named

register = template.Library()


@register.filter
def on_day(value: date | datetime | None) -> str:
    """A day with its month in words, and its year."""
    if value is None:
        return ""
    day = localtime(value).date() if isinstance(value, datetime) else value
    return f"{day.day} {words.MONTHS[language()][day.month - 1]} {day.year}"


@register.filter
def spoken(value: datetime) -> str:
    """A day with its weekday when near."""
    return words.started(words.day(localtime(value).date(), localdate()))


@register.filter
def at_clock(value: Any) -> str:
    """A time of day."""
    return f"{value:%H.%M}" if language() == "sv" else f"{value:%H:%M}"


@register.filter
def hours(event: Any) -> str:
    """'klockan 13.00 till 16.00'; with the day of its end where that is another."""
    begins = localtime(event.starts)
    if event.ends is None:
        return _("klockan {a}").format(a=at_clock(begins))
    ends = localtime(event.ends)
    said = {"a": at_clock(begins), "b": at_clock(ends), "day": on_day(ends)}
    if ends.date() == begins.date():
        return _("klockan {a} till {b}").format(**said)
    return _("klockan {a} till {day} klockan {b}").format(**said)


@register.filter
def whole(value: int) -> str:
    """A whole number with its thousands apart."""
    return words.number(value)


@register.filter
def inword(value: int) -> str:
    """A count inside a sentence."""
    return words.count_word(value)


@register.filter
def worded(value: int) -> str:
    """A count that begins a sentence."""
    return words.started(words.count_word(value))


@register.filter
def joined(values: list[str]) -> str:
    """'a, b och c'."""
    return words.joined(values)


@register.filter
def listed(values: list[str]) -> str:
    """'Frånvaro, trivsel och oro, studiero': words with an 'och' of their own stand between commas."""
    first, *rest = values or [""]
    return ", ".join([first, *(each[:1].lower() + each[1:] for each in rest)])


@register.filter
def word_of(key: str, name: str) -> str:
    """A key's word in the list with this name."""
    return named(name, [key])[0] if key else ""


@register.filter
def kronor(page: Any) -> str:
    """A method's cost: 'ungefär 7 200–9 000 kr'; empty when it isn't known."""
    ends = [words.number(end) for end in (page.cost_low, page.cost_high) if end is not None]
    if not ends:
        return ""
    return _("{ends} kr").format(ends="–".join(dict.fromkeys(ends))).replace(" ", words.NBSP)
