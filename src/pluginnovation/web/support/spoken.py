"""The pure stage's words in the page's language, and what templates ask of days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pluginnovation.support.my_day import clock_of
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.rights.forms import PageForm
from pluginnovation.web.signals.words import language

CHOOSE = _("Välj ett av alternativen.")
DAY_ERRORS = {"required": _("Välj en dag."), "invalid": _("Skriv dagen som 2026-05-29.")}

__all__ = ["CHOOSE", "PageForm", "choices_of", "clock_for", "day_field", "line_field", "one_of", "text_field", "told"]


def told(text: tuple[str, str]) -> str:
    """The one of Swedish and English that the page is in."""
    return text[1] if language() == "en" else text[0]


def choices_of(words: Mapping[str, tuple[str, str]], keys: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Choices of a form, in the words' order, or those with these keys."""
    return [(key, told(words[key])) for key in (words if keys is None else keys)]


def clock_for(due: date | None, *, done: bool = False) -> str:
    """The clock beside a day: how near it is."""
    return "done" if done else clock_of(due, today())


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget, error_messages=DAY_ERRORS)


def line_field(label: Any, hint: Any = "", *, longest: int, required: bool = True) -> forms.CharField:
    """One line of text."""
    errors = {"required": _("Skriv något här.")}
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=required, error_messages=errors,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def text_field(label: Any, hint: Any = "", *, longest: int, required: bool = True, rows: int = 4) -> forms.CharField:
    """Several lines of text."""
    errors = {"required": _("Skriv något här.")}
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=required, widget=area, error_messages=errors
    )


def one_of(label: Any, hint: Any = "", *, radio: bool = True, required: bool = True) -> forms.ChoiceField:
    """One of some; the form fills in which, in the page's language."""
    errors = {"required": CHOOSE, "invalid_choice": CHOOSE}
    widget = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(label=label, help_text=hint, required=required, widget=widget, error_messages=errors)
