"""A question in somebody's own words, taken apart: the words that carry it, what they also mean, and their parts.

Everything is folded first (small letters, no å, ä, ö), so that 'Franvaro' and 'frånvaro' are the same. Inflected forms
are the database's work, which stems Swedish and English.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from .synonyms import MOST_ADDED, SYNONYMS

LONGEST: Final = 10_000  # characters of a question that are looked at
MOST_WORDS: Final = 24
LONGEST_WORD: Final = 60
MOST_LOOKED_AT: Final = 200  # words among which synonyms are sought
SHORTEST_STEM: Final = 4
SHORTEST_PART, SHORTEST_COMPOUND = 3, 7
NOT: Final = "inte"
# What a word weighs against the others when it isn't what was typed.
TYPED, PART, MEANT = 1.0, 0.5, 0.6

_WORD: Final = re.compile(r"[a-z0-9]+(?:[-'&][a-z0-9]+)*")
_FORM_WORDS: Final = """
    och att det som en ett den de vi ni du jag han hon hen man dem oss er sig sin sitt sina var vart varfor hur vad
    vem vilka vilken vilket nar nagon nagot nagra inte ej utan med om for fran till av pa i in ut upp ner vid under
    over efter innan mellan hos mot ar var blir blev bli har hade ha ska skulle kan kunde far fick ge gor gora gjort
    ocksa bara sa mycket mer mest mindre alla hela varje egen egna eget samma annan andra sjalv nu da dar har dit kom
    ingen inget inga eller henne honom dess deras vars ju ja nej just sen sedan redan
    kommer ta tar gar gick gatt ga vill maste brukar finns fanns blivit vara varit detta dessa denna ens bor borde
    egentligen direkt alltid ofta aldrig lite elev elever eleven eleverna skola skolan skolor
    the a an and or of to in on at for from with without who whom what when where why how does do did is are was were
    be been it its this that these those they them their he she his her we our you your i me my not no so too very
    can could should would will shall has have had about into out up down over under after before still
    pupil pupils student students school schools
"""
_FIRST_PARTS: Final = "skol elev lov lax sommar gymnasie hem ung unga studie morgon franvaro narvaro betygs klass"
_SPELLED: Final = re.compile(r"\w+(?:[-'&]\w+)*")
# Words that no page is found by, folded.
STOP: Final = frozenset(_FORM_WORDS.split())
# First parts of compounds that don't stand alone on any page.
FIRST_PARTS: Final = frozenset(_FIRST_PARTS.split())
_ENDINGS: Final = (
    "arna", "erna", "orna", "ande", "aren", "ade", "are", "ing", "ar", "er", "or", "en", "et", "an", "na", "ad", "ed",
    "de", "te", "t", "d", "a", "e", "r", "n", "s",
)  # fmt: skip
_LETTERS: Final = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ø": "o", "æ": "a", "’": "'"})


@dataclass(frozen=True, slots=True)
class Term:
    """One way of asking for something.

    text     a word or, with several, all of them in one page
    weight   how much a page that has it is worth, 0-1
    part     one part of a compound: a page with the other parts too is worth all of them together
    """

    text: str
    weight: float
    part: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for: a page that has any of its terms answers it, the heaviest counts.

    word    as it was typed, folded; empty for what the whole question also means
    """

    word: str
    terms: tuple[Term, ...]


def fold(text: str) -> str:
    """Small letters without å, ä, ö and other marks."""
    plain = text.casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def words_in(text: str) -> list[str]:
    """Every word of a text, folded, in order and as often as it stands there."""
    return _WORD.findall(fold(text))


def spelled(text: str) -> dict[str, str]:
    """How each word of a text is written, in small letters, by the word folded."""
    return {fold(word): word for word in _SPELLED.findall(unicodedata.normalize("NFC", text).casefold())}


def words_asked(text: str) -> list[str]:
    """The words that carry a question, each once, at most MOST_WORDS. All are kept when nothing else is left."""
    every = list(
        dict.fromkeys(word[:LONGEST_WORD] for word in words_in(text[:LONGEST]) if len(word) > 1 or word.isdigit())
    )
    carrying = [word for word in every if word not in STOP]
    return (carrying or every)[:MOST_WORDS]


def parts_of(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The words that a compound is put together of; nothing when it isn't, or they aren't known.

    Takes   word    folded, such as 'franvaroutredning'
            known   folded words that stand by themselves
    Gives   such as ('franvaro', 'utredning'); a linking s is left out
    """
    if "-" in word:
        return tuple(part for part in word.split("-") if len(part) >= SHORTEST_PART)
    cuts = ((first, last) for first, last in _cuts(word) if last in known)
    return next((pair for pair in cuts if pair[0] in known or pair[0] in FIRST_PARTS), ())


def possible_parts(text: str) -> set[str]:
    """Every word that a compound in a question might be put together of: what to look up before `asked_of`."""
    return {part for word in words_asked(text) for pair in _cuts(word) for part in pair}


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a word in two, the longest first part first, with and without a linking s."""
    if len(word) < SHORTEST_COMPOUND:
        return
    for cut in range(len(word) - SHORTEST_PART - 1, SHORTEST_PART - 1, -1):
        first, last = word[:cut], word[cut:]
        yield first, last
        if first.endswith("s") and len(first) > SHORTEST_PART:
            yield first.removesuffix("s"), last


def asked_of(text: str, known: Collection[str], *, meant: bool = True) -> list[Asked]:
    """What a question asks for.

    Takes   text    as it was typed, any length
            known   the words that pages are written with, folded: they decide what is a compound
            meant   whether what the words also mean is asked for too
    Gives   nothing for an empty question
    """
    found = [_asked(word, known) for word in words_asked(text)]
    if meant and found:
        found += [Asked("", (Term(" ".join(words_in(phrase)), MEANT),)) for phrase in _also(text)]
    return found


def _asked(word: str, known: Collection[str]) -> Asked:
    parts = [part for part in parts_of(word, known) if part not in STOP]
    return Asked(word, (Term(word, TYPED), *(Term(part, PART, part=True) for part in parts)))


def _also(text: str) -> Iterable[str]:
    """What the words of a question also mean, however they are inflected and with or without å, ä and ö."""
    left = f" {' '.join(map(stem, words_in(text[:LONGEST])[:MOST_LOOKED_AT]))} "
    found: dict[str, None] = {}
    for said, meant in _said():
        if f" {said} " in left:
            left = left.replace(f" {said} ", "  ")
            found.update(dict.fromkeys(meant))
    return tuple(found)[:MOST_ADDED]


@cache
def _said() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The synonyms by their stems, longer ones first, so that a phrase is found before its words."""
    pairs = {" ".join(map(stem, order)): meant for said, meant in SYNONYMS.items() for order in _orders(words_in(said))}
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _orders(words: list[str]) -> Iterator[list[str]]:
    """A phrase as it stands, and as in a subordinate clause: 'lämnar inte in' is 'elever som inte lämnar in'."""
    yield words
    if NOT in words[1:]:
        yield [NOT, *(word for word in words if word != NOT)]


def stem(word: str) -> str:
    """A word without its commonest Swedish or English ending; short words are kept as they are.

    Takes   word   folded
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
