"""What several classes of a school share: statements that stand out in more than one."""

from collections.abc import Iterable
from dataclasses import dataclass

from pluginnovation.support.analysis import tally
from pluginnovation.support.mapping import Statement, Template
from pluginnovation.web.people.models import Group

from ..models import ClassSheet, MappingRound
from .reading import class_sheets


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that stands out in at least two classes.

    of   how many classes have answered it
    """

    statement: Statement
    classes: tuple[str, ...]
    of: int


def shared_statements(found: MappingRound, template: Template, groups: Iterable[Group]) -> list[Shared]:
    """The statements in the template's order; a class counts once, whatever its size. One query."""
    names = {one.code: one.display_name for one in groups}
    sheets: dict[str, list[ClassSheet]] = {}
    for sheet in class_sheets([found], names):
        sheets.setdefault(sheet.group, []).append(sheet)
    rows = []
    for statement in template.statements:
        counted = {code: tally([one.answers for one in said], statement.key) for code, said in sheets.items()}
        known = {code: one for code, one in counted.items() if one.answered}
        out = tuple(names[code] for code in names if code in known and known[code].stands_out)
        if len(out) > 1:
            rows.append(Shared(statement, out, len(known)))
    return rows
