"""The calendar: what comes, how many places are left, and feeds that other calendars subscribe to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pluginnovation.knowledge.ical import Happening, calendar

from ..models import EventPage, Registration
from ..words import language
from .places import live_of

# An event without an end is drawn so long in a calendar.
USUAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Places:
    """How it stands with an event's places.

    left     None: no limit.  waiting: in line
    open     whether one may register; why_not: 'off', 'past', 'now' or 'closed', empty when one may
    """

    taken: int
    left: int | None
    waiting: int
    why_not: str

    @property
    def open(self) -> bool:
        """Whether one may register."""
        return not self.why_not

    @property
    def begun(self) -> bool:
        """Whether it goes on, or has been."""
        return self.why_not in ("past", "now")

    @property
    def ahead(self) -> bool:
        """Whether it is still to come."""
        return self.why_not in ("", "closed")

    @property
    def full(self) -> bool:
        """Whether the next one to register waits in line."""
        return self.left == 0


def ahead(spoken: str) -> list[EventPage]:
    """Events that aren't over, the next one first."""
    now = timezone.now()
    found = [each for each in live_of(EventPage, spoken) if (each.ends or each.starts) >= now]
    return sorted(found, key=lambda each: each.starts)


def of_event(page: EventPage) -> list[int]:
    """The event's pages in every language: one event, however many pages tell of it."""
    return list(EventPage.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True))


def places_of(page: EventPage, *, at: datetime) -> Places:
    """How it stands right now."""
    standing = Registration.objects.filter(event__in=of_event(page), withdrawn_at=None)
    taken, waiting = standing.filter(waiting=False).count(), standing.filter(waiting=True).count()
    left = None if page.seats is None else max(0, page.seats - taken)
    # A place that falls free belongs to whoever is first in line.
    if waiting:
        left = 0
    return Places(taken, left, waiting, _why_not(page, at))


def is_off(page: EventPage) -> bool:
    """Whether the event is called off on a page of it, in whichever language."""
    return page.translation_key in called_off()


def called_off() -> set[UUID]:
    """The translation keys of the events that are called off on a page of theirs. One query for all."""
    return set(EventPage.objects.live().filter(called_off=True).values_list("translation_key", flat=True))


def _why_not(page: EventPage, at: datetime) -> str:
    if is_off(page):
        return "off"
    if page.starts <= at:
        return "now" if page.ends and page.ends > at else "past"
    return "closed" if page.registration_closes and page.registration_closes <= at else ""


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes it
    """Every published event, for a calendar to subscribe to."""
    name = _("Kalender, {name}").format(name=settings.HUB_NAME)
    off = called_off()
    events = [happening_of(each, off=each.translation_key in off) for each in live_of(EventPage, language())]
    return _ics(calendar(name, events), "kalender.ics")


@require_safe
def event_file(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 a view takes it
    """One event, to put in a calendar. Raises Http404 for one that isn't published."""
    page = EventPage.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    return _ics(calendar(page.title, [happening_of(page, off=is_off(page))]), f"{page.slug}.ics")


def happening_of(page: EventPage, *, off: bool) -> Happening:
    """An event as a calendar has it."""
    changed = page.last_published_at or page.first_published_at or page.starts
    return Happening(
        key=f"{page.translation_key}@{settings.HUB_NAME.lower()}", title=page.title, starts=page.starts,
        ends=page.ends or page.starts + USUAL, place=page.place or page.online, about=page.lead,
        link=f"{settings.HUB_ADDRESS}{page.url}", changed=changed, version=int(changed.timestamp()) % 1_000_000_000,
        called_off=off,
    )  # fmt: skip


def _ics(body: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
