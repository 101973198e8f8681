"""Follow-ups: planned, and done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.support.follow_ups import RESULTS
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import Case, FollowUp, Measure

LONGEST_RESULT: Final = 2_000


def plan_follow_up(*, of: Case | Measure, due: date, by: User, at: datetime) -> FollowUp:
    """Set a day to look back at a case or a measure.

    Raises  Refusal 'day_wrong' when the day has passed
    """
    if due < localdate(at):
        raise refused.day_passed()
    case, measure = (of, None) if isinstance(of, Case) else (None, of)
    with recorded("plan_follow_up", by=by, at=at, about=of.pupil, due=f"{due}"):
        return FollowUp.objects.create(
            case=case, measure=measure, pupil=of.pupil, school=of.school, kind=FollowUp.OWN, due=due, by=by, at=at
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """How it went. `result` is one of `support.follow_ups.RESULTS`."""

    result: str
    text: str = ""


def follow_up(*, row: FollowUp, looked: Looked, by: User, at: datetime) -> FollowUp:
    """Write down how it went, once.

    Raises  Refusal when that is done already, or the result isn't one to choose
    """
    if looked.result not in RESULTS:
        raise refused.not_offered(("Resultatet", "The result"))
    text = refused.text_of(looked.text, longest=LONGEST_RESULT, least=0)
    with recorded("follow_up", by=by, at=at, about=row.pupil, follow_up=row.pk, result=looked.result):
        waiting = FollowUp.objects.filter(pk=row.pk, done_at=None)
        if not waiting.update(done_at=at, done_by=by, result=looked.result, text=text):
            raise refused.already_done()
    row.refresh_from_db()
    return row
