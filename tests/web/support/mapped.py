"""A school in the middle of a round: what the tests of mapping begin with."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from pluginnovation.web.people.models import Group
from pluginnovation.web.support.mapping.answers import SaidOfClass, answer_class, mark_pupils
from pluginnovation.web.support.models import ClassSheet, MappingRound
from tests.pals import TODAY, Pals

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)


def opened(pals: Pals, first: date = TODAY - timedelta(days=2), days: int = 14, **more: Any) -> MappingRound:
    """A round at Björkskolan that goes on, with the default templates."""
    said = {"school": pals.place("bjork"), "first": first, "last": first + timedelta(days=days)}
    return MappingRound.objects.create(**(said | more), by=pals.petra, role="principal", at=AT)


def said_of_class(found: MappingRound, pals: Pals, who: str = "asa", text: str = "", **answers: str) -> ClassSheet:
    """What a teacher says of 9A."""
    group = Group.objects.get(code=pals.group("9A"))
    said = SaidOfClass(answers, text, found.class_template)
    return answer_class(of_round=found, group=group, said=said, by=getattr(pals, who), role="teacher", at=AT)


def marked(found: MappingRound, pals: Pals, who: str = "asa", *, pupil: str = "mira", **marks: str) -> None:
    """What a teacher marks on a pupil of 9A."""
    group = Group.objects.get(code=pals.group("9A"))
    mark_pupils(
        of_round=found, group=group, marks={getattr(pals, pupil): marks}, by=getattr(pals, who), role="teacher", at=AT
    )
