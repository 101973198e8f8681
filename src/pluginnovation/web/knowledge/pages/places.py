"""Where things are: the first page, the lists, and addresses that aren't pages, in the reader's language."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page

from ..models import (
    CaseIndex,
    EventIndex,
    GuideIndex,
    HomePage,
    MethodIndex,
    MethodPage,
    NewsIndex,
    ResearchIndex,
    StatisticsPage,
)
from .kept import edition

INDEXES = (MethodIndex, CaseIndex, ResearchIndex, GuideIndex, EventIndex, NewsIndex, StatisticsPage)
P = TypeVar("P", bound=Page)
MOST_EDITIONS = 4
_urls: dict[tuple[str, str], dict[type[Page], str]] = {}


def home_of(language: str) -> HomePage | None:
    """The first page of a language; the Swedish one where it hasn't any; None before anything is there."""
    found = {page.locale.language_code: page for page in HomePage.objects.live().select_related("locale")}
    return found.get(language) or found.get("sv")


def index_of(kind: type[P], language: str) -> P | None:
    """The list of a kind of page in a language; the Swedish one where there is no other."""
    found = {page.locale.language_code: page for page in kind.objects.live().select_related("locale").order_by("-path")}
    return found.get(language) or found.get("sv")


def urls_by_type(language: str) -> dict[type[Page], str]:
    """The address of each list that there is: looked up once after each publication, since every page has the menu."""
    key = (edition(), language)
    known = _urls.get(key)
    if known is None:
        found = ((kind, index_of(kind, language)) for kind in INDEXES)
        known = {kind: page.url for kind, page in found if page is not None and page.url}
        if len(_urls) >= MOST_EDITIONS:
            _urls.clear()
        _urls[key] = known
    return known


def url_of(name: str, *args: Any, language: str = "") -> str:
    """The address of something that isn't a page of Wagtail's, in the reader's language or the one named."""
    with override(language or get_language()):
        return str(reverse(name, args=args))


def one_each(pages: Iterable[P], language: str) -> list[P]:
    """Each page once, in the language if it is there and else in Swedish, in the order they first came."""
    kept: dict[Any, P] = {}
    for page in pages:
        before = kept.get(page.translation_key)
        if before is None or page.locale.language_code == language:
            kept[page.translation_key] = page
    return [page for page in kept.values() if page.locale.language_code in (language, "sv")]


def live_of(kind: type[P], language: str) -> list[P]:
    """Every published page of a kind, each once: in the language, or in Swedish where it isn't translated."""
    return one_each(kind.objects.live().public().select_related("locale").order_by("title"), language)


def method_with(key: str, language: str) -> MethodPage | None:
    """The published method with this key; in Swedish where it isn't translated."""
    found = one_each(MethodPage.objects.live().filter(slug=key).select_related("locale"), language)
    return found[0] if found else None
