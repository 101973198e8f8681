"""The words that the hub's pages are sorted by, in the reader's language."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import get_language

from pluginnovation.knowledge import vocabulary
from pluginnovation.knowledge.catalogue import Language

# Words that only the hub's pages are sorted by.
OWN: Final[dict[str, vocabulary.Words]] = {
    "research_group": {
        "overview": ("Översikter", "Overviews"),
        "individual": ("Individuellt stöd", "Individual support"),
        "relations": ("Relationer", "Relational factors"),
        "organisation": ("Organisation och kursplaner", "Organisation and curricula"),
        "teaching": ("Undervisning", "Teaching"),
        "left_school": ("Unga utan skola", "Youths without a school"),
    },
    "event_kind": {
        "conference": ("Konferens", "Conference"),
        "seminar": ("Seminarium", "Seminar"),
        "network": ("Nätverksträff", "Network meeting"),
    },
}


def words_of(name: str) -> vocabulary.Words:
    """The list with this name: the vocabulary's, or one of the hub's own."""
    return OWN[name] if name in OWN else vocabulary.LISTS[name]


def language() -> Language:
    """The reader's language, 'sv' or 'en'."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def named(name: str, keys: Iterable[str]) -> list[str]:
    """The keys' words in the reader's language, for a page."""
    return [vocabulary.word(words_of(name), key, language()) for key in keys]


def choices(name: str) -> list[tuple[str, str]]:
    """The list as a form wants it."""
    return vocabulary.choices(words_of(name), language())
