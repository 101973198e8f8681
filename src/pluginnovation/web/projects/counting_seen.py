"""What else is known of a school: patterns that its pictures show, and what its teachers say in the mapping."""

from dataclasses import dataclass

from django.utils.translation import override

from pluginnovation.privacy.small_numbers import FEWEST
from pluginnovation.projects.figures import MappingLine, Pattern
from pluginnovation.support.analysis import tally
from pluginnovation.support.mapping import CLASS
from pluginnovation.web.signals.models import SchoolSnapshot
from pluginnovation.web.signals.patterns import Pattern as SeenPattern
from pluginnovation.web.signals.words import percent
from pluginnovation.web.support.mapping.reading import class_sheets
from pluginnovation.web.support.mapping.rounds import rounds_of
from pluginnovation.web.support.mapping.stored import template_numbered
from pluginnovation.web.support.models import ClassSheet, MappingRound

MOST_PATTERNS = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """Patterns, the statements of the latest mapping that stand out, its days, and how many classes answered."""

    patterns: tuple[Pattern, ...] = ()
    mapping: tuple[MappingLine, ...] = ()
    mapped: str = ""
    classes: int = 0


def seen_at(school: str) -> Seen:
    """What is known of one school. At most five queries."""
    picture = SchoolSnapshot.objects.filter(school=school).first()
    patterns = [one for one in picture.patterns if one.of >= FEWEST][:MOST_PATTERNS] if picture else []
    told = tuple(Pattern(one.kind, _sentence(one, "sv"), _sentence(one, "en")) for one in patterns)
    for found in rounds_of([school]):
        sheets = _by_class(found)
        if sheets:
            return Seen(told, _mapping(found, sheets), f"{found.first}/{found.last}", len(sheets))
    return Seen(told)


def _sentence(one: SeenPattern, spoken: str) -> str:
    """A pattern without how many pupils it concerns: that may be few."""
    with override(spoken):
        share, others = percent(one.share), percent(one.others)
        if spoken == "en":
            return f"{one.where} in {one.name}: {share} absence against {others} in the group's other lessons."
        return f"{one.where} i {one.name}: {share} frånvaro mot {others} på gruppens andra lektioner."


def _by_class(found: MappingRound) -> dict[str, list[ClassSheet]]:
    groups = ClassSheet.objects.filter(round=found).values_list("group", flat=True).distinct()
    sheets: dict[str, list[ClassSheet]] = {}
    for sheet in class_sheets([found], list(groups)):
        sheets.setdefault(sheet.group, []).append(sheet)
    return sheets


def _mapping(found: MappingRound, sheets: dict[str, list[ClassSheet]]) -> tuple[MappingLine, ...]:
    lines = []
    for one in template_numbered(found.school, CLASS, found.class_template).statements:
        counted = [tally([sheet.answers for sheet in said], one.key) for said in sheets.values()]
        known = [count for count in counted if count.answered]
        out = sum(count.stands_out for count in known)
        if out:
            lines.append(MappingLine(one.sv, one.en, one.dimension, out, len(known)))
    return tuple(sorted(lines, key=lambda line: -line.classes * 1000 // line.of))
