"""What makes kept pages old: everything that an editor does to what is published."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.timezone import now
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from .. import logged  # noqa: F401 its hook is registered as it is imported
from ..models import EventPage, HubDocument, HubImage
from .changed_events import follow
from .kept import forget_pages
from .registering import move_up
from .telling import tell_moved_up


def connect() -> None:
    """Listen to what changes pages. Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_changed, dispatch_uid=f"forget_pages_{id(signal)}")
    post_delete.connect(_deleted, dispatch_uid="forget_pages_deleted")
    for kind in (HubImage, HubDocument, Redirect):
        post_save.connect(_changed, sender=kind, dispatch_uid=f"forget_pages_{kind.__name__}")
    page_published.connect(_more_seats, sender=EventPage, dispatch_uid="more_seats")
    page_published.connect(follow, sender=EventPage, dispatch_uid="event_changed")


def _changed(sender: Any, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    forget_pages()


def _deleted(sender: Any, **_: Any) -> None:
    if isinstance(sender, type) and issubclass(sender, Page | HubImage | HubDocument | Redirect):
        forget_pages()


def _more_seats(sender: Any, instance: EventPage, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """An event with more seats than before has room for some of those who wait."""
    lucky = move_up(instance, at=now())
    transaction.on_commit(lambda: tell_moved_up(lucky))
