"""Files that a published page shows: nobody changes what is published by putting another file in the place of one.

Two people stand behind what is published (by_two.py), and an image or a document is part of it. The new one is a file
of its own, and comes to the page by a draft that another editor publishes.
"""

from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex, Revision

SAID: Final = gettext_lazy(
    "Visas på den publicerade sidan ”{page}” och ändras inte här. Lägg upp en ny och använd den i ett utkast, som en"
    " annan redaktör publicerar."
)
SAID_OF_DELETING: Final = gettext_lazy(
    "”{file}” visas på den publicerade sidan ”{page}” och tas inte bort. Låt en annan redaktör publicera sidan utan"
    " den, eller avpublicera sidan."
)


class StillShown(PermissionDenied):
    """Somebody would delete a file that a published page shows."""


def page_showing(file: Any) -> Page | None:
    """A page that shows the image or the document and is published, or waits for its day to be; None when none does."""
    if file.pk is None:
        return None
    used = ReferenceIndex.get_references_to(file).filter(base_content_type=ContentType.objects.get_for_model(Page))
    pages = set(used.values_list("object_id", flat=True))
    waits = Revision.page_revisions.filter(object_id__in=pages, approved_go_live_at__isnull=False)
    shown = Q(live=True, pk__in=map(int, pages)) | Q(pk__in=map(int, waits.values_list("object_id", flat=True)))
    return Page.objects.filter(shown).first()


def hold_what_is_shown(form: Any, shown: tuple[str, ...]) -> None:
    """Refuse, in a form that changes a file, what a published page shows of it."""
    changed = [name for name in shown if name in form.changed_data and name not in form.errors]
    page = page_showing(form.instance) if changed else None
    if page is not None:
        for name in changed:
            form.add_error(name, SAID.format(page=page.title))


def keep_what_is_shown(sender: Any, instance: Any, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """Raises StillShown when a published page shows what would be deleted, whichever way it is tried."""
    page = page_showing(instance)
    if page is not None:
        raise StillShown(SAID_OF_DELETING.format(file=instance.title, page=page.title))
