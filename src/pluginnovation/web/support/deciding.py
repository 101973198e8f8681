"""What a principal decides in a case, and telling of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.support.case_states import DECISIONS, ENDED, GRANTED, PRINCIPAL
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .cases import held_case
from .models import Case, CaseStep, Decision

LONGEST_WHY: Final = 2_000
TELL: Final = "tell_decision"


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision about to be made.

    kind, verdict   the point, and what is decided: see `case_states.DECISIONS`
    seen            the number of the decision on the point that stood when the page was read; 0: none
    role            the role of the one who decides
    """

    kind: str
    verdict: str
    text: str
    seen: int
    role: str


def decide(*, case: Case, deciding: Deciding, by: User, at: datetime) -> Decision:
    """Decide on a point. Of two at once the first stands, and the other is told so.

    Raises  Refusal when it isn't the role's, there is no such verdict, nothing is written, the case is closed, no
            programme is in force that could end, or somebody has decided on the point meanwhile
    """
    if deciding.role not in PRINCIPAL:
        raise refused.not_yours()
    if deciding.verdict not in DECISIONS.get(deciding.kind, {}):
        raise refused.not_offered(("Beslutet", "The decision"))
    text = refused.text_of(deciding.text, longest=LONGEST_WHY)
    with recorded("decide", by=by, at=at, about=case.pupil, case=case.pk, kind=deciding.kind,
                  verdict=deciding.verdict):  # fmt: skip
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        last = Decision.objects.filter(case=held, kind=deciding.kind).order_by("-number").first()
        number = last.number if last else 0
        if number != deciding.seen:
            raise refused.decided_meanwhile()
        if deciding.verdict == ENDED and (last is None or last.verdict != GRANTED):
            raise refused.no_programme()
        row = Decision.objects.create(
            case=held, pupil=held.pupil, kind=deciding.kind, number=number + 1, verdict=deciding.verdict, text=text,
            by=by, role=deciding.role, at=at,
        )  # fmt: skip
        held.version += 1
        held.save(update_fields=["version"])
    return row


def tell_decision(*, decision: Decision, on: date, by: User, at: datetime) -> Decision:
    """Say on which day pupil and guardians were told, once: the time to appeal runs from it.

    Raises  Refusal when that is said already, or the day is ahead or before the decision
    """
    if on > localdate(at):
        raise refused.day_ahead()
    if on < localdate(decision.at):
        raise refused.day_wrong(("Välj en dag efter beslutet.", "Choose a day after the decision."))
    with recorded("tell_decision", by=by, at=at, about=decision.pupil, case=decision.case_id, decision=decision.pk):
        if not Decision.objects.filter(pk=decision.pk, told_on=None).update(told_on=on):
            raise refused.already_done()
        steps = CaseStep.objects.filter(case=decision.case_id, step=TELL, done_on=None)
        steps.update(done_on=on, done_by=by, done_at=at)
    decision.refresh_from_db()
    return decision
