"""People found by their names: the one search of every list of pupils and youths."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet

LONGEST: Final = 80


def asked_name(given: Mapping[str, str]) -> str:
    """What the address asks for in `q`, as words with one space between; empty when it asks for nobody."""
    return " ".join(given.get("q", "").replace("\x00", "").split())[:LONGEST]


def called(people: QuerySet[Any], asked: str) -> QuerySet[Any]:
    """Those of the people who have every word somewhere in the given or the family name; everyone without a word.

    Takes  people  of `Person`, with whatever was worked out of each
    """
    for word in asked.split():
        people = people.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return people
