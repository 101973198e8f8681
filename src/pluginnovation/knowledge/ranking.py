"""Which pages answer a question best: rare words weigh more than common ones, and many words more than one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from .questions import Asked

# What a page of a kind is worth beside another that answers as well: whoever asks mostly wants to do something.
WORTH: Final = {
    "method": 1.2, "guide": 1.1, "research": 1.0, "statistics": 1.0, "plain": 0.9, "case": 0.9, "event": 0.8,
    "news": 0.8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """That one page has one term. asked, term: places in the question; rank: how prominently it has it, above 0.

    kind   a key of WORTH
    """

    page: int
    kind: str
    asked: int
    term: int
    rank: float


def ranked(question: Sequence[Asked], matches: Sequence[Match], pages: int) -> list[tuple[int, float]]:
    """The pages that match, the best first, each with its points.

    Takes   question   what is asked for
            matches    of every page, asked and term that go together
            pages      how many there are to choose from
    Gives   pages with the same points in the order of their numbers. Points compare pages of one question, and
            mean nothing else
    Source  Robertson & Zaragoza (2009), Foundations and Trends in Information Retrieval 3(4), for the weight of a rare
            word; that the share of the question's words counts is ours
    """
    having: dict[tuple[int, int], int] = defaultdict(int)
    for match in matches:
        having[match.asked, match.term] += 1
    best: dict[int, dict[int, float]] = defaultdict(dict)
    in_parts: dict[tuple[int, int], float] = defaultdict(float)
    for match in matches:
        term, place = question[match.asked].terms[match.term], (match.page, match.asked)
        rare = log(1 + (pages - having[match.asked, match.term] + 0.5) / (having[match.asked, match.term] + 0.5))
        points = term.weight * rare * match.rank
        if term.part:
            # A page about närvaro and about uppföljning answers närvarouppföljning better than one about either.
            points = in_parts[place] = in_parts[place] + points
        best[match.page][match.asked] = max(points, best[match.page].get(match.asked, 0.0))
    typed = sum(bool(asked.word) for asked in question) or 1
    worth = {match.page: WORTH.get(match.kind, 1.0) for match in matches}
    scored = {page: worth[page] * _points(found, question, typed) for page, found in best.items()}
    return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))


def _points(found: Mapping[int, float], question: Sequence[Asked], typed: int) -> float:
    answered = sum(bool(question[place].word) for place in found)
    return sum(found.values()) * (0.5 + 0.5 * answered / typed)
