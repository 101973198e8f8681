"""Where things are: the first page, the lists, and addresses that aren't pages, in the reader's language."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.fields import StreamField
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
from .tree import Stand, published, tree

INDEXES = (MethodIndex, CaseIndex, ResearchIndex, GuideIndex, EventIndex, NewsIndex, StatisticsPage)
P = TypeVar("P", bound=Page | Stand)
Q = TypeVar("Q", bound=Page)


def home_of(language: str) -> Stand | None:
    """The first page of a language; the Swedish one where it hasn't any; None before anything is there."""
    return _in(tree().of(HomePage), language)


def urls_by_type(language: str) -> dict[type[Page], str]:
    """The address of each list that there is; the Swedish one where there is no other."""
    stands = tree()
    found = ((kind, _in(stands.of(kind), language)) for kind in INDEXES)
    return {kind: stand.url for kind, stand in found if stand is not None and stand.url}


def _in(stands: list[Stand], language: str) -> Stand | None:
    """The first of a language; of Swedish where there is no other."""
    found = {stand.language: stand for stand in reversed(stands)}
    return found.get(language) or found.get("sv")


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


def live_of(kind: type[Q], language: str) -> list[Q]:
    """Every published page of a kind, each once: in the language, or in Swedish where it isn't translated.

    Lists show no page's whole text: blocks are left where they are until somebody asks.
    """
    found = published(kind).select_related("locale").defer(*_long_of(kind)).order_by("title")
    return one_each(found, language)


def _long_of(kind: type[Page]) -> list[str]:
    return [field.name for field in kind._meta.local_fields if isinstance(field, StreamField)]


def method_with(key: str, language: str) -> MethodPage | None:
    """The published method with this key; in Swedish where it isn't translated."""
    found = one_each(MethodPage.objects.live().filter(slug=key).select_related("locale"), language)
    return found[0] if found else None
