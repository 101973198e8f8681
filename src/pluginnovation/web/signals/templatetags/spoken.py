"""Filters that write numbers, dates and levels as people do."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.signals.meters.drawing import STRIP_BOX
from pluginnovation.signals.meters.drawing import strip as marks_drawn
from pluginnovation.signals.rules import RuleSet
from pluginnovation.web.people.clock import today

from .. import drawing, words
from ..levels import verb

register = template.Library()


@register.filter
def pct(value: int | None) -> str:
    """22 becomes '22 %', nothing becomes the word for unknown."""
    return words.percent(value)


@register.filter
def whole(value: int) -> str:
    """A whole number with its thousands apart."""
    return words.number(value)


@register.filter
def worded(value: int) -> str:
    """A count that begins a sentence."""
    return words.started(words.count_word(value))


@register.filter
def inword(value: int) -> str:
    """A count inside a sentence."""
    return words.count_word(value)


@register.filter
def started(value: str) -> str:
    """With a capital first letter."""
    return words.started(value)


@register.filter
def spoken_day(value: date | None) -> str:
    """A date, with its weekday when near."""
    return words.day(value, today()) if value else ""


@register.filter
def clock(value: datetime) -> str:
    """A time of day."""
    return words.clock(value)


@register.filter
def short_day(value: date) -> str:
    """A date in a narrow column."""
    return words.short_day(value)


@register.filter
def near_day(value: date) -> str:
    """A date on a label: its weekday when it lies within the next fortnight, else the day and month."""
    return words.near_day(value, today())


@register.simple_tag
def late(due: date) -> str:
    """How many days ago a date passed, or what is said of it when it lies longer back."""
    days = (today() - due).days
    return ngettext("%(n)s dag sen", "%(n)s dagar sen", days) % {"n": words.number(days)}


@register.filter
def day_of_year(value: tuple[int, int]) -> str:
    """A day of every year, from its month and day: 1 juni."""
    return words.day_of_year(*value)


@register.filter
def moment(value: datetime) -> str:
    """A day and a time of day."""
    return words.moment(value, today())


@register.filter
def iso_week(value: date) -> int:
    """The week's number."""
    return value.isocalendar().week


@register.simple_tag
def level(step: int | None) -> str | SafeString:
    """The stair and the verb; the word for unknown with hatching when there is no level."""
    if step is None:
        return format_html(
            '<span class="unknown"><svg aria-hidden="true"><use href="#unsure"/></svg>{}</span>', _("Okänt")
        )
    if step == 0:
        return ""
    return format_html(
        '<span class="level"><svg viewBox="0 0 18 14.5" aria-hidden="true"><use href="#stair{}"/></svg>{}'
        '<span class="unseen"> {}</span></span>',
        step, verb(step), _("(nivå %(step)s av 3)") % {"step": step},
    )  # fmt: skip


@register.filter
def after_unknown(reason: str) -> str:
    """Why something is unknown, less the word itself: it stands beside already."""
    return reason.removeprefix(f"{_('Okänt.')} ")


@register.filter
def drawn(inside: str) -> SafeString:
    """A finished drawing from a snapshot. Only `drawing.py` writes them, from numbers, never from a source's text."""
    return mark_safe(inside)  # noqa: S308


@register.simple_tag
def bars(inside: str, rules: RuleSet) -> SafeString:
    """Thirteen weeks' bars with their frame, and a line at the first limit."""
    mark = drawing.bar_mark(rules.absence_28d.ask)
    return mark_safe(f'<svg viewBox="{drawing.BARS_BOX}" aria-hidden="true">{mark}{inside}</svg>')  # noqa: S308


@register.simple_tag
def dots(inside: str, rules: RuleSet) -> SafeString:
    """A dot for each pupil over the scale that they lie on, with the limits of the rules."""
    limits = tuple(rules.absence_28d)
    return mark_safe(  # noqa: S308
        f'<svg viewBox="{drawing.DOTS_BOX}" aria-hidden="true">{drawing.dot_marks(limits)}{inside}</svg>'
        f'<svg class="ruler" aria-hidden="true">{drawing.dot_ruler(limits)}</svg>'
    )


@register.simple_tag
def strip(marks: str) -> SafeString:
    """Twelve marks of eligibility with their frame; a row of them says it in words to those who don't see it."""
    said = _("Godkända: %(passed)s av 12 i behörigheten.") % {"passed": marks.count("P")}
    return format_html(
        '<svg class="strip12" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        STRIP_BOX, said, mark_safe(marks_drawn(marks)),  # noqa: S308
    )  # fmt: skip


@register.simple_tag
def again(context_query: Any, **changes: Any) -> str:
    """The page's own address with some of its questions changed; an empty change takes one away."""
    query = context_query.copy()
    for key, value in changes.items():
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = value
    text = query.urlencode()
    return f"?{text}" if text else "?"
