"""Figures that may be told, and how they are drawn."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.projects.indicators import DAYS, INDICATORS, STAGE_NAMES
from pluginnovation.projects.levels import FEW, UNKNOWN, Told
from pluginnovation.web.signals import words

register = template.Library()

WIDTH, HEIGHT, EDGE = 96, 28, 4


def share(thousandths: int) -> str:
    """A share in thousandths as a percent with one decimal."""
    sign = f"{words.NBSP}%" if words.language() == "sv" else "%"
    return f"{words.decimal(thousandths / 10)}{sign}"


@register.filter
def in_words(pair: tuple[str, ...]) -> str:
    """The pair's text in the page's language."""
    return pair[1] if words.language() == "en" else pair[0]


@register.filter
def indicator_name(key: str) -> str:
    """What an indicator is called."""
    one = INDICATORS[key]
    return one.en if words.language() == "en" else one.sv


@register.filter
def stage_name(stage: str) -> str:
    """What a stage is called."""
    return in_words(STAGE_NAMES[stage])


@register.filter
def term_name(name: str) -> str:
    """2026HT as people write it in a table."""
    year, kind = name[2:4], name[4:]
    if words.language() == "en":
        return f"{'Autumn' if kind == 'HT' else 'Spring'} {year}"
    return f"{kind.lower()} {year}"


@register.simple_tag
def figure(told: Told, indicator: str = "") -> str | SafeString:
    """A figure, or the word for why there is none: hatched when hidden or unknown, a dash when there is nobody."""
    if told.value is not None:
        if indicator and INDICATORS[indicator].unit == DAYS:
            return ngettext("%(n)s dag", "%(n)s dagar", told.value) % {"n": words.number(told.value)}
        return share(told.value)
    if told.state in (FEW, UNKNOWN):
        said = _("Döljs") if told.state == FEW else _("Okänt")
        return format_html(
            '<span class="unknown"><svg aria-hidden="true"><use href="#unsure"/></svg>{}</span>', said
        )  # fmt: skip
    return mark_safe('<span aria-hidden="true">–</span>' + format_html('<span class="unseen">{}</span>', _("ingen")))  # noqa: S308


@register.simple_tag
def of_how_many(told: Told, indicator: str = "") -> str:
    """The figure's denominator; why there is none when there isn't."""
    if told.state == FEW:
        return _("färre än tio")
    if told.n is None:
        return ""
    if told.some is not None:
        return _("%(some)s av %(n)s elever") % {"some": words.number(told.some), "n": words.number(told.n)}
    if indicator and INDICATORS[indicator].unit == DAYS:
        return ngettext("%(n)s elev väntade", "%(n)s elever väntade", told.n) % {"n": words.number(told.n)}
    return ngettext("%(n)s elev", "%(n)s elever", told.n) % {"n": words.number(told.n)}


@register.simple_tag
def trend(series: Sequence[Told]) -> SafeString:
    """The known figures as a line, with a dot at the newest; gaps where it isn't known. The table has the numbers."""
    known = [(at, one.value) for at, one in enumerate(series) if one.value is not None]
    if len(known) < 2:
        return mark_safe("")
    least, most = min(value for _, value in known), max(value for _, value in known)
    step = (WIDTH - 2 * EDGE) / max(len(series) - 1, 1)

    def point(at: int, value: int) -> tuple[float, float]:
        height = (value - least) / (most - least) if most > least else 0.5
        return round(EDGE + at * step, 1), round(HEIGHT - EDGE - height * (HEIGHT - 2 * EDGE), 1)

    path, before = "", None
    for at, value in known:
        x, y = point(at, value)
        path += f"{'L' if before == at - 1 else 'M'}{x:g} {y:g}"
        before = at
    x, y = point(*known[-1])
    return format_html(
        '<svg class="trying-trend" viewBox="0 0 {} {}" aria-hidden="true"><path class="trend" d="{}"/>'
        '<circle class="trend-end" cx="{}" cy="{}" r="3"/></svg>',
        WIDTH, HEIGHT, path, f"{x:g}", f"{y:g}",
    )  # fmt: skip


@register.filter
def how_counted(key: str) -> str:
    """How an indicator is counted, in a sentence."""
    one = INDICATORS[key]
    return one.how_en if words.language() == "en" else one.how_sv


@register.filter
def plot(place: float, beside: float = 0) -> str:
    """A place along a drawing's line, with a point whatever the language."""
    return f"{place + float(beside):g}"


@register.filter
def until(low: float, high: float) -> str:
    """How wide a band is."""
    return f"{max(high - low, 1):g}"
