"""Emergency access: opening it, ending it, and having read it. Each writes its audit row in the same transaction."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from pluginnovation.privacy.emergency import Asking, Opened, may_open, may_use, too_many
from pluginnovation.privacy.grounds import Ground, ground_for
from pluginnovation.web.people.asker import look_for
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import EmergencyAccess, EmergencyTry, Enrolment, Person, User
from pluginnovation.web.people.places import place_of
from pluginnovation.web.people.reach import covering
from pluginnovation.web.people.sealed import identity_seal

from .access_rules import access_rules_of
from .refused import nobody_opened, reason_too_short, tried_too_often


def may_ask(duty: ActiveDuty | None) -> bool:
    """Whether the role, at this authority, may use emergency access. One query."""
    if duty is None:
        return False
    return may_use(Asking(duty.role, duty.source), access_rules_of(duty.source).emergency)


def open_emergency(*, duty: ActiveDuty, who: str, reason: str, at: datetime) -> tuple[str, EmergencyAccess | None]:
    """Open one pupil of one's own authority for a while; the pupil's code, and the access.

    Takes   who   the pupil's code, or the whole civic number
    Gives   no access when the duty gives a ground already: the ordinary way is open
    Raises  Refusal: the reason is too short; too many tries; nobody was opened, the same for absent and protected
    """
    rule = access_rules_of(duty.source).emergency
    if len(reason) < rule.least_reason:
        raise reason_too_short(rule.least_reason)
    user = User.objects.get(pk=duty.user)
    with recorded("ask_emergency", by=user, at=at, about=duty.source, role=duty.role) as event:
        User.objects.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
        failed = list(EmergencyTry.objects.filter(by=user).order_by("-at").values_list("at", flat=True)[:50])
        if too_many(failed, at):
            raise tried_too_often()
        pupil = _named(who, duty.source)
        code = pupil.code if pupil else "nobody"
        place = place_of(code, pupil, today())
        allowed = pupil is not None and may_open(Asking(duty.role, duty.source), rule, place)
        if allowed and ground_for(duty.held, place, today()) is not None:
            return code, None
        held = opened_for(user.pk, code, at) if allowed else []
        if held and held[0].role == duty.role:
            return code, EmergencyAccess.objects.get(pk=held[0].number)  # asking twice opens no second one
        if allowed:
            with recorded("open_emergency", by=user, at=at, about=code, role=duty.role, minutes=rule.minutes):
                return code, EmergencyAccess.objects.create(
                    pupil=code, source=duty.source, school=_school_of(code), by=user, role=duty.role, reason=reason,
                    opened_at=at, ends_at=at + rule.lasts,
                )  # fmt: skip
        EmergencyTry.objects.create(by=user, at=event.at)
    raise nobody_opened()


def end_emergency(*, access: EmergencyAccess, by: User, at: datetime) -> None:
    """End an access before its time. Nothing happens to one that has ended."""
    with recorded("end_emergency", by=by, at=at, about=str(access.pk)):
        EmergencyAccess.objects.filter(pk=access.pk, ended_at=None, ends_at__gt=at).update(ended_at=at, ended_by=by)


def note_read(*, access: EmergencyAccess, role: str, by: User, at: datetime) -> None:
    """Say that one has read what was done: once for principals, once for data protection officers."""
    who = "principal" if role == "principal" else "officer"
    with recorded("read_emergency", by=by, at=at, about=str(access.pk), role=role):
        unread = EmergencyAccess.objects.filter(pk=access.pk, **{f"{who}_at": None})
        unread.update(**{f"{who}_at": at, f"{who}_by": by})


def emergencies_of(duty: ActiveDuty) -> QuerySet[EmergencyAccess]:
    """Those that a reader is to read: a principal's school's, a data protection officer's all. Newest first."""
    every = EmergencyAccess.objects.select_related("by", "principal_by", "officer_by", "ended_by").order_by("-id")
    if duty.role == "data_protection_officer":
        return every
    if duty.role == "principal":
        return every.filter(source=duty.source, school__in=duty.units)
    return every.none()


def unread(duty: ActiveDuty) -> QuerySet[EmergencyAccess]:
    """Those that nobody in the reader's role has read yet, less one's own, which another has to read."""
    own = emergencies_of(duty)
    if duty.role == "principal":
        return own.filter(principal_at=None).exclude(by=duty.user)
    return own.filter(officer_at=None)


def opened_for(user: int, code: str, at: datetime) -> list[Opened]:
    """The accesses of one adult to one pupil that haven't ended. One query."""
    rows = EmergencyAccess.objects.filter(Q(ended_at=None), by=user, pupil=code, ends_at__gt=at)
    return [Opened(row.pk, row.role, row.source, row.opened_at, row.ends_at) for row in rows.order_by("-id")]


def access_behind(ground: Ground) -> EmergencyAccess | None:
    """The access that a ground rests on."""
    return EmergencyAccess.objects.filter(pk=int(ground.through)).first() if ground.through.isdigit() else None


def _named(who: str, source: str) -> Person | None:
    """The pupil whom a code or a whole civic number names; both are asked for in the same query."""
    text = "".join(who.replace("\x00", "").split())[:40]
    digits = "".join(sign for sign in text if sign.isalnum())
    lookup = identity_seal().lookup(digits)
    look_for(text, lookup)
    found = Person.objects.filter(Q(code=text) | Q(civic_no_lookup=lookup), is_pupil=True, in_source=True)
    return found.filter(source=source).first()


def _school_of(code: str) -> str:
    stays = Enrolment.objects.filter(covering(today()), pupil=code).order_by("-start_date", "organisation")
    return stays.values_list("organisation", flat=True).first() or ""


def told(access: EmergencyAccess, at: datetime) -> dict[str, Any]:
    """An access as pages show it: whether it is still open."""
    return {"access": access, "open": access.ended_at is None and access.ends_at > at}
