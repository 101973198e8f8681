"""How it is said in the editor that a file is shown on a published page and stays: one at a time, and many at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.images.views.images import DeleteView as DeleteImage

from .models import HubDocument, HubImage
from .shown_files import StillShown, keep_what_is_shown


class _Kept:
    """Mixed into Wagtail's pages for deleting."""

    object: Any
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, or say which page shows it."""
        try:
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except StillShown as refused:
            messages.error(self.request, str(refused))
            return redirect(self.request.path)


class KeepImage(_Kept, DeleteImage):
    """An image's."""


class KeepDocument(_Kept, DeleteDocument):
    """A document's."""


delete_image, delete_document = (require_admin_access(view.as_view()) for view in (KeepImage, KeepDocument))


@hooks.register("before_bulk_action")
def all_or_none(request: HttpRequest, action: str, objects: Iterable[Any], view: Any) -> HttpResponse | None:
    """Of many files that would be deleted one that is shown keeps them all, and it is said which."""
    if action != "delete" or view.model not in (HubImage, HubDocument):
        return None
    try:
        for one in objects:
            keep_what_is_shown(type(one), one)
    except StillShown as refused:
        messages.error(request, str(refused))
        return redirect(view.next_url)
    return None
