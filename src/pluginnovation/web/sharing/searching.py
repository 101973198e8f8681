"""Finding methods in the node's own catalogue: words and filters. The search stays here; the hub hears nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pluginnovation.knowledge import certainty, vocabulary
from pluginnovation.knowledge.catalogue import Language, Method
from pluginnovation.knowledge.synonyms import also_meant

LONGEST: Final = 200
LEAST_LETTERS: Final = 3
# So much of a word must agree: Swedish endings are longer than this is lenient.
STEM: Final = 6
_WORD: Final = re.compile(r"\w+")
# Each filter: the list whose keys it takes. Its name in an address is Swedish, as addresses are.
FILTERS: Final[Mapping[str, str]] = {
    "problem": "problems",
    "hinder": "obstacles",
    "ar": "years",
    "grupp": "target_groups",
    "avsikt": "intent",
    "niva": "level",
}
SURE: Final = "sakerhet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. text: as typed; chosen: filter -> key; dots: at least so many of four, None: also unknown."""

    text: str
    chosen: Mapping[str, str]
    dots: int | None

    @property
    def anything(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.text.strip() or self.chosen or self.dots is not None)


def asked_of(query: Mapping[str, str]) -> Asked:
    """What an address asks for; what isn't in a list is left out."""
    chosen = {name: query[name] for name, field in FILTERS.items() if query.get(name, "") in vocabulary.LISTS[field]}
    sure = query.get(SURE, "")
    return Asked(query.get("q", "")[:LONGEST], chosen, int(sure) if sure in ("1", "2", "3", "4") else None)


def found(methods: Iterable[Method], asked: Asked, language: Language) -> list[Method]:
    """The methods that agree with what is asked: those with most of the words first, then by title."""
    kept = [method for method in methods if not method.withdrawn and _chosen(method, asked)]
    wanted = [_stem(word) for word in _words(asked.text)]
    if not wanted:
        return sorted(kept, key=lambda method: _order(method, language))
    more = [_stem(word) for said in also_meant(asked.text) for word in _words(said)]
    hits = [(_hits(method, wanted, more, language), method) for method in kept]
    ranked = sorted((hit for hit in hits if hit[0]), key=lambda hit: (-hit[0], _order(hit[1], language)))
    return [method for _, method in ranked]


def _chosen(method: Method, asked: Asked) -> bool:
    for name, key in asked.chosen.items():
        has = getattr(method, FILTERS[name])
        if key != has and key not in (() if isinstance(has, str) else has):
            return False
    return asked.dots is None or certainty.here_or_elsewhere(method)[0].filled >= asked.dots


def _hits(method: Method, wanted: list[str], more: list[str], language: Language) -> int:
    """Points: a word of the title ten, of what it is also called five, of the text one; what it also means, half of
    each."""
    texts = method.texts(language)
    title = _stems(texts.title)
    named = " ".join(
        vocabulary.word(vocabulary.LISTS[field], key, language)
        for field in ("problems", "obstacles", "target_groups", "factors")
        for key in getattr(method, field)
    )
    body = _stems(" ".join((texts.lead, named, texts.when_not, *texts.steps)))
    called = _stems(texts.other_words)
    own = sum(20 * (stem in title) + 10 * (stem in called) + 2 * (stem in body) for stem in wanted)
    return own + sum(10 * (stem in title) + 5 * (stem in called) + (stem in body) for stem in more)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= LEAST_LETTERS]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text)}


def _stem(word: str) -> str:
    return word[:STEM]


_SWEDISH: Final = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


def _order(method: Method, language: Language) -> str:
    """By title as Swedish orders it: å, ä and ö last."""
    return method.texts(language).title.casefold().translate(_SWEDISH)
