"""What the search looks in is written when a page is published, and goes with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import unescape
from re import compile as pattern
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model
from wagtail.fields import StreamField
from wagtail.models import Page

from pluginnovation.knowledge.questions import LONGEST_WORD, parts_of, spelled, words_in

from .fields import KeyField, KeysField
from .models import (
    CasePage,
    EventPage,
    GuidePage,
    MethodPage,
    NewsPage,
    PlainPage,
    ResearchPage,
    SearchEntry,
    SearchWord,
    StatisticsPage,
)
from .words import words_of

# The kinds of page that are found, as the search names them.
KINDS: Final[dict[str, type[Page]]] = {
    "method": MethodPage, "case": CasePage, "research": ResearchPage, "guide": GuidePage, "event": EventPage,
    "news": NewsPage, "statistics": StatisticsPage, "plain": PlainPage,
}  # fmt: skip
# Text search of PostgreSQL by language: words are folded before, so that both sides have no dots.
STEMS: Final = {"sv": "swedish", "en": "english"}
_TEXTS: Final = ("when_not", "cost_note", "learnt", "place", "source")
_TAG = pattern(r"<[^>]+>")
_held: ContextVar[bool] = ContextVar("_held", default=False)
_INSERT: Final = """
    INSERT INTO knowledge_searchentry (page_id, language, kind, vector)
    SELECT %s, %s, %s,
        setweight(to_tsvector(s, %s), 'A') || setweight(to_tsvector(s, %s), 'B') ||
        setweight(to_tsvector(s, %s), 'C') || setweight(to_tsvector(s, %s), 'D')
    FROM (SELECT %s::regconfig AS s) AS stems
    ON CONFLICT (page_id) DO UPDATE SET language = EXCLUDED.language, kind = EXCLUDED.kind, vector = EXCLUDED.vector
"""


def kind_of(page: Page) -> str:
    """A key of KINDS; empty for pages that the search leaves out, such as lists."""
    return next((kind for kind, model in KINDS.items() if isinstance(page, model)), "")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a page says, folded: what it is called, its lead, and the rest. spelling: how it writes each word."""

    page: Page
    called: str
    lead: str
    rest: str
    spelling: Mapping[str, str]

    @property
    def words(self) -> list[str]:
        """Every word of it, each once."""
        return list(dict.fromkeys(f"{self.called} {self.lead} {self.rest}".split()))


@transaction.atomic
def index(page: Page) -> None:
    """Let a published page be found by what it says now."""
    if not kind_of(page := page.specific) or _held.get():
        return
    said = _said(page)
    language = page.locale.language_code
    known = set(SearchWord.objects.filter(language=language).values_list("word", flat=True))
    _write(said, known | set(said.words))
    _note_words(language, said.spelling)


def forget(page: Page) -> None:
    """Let a page that is no longer published not be found."""
    SearchEntry.objects.filter(page=page.pk).delete()


@transaction.atomic
def index_again() -> int:
    """Write the whole index anew, so that words that no page has any longer go. How many pages it holds."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    every: dict[str, list[_Said]] = defaultdict(list)
    for page in Page.objects.live().type(*KINDS.values()).select_related("locale").specific():
        every[page.locale.language_code].append(_said(page))
    for language, pages in every.items():
        known = {word for said in pages for word in said.words}
        _note_words(language, {word: shown for said in pages for word, shown in said.spelling.items()})
        for said in pages:
            _write(said, known)
    return sum(len(pages) for pages in every.values())


@contextmanager
def held() -> Iterator[None]:
    """Publish without indexing: for whoever publishes many pages, and calls `index_again` afterwards."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def published(sender: Any, instance: Page, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """Index what was published."""
    index(instance)


def unpublished(sender: Any, instance: Page, **_: Any) -> None:  # noqa: ARG001 a signal's receiver
    """Forget what was taken away."""
    forget(instance)


def titles_of(page: Page) -> Iterator[str]:
    """What a page is called, by its editors and by others."""
    yield page.title
    yield getattr(page, "other_words", "")


def texts_of(page: Page) -> Iterator[str]:
    """Everything else that a page says: its blocks, its texts, and the words it is sorted by."""
    language = page.locale.language_code
    for name in _TEXTS:
        yield str(getattr(page, name, ""))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            yield from (unescape(_TAG.sub(" ", text)) for text in value.stream_block.get_searchable_content(value))
        elif isinstance(field, KeyField | KeysField):
            yield from _named(page, field, language)


def _named(page: Model, field: KeyField | KeysField, language: str) -> Iterable[str]:
    value = getattr(page, field.name)
    words = words_of(field.words)
    keys = [value] if isinstance(value, str) else value
    return [words[key][language == "en"] for key in keys if key in words]


def _said(page: Page) -> _Said:
    texts = [" ".join(titles_of(page)), str(getattr(page, "lead", "")), " ".join(texts_of(page))]
    called, lead, rest = (" ".join(words_in(text)) for text in texts)
    return _Said(page, called, lead, rest, spelled(" ".join(texts)))


def _note_words(language: str, spelling: Mapping[str, str]) -> None:
    rows = [
        SearchWord(language=language, word=word, shown=shown)
        for word, shown in sorted(spelling.items())
        if len(word) > 2 and len(shown) <= LONGEST_WORD
    ]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def _write(said: _Said, known: set[str]) -> None:
    page, parts = said.page, " ".join(part for word in said.words for part in parts_of(word, known))
    language = page.locale.language_code
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [page.pk, language, kind_of(page), said.called, said.lead, said.rest, parts, STEMS.get(language, "simple")],
        )
