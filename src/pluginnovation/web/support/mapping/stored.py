"""A school's templates: which version holds on a day, every version, and saving a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from pluginnovation.support.mapping import CLASS, KINDS, PUPIL, Statement, Template, faults
from pluginnovation.support.mapping_defaults import DEFAULTS
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from ..models import MappingRound, MappingTemplate
from .refused import not_a_first_day, template_overtaken, template_wont_do

LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A version about to be saved.

    after   the number of the school's newest version when the writing began
    """

    school: str
    template: Template
    since: date
    why: str
    after: int


def read(row: MappingTemplate) -> Template:
    """The template that a row holds."""
    statements = tuple(Statement(*parts) for parts in row.statements)
    return Template(row.kind, row.number, statements, row.several)


def versions_of(school: str, kind: str) -> list[MappingTemplate]:
    """Every version of a school's template, newest first. One query."""
    rows = MappingTemplate.objects.filter(school=school, kind=kind).select_related("by")
    return list(rows.order_by("-number"))


def holding(versions: Iterable[MappingTemplate], day: date) -> MappingTemplate | None:
    """The version that holds on a day: the one with the latest first day that has come, the newest of those.

    None: the default holds.
    """
    come = [one for one in versions if one.since <= day]
    return max(come, key=lambda one: (one.since, one.number), default=None)


def template_on(school: str, kind: str, day: date) -> Template:
    """The template that holds at a school on a day."""
    found = holding(versions_of(school, kind), day)
    return read(found) if found else DEFAULTS[kind]


def template_numbered(school: str, kind: str, number: int) -> Template:
    """One version of a school's template; 0 is the default."""
    if number == 0:
        return DEFAULTS[kind]
    return read(MappingTemplate.objects.get(school=school, kind=kind, number=number))


def templates_of(rounds: Iterable[MappingRound]) -> dict[int, dict[str, Template]]:
    """Each round's two templates, by the round's number. One query."""
    listed = list(rounds)
    rows = MappingTemplate.objects.filter(school__in={one.school for one in listed})
    held = {(row.school, row.kind, row.number): read(row) for row in rows}
    return {
        one.pk: {
            CLASS: held.get((one.school, CLASS, one.class_template), DEFAULTS[CLASS]),
            PUPIL: held.get((one.school, PUPIL, one.pupil_template), DEFAULTS[PUPIL]),
        }
        for one in listed
    }


def taken_keys(school: str, kind: str) -> set[str]:
    """Every key that the school has ever used for a kind of template, the default's too."""
    used = {one.key for one in DEFAULTS[kind].statements}
    return used.union(*({one.key for one in read(row).statements} for row in versions_of(school, kind)))


def save_template(*, new: NewTemplate, by: User, role: str, at: datetime) -> MappingTemplate:
    """Save a new version. Rounds that go on keep the statements that they began with.

    Raises  Refusal when it can't be used, begins before today, lacks a reason, or somebody saved in between
    """
    template = new.template
    if template.kind not in KINDS or (wrong := faults(template)):
        raise template_wont_do(*((wrong[0].sv, wrong[0].en) if wrong else ("Okänd mall.", "Unknown template.")))
    if new.since < localdate(at):
        raise not_a_first_day()
    if not 0 < len(new.why) <= LONGEST_WHY:
        raise template_wont_do("Skriv varför, i högst 200 tecken.", "Write why, in at most 200 characters.")
    with transaction.atomic():
        # Of two who save at once the second finds the number taken.
        newest = next(iter(versions_of(new.school, template.kind)), None)
        if (newest.number if newest else 0) != new.after:
            raise template_overtaken()
        said = {"kind": template.kind, "statements": len(template.statements), "number": new.after + 1}
        with recorded("save_mapping_template", by=by, at=at, about=new.school, **said):
            row, made = MappingTemplate.objects.get_or_create(
                school=new.school, kind=template.kind, number=new.after + 1,
                defaults={
                    "since": new.since, "why": new.why, "by": by, "role": role, "at": at, "several": template.several,
                    "statements": [[one.key, one.dimension, one.sv, one.en] for one in template.statements],
                },
            )  # fmt: skip
            if not made:
                raise template_overtaken()
    return row
