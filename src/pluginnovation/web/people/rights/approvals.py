"""Asking for, deciding and using what takes two people. Each writes its audit row in the same transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from pluginnovation.privacy import approvals
from pluginnovation.privacy.approvals import LEAST_REASON, LIVES, Asked
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Approval, User

from .refused import not_to_decide, not_usable, reason_too_short


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    what     exactly what is to be done
    pupil    the code, when it is about one pupil
    pupils   how many pupils it is about
    """

    kind: str
    source: str
    what: dict[str, Any]
    reason: str
    pupil: str = ""
    pupils: int = field(default=0)


def ask_approval(*, wanted: Wanted, role: str, by: User, at: datetime) -> Approval:
    """Ask for something that takes somebody else's yes.

    Raises  Refusal when the reason says too little
    """
    if len(wanted.reason) < LEAST_REASON:
        raise reason_too_short(LEAST_REASON)
    with recorded("ask_approval", by=by, at=at, about=wanted.kind, pupils=wanted.pupils, source=wanted.source):
        return Approval.objects.create(
            kind=wanted.kind, source=wanted.source, what=wanted.what, pupil=wanted.pupil, pupils=wanted.pupils,
            reason=wanted.reason, asked_by=by, asked_role=role, asked_at=at, expires_at=at + LIVES,
        )  # fmt: skip


def decide_approval(*, approval: Approval, verdict: str, why: str, duty: ActiveDuty, by: User, at: datetime) -> None:
    """Say yes or no to what another asked for.

    Takes   verdict   `privacy.approvals.APPROVED` or `REFUSED`
    Raises  Refusal: one's own question, not this role's, or decided, used or too old
    """
    with recorded("decide_approval", by=by, at=at, about=str(approval.pk), kind=approval.kind, verdict=verdict):
        row = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        asked = asked_of(row)
        waits = approvals.state_of(asked, at) == approvals.WAITS
        if not waits or not approvals.may_decide(asked, by.pk, duty.role, duty.source):
            raise not_to_decide()
        Approval.objects.filter(pk=row.pk).update(
            verdict=verdict, decided_by=by, decided_role=duty.role, decided_at=at, decided_why=why
        )


def use_approval(*, approval: Approval, by: User, at: datetime) -> None:
    """Note that what was approved is done now, once.

    Raises  Refusal when it is used, too old, refused, undecided or somebody else's
    """
    with recorded("use_approval", by=by, at=at, about=str(approval.pk), kind=approval.kind):
        row = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        if not approvals.may_use(asked_of(row), by.pk, at):
            raise not_usable()
        Approval.objects.filter(pk=row.pk).update(used_at=at)


def asked_of(row: Approval) -> Asked:
    """The row as the decision takes it."""
    return Asked(row.kind, row.asked_by_id, row.source, row.expires_at, row.verdict, row.used_at is not None)


def seen_by(duty: ActiveDuty) -> QuerySet[Approval]:
    """What the viewer asked for, and what the viewer's role may decide. Newest first."""
    kinds = [kind for kind, roles in approvals.DECIDED_BY.items() if duty.role in roles]
    others = Q(kind__in=kinds) if not duty.source else Q(kind__in=kinds, source=duty.source)
    rows = Approval.objects.select_related("asked_by", "decided_by").order_by("-id")
    return rows.filter(others | Q(asked_by=duty.user))


def to_decide(duty: ActiveDuty, at: datetime) -> QuerySet[Approval]:
    """What waits for the viewer's yes or no."""
    return seen_by(duty).filter(verdict="", expires_at__gt=at).exclude(asked_by=duty.user)
