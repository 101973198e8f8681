"""Registering for an event: a place, or a place in line; one link that shows it and gives it up. Gone after 30 days."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from pluginnovation.records.refusals import Refusal

from ..editors.models import Editor
from ..models import EventPage, Registration
from .events import is_off, of_event, places_of
from .kept import forget_pages

KEPT_DAYS: Final = 30
# A line longer than this is no line but somebody playing.
MOST_WAITING: Final = 500


@dataclass(frozen=True, slots=True)
class Person:
    """An adult as they write themselves. needs: food, access; empty: nothing."""

    name: str
    email: str
    organisation: str = ""
    needs: str = ""


def register(page: EventPage, person: Person, *, at: datetime) -> tuple[Registration, str]:
    """Give a place, or one in line where there are none left. Gives the registration and the word of its link.

    Asked for again with the same address it is the same registration, with a new link that only a mail tells.

    Raises  Refusal 'registered_already', 'event_off', 'event_past', 'event_begun', 'registration_closed', 'line_full'
    """
    with transaction.atomic():
        _lock(page)
        places = places_of(page, at=at)
        if places.why_not:
            raise _closed(places.why_not)
        if places.waiting >= MOST_WAITING:
            raise _refused("line_full", "Kön är full.", "The line is full.")
        word = secrets.token_urlsafe(24)
        before = Registration.objects.filter(
            event__in=of_event(page), email__iexact=person.email, withdrawn_at=None
        ).first()
        if before is not None and not settings.EMAIL_HOST:
            # Without mail the link is shown to whoever asks, and it would be another's.
            raise _refused("registered_already", "Adressen är redan anmäld.", "The address is registered already.")
        if before is not None:
            Registration.objects.filter(pk=before.pk).update(token=_hashed(word))
            return before, word
        made = Registration.objects.create(
            event=page, name=person.name, email=person.email, organisation=person.organisation, needs=person.needs,
            token=_hashed(word), waiting=places.full, at=at,
        )  # fmt: skip
        log(instance=page, action="knowledge.register", data={"waiting": made.waiting})
        forget_pages()
        return made, word


def registered_as(word: str) -> Registration | None:
    """The registration that a link belongs to; None: there is none any more."""
    return Registration.objects.select_related("event").filter(token=_hashed(word)).first()


def withdraw(found: Registration, *, by: Editor | None, at: datetime) -> list[Registration]:
    """Give up a place, and forget whose it was. Gives those who got a place by it. Done already: nothing happens.

    by   the editor who was asked to; None: whoever has the registration's own link
    """
    with transaction.atomic():
        _lock(found.event)
        row = Registration.objects.select_for_update().filter(pk=found.pk, withdrawn_at=None).first()
        if row is None:
            return []
        row.withdrawn_at, row.name, row.email, row.organisation, row.needs = at, "", "", "", ""
        row.save()
        log(instance=found.event, action="knowledge.withdraw", user=by, data={})
        forget_pages()
        return move_up(found.event, at=at)


def move_up(page: EventPage, *, at: datetime) -> list[Registration]:
    """Give free places to those who wait, who waited longest first, until it begins. Gives those who got one."""
    if page.starts <= at or is_off(page):
        return []
    with transaction.atomic():
        _lock(page)
        standing = Registration.objects.filter(event__in=of_event(page), withdrawn_at=None)
        line = list(standing.filter(waiting=True).order_by("at", "pk"))
        taken = standing.filter(waiting=False).count()
        free = len(line) if page.seats is None else max(0, page.seats - taken)
        lucky = line[:free]
        Registration.objects.filter(pk__in=[each.pk for each in lucky]).update(waiting=False)
        if lucky:
            log(instance=page, action="knowledge.move_up", data={"places": len(lucky)})
            forget_pages()
        return lucky


def place_in_line(found: Registration) -> int:
    """1 for the first in line; nought with a place."""
    if not found.waiting:
        return 0
    before = Q(at__lt=found.at) | Q(at=found.at, pk__lt=found.pk)
    line = Registration.objects.filter(event__in=of_event(found.event), withdrawn_at=None, waiting=True)
    return line.filter(before).count() + 1


def _lock(page: EventPage) -> None:
    """One at a time for each event, in whichever language its page was."""
    list(EventPage.objects.select_for_update(of=("self",)).filter(pk__in=of_event(page)).order_by("pk").values("pk"))


def _hashed(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _closed(why: str) -> Refusal:
    if why == "off":
        return _refused("event_off", "Träffen är inställd.", "The event is called off.")
    if why == "past":
        return _refused("event_past", "Det har redan varit.", "It has been already.")
    if why == "now":
        return _refused("event_begun", "Det har redan börjat.", "It has begun already.")
    return _refused("registration_closed", "Anmälan är stängd.", "Registration is closed.")


def _refused(code: str, sv: str, en: str) -> Refusal:
    todo = ("Se vad som kommer härnäst i kalendern.", "See what comes next in the calendar.")
    return Refusal(code, what=(sv, en), todo=todo)
