"""A decision of a meeting, and what comes of it: a promise, a measure with its follow-up, or a case."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pluginnovation.support import case_states
from pluginnovation.support.agenda import CASE_STEP_PASSED, STEP_PASSED
from pluginnovation.support.meeting_decisions import (
    ABSENCE,
    INVESTIGATE,
    MEASURE,
    NEXT_TIME,
    STEP,
    Deciding,
    refused,
)
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .agenda_reading import standing_decision
from .cases import Opening, date_step, open_case
from .following import plan_follow_up
from .measures import Starting, start_measure
from .meetings import meeting_is_over, rows_behind
from .models import Case, CaseStep, Measure, MeetingDecision, MeetingPoint, NextStep
from .promises import LONGEST_WHAT, Promise, promise, take_back_promise
from .refused import decided_meanwhile

KIND_OF_CASE: Final = {INVESTIGATE: case_states.INVESTIGATION, ABSENCE: case_states.ABSENCE}


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision as it was sent.

    seen   how many decisions on the point the sender had seen
    role   the sender's
    """

    deciding: Deciding
    seen: int
    role: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    step: NextStep | None = None
    measure: Measure | None = None
    case: Case | None = None


def decide_point(*, point: MeetingPoint, sent: Sent, by: User, at: datetime) -> MeetingDecision:
    """Decide on a point, and set going what was decided. The step that stood before is closed.

    Raises  Refusal when something is missing or can't be, the meeting is over, or somebody has decided meanwhile
            ('decided_meanwhile'): then nothing of it is done
    """
    if (refusal := refused(sent.deciding, localdate(at))) is not None:
        raise refusal
    if point.meeting.started_at is None or point.meeting.ended_at is not None:
        raise meeting_is_over()
    deciding = sent.deciding
    try:
        with transaction.atomic(), recorded(
            "decide_point", by=by, at=at, about=point.pupil or point.group or point.school, point=point.pk,
            what=deciding.what, number=sent.seen + 1,
        ):  # fmt: skip
            standing = standing_decision(point.decisions.all())
            if (standing.number if standing else 0) != sent.seen:
                raise decided_meanwhile()
            if deciding.what != NEXT_TIME:
                _close_before(point, standing, by, at)
            outcome = _outcome(point, sent, by, at)
            return MeetingDecision.objects.create(
                point=point, number=sent.seen + 1, pupil=point.pupil, group=point.group, school=point.school,
                what=deciding.what, text=deciding.text.strip(), owner=deciding.owner, owner_role=deciding.owner_role,
                due=deciding.due, step=outcome.step, measure=outcome.measure, case=outcome.case, by=by, role=sent.role,
                at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        # Two at once have both seen the same: the second to be written finds its number taken.
        raise decided_meanwhile() from twice


def _close_before(point: MeetingPoint, standing: MeetingDecision | None, by: User, at: datetime) -> None:
    """Take back the promises that the decision replaces: those that the point is about, and the last decision's."""
    rows = rows_behind(point, STEP_PASSED)
    if standing is not None and standing.step_id is not None:
        rows.append(standing.step_id)
    for step in NextStep.objects.filter(pk__in=rows, done_at=None, taken_back_at=None):
        take_back_promise(step=step, by=by, at=at)


def _outcome(point: MeetingPoint, sent: Sent, by: User, at: datetime) -> _Outcome:
    deciding = sent.deciding
    if deciding.what == STEP:
        _date_case_steps(point, deciding, by, at)
        return _Outcome(step=promise(promised=_promised(point, deciding, deciding.text), by=by, at=at))
    if deciding.what == MEASURE:
        measure = start_measure(starting=_starting(point, deciding, at), by=by, at=at)
        if deciding.due is not None:
            plan_follow_up(of=measure, due=deciding.due, by=by, at=at)
        return _Outcome(measure=measure)
    if deciding.what in KIND_OF_CASE:
        case = _case(point, sent, by, at)
        words = _("Utred frånvaron") if deciding.what == ABSENCE else _("Utred behovet av särskilt stöd")
        promised = replace(_promised(point, deciding, words), case=case.pk)
        return _Outcome(step=promise(promised=promised, by=by, at=at), case=case)
    return _Outcome()


def _promised(point: MeetingPoint, deciding: Deciding, text: str) -> Promise:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return Promise(
        what=line if len(line) <= LONGEST_WHAT else f"{line[: LONGEST_WHAT - 1]}…", owner=deciding.owner,
        owner_role=deciding.owner_role, due=deciding.due, pupil=point.pupil, group=point.group, school=point.school,
    )  # fmt: skip


def _starting(point: MeetingPoint, deciding: Deciding, at: datetime) -> Starting:
    return Starting(
        kind=deciding.measure, starts=localdate(at), pupil=point.pupil, group=point.group, school=point.school,
        goal=deciding.text.strip()[:500], owner=deciding.owner, owner_role=deciding.owner_role,
    )  # fmt: skip


def _case(point: MeetingPoint, sent: Sent, by: User, at: datetime) -> Case:
    """The open case of the kind, or a new one."""
    kind, deciding = KIND_OF_CASE[sent.deciding.what], sent.deciding
    standing = Case.objects.filter(pupil=point.pupil, school=point.school, kind=kind, closed_at=None).first()
    if standing is not None:
        return standing
    opening = Opening(point.pupil, point.school, kind, sent.role, deciding.owner, deciding.owner_role)
    return open_case(opening=opening, by=by, at=at)


def _date_case_steps(point: MeetingPoint, deciding: Deciding, by: User, at: datetime) -> None:
    rows = rows_behind(point, CASE_STEP_PASSED)
    for step in CaseStep.objects.filter(pk__in=rows, done_on=None):
        if deciding.due is not None:
            date_step(step=step, due=deciding.due, by=by, at=at)
