"""School connectedness in four dimensions, and which pupils go on from the class's mapping to their own.

Source  the four dimensions and the way from class to pupil: fullfoljdastudier.se, "system för tidig upptäckt och
        insats". That several "partly" or "not" lead on is theirs; how many is the school's to say, and two is ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ACADEMIC, BEHAVIOURAL, SOCIAL, AFFECTIVE = "academic", "behavioural", "social", "affective"
DIMENSIONS: Final = (ACADEMIC, BEHAVIOURAL, SOCIAL, AFFECTIVE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What one teacher said about one pupil and one statement of template A.

    answer   fully, partly or not; nothing said is no mark
    """

    statement: str
    answer: str
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Why a pupil goes on to template B: which statements were marked, in the template's order."""

    statements: tuple[str, ...]


def goes_on(marks: Iterable[Mark], *, keys: Iterable[str], several: int) -> GoesOn | None:
    """Why the pupil goes on to template B; none when too few statements are marked.

    A statement counts once, however many teachers marked it "partly" or "not", and also when another says that it holds
    fully: disagreement is a reason to ask the pupil. What nobody answered counts for nothing.

    Takes   keys      the template's statements; a mark on any other is of an earlier version and doesn't count
            several   how many statements it takes, at least 1
    """
    pointed = {mark.statement for mark in marks if mark.answer in ("partly", "not")}
    found = tuple(key for key in keys if key in pointed)
    return GoesOn(found) if len(found) >= max(several, 1) else None


@dataclass(frozen=True, slots=True)
class Told:
    """One dimension of one pupil's template B: what bears, what bears in part, what doesn't, and what wasn't said."""

    dimension: str
    fully: tuple[str, ...]
    partly: tuple[str, ...]
    not_at_all: tuple[str, ...]
    unknown: tuple[str, ...]


def told(answers: Mapping[str, str], statements: Iterable[tuple[str, str]]) -> tuple[Told, ...]:
    """A pupil's answers by dimension, as lists of statements. There is no sum of them, and never will be.

    Takes   statements   (key, dimension), in the template's order
    """
    rows = list(statements)

    def those(dimension: str, answer: str) -> tuple[str, ...]:
        return tuple(key for key, about in rows if about == dimension and answers.get(key, "") == answer)

    return tuple(
        Told(one, those(one, "fully"), those(one, "partly"), those(one, "not"), those(one, "")) for one in DIMENSIONS
    )
