"""The boxes of a part of the rules: what stands in them, and what was wrong with what somebody wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pluginnovation.signals.rule_changes import plain
from pluginnovation.signals.rule_checks import KINDS, calendar_row, checked
from pluginnovation.signals.rule_fields import CALENDARS, LIMITS, SEASON, Field, fields_of
from pluginnovation.signals.rule_texts import texts_of, value_of
from pluginnovation.signals.rules import RULE_SET_1

from .rule_drafts import Writing
from .rule_words import kind_word, label, place_label, unit_word, value_text
from .words import language

LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form: its name in the form, what stands in it, what it is counted in, and what is wrong."""

    name: str
    label: str
    text: str
    unit: str
    wrong: str


@dataclass(frozen=True, slots=True)
class FieldBoxes:
    """The boxes of one field, and its default in words."""

    label: str
    default: str
    boxes: tuple[Box, ...]
    wrong: str = ""


@dataclass(slots=True)
class PartForm:
    """A part as a form.

    changes   the whole writing with what the form says
    wrong     (the box, what is the matter), for the list on top; empty when it can be kept
    stay      whether the next page is this one again
    """

    fields: list[FieldBoxes]
    changes: dict[str, Any]
    wrong: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    stay: bool = False


def part_form(part: str, writing: Writing, said: Mapping[str, str] | None) -> PartForm:
    """The form of a part with limits, numbers and seasons.

    Takes   said   what somebody sent; none: the form is shown for the first time
    """
    fields = fields_of(part)
    texts = {one.name: _texts(one, writing, said) for one in fields}
    changes = dict(writing.changes)
    if said is not None:
        changes |= {one.name: value_of(one, texts[one.name]) for one in fields}
    faults = checked(changes) if said is not None else []
    wrong = {one.field: one.en if language() == "en" else one.sv for one in faults}
    form = PartForm([_boxes(one, texts[one.name], wrong) for one in fields], changes)
    here = {one.name: one for one in fields}
    form.wrong = [
        (name, f"{_said_of(here[of], place)}: {text}")
        for name, text in wrong.items()
        for of, _dot, place in [name.partition(".")]
        if of in here
    ]
    return form


def _said_of(field: Field, place: str) -> str:
    """What a box is called where it doesn't stand beside its field: a page has many boxes for the same level."""
    return f"{label(field)}, {place_label(field, int(place)).lower()}" if place.isdigit() else label(field)


def _texts(field: Field, writing: Writing, said: Mapping[str, str] | None) -> list[str]:
    if said is None:
        return texts_of(field, plain(getattr(writing.rules, field.name)))
    return [said.get(name, "")[:LONGEST] for name in _names(field)]


def _names(field: Field) -> list[str]:
    places = {LIMITS: 3, SEASON: 2}.get(field.kind, 0)
    return [f"{field.name}.{place}" for place in range(1, places + 1)] or [field.name]


def _boxes(field: Field, texts: list[str], wrong: Mapping[str, str]) -> FieldBoxes:
    names = _names(field)
    unit = "" if field.kind == SEASON else unit_word(field.unit, 2)
    boxes = tuple(
        Box(name, place_label(field, place), text, unit, wrong.get(name, ""))
        for place, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
    )
    default = value_text(field, plain(getattr(RULE_SET_1, field.name)))
    return FieldBoxes(label(field), default, boxes, wrong.get(field.name, "") if field.name not in names else "")


def calendar_form(part: str, writing: Writing, said: Mapping[str, str] | None) -> PartForm:  # noqa: ARG001
    """The authority's own days: one is added or taken away at a time."""
    rows: list[dict[str, str]] = list(writing.changes.get(CALENDARS, []))
    form = PartForm([], dict(writing.changes), rows=_worded(rows), stay=True)
    if said is None:
        return form
    if (gone := said.get("remove", "")) != "":
        rows = [row for place, row in enumerate(rows) if str(place) != gone]
    else:
        form.typed = {name: said.get(name, "").strip()[:LONGEST] for name in ("kind", "name", "first", "last")}
        wrong = list(calendar_row(form.typed, "row"))
        rows = sorted([*rows, form.typed], key=lambda row: (row["first"], row["kind"]))
        wrong = wrong or [one for one in checked({CALENDARS: rows}) if one.field == CALENDARS]
        form.wrong = [(one.field.removeprefix("row."), one.en if language() == "en" else one.sv) for one in wrong]
    form.changes[CALENDARS] = rows
    return form


def _worded(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row | {"word": kind_word(row["kind"])} for row in rows]


def kinds() -> list[tuple[str, str]]:
    """The kinds of days that a calendar holds, with their words."""
    return [(kind, kind_word(kind)) for kind in KINDS]
