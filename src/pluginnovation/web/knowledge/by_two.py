"""Publication takes two people: whoever wrote a text last isn't the one who publishes it.

Seeding, and what is put together from estimates, is nobody's publication and has no user. Taking a page down is never
held up: one person may do it at once. The database looks once more, as it writes (`migrations/0009`).
"""

import json
import re
from contextlib import suppress
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.admin.forms.pages import CopyForm
from wagtail.log_actions import log
from wagtail.models import Page, PagePermissionTester

REFUSED: Final = "knowledge.publish_refused"
SAID: Final = gettext_lazy(
    "Sidan är sparad som utkast men inte publicerad. Du skrev den senaste ändringen, och den som skrev sist publicerar"
    " inte själv. Be en annan redaktör öppna utkastet och publicera det."
)
# What a revision keeps beside the text: where the page stands, when it is shown, and what Wagtail counts.
BESIDE: Final = frozenset({
    "pk", "id", "path", "depth", "numchild", "url_path", "translation_key", "locale", "content_type", "alias_of",
    "live", "live_revision", "latest_revision", "latest_revision_created_at", "has_unpublished_changes",
    "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
    "owner", "draft_title", "version", "wagtail_admin_comments",
})  # fmt: skip
# What each row and block below it has beside what it says.
NUMBERS: Final = frozenset({"pk", "id"})
KEYS_OF_BLOCKS: Final = re.compile(r' data-block-key="[^"]*"')


class NotByTwo(PublishPagePermissionError):
    """Somebody would publish what they wrote."""

    def __init__(self) -> None:
        super().__init__(str(SAID))


def writer_of(revision: Any) -> int | None:
    """The account that wrote what the revision says; None: nobody's, such as a page that came along.

    Saving again without changing a word makes nobody a writer: then it is whoever wrote it before.
    """
    said, writer = words_of(revision), revision.user_id
    earlier = revision.base_content_object.revisions.filter(pk__lt=revision.pk).order_by("-pk")
    for one in earlier.iterator(chunk_size=5):
        if words_of(one) != said:
            break
        writer = one.user_id
    return writer


def may_publish(revision: Any, user: Any) -> bool:
    """Whether the revision is somebody else's text, so that two people stand behind what is published."""
    return revision is None or user.pk != writer_of(revision)


def require_two(revision: Any, user: Any) -> None:
    """Raises NotByTwo, noting in the page's log who tried, unless somebody else wrote it or no person publishes."""
    if user is None or may_publish(revision, user):
        return
    note_refused(revision, user)
    raise NotByTwo


def note_refused(revision: Any, user: Any) -> None:
    """Note in the page's log that somebody would have published the own text."""
    log(instance=revision.base_content_object.specific, action=REFUSED, user=user, revision=revision)


def words_of(revision: Any) -> Any:
    """What a revision says, without what stands beside the text and without the editor's own keys."""
    # A revision that was just made holds days as days; one that is read holds them as texts.
    content = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
    return {name: _plain(value) for name, value in content.items() if name not in BESIDE}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in NUMBERS}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        # A stream of blocks is kept as JSON in a text.
        with suppress(ValueError):
            return _plain(json.loads(value, parse_constant=_no_json))
    return KEYS_OF_BLOCKS.sub("", value.replace("\r\n", "\n"))


def _no_json(constant: str) -> Any:
    """Raises ValueError for NaN and the infinities, which Python reads though JSON has none."""
    raise ValueError(constant)


class ByTwo(PagePermissionTester):
    """What a user may do with a page: publish others' texts, take down any."""

    def can_publish(self) -> bool:
        """Whether the user may publish pages here, and somebody else wrote what waits."""
        return bool(super().can_publish()) and may_publish(self.page.get_latest_revision(), self.user)

    def can_unschedule(self) -> bool:
        """To stop what would be published is like taking down: anybody who may publish at all."""
        return bool(super().can_publish())

    def can_publish_subpage(self) -> bool:
        """Never in one go with writing it: whoever makes a page has written it."""
        return False


class CopyAsDraft(CopyForm):
    """A copy gets a title of its own, so it is a draft until somebody else publishes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


def waiting_for_another(user: Any) -> list[Page]:
    """Drafts by other editors that this one could publish, the newest first."""
    from .editors.models import EDITOR

    pages = (
        Page.objects.filter(has_unpublished_changes=True, latest_revision__user__groups__name=EDITOR)
        .exclude(latest_revision__user=user)
        .select_related("latest_revision__user")
        .order_by("-latest_revision_created_at")
    )
    return list(pages[:20])
