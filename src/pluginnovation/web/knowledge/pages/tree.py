"""Where every published page stands: one narrow question to the database after each publication, in each process.

Menus, crumbs, the switch of language, links and the way from an address to its page all read it. It says nothing of
what pages say, and is as old as the kept pages at most: the same sign renews it, and a minute at the longest.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction

from ..roots import locales, site_roots
from .kept import edition

FRESH_SECONDS: Final = 60.0
STEP: Final = 4  # characters of a path for each level
ABOVE_PAGES: Final = 2  # levels without a page to lead to: the root and the first pages
_lock = threading.Lock()
_known: "list[tuple[tuple[str, str], float, Tree]]" = []


@dataclass(frozen=True, slots=True)
class Stand:
    """A published page's place. path: Wagtail's own; translation_key: the same in every language."""

    pk: int
    path: str
    kind: type[Page]
    locale: Locale
    translation_key: Any
    title: str
    slug: str
    url: str

    @property
    def language(self) -> str:
        """'sv' or 'en'."""
        return str(self.locale.language_code)

    @property
    def depth(self) -> int:
        """How many levels down: 1 is the root."""
        return len(self.path) // STEP


class Tree:
    """Every published page's place. open: no page is closed to anybody, and all stand on one site."""

    def __init__(self, stands: Iterable[Stand], *, is_open: bool) -> None:
        self.stands, self.open = tuple(stands), is_open

    @cached_property
    def _by_url(self) -> dict[str, Stand]:
        return {stand.url: stand for stand in self.stands if stand.url}

    @cached_property
    def _by_path(self) -> dict[str, Stand]:
        return {stand.path: stand for stand in self.stands}

    @cached_property
    def _by_pk(self) -> dict[int, Stand]:
        return {stand.pk: stand for stand in self.stands}

    @cached_property
    def _by_key(self) -> dict[tuple[Any, str], Stand]:
        return {(stand.translation_key, stand.language): stand for stand in self.stands}

    def at(self, address: str) -> Stand | None:
        """The page that is read at an address."""
        return self._by_url.get(address)

    def twin(self, key: Any, language: str) -> Stand | None:
        """The page with this key in a language."""
        return self._by_key.get((key, language))

    def above(self, path: str) -> list[Stand]:
        """The pages above one, the uppermost first, the first page and the root left out."""
        paths = (path[:end] for end in range(STEP * (ABOVE_PAGES + 1), len(path), STEP))
        return [stand for each in paths if (stand := self._by_path.get(each)) is not None]

    def below(self, stand: Stand, kind: type[Page]) -> list[Stand]:
        """The pages of a kind that stand right under one, in their order."""
        found = (each for each in self.of(kind) if each.path.startswith(stand.path) and each.depth == stand.depth + 1)
        return sorted(found, key=lambda each: each.path)

    def of(self, kind: type[Page]) -> list[Stand]:
        """The pages of a kind, in every language."""
        return [stand for stand in self.stands if stand.kind is kind]

    def those(self, pks: Iterable[int]) -> list[Stand]:
        """The pages with these numbers; one that isn't published is left out."""
        return [stand for pk in pks if (stand := self._by_pk.get(pk)) is not None]


def tree() -> Tree:
    """Where every page stands now. What is read inside a transaction may be taken back, and is never shared."""
    if _may_be_taken_back():
        return _read()
    key, now = (edition(), str(connection.settings_dict["NAME"])), time.monotonic()
    with _lock:
        if _known and _known[0][0] == key and now - _known[0][1] < FRESH_SECONDS:
            return _known[0][2]
    found = _read()
    with _lock:
        _known[:] = [(key, now, found)]
    return found


def published(kind: Any) -> Any:
    """The pages of a kind that anybody may read. That some are closed, which the hub has no page for, costs a look."""
    found = kind.objects.live()
    return found if tree().open else found.public()


def _may_be_taken_back() -> bool:
    return connection.in_atomic_block


def _read() -> Tree:
    known = locales()
    roots = site_roots()
    # The first address of each root that pages stand under, such as '/' and '/en/'.
    first = [(root.root_path, _first_of(root.language_code)) for root in roots]
    closed = Exists(PageViewRestriction.objects.all())
    rows = Page.objects.live().values_list(
        "pk", "path", "content_type_id", "locale_id", "translation_key", "title", "slug", "url_path", closed
    )
    kinds: dict[int, type[Page]] = {}
    stands, is_open = [], len({root.site_id for root in roots}) == 1
    for pk, path, kind, locale, key, title, slug, url_path, any_closed in rows.order_by("path"):
        if kind not in kinds:
            kinds[kind] = ContentType.objects.get_for_id(kind).model_class() or Page
        url = next((start + url_path[len(root) :] for root, start in first if url_path.startswith(root)), "")
        stands.append(Stand(pk, path, kinds[kind], known[locale], key, title, slug, url))
        is_open = is_open and not any_closed
    return Tree(stands, is_open=is_open)


def _first_of(language: str) -> str:
    with override(language):
        return str(reverse("wagtail_serve", args=("",)))
