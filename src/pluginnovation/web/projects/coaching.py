"""Process support: sessions with notes, what was agreed, networks that meet, and what the region offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pluginnovation.projects import offers
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .models import Agreement, Network, NetworkMeeting, NetworkMember, Offer, Session, SubProject, SupportRequest

COACHING, NETWORK, TRAINING = "coaching", "network", "training"
SESSION_KINDS: Final = {
    COACHING: ("Processtöd", "Process support"),
    NETWORK: ("Nätverksträff", "Network meeting"),
    TRAINING: ("Utbildning", "Training"),
}
LONGEST_LINE: Final = 160
LONGEST_NOTE: Final = 4_000
LONGEST_SESSION: Final = 1_440


@dataclass(frozen=True, slots=True)
class Held:
    """A session that was held. The note is the process leader's own and names no pupil."""

    kind: str
    on: date
    topic: str
    note: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Whose:
    """What a session was for; one of them, or none: the region's own."""

    sub_project: SubProject | None = None
    request: SupportRequest | None = None
    network: Network | None = None


def hold_session(*, held: Held, whose: Whose, by: User, at: datetime) -> Session:
    """Write down a session.

    Raises  Refusal when the kind isn't one, the day is ahead, or the time or a text can't be
    """
    if held.kind not in SESSION_KINDS:
        raise refused.not_offered(("Slaget", "The kind"))
    if held.on > localdate(at):
        raise refused.day_ahead()
    if held.minutes is not None and not 1 <= held.minutes <= LONGEST_SESSION:
        raise refused.number_wrong(1, LONGEST_SESSION)
    topic = refused.text_of(held.topic, longest=LONGEST_LINE)
    note = refused.text_of(held.note, longest=LONGEST_NOTE, least=0)
    about = str(whose.sub_project.pk) if whose.sub_project else ""
    with recorded("hold_session", by=by, at=at, about=about, kind=held.kind):
        session = Session.objects.create(
            programme_id=whose.sub_project.programme_id if whose.sub_project else None, sub_project=whose.sub_project,
            request=whose.request, kind=held.kind, on=held.on, minutes=held.minutes, topic=topic, note=note, by=by,
            at=at,
        )  # fmt: skip
        if whose.network is not None:
            NetworkMeeting.objects.create(session=session, network=whose.network, by=by, at=at)
    return session


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed, which role at the sub-project sees to it, and by when."""

    what: str
    due: date
    owner_role: str = "sub_project_leader"


def agree(
    *, sub_project: SubProject, agreed: Agreed, by: User, at: datetime, session: Session | None = None
) -> Agreement:
    """Agree on something with a day, at a session of the sub-project or of a network that it is in, or at none.

    Raises  Refusal when the day has passed, the text can't be, or the session was somebody else's
    """
    if agreed.due < localdate(at):
        raise refused.day_passed()
    if session is not None and not _was_there(sub_project, session):
        raise refused.not_offered(("Mötet", "The session"))
    what = refused.text_of(agreed.what, longest=LONGEST_LINE)
    with recorded("agree", by=by, at=at, about=str(sub_project.pk)):
        return Agreement.objects.create(
            sub_project=sub_project, session=session, what=what, owner_role=agreed.owner_role, due=agreed.due, by=by,
            at=at,
        )  # fmt: skip


def _was_there(sub_project: SubProject, session: Session) -> bool:
    met = NetworkMeeting.objects.filter(session=session, network__members__sub_project=sub_project)
    return session.sub_project_id == sub_project.pk or met.exists()


def agree_together(
    *, members: Sequence[SubProject], agreed: Agreed, by: User, at: datetime, session: Session | None = None
) -> list[Agreement]:
    """Agree on something in a network: each member sees to its own, and says for itself when it is done.

    Raises  Refusal as `agree`, and for no member
    """
    if not members:
        raise refused.not_offered(("Delprojektet", "The sub-project"))
    with transaction.atomic():
        return [agree(sub_project=one, agreed=agreed, by=by, at=at, session=session) for one in members]


def keep_agreement(*, agreement: Agreement, by: User, at: datetime) -> Agreement:
    """Say that it is done, once. Raises Refusal when it is already."""
    with recorded("keep_agreement", by=by, at=at, about=str(agreement.sub_project_id), agreement=agreement.pk):
        if not Agreement.objects.filter(pk=agreement.pk, done_at=None).update(done_at=at, done_by=by):
            raise refused.already_done()
    agreement.refresh_from_db()
    return agreement


def begin_network(*, name: str, members: Sequence[SubProject], about: str, by: User, at: datetime) -> Network:
    """Let sub-projects meet. Raises Refusal for a text that can't be, or fewer than two members."""
    if len({one.pk for one in members}) < 2:
        raise refused.number_wrong(2, 200)
    title = refused.text_of(name, longest=LONGEST_LINE)
    with recorded("begin_network", by=by, at=at, members=len(members)):
        network = Network.objects.create(
            programme_id=members[0].programme_id, name=title,
            about=refused.text_of(about, longest=LONGEST_NOTE, least=0), by=by, at=at,
        )  # fmt: skip
        for one in members:
            NetworkMember.objects.create(network=network, sub_project=one, by=by, at=at)
    return network


def join_network(*, network: Network, sub_project: SubProject, by: User, at: datetime) -> NetworkMember:
    """Add a sub-project. Raises Refusal when it is there already."""
    try:
        with (
            transaction.atomic(),
            recorded("join_network", by=by, at=at, about=str(sub_project.pk), network=network.pk),
        ):
            return NetworkMember.objects.create(network=network, sub_project=sub_project, by=by, at=at)
    except IntegrityError:
        raise refused.already_done() from None


def leave_network(*, member: NetworkMember, by: User, at: datetime) -> None:
    """Let a sub-project leave, once. Raises Refusal when it has."""
    with recorded("leave_network", by=by, at=at, about=str(member.sub_project_id), network=member.network_id):
        if not NetworkMember.objects.filter(pk=member.pk, left_at=None).update(left_at=at, left_by=by):
            raise refused.already_done()


def offer(*, kind: str, name: str, about: str, by: User, at: datetime) -> Offer:
    """Add something to what schools can ask for. Raises Refusal for a kind or a text that can't be."""
    if kind not in offers.KINDS:
        raise refused.not_offered(("Slaget", "The kind"))
    title = refused.text_of(name, longest=LONGEST_LINE)
    with recorded("offer", by=by, at=at, kind=kind):
        return Offer.objects.create(
            kind=kind, name=title, about=refused.text_of(about, longest=LONGEST_NOTE, least=0), by=by, at=at
        )


def take_away_offer(*, offer: Offer, by: User, at: datetime) -> None:
    """Take an offer away, once. What was asked for stands. Raises Refusal when it is gone already."""
    with recorded("take_away_offer", by=by, at=at, offer=offer.pk):
        if not Offer.objects.filter(pk=offer.pk, taken_away_at=None).update(taken_away_at=at, taken_away_by=by):
            raise refused.already_done()
