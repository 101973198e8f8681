"""What follows when a page is published: its version counts upwards, in the page and for whoever cites it."""

from typing import Any

from wagtail.models import Page, PageLogEntry

from .models import Reviewed


def count_version(sender: Any, instance: Page, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """The page's version is the number of times it was published."""
    if not isinstance(instance, Reviewed):
        return
    # Wagtail tells of a publishing first, and writes it in the log afterwards.
    version = str(PageLogEntry.objects.filter(page=instance.pk, action="wagtail.publish").count() + 1)
    type(instance)._default_manager.filter(pk=instance.pk).update(version=version)
    instance.version = version
