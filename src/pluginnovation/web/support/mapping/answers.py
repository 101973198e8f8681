"""Answering: a teacher about a class, a teacher about pupils of a class, and an adult with one pupil."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from pluginnovation.privacy.grounds import Grant
from pluginnovation.support.mapping import CLASS, NOT, PARTLY, PUPIL, answered
from pluginnovation.support.rounds import OPEN
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Group, User

from ..models import ClassSheet, MappingRound, PupilMarks, PupilSheet
from .refused import (
    not_in_class,
    nothing_said,
    round_closed,
    somebody_saved,
    statements_changed,
    text_too_long,
)
from .rounds import dates_of, locked
from .stored import template_numbered

LONGEST_TEXT = 500
LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class SaidOfClass:
    """What a teacher is about to say of a class.

    template   the number of the template that the form was of
    """

    answers: Mapping[str, str]
    text: str
    template: int


@dataclass(frozen=True, slots=True)
class SaidWithPupil:
    """What is about to be written down with a pupil.

    template   the number of the template that the form was of
    seen       the version that the writer had seen; 0 for none
    """

    answers: Mapping[str, str]
    own_words: str
    together: bool
    template: int
    seen: int


def is_open(found: MappingRound, day: date | None = None) -> bool:
    """Whether the round takes answers on a day; today unless another is given."""
    return found.withdrawn_at is None and dates_of(found).stands(day or today()) == OPEN


def answer_class(
    *, of_round: MappingRound, group: Group, said: SaidOfClass, by: User, role: str, at: datetime
) -> ClassSheet:
    """Say what one sees in a class. What one said before stays beside, and no longer counts.

    Raises  Refusal when the round is closed, its statements are others than the form's, or nothing is said
    """
    with recorded("answer_class", by=by, at=at, about=group.code, round=of_round.pk, role=role):
        held = _open(of_round, at)
        if held.class_template != said.template:
            raise statements_changed()
        answers = answered(dict(said.answers), template_numbered(held.school, CLASS, held.class_template))
        if not answers and not said.text:
            raise nothing_said()
        if len(said.text) > LONGEST_TEXT:
            raise text_too_long(LONGEST_TEXT)
        return ClassSheet.objects.create(
            round=held, group=group.code, school=held.school, answers=answers, text=said.text, by=by, role=role, at=at
        )


def mark_pupils(
    *, of_round: MappingRound, group: Group, marks: Mapping[str, Mapping[str, str]], by: User, role: str, at: datetime
) -> int:
    """Say for which pupils of a class a statement holds partly or not; how many pupils' marks that changed.

    Takes   marks   partly or not by statement, for each pupil that the form showed; an empty one takes back what one
                    said before. The page has seen to it that each pupil is in the class and within reach
    Raises  Refusal when the round is closed
    """
    with recorded("mark_pupils", by=by, at=at, about=group.code, round=of_round.pk, role=role, shown=len(marks)):
        held = _open(of_round, at)
        keys = template_numbered(held.school, CLASS, held.class_template).keys
        before = own_marks(held, group.code, by)
        changed = []
        for pupil, said in marks.items():
            now = {key: said[key] for key in keys if said.get(key) in (PARTLY, NOT)}
            if now != before.get(pupil, {}):
                changed.append(
                    PupilMarks(round=held, pupil=pupil, group=group.code, marks=now, by=by, role=role, at=at)
                )
        PupilMarks.objects.bulk_create(changed)
        return len(changed)


def own_marks(found: MappingRound, group: str, teacher: User) -> dict[str, dict[str, str]]:
    """What a teacher has said of the class's pupils, as it stands. One query."""
    rows = PupilMarks.objects.filter(round=found, group=group, by=teacher).order_by("pupil", "-id").distinct("pupil")
    return {row.pupil: row.marks for row in rows}


def answer_with_pupil(
    *, of_round: MappingRound, grant: Grant, said: SaidWithPupil, by: User, at: datetime
) -> PupilSheet:
    """Write down template B. Earlier versions stay to be read.

    Raises  Refusal when the round is closed, its statements are others than the form's, somebody saved in between, or
            nothing is said
    """
    with recorded("answer_with_pupil", by=by, at=at, about=grant.pupil, round=of_round.pk, role=grant.ground.role):
        held = _open(of_round, at)
        if held.pupil_template != said.template:
            raise statements_changed()
        answers = answered(dict(said.answers), template_numbered(held.school, PUPIL, held.pupil_template))
        if not answers and not said.own_words:
            raise nothing_said()
        if len(said.own_words) > LONGEST_WORDS:
            raise text_too_long(LONGEST_WORDS)
        newest = newest_sheet(held, grant.pupil)
        if (newest.version if newest else 0) != said.seen:
            raise somebody_saved()
        # Of two who save at once the second finds the version taken.
        sheet, made = PupilSheet.objects.get_or_create(
            round=held, pupil=grant.pupil, version=said.seen + 1,
            defaults={
                "school": held.school, "answers": answers, "own_words": said.own_words, "together": said.together,
                "by": by, "role": grant.ground.role, "at": at,
            },
        )  # fmt: skip
        if not made:
            raise somebody_saved()
        return sheet


def newest_sheet(found: MappingRound, pupil: str) -> PupilSheet | None:
    """Template B as it stands for a pupil in a round."""
    rows = PupilSheet.objects.filter(round=found, pupil=pupil).select_related("by")
    return rows.order_by("-version").first()


def pupils_of_form(asked: set[str], here: set[str]) -> None:
    """See that everyone on a form is in the class today.

    Raises  Refusal when somebody has left since the page was opened
    """
    if not asked <= here:
        raise not_in_class()


def _open(found: MappingRound, at: datetime) -> MappingRound:
    held = locked(found, alone=False)
    if not is_open(held, localdate(at)):
        raise round_closed()
    return held
