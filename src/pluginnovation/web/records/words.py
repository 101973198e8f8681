"""The words of the account: resources, statuses, rules, and why an import is held."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pluginnovation.records.bounds import LIMITS
from pluginnovation.records.ledger import DISCARDED, DONE, HELD, UNDONE
from pluginnovation.records.rules import RULES, TO_DO
from pluginnovation.records.watching import COMPARE, STORE, UNPACK


def status_words() -> dict[str, str]:
    """The statuses of an import."""
    return {DONE: _("Inläst"), HELD: _("Väntar på beslut"), DISCARDED: _("Kastad"), UNDONE: _("Tillbakatagen")}


def resource_word(name: str) -> str:
    """What the rows of a resource are; a name that nobody knows stays as it is."""
    return {
        "organisations": _("organisationer"),
        "persons": _("personer"),
        "responsibles": _("vårdnadshavare"),
        "calendars": _("läsårsdata"),
        "residents": _("folkbokförda"),
        "enrolments": _("inskrivningar"),
        "groups": _("grupper"),
        "memberships": _("gruppmedlemskap"),
        "duties": _("uppdrag"),
        "activities": _("aktiviteter"),
        "lessons": _("lektioner"),
        "attendance_sums": _("närvarosummor"),
        "grades": _("betyg"),
        "study_plans": _("studieplaner"),
        "outcome_events": _("studiehändelser"),
    }.get(name, name)


def rule_text(rule: str) -> str:
    """The rule that a row broke, as a sentence."""
    swedish, english = RULES.get(rule, (rule, rule))
    return english if in_english() else swedish


def what_to_do(rule: str) -> str:
    """What the sender does about a row that broke a rule."""
    swedish, english = TO_DO.get(rule, ("", ""))
    return english if in_english() else swedish


def in_english() -> bool:
    """Whether the reader has chosen English."""
    return (get_language() or "").startswith("en")


def step_text(step: str) -> str:
    """What a job does, as a sentence."""
    said = {UNPACK: _("Filerna packas upp."), COMPARE: _("Raderna jämförs."), STORE: _("Raderna sparas.")}
    if step in said or not step:
        return said.get(step, _("Arbetet har börjat."))
    return _("Läser %(resource)s.") % {"resource": resource_word(step)}


def job_name(kind: str, about: str) -> str:
    """What a job does, as a heading."""
    text = {
        "release": _("Släpp fram inläsning %(about)s"),
        "discard": _("Kasta inläsning %(about)s"),
        "try_undo": _("Om inläsning %(about)s tas tillbaka"),
        "undo": _("Ta tillbaka inläsning %(about)s"),
        "ask": _("Fråga %(about)s vad den ger"),
        "fetch": _("Hämta från %(about)s"),
        "forget": _("Ta bort %(about)s"),
    }.get(kind, "")
    return text % {"about": about} if text else ""


def reason_to_hold(code: str, own: Mapping[str, int]) -> str:
    """Why an import waits, as a sentence.

    Takes   own   the limits it was judged by that aren't the defaults
    """
    limits = replace(LIMITS, **own)
    reason, _colon, resource = code.partition(":")
    text = {
        "shrinks": _("Antalet %(resource)s har minskat med mer än %(percent)s procent sedan förra gången."),
        "grows": _("Antalet %(resource)s har ökat med mer än %(percent)s procent sedan förra gången."),
        "absence_doubles": _("Frånvaron är mer än %(times)s gånger så stor som förra gången (%(resource)s)."),
        "absence_halves": _("Förra gången var frånvaron mer än %(times)s gånger så stor (%(resource)s)."),
    }.get(reason)
    told = {"resource": resource_word(resource), "percent": limits.changed_pct, "times": limits.absence_factor}
    return text % told if text else code


def limits_told(own: Mapping[str, int]) -> str:
    """A source's own limits as the end of a sentence; empty when it has none."""
    texts = {
        "few_rows": _("bland högst %(n)s rader räknas ingen andel"),
        "changed_pct": _("antalet får ändras med %(n)s procent"),
        "absence_factor": _("frånvaron får bli %(n)s gånger så stor eller liten"),
        "enough_minutes": _("frånvaron jämförs från %(n)s rapporterade minuter"),
    }
    return ", ".join(text % {"n": own[name]} for name, text in texts.items() if name in own)
