"""What every signal means, in the page's language: from the signals' own catalogue."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.entry import Entry

from .levels import verb
from .words import NBSP, language, started


@dataclass(frozen=True, slots=True)
class Definition:
    """One signal as it is told to a reader."""

    name: str
    title: str
    text: str
    limits: str
    source: str


def title_of(name: str) -> str:
    """The signal's name in words."""
    entry = CATALOGUE[name]
    return entry.title_en if language() == "en" else entry.title_sv


def definition_of(name: str) -> Definition:
    """How one signal is counted."""
    entry = CATALOGUE[name]
    if language() == "en":
        return Definition(name, entry.title_en, entry.text_en, _limits(entry), entry.source)
    return Definition(name, entry.title_sv, entry.text_sv, _limits(entry), entry.source)


def _limits(entry: Entry) -> str:
    limits = list(entry.limits)
    steps = zip(limits, (1, 2, 3), strict=False)
    if entry.unit == "yes_no":
        return _("%(verb)s när svaret är ja.") % {"verb": verb(1)}
    unit = units()[entry.unit]
    under = _("under") if limits[0] > limits[-1] else _("från")
    return started("; ".join(f"{verb(level).lower()} {under} {limit}{NBSP}{unit}" for limit, level in steps) + ".")


def units() -> dict[str, str]:
    """What a value is counted in, in words."""
    return {
        "share": "%",
        "percent": "%",
        "percentage_points": _("procentenheter"),
        "minutes": _("minuter"),
        "days": _("dagar"),
        "lessons": _("lektioner"),
        "subjects": _("ämnen"),
        "passes": _("godkända betyg"),
        "points": _("poäng"),
        "moves": _("byten"),
    }


def all_definitions() -> list[Definition]:
    """All signals, in the catalogue's order."""
    return [definition_of(name) for name in CATALOGUE]
