"""A case that follows a pupil to another school: handed over, taken back, or taken there; nothing without an owner."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.privacy.youths import UPPER_SECONDARY
from pluginnovation.support import transfers
from pluginnovation.support.case_clocks import COMPULSORY, UPPER, steps_of
from pluginnovation.support.case_states import CLOSED, LEADERS
from pluginnovation.web.people.asker import take_over
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment, Organisation, User
from pluginnovation.web.people.reach import covering

from . import refused
from .cases import MOVED, held_case
from .measures import Ending, end_measure
from .models import Case, CaseStep, CaseTransfer, Measure, NextStep
from .promises import take_back_promise
from .transfer_said import offered_of, said_of

CHANGED_SCHOOL = "changed_school"
PUPIL_MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Giving:
    """A hand-over about to be made.

    receiver   the code of the school; empty: one outside, named in `outside`
    ground     one of `transfers.GROUNDS`; `why` says who consented or what was tried
    parts      what is to follow
    """

    receiver: str
    outside: str
    ground: str
    why: str
    parts: Collection[str]
    role: str


def give_case_over(*, case: Case, giving: Giving, by: User, at: datetime) -> CaseTransfer:
    """Hand a case over. The school answers for it until somebody at the other has taken it; outside, it ends here.

    Raises  Refusal when it is closed or handed over already, or something is missing or can't be
    """
    outside = refused.text_of(giving.outside, longest=120, least=0 if giving.receiver else 1)
    if giving.receiver == case.school or (giving.receiver and not _is_school(giving.receiver)):
        raise refused.not_offered(("Skolan", "The school"))
    with recorded("give_case_over", by=by, at=at, about=case.pupil, case=case.pk, to=giving.receiver,
                  ground=giving.ground, parts=sorted(giving.parts)):  # fmt: skip
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        offered = offered_of(held)
        wrong = transfers.refused(
            role=giving.role, ground=giving.ground, why=giving.why, parts=giving.parts, offered=offered
        )
        if wrong is not None:
            raise wrong
        try:
            with transaction.atomic():
                row = CaseTransfer.objects.create(
                    case=held, pupil=held.pupil, school=held.school, receiver=giving.receiver,
                    outside="" if giving.receiver else outside, ground=giving.ground, ground_text=giving.why.strip(),
                    parts=[part for part in offered if part in giving.parts], copied=said_of(held, giving.parts),
                    by=by, role=giving.role, at=at,
                )  # fmt: skip
        except IntegrityError as twice:
            raise refused.already_done() from twice
        if not giving.receiver:
            _end_here(held, by, at)
    return row


def take_case_back(*, row: CaseTransfer, role: str, by: User, at: datetime) -> None:
    """Take a hand-over back, before anybody has taken it.

    Raises  Refusal when somebody has taken it, or it is taken back already
    """
    if role not in LEADERS:
        raise refused.not_yours()
    with recorded("take_case_back", by=by, at=at, about=row.pupil, case=row.case_id, transfer=row.pk):
        standing = CaseTransfer.objects.filter(pk=row.pk, taken_at=None, back_at=None).exclude(receiver="")
        if not standing.update(back_at=at, back_by=by):
            raise refused.already_done()


@dataclass(frozen=True, slots=True)
class Taking:
    """A case about to be taken over.

    owner, owner_role   who answers for it from now on; an empty owner: whoever has the role
    role                of the one who takes it
    """

    owner: str
    owner_role: str
    role: str


def take_case_over(*, row: CaseTransfer, taking: Taking, by: User, at: datetime) -> Case:
    """Take a case over: it goes on here from the day it was opened, and ends at the school before.

    A case of the kind that is open here already is the one that it goes on in.

    Raises  Refusal when it is taken or taken back, the pupil doesn't go here yet, or the role doesn't lead cases
    """
    if taking.role not in LEADERS:
        raise refused.not_yours()
    stay = Enrolment.objects.filter(covering(localdate(at)), pupil=row.pupil, organisation=row.receiver).first()
    if stay is None:
        raise refused.pupil_has_left()
    with recorded("take_case_over", by=by, at=at, about=row.pupil, case=row.case_id, transfer=row.pk):
        standing = CaseTransfer.objects.filter(pk=row.pk, taken_at=None, back_at=None)
        if not standing.exists():
            raise refused.already_done()
        take_over(row.pk)
        before = held_case(row.case_id)
        # Somebody may have taken it while this one waited for the case.
        if not standing.exists():
            raise refused.already_done()
        school = UPPER if stay.school_type in UPPER_SECONDARY else COMPULSORY
        case = _going_on(before, row.receiver, school, taking, by, at)
        standing.update(opened=case, taken_by=by, taken_at=at)
        if before.closed_at is None:
            _end_here(before, by, at)
    return case


def _going_on(before: Case, place: str, school: str, taking: Taking, by: User, at: datetime) -> Case:
    here = Case.objects.filter(pupil=before.pupil, school=place, kind=before.kind, closed_at=None).first()
    if here is not None:
        return here
    state = transfers.GOES_ON_AS.get(before.state, "")
    case = Case.objects.create(
        pupil=before.pupil, school=place, kind=before.kind, state=state or _state_before(before), owner=taking.owner,
        owner_role=taking.owner_role, opened_at=before.opened_at, by=by, at=at,
    )  # fmt: skip
    rows = {row.step: row for row in before.steps.exclude(step__startswith=MOVED)}
    same = _authority(before.school) == _authority(place)
    CaseStep.objects.bulk_create(
        _step(case, step.key, rows.get(step.key), by=by, at=at)
        if transfers.carried(step.key, same_authority=same)
        else CaseStep(case=case, pupil=case.pupil, step=step.key, by=by, at=at)
        for step in steps_of(case.kind, school)
    )
    return case


def _step(case: Case, key: str, before: CaseStep | None, *, by: User, at: datetime) -> CaseStep:
    """A step as it stood: done stays done by whom it was, and a day that was set still holds."""
    if before is None:
        return CaseStep(case=case, pupil=case.pupil, step=key, by=by, at=at)
    return CaseStep(
        case=case, pupil=case.pupil, step=key, due=before.due, done_on=before.done_on, done_by_id=before.done_by_id,
        done_at=before.done_at, by=by, at=at,
    )  # fmt: skip


def _state_before(closed: Case) -> str:
    """The state that a case had which was closed after it was handed over."""
    moves = closed.steps.filter(step__startswith=MOVED).order_by("-at", "-id").values_list("step", flat=True)
    states = [step.removeprefix(MOVED) for step in moves]
    last = next((state for state in states if state != CLOSED), "assessed")
    return transfers.GOES_ON_AS[last]


def _end_here(case: Case, by: User, at: datetime) -> None:
    """Close the case where it was, with what was open in it: promises and measures are a school's own."""
    for step in NextStep.objects.filter(case=case, done_at=None, taken_back_at=None):
        take_back_promise(step=step, by=by, at=at)
    for measure in Measure.objects.filter(case=case).exclude(state=Measure.ENDED):
        end_measure(measure=measure, ending=Ending(localdate(at), PUPIL_MOVED), by=by, at=at)
    CaseStep.objects.create(
        case=case, pupil=case.pupil, step=f"{MOVED}{CLOSED}", done_on=localdate(at), done_by=by, done_at=at, by=by,
        at=at,
    )  # fmt: skip
    case.state, case.closed_at, case.outcome, case.version = CLOSED, at, CHANGED_SCHOOL, case.version + 1
    case.save(update_fields=["state", "closed_at", "outcome", "version"])


def _is_school(code: str) -> bool:
    return Organisation.objects.filter(code=code, organisation_type__in=("Skola", "Skolenhet")).exists()


def _authority(school: str) -> str:
    found = Organisation.objects.filter(code=school).select_related("parent__parent").first()
    while found is not None and found.parent is not None:
        found = found.parent
    return found.code if found else school
