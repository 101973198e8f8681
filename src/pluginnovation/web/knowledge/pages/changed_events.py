"""Whoever registered is told when an event is called off, is held after all, or has another time or place."""

from typing import Any, Final

from django.db import transaction
from django.utils.timezone import now
from wagtail.models import PageLogEntry

from ..models import EventPage, Registration
from .events import is_off, of_event
from .telling import CHANGED, HELD, OFF, tell_changed

PUBLISHED: Final = ("wagtail.publish", "wagtail.publish.scheduled")


def follow(sender: Any, instance: EventPage, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """Mail those who stand registered when the page is published with something that they must know."""
    before = _as_published(instance)
    if before is None or instance.starts <= now():
        return
    standing = Registration.objects.filter(withdrawn_at=None).select_related("event__locale")
    if instance.called_off != before.called_off:
        others = EventPage.objects.live().filter(translation_key=instance.translation_key, called_off=True)
        # A page in another language has told it already, or still says that it is off.
        if others.exclude(pk=instance.pk).exists():
            return
        word, people = (OFF if instance.called_off else HELD), list(standing.filter(event__in=of_event(instance)))
    elif not is_off(instance) and _plan(instance) != _plan(before):
        word, people = CHANGED, list(standing.filter(event=instance))
    else:
        return
    transaction.on_commit(lambda: tell_changed(word, people))


def _plan(page: EventPage) -> tuple[object, ...]:
    """What one has planned one's day by. What is kept of an earlier version has no parts of a second."""
    starts, ends = (at and at.replace(second=0, microsecond=0) for at in (page.starts, page.ends))
    return starts, ends, page.place, page.online


def _as_published(page: EventPage) -> EventPage | None:
    """The event as it was published last; None: it never was."""
    # Wagtail tells of a publishing first, and writes it in the log afterwards.
    notes = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHED, revision__isnull=False)
    last = notes.order_by("-timestamp", "-pk").select_related("revision").first()
    return last.revision.as_object() if last else None
