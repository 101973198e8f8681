"""Support to schools, also outside the programmes: request, offer, sessions, outcome. And what the region decides."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.projects import offers
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .models import RegionDecision, SupportRequest
from .refused_doing import not_yours

LONGEST_TEXT: Final = 2_000
LONGEST_LINE: Final = 160


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for, by which school (its code; empty: the municipality), in which role."""

    kind: str
    text: str
    school: str
    municipality: str
    role: str


def ask_for_support(*, asking: Asking, by: User, at: datetime) -> SupportRequest:
    """Ask the region for support. Raises Refusal for a kind that isn't offered, a text that can't be, or a role."""
    if asking.kind not in offers.KINDS:
        raise refused.not_offered(("Slaget", "The kind"))
    if asking.role not in offers.SCHOOL:
        raise not_yours()
    text = refused.text_of(asking.text, longest=LONGEST_TEXT)
    with recorded("ask_for_support", by=by, at=at, about=asking.school or asking.municipality, kind=asking.kind):
        return SupportRequest.objects.create(
            school=asking.school, municipality=asking.municipality, kind=asking.kind, text=text, role=asking.role,
            by=by, at=at,
        )  # fmt: skip


def make_offer(*, request: SupportRequest, text: str, role: str, by: User, at: datetime) -> SupportRequest:
    """Offer something to the one who asked. Raises Refusal when it isn't the role's, or it is offered already."""
    said = refused.text_of(text, longest=LONGEST_TEXT)
    return _moved(request, offers.OFFERED, _Mover(role, by, at), offer=said, offered_at=at, offered_by=by)


def answer_offer(*, request: SupportRequest, accept: bool, role: str, by: User, at: datetime) -> SupportRequest:
    """Accept or decline. Raises Refusal when it isn't the role's, or it is answered already."""
    if accept:
        return _moved(request, offers.GOING, _Mover(role, by, at))
    return _moved(request, offers.DECLINED, _Mover(role, by, at), closed_at=at, closed_by=by)


def close_request(*, request: SupportRequest, outcome: str, role: str, by: User, at: datetime) -> SupportRequest:
    """Close the support with what came of it. Raises Refusal when it isn't the role's, or it isn't going on."""
    said = refused.text_of(outcome, longest=LONGEST_TEXT)
    return _moved(request, offers.CLOSED, _Mover(role, by, at), outcome=said, closed_at=at, closed_by=by)


@dataclass(frozen=True, slots=True)
class _Mover:
    role: str
    by: User
    at: datetime


def _moved(request: SupportRequest, to: str, mover: _Mover, **changes: object) -> SupportRequest:
    before = next((before for before, after in offers.MOVES if after == to), "")
    if not offers.may_move(before, to, mover.role):
        raise not_yours()
    with recorded("move_request", by=mover.by, at=mover.at, about=request.school or request.municipality,
                  request=request.pk, to=to):  # fmt: skip
        if not SupportRequest.objects.filter(pk=request.pk, state=before).update(state=to, **changes):
            raise refused.already_done()
    request.refresh_from_db()
    return request


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the region decides, who sees to it (a role or a function, never a name), and by when.

    about   `kind key` of the need that it answers; empty: none in particular
    """

    text: str
    owner: str
    due: date
    about: str = ""


def decide_on_need(*, deciding: Deciding, by: User, at: datetime) -> RegionDecision:
    """Decide, with an owner and a day. Raises Refusal when the day has passed or a text can't be."""
    if deciding.due < localdate(at):
        raise refused.day_passed()
    text = refused.text_of(deciding.text, longest=LONGEST_TEXT)
    owner = refused.text_of(deciding.owner, longest=LONGEST_LINE)
    with recorded("decide_on_need", by=by, at=at, about=deciding.about):
        return RegionDecision.objects.create(
            text=text, owner=owner, due=deciding.due, about=deciding.about, by=by, at=at
        )


def carry_out_decision(*, decision: RegionDecision, outcome: str, by: User, at: datetime) -> RegionDecision:
    """Say what came of a decision, once. Raises Refusal when it is said already, or the text can't be."""
    said = refused.text_of(outcome, longest=LONGEST_TEXT)
    with recorded("carry_out_decision", by=by, at=at, about=decision.about, decision=decision.pk):
        if not RegionDecision.objects.filter(pk=decision.pk, done_at=None).update(done_at=at, done_by=by, outcome=said):
            raise refused.already_done()
    decision.refresh_from_db()
    return decision
