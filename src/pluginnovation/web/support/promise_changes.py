"""A promise that was said to be kept by mistake stands again, and one that somebody else keeps is handed over."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import NextStep
from .promises import Promise, promise


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Who is to keep a promise instead.

    owner        the code of the adult
    owner_role   the role that it falls to when that adult has left
    """

    owner: str
    owner_role: str


def reopen_promise(*, step: NextStep, by: User, at: datetime) -> None:
    """Undo that it was said to be kept. That it was said stays in the audit log.

    Raises  Refusal when it wasn't kept
    """
    with recorded("reopen_promise", by=by, at=at, about=_about(step), step=step.pk):
        if not NextStep.objects.filter(pk=step.pk, done_at__isnull=False).update(done_at=None, done_by=None):
            raise refused.already_done()


def hand_over_promise(*, step: NextStep, handing: HandingOver, by: User, at: datetime) -> NextStep:
    """Let somebody else keep it, by the same day: it is taken back, and given anew by the other.

    Raises  Refusal when it no longer stands
    """
    with recorded("hand_over_promise", by=by, at=at, about=_about(step), step=step.pk, role=handing.owner_role):
        if not _standing(step).update(taken_back_at=at, taken_back_by=by):
            raise refused.already_done()
        # A day that has passed can't be promised again: the other has it from today.
        due = max(step.due, localdate(at)) if step.due else None
        return promise(
            promised=Promise(
                what=step.what, then=step.then, owner=handing.owner, owner_role=handing.owner_role, due=due,
                pupil=step.pupil, group=step.group, school=step.school, case=step.case_id, measure=step.measure_id,
            ),
            by=by,
            at=at,
        )  # fmt: skip


def _standing(step: NextStep) -> QuerySet[NextStep]:
    return NextStep.objects.filter(pk=step.pk, done_at=None, taken_back_at=None)


def _about(step: NextStep) -> str:
    return step.pupil or step.group or step.school
