"""Rule sets in words: what each thing that may be set is called, and its value with its unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.signals.catalogue import catalogue_of
from pluginnovation.signals.rule_changes import plain
from pluginnovation.signals.rule_fields import (
    BY_NAME,
    CALENDAR,
    CALENDARS,
    CELLS,
    FIELDS,
    LIMITS,
    PARTS,
    SEASON,
    WINDOWS,
    Field,
)
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.web.people.clock import today

from .levels import verb
from .words import MONTHS, NBSP, day, language, number


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that may be set, as it stands in a rule set.

    name      of the field; `part` where it is set
    said      its value in words; `default` that of the default, where it differs
    """

    name: str
    part: str
    label: str
    said: str
    default: str


def part_title(part: str, rules: RuleSet = RULE_SET_1) -> str:
    """What a part is called: a signal by its name."""
    own = {WINDOWS: _("Fönster och underlag"), CELLS: _("Mönster i schemat"), CALENDARS: _("Kalender")}
    if part in own:
        return own[part]
    entry = catalogue_of(rules)[part]
    return entry.title_en if language() == "en" else entry.title_sv


def part_about(part: str, rules: RuleSet = RULE_SET_1) -> str:
    """What a part is about, in a few sentences."""
    own = {
        WINDOWS: _("Gäller alla signaler om frånvaro: hur långt tillbaka de ser, och hur mycket som måste vara känt."),
        CELLS: _("När ett pass i veckan eller ett ämne har mycket mer frånvaro än resten av klassens tid."),
        CALENDARS: _(
            "Egna terminer, lov och studiedagar, när källan saknar dem eller har dem fel. En egen termin ersätter "
            "källans under samma tid. Lektioner på egna lov och studiedagar räknas inte."
        ),
    }
    if part in own:
        return own[part]
    entry = catalogue_of(rules)[part]
    return entry.text_en if language() == "en" else entry.text_sv


def label(field: Field) -> str:
    """What is set, in a few words."""
    if field.kind == LIMITS:
        return _("Gränser")
    return {
        "window_days": _("Fönstrets längd"),
        "min_reported_pct": _("Minsta rapporterade del"),
        "min_days": _("Minsta antal skoldagar i fönstret"),
        "min_term_days": _("Minsta antal skoldagar på terminen"),
        "avoided_min_minutes": _("Minsta rapporterade tid i ämnet"),
        "avoided_pct": _("Frånvaro i ämnet, minst"),
        "elsewhere_pct": _("Frånvaro i allt annat, under"),
        "move_months": _("Så länge ett byte räknas"),
        "move_season": _("Börjar då räknas inte som byte"),
        "show_up_days": _("Dagar med lektioner innan eleven inte har kommit"),
        "left_ahead_days": _("Så långt fram en registrerad start räcker"),
        "left_season": _("Dagar som inte räknas"),
        "cell_times": _("Så många gånger resten"),
        "cell_points": _("Så mycket över resten"),
        "cell_pupils": _("Minst så många elever"),
        "calendar": _("Egna dagar"),
    }[field.name]


def fault_label(name: str) -> str:
    """What a fault is about: the part and what is set there; a name that nothing has any more stands for itself."""
    field = BY_NAME.get(name.partition(".")[0])
    return f"{part_title(field.part)}: {label(field).lower()}" if field else name


def place_label(field: Field, place: int) -> str:
    """What one of a field's boxes is called."""
    if field.kind == LIMITS:
        under = _("%(verb)s under") if field.falling else _("%(verb)s från")
        return under % {"verb": verb(place)}
    if field.kind == SEASON:
        return _("Första dagen") if place == 1 else _("Sista dagen")
    return label(field)


def unit_word(unit: str, count: int) -> str:
    """What a number is counted in."""
    return {
        "share": "%",
        "percent": "%",
        "percentage_points": ngettext("procentenhet", "procentenheter", count),
        "minutes": ngettext("minut", "minuter", count),
        "days": ngettext("dag", "dagar", count),
        "school_days": ngettext("skoldag", "skoldagar", count),
        "lessons": ngettext("lektion", "lektioner", count),
        "subjects": ngettext("ämne", "ämnen", count),
        "passes": ngettext("godkänt betyg", "godkända betyg", count),
        "points": _("poäng"),
        "moves": ngettext("byte", "byten", count),
        "months": ngettext("månad", "månader", count),
        "times": ngettext("gång", "gånger", count),
        "pupils": ngettext("elev", "elever", count),
    }[unit]


def value_text(field: Field, value: Any) -> str:
    """A value, as `rule_changes.plain` gives it, in words."""
    if field.kind == CALENDAR:
        return ngettext("%(n)s rad", "%(n)s rader", len(value)) % {"n": len(value)} if value else _("inga")
    if field.kind == SEASON:
        return " – ".join(season_day(text) for text in value)
    if field.kind == LIMITS:
        known = [limit for limit in value if limit is not None]
        return f"{' / '.join(number(limit) for limit in known)}{NBSP}{unit_word(field.unit, known[-1])}"
    return f"{number(value)}{NBSP}{unit_word(field.unit, value)}"


def season_day(text: str) -> str:
    """`06-10` as 10 juni."""
    found = date.fromisoformat(f"2001-{text}")
    return f"{found.day} {MONTHS[language()][found.month - 1]}"


def kind_word(kind: str) -> str:
    """A kind of days in a calendar."""
    return {"term": _("Termin"), "holiday": _("Lov"), "study_day": _("Studiedag")}[kind]


def day_text(value: date) -> str:
    """A day of a calendar."""
    return day(value, today())


def told(rules: RuleSet) -> dict[str, list[Told]]:
    """Everything that may be set as it stands in a rule set, by part."""
    by_part: dict[str, list[Told]] = {part: [] for part in PARTS}
    for field in FIELDS:
        value, default = (plain(getattr(one, field.name)) for one in (rules, RULE_SET_1))
        other = "" if value == default else value_text(field, default)
        by_part[field.part].append(Told(field.name, field.part, label(field), value_text(field, value), other))
    return by_part


def changed_words(rules: RuleSet) -> list[str]:
    """The parts in which a rule set differs from the default."""
    return [part_title(part, rules) for part, rows in told(rules).items() if any(row.default for row in rows)]
