"""What every signal means, in the page's language: from the signals' own catalogue."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.signals.catalogue import CATALOGUE, catalogue_of
from pluginnovation.signals.entry import Entry
from pluginnovation.signals.rules import RULE_SET_1, RuleSet

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


def names_of_signals(**_kept: object) -> dict[str, str]:
    """Every signal's name in words, for the pages above that let somebody speak of one."""
    return {name: title_of(name) for name in CATALOGUE}


def definition_of(name: str, rules: RuleSet = RULE_SET_1) -> Definition:
    """How one signal is counted by a rule set, with its limits."""
    entry = catalogue_of(rules)[name]
    if language() == "en":
        return Definition(name, entry.title_en, entry.text_en, _limits(entry), entry.source)
    return Definition(name, entry.title_sv, entry.text_sv, _limits(entry), entry.source)


def _limits(entry: Entry) -> str:
    if entry.unit == "yes_no":
        return _("%(verb)s när svaret är ja.") % {"verb": verb(1)}
    limits = list(entry.limits)
    under = _("under") if limits[0] > limits[-1] else _("från")
    steps = (f"{verb(level).lower()} {under} {_told(limit, entry.unit)}" for level, limit in enumerate(limits, start=1))
    return started("; ".join(steps) + ".")


def _told(number: int, unit: str) -> str:
    """A number with what it is counted in, in words."""
    words = {
        "share": "%",
        "percent": "%",
        "percentage_points": ngettext("procentenhet", "procentenheter", number),
        "minutes": ngettext("minut", "minuter", number),
        "days": ngettext("dag", "dagar", number),
        "lessons": ngettext("lektion", "lektioner", number),
        "subjects": ngettext("ämne", "ämnen", number),
        "passes": ngettext("godkänt betyg", "godkända betyg", number),
        "points": _("poäng"),
        "moves": ngettext("byte", "byten", number),
    }
    return f"{number}{NBSP}{words[unit]}"


def all_definitions(rules: RuleSet = RULE_SET_1) -> list[Definition]:
    """All signals, in the catalogue's order."""
    return [definition_of(name, rules) for name in CATALOGUE]
