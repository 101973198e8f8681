"""What somebody promised: given, kept, taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localdate

from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import NextStep

LONGEST_WHAT: Final = 160


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise about to be given.

    what     one line, as one is told to do it
    then     what comes after; empty: nothing
    owner    the code of the adult; empty: whoever has `owner_role` at the school
    due      none: no day was said
    """

    what: str
    then: str = ""
    owner: str = ""
    owner_role: str = ""
    due: date | None = None
    pupil: str = ""
    group: str = ""
    school: str = ""
    case: int | None = None
    measure: int | None = None


def promise(*, promised: Promise, by: User, at: datetime) -> NextStep:
    """Write a promise down.

    Raises  Refusal when nothing is promised, or for a day that has passed
    """
    what = refused.text_of(promised.what, longest=LONGEST_WHAT).replace("\n", " ")
    then = refused.text_of(promised.then, longest=LONGEST_WHAT, least=0).replace("\n", " ")
    if promised.due is not None and promised.due < localdate(at):
        raise refused.day_passed()
    with recorded("promise", by=by, at=at, about=promised.pupil or promised.group or promised.school):
        return NextStep.objects.create(
            pupil=promised.pupil, group=promised.group, school=promised.school, case_id=promised.case,
            measure_id=promised.measure, what=what, then=then, owner=promised.owner, owner_role=promised.owner_role,
            due=promised.due, by=by, at=at,
        )  # fmt: skip


def keep_promise(*, step: NextStep, by: User, at: datetime) -> NextStep:
    """Say that a promise is kept, once.

    Raises  Refusal when it is kept or taken back already
    """
    with recorded("keep_promise", by=by, at=at, about=step.pupil or step.group or step.school, step=step.pk):
        if not _standing(step).update(done_at=at, done_by=by):
            raise refused.already_done()
    step.refresh_from_db()
    return step


def take_back_promise(*, step: NextStep, by: User, at: datetime) -> NextStep:
    """Say that a promise no longer stands, once. What was promised stays to be read.

    Raises  Refusal when it is kept or taken back already
    """
    with recorded("take_back_promise", by=by, at=at, about=step.pupil or step.group or step.school, step=step.pk):
        if not _standing(step).update(taken_back_at=at, taken_back_by=by):
            raise refused.already_done()
    step.refresh_from_db()
    return step


def _standing(step: NextStep) -> QuerySet[NextStep]:
    return NextStep.objects.filter(pk=step.pk, done_at=None, taken_back_at=None)
