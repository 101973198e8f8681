"""Cases: opened, moved, closed and taken up again. Whoever acts must have seen the case as it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.privacy.youths import UPPER_SECONDARY
from pluginnovation.support import case_clocks, case_states
from pluginnovation.support.case_clocks import COMPULSORY, UPPER, steps_of
from pluginnovation.support.follow_ups import after_closing
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment, User
from pluginnovation.web.people.reach import covering

from . import refused
from .models import Case, CaseStep, FollowUp
from .standing import standing_of

MOVED: Final = "to_"


@dataclass(frozen=True, slots=True)
class Opening:
    """A case about to be opened.

    owner      the code of the adult who answers for it; empty: whoever has `owner_role` at the school
    role       the role of the one who opens it
    reopened   the number of the case before, which this one takes up
    """

    pupil: str
    school: str
    kind: str
    role: str
    owner: str = ""
    owner_role: str = ""
    reopened: int | None = None


def open_case(*, opening: Opening, by: User, at: datetime) -> Case:
    """Open a case, with the law's steps in it. None of them has a day until somebody sets one.

    Raises  Refusal when such a case is open already, the pupil isn't at the school, or the kind isn't one to choose
    """
    if opening.kind not in case_states.KINDS:
        raise refused.not_offered(("Ärendet", "The case"))
    if opening.role not in case_states.ANYONE:
        raise refused.not_yours()
    stay = Enrolment.objects.filter(covering(localdate(at)), pupil=opening.pupil, organisation=opening.school).first()
    if stay is None:
        raise refused.pupil_has_left()
    school = UPPER if stay.school_type in UPPER_SECONDARY else COMPULSORY
    try:
        with transaction.atomic(), recorded("open_case", by=by, at=at, about=opening.pupil, kind=opening.kind):
            case = Case.objects.create(
                pupil=opening.pupil, school=opening.school, kind=opening.kind,
                state=case_states.first_state(opening.kind), owner=opening.owner, owner_role=opening.owner_role,
                opened_at=at, reopened_id=opening.reopened, by=by, at=at,
            )  # fmt: skip
            CaseStep.objects.bulk_create(
                CaseStep(case=case, pupil=case.pupil, step=step.key, by=by, at=at)
                for step in steps_of(opening.kind, school)
            )
    except IntegrityError as twice:
        raise refused.case_is_open() from twice
    return case


@dataclass(frozen=True, slots=True)
class Moving:
    """A move about to be made.

    to        the state after
    seen      the case's version when the page was read
    role      the role of the one who moves it
    outcome   one of `case_states.OUTCOMES`, when it is closed
    """

    to: str
    seen: int
    role: str
    outcome: str = ""


def move_case(*, case: Case, moving: Moving, by: User, at: datetime) -> Case:
    """Move a case to its next state.

    Raises  Refusal when there is no such move, it isn't the role's, something is missing first, or somebody else has
            changed the case meanwhile
    """
    with recorded("move_case", by=by, at=at, about=case.pupil, case=case.pk, to=moving.to, outcome=moving.outcome):
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        if held.version != moving.seen:
            raise refused.others_were_first()
        move = case_states.move_to(held.kind, held.state, moving.to)
        if move is None:
            raise refused.not_offered(("Steget", "The step"))
        if moving.role not in move.roles:
            raise refused.not_yours()
        needs = case_states.missing(move, standing_of(held))
        if needs:
            raise refused.something_missing(needs)
        if moving.to == case_states.CLOSED:
            _close(held, moving.outcome, by, at)
        done = case_clocks.DONE_BY.get((held.state, moving.to), ())
        rows = CaseStep.objects.filter(case=held, step__in=done, done_on=None)
        rows.update(done_on=localdate(at), done_by=by, done_at=at)
        held.state, held.version = moving.to, held.version + 1
        held.save(update_fields=["state", "version", "closed_at", "outcome"])
        CaseStep.objects.create(
            case=held, pupil=held.pupil, step=f"{MOVED}{moving.to}", done_on=localdate(at), done_by=by, done_at=at,
            by=by, at=at,
        )  # fmt: skip
    return held


@dataclass(frozen=True, slots=True)
class Closing:
    """A case about to be closed; see `Moving`."""

    outcome: str
    seen: int
    role: str


def close_case(*, case: Case, closing: Closing, by: User, at: datetime) -> Case:
    """Close a case with its outcome; follow-ups are set for 3, 6 and 12 months later, where there was support.

    Raises  Refusal as `move_case` does
    """
    moving = Moving(case_states.CLOSED, closing.seen, closing.role, closing.outcome)
    return move_case(case=case, moving=moving, by=by, at=at)


def reopen_case(*, case: Case, opening: Opening, by: User, at: datetime) -> Case:
    """Take a closed case up again: a new one that points at it, so that what was closed stays as it was.

    Raises  Refusal when it isn't closed, or as `open_case` does
    """
    if case.closed_at is None:
        raise refused.case_is_open()
    again = Opening(
        pupil=case.pupil, school=opening.school, kind=case.kind, role=opening.role, owner=opening.owner,
        owner_role=opening.owner_role, reopened=case.pk,
    )  # fmt: skip
    return open_case(opening=again, by=by, at=at)


def give_case(*, case: Case, owner: str, owner_role: str, by: User, at: datetime) -> Case:
    """Let another adult answer for the case, or a role at the school when `owner` is empty."""
    with recorded("give_case", by=by, at=at, about=case.pupil, case=case.pk, role=owner_role):
        held = held_case(case.pk)
        held.owner, held.owner_role, held.version = owner, owner_role, held.version + 1
        held.save(update_fields=["owner", "owner_role", "version"])
    return held


def do_step(*, step: CaseStep, on: date, by: User, at: datetime) -> CaseStep:
    """Say that one of the law's steps is done, once.

    Raises  Refusal when it is done already, the case is closed, or the day is ahead
    """
    if on > localdate(at):
        raise refused.day_ahead()
    with recorded("do_step", by=by, at=at, about=step.pupil, case=step.case_id, step=step.step):
        if held_case(step.case_id).closed_at is not None:
            raise refused.case_is_closed()
        if not CaseStep.objects.filter(pk=step.pk, done_on=None).update(done_on=on, done_by=by, done_at=at):
            raise refused.already_done()
    step.refresh_from_db()
    return step


def date_step(*, step: CaseStep, due: date, by: User, at: datetime) -> CaseStep:
    """Set the day by which a step is to be done. The law names none; somebody at the school does.

    Raises  Refusal when it is done already, the case is closed, or the day has passed
    """
    if due < localdate(at):
        raise refused.day_passed()
    with recorded("date_step", by=by, at=at, about=step.pupil, case=step.case_id, step=step.step, due=f"{due}"):
        if held_case(step.case_id).closed_at is not None:
            raise refused.case_is_closed()
        if not CaseStep.objects.filter(pk=step.pk, done_on=None).update(due=due):
            raise refused.already_done()
    step.refresh_from_db()
    return step


def held_case(number: int) -> Case:
    """The case, held until the transaction ends, so that nobody else changes it meanwhile."""
    return Case.objects.select_for_update().get(pk=number)


def _close(case: Case, outcome: str, by: User, at: datetime) -> None:
    if outcome not in case_states.outcomes_of(case.kind, case.state):
        raise refused.not_offered(("Utfallet", "The outcome"))
    case.closed_at, case.outcome = at, outcome
    if outcome == case_states.UNNEEDED:
        return
    FollowUp.objects.bulk_create(
        FollowUp(case=case, pupil=case.pupil, school=case.school, kind=kind, due=due, by=by, at=at)
        for kind, due in after_closing(localdate(at)).items()
    )
