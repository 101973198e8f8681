"""A call from day to day: when it is open, who may apply, and what an application still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

Text = tuple[str, str]

DRAFT, UPCOMING, OPEN, CLOSED = "draft", "upcoming", "open", "closed"
TIMES: Final[dict[str, Text]] = {
    DRAFT: ("Inte publicerad", "Not published"),
    UPCOMING: ("Öppnar senare", "Opens later"),
    OPEN: ("Öppen", "Open"),
    CLOSED: ("Stängd", "Closed"),
}

EFFECT, RESULT, KNOWLEDGE, COLLABORATION = "effect", "result", "knowledge", "collaboration"
GOAL_KINDS: Final[dict[str, Text]] = {
    EFFECT: ("Effektmål", "Effect goal"),
    RESULT: ("Resultatmål", "Result goal"),
    KNOWLEDGE: ("Kunskapsmål", "Knowledge goal"),
    COLLABORATION: ("Samverkansmål", "Collaboration goal"),
}

ELIGIBILITY, QUALITY = "eligibility", "quality"
CRITERIA: Final[dict[str, Text]] = {
    ELIGIBILITY: ("Villkor", "Condition"),
    QUALITY: ("Kriterium", "Criterion"),
}


@dataclass(frozen=True, slots=True)
class Times:
    """When a call was published (None: it isn't), when it opens and when it closes; the closing moment is too late."""

    published_at: datetime | None
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, by its number: whether it must be answered, and how many characters the answer has at most."""

    number: int
    required: bool
    longest: int


def time_of(times: Times, at: datetime) -> str:
    """Where the call is at a moment: a key of TIMES."""
    if times.published_at is None:
        return DRAFT
    if at < times.opens_at:
        return UPCOMING
    return OPEN if at < times.closes_at else CLOSED


def unanswered(questions: Sequence[Asked], answers: Mapping[int, str]) -> tuple[int, ...]:
    """The numbers of questions that must be answered and aren't, or whose answer is too long, in order."""
    return tuple(
        asked.number
        for asked in questions
        if (asked.required and not answers.get(asked.number, "").strip())
        or len(answers.get(asked.number, "")) > asked.longest
    )
