"""Rounds of mapping: their dates, where in the term they lie, and what is wrong with dates that somebody writes.

Source  at least twice a term: fullfoljdastudier.se. Nothing is refused for being a third, or for being alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

COMING, OPEN, OVER = "coming", "open", "over"
LONGEST: Final = timedelta(days=60)
FARTHEST: Final = timedelta(days=366)
AUTUMN_FROM: Final = 8


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day to answer, both inclusive."""

    first: date
    last: date

    def stands(self, today: date) -> str:
        """Whether it is coming, open or over."""
        return COMING if today < self.first else OVER if today > self.last else OPEN


def term_of(day: date) -> str:
    """The term of a day: 2026HT from 1 August, 2026VT from 1 January."""
    return f"{day.year}{'HT' if day.month >= AUTUMN_FROM else 'VT'}"


def number_in_term(dates: Dates, others: Sequence[Dates]) -> int:
    """Which of the term's rounds it is, from 1, by its first day."""
    return 1 + sum(one.first < dates.first for one in others if term_of(one.first) == term_of(dates.first))


def wrong_dates(dates: Dates, *, today: date, others: Sequence[Dates]) -> tuple[str, str] | None:
    """What is wrong with the dates of a round, in Swedish and English; none when they will do.

    Takes   others   the school's other rounds
    """
    if dates.last < dates.first:
        return (
            "Omgången slutar innan den börjar. Skriv en sista dag som är samma dag eller senare.",
            "The round ends before it begins. Write a last day that is the same day or later.",
        )
    if dates.last < today:
        return ("Den sista dagen har redan varit.", "The last day has already been.")
    if dates.last - dates.first > LONGEST:
        return (
            "Omgången är längre än två månader. Dela den i två.",
            "The round is longer than two months. Make it two.",
        )
    if dates.first - today > FARTHEST:
        return ("Omgången börjar om mer än ett år.", "The round begins more than a year from now.")
    for one in others:
        if one.first <= dates.last and dates.first <= one.last:
            return (
                f"Dagarna krockar med omgången {one.first} till {one.last}.",
                f"The days collide with the round {one.first} to {one.last}.",
            )
    return None
