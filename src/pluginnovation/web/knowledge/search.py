"""Search: a question in somebody's own words, answered by pages, the best first.

PostgreSQL stems both languages and finds words alike; which page answers best is decided by `knowledge.ranking`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import connection
from wagtail.models import Page

from pluginnovation.knowledge.filters import Filter
from pluginnovation.knowledge.questions import LONGEST, Asked, Term, asked_of, possible_parts, spelled
from pluginnovation.knowledge.ranking import Match, ranked

from .finding import methods
from .indexing import STEMS, kind_of
from .models import SearchEntry, SearchWord

# How alike two words must be for one to be read as the other, 0-1 by groups of three letters.
ALIKE: Final = 0.4
SHORTEST_MISSPELT: Final = 5
MISREAD: Final = 0.7  # what a word read as another weighs
ReadAs = tuple[tuple[str, str], ...]
_MATCHES: Final = """
    WITH terms AS (
        SELECT asked, term, plainto_tsquery(%s::regconfig, words) AS query
        FROM unnest(%s::int[], %s::int[], %s::text[]) AS t(asked, term, words)
    )
    SELECT e.page_id, e.kind, t.asked, t.term, ts_rank('{0.15, 0.3, 0.6, 1.0}', e.vector, t.query, 0)
    FROM terms t JOIN knowledge_searchentry e ON e.vector @@ t.query AND e.language = %s AND e.kind = ANY(%s)
    WHERE numnode(t.query) > 0
"""
_ALIKE: Final = """
    SELECT DISTINCT ON (asked) asked, word, shown
    FROM unnest(%s::text[]) AS t(asked)
    JOIN knowledge_searchword w ON w.language = %s AND w.word %% asked
    WHERE similarity(word, asked) >= %s AND word <> asked
    ORDER BY asked, similarity(word, asked) DESC, word
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that answers. kind: a key of `indexing.KINDS`; score: compares hits of one question, nothing else."""

    page_id: int
    kind: str
    slug: str
    url: str
    title: str
    lead: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question is answered with.

    text       the question
    total      how many pages answer, of which `hits` are some
    read_as    words that no page has, as typed, and what they were taken for, as pages write it
    too_long   whether the end of the question wasn't looked at
    """

    text: str
    hits: tuple[Hit, ...]
    total: int
    read_as: tuple[tuple[str, str], ...] = ()
    too_long: bool = False


def search(
    text: str, *, language: str, kinds: tuple[str, ...] = (), chosen: Filter | None = None, limit: int = 20
) -> Found:
    """The pages that answer a question.

    Takes   text      as it was typed: any length, any signs
            language  'sv' or 'en': pages of that language are searched
            kinds     keys of `indexing.KINDS`; empty: all
            chosen    only methods that fit, when something is ticked
    Gives   no hits when no word is on any page; with an empty question and something ticked, the methods that fit
    """
    ticked = chosen is not None and chosen.any()
    allowed = {page.pk for page in methods(chosen, language=language)} if chosen is not None and ticked else None
    order, read_as = _order(text, language, ("method",) if ticked else kinds)
    if not text.strip() and allowed is not None and chosen is not None:
        order = [(page.pk, 0.0) for page in methods(chosen, language=language)]
    readable = set(Page.objects.live().public().filter(pk__in=[page for page, _ in order]).values_list("pk", flat=True))
    order = [(page, score) for page, score in order if page in readable and (allowed is None or page in allowed)]
    hits = _hits(order[:limit])
    return Found(text[:LONGEST], hits, len(order), read_as, len(text) > LONGEST)


def _order(
    text: str, language: str, kinds: tuple[str, ...]
) -> tuple[list[tuple[int, float]], tuple[tuple[str, str], ...]]:
    text = text.replace("\x00", " ")
    entries = SearchEntry.objects.filter(language=language, **({"kind__in": kinds} if kinds else {}))
    every = list(dict.fromkeys(kinds)) or list(entries.order_by("kind").values_list("kind", flat=True).distinct())
    parts = SearchWord.objects.filter(language=language, word__in=possible_parts(text))
    question = asked_of(text, set(parts.values_list("word", flat=True)))
    matches = _matches(question, language, every)
    question, read_as = _read(question, matches, language)
    if read_as:
        matches = _matches(question, language, every)
    typed = spelled(text[:LONGEST])
    return ranked(question, matches, max(entries.count(), 1)), tuple((typed.get(a, a), b) for a, b in read_as)


def _matches(question: Sequence[Asked], language: str, kinds: Sequence[str]) -> list[Match]:
    """Every page that has a term of the question."""
    terms = [
        (place, number, term.text) for place, asked in enumerate(question) for number, term in enumerate(asked.terms)
    ]
    if not terms:
        return []
    asked, numbers, texts = (list(column) for column in zip(*terms, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, [STEMS.get(language, "simple"), asked, numbers, texts, language, list(kinds)])
        return [Match(*row) for row in cursor.fetchall()]


def _read(question: list[Asked], matches: Iterable[Match], language: str) -> tuple[list[Asked], ReadAs]:
    """Words that no page has, read as the most alike that some page has."""
    found = {match.asked for match in matches}
    missing = [
        asked.word for place, asked in enumerate(question)
        if place not in found and len(asked.word) >= SHORTEST_MISSPELT
    ]  # fmt: skip
    if not missing:
        return question, ()
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [missing, language, ALIKE])
        alike = {word: (other, shown) for word, other, shown in cursor.fetchall()}
    read = [
        replace(asked, terms=(*asked.terms, Term(alike[asked.word][0], MISREAD))) if asked.word in alike else asked
        for asked in question
    ]
    return read, tuple((word, alike[word][1]) for word in missing if word in alike)


def _hits(order: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
    """The pages with what a list shows of them, in the order given."""
    scores = dict(order)
    pages = {page.pk: page for page in Page.objects.filter(pk__in=list(scores)).specific()}
    return tuple(_hit(pages[number], score) for number, score in scores.items() if number in pages)


def _hit(page: Page, score: float) -> Hit:
    return Hit(page.pk, kind_of(page), page.slug, page.url or "", page.title, getattr(page, "lead", ""), score)
