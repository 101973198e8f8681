"""What a sub-project does and for whom: activities planned and held, and how participants came and went.

The three axes are those of `support.catalogue`: what it is for, whom it reaches, and where the work is done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.privacy.small_numbers import FEWEST, hidden_counts
from pluginnovation.support import ends
from pluginnovation.support.catalogue import INTENTS, LEVELS, REACHES

Text = tuple[str, str]

AXES: Final[dict[str, dict[str, Text]]] = {"intent": INTENTS, "reach": REACHES, "level": LEVELS}

COMPLETED, EARLY, MOVED, MISTAKE = "completed", "early", "moved", "mistake"
# What each reason of `support.ends` says about taking part; one that isn't here is no early end.
BECAME: Final = dict.fromkeys(ends.EARLY, EARLY) | {"moved": MOVED, "left_school": MOVED, "mistake": MISTAKE}


@dataclass(frozen=True, slots=True)
class Times:
    """How often an activity was planned, held and cancelled; each 0 or more."""

    planned: int
    held: int
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was planned and what became of it.

    share   held of those planned, whole per cent; None: nothing was planned
    """

    planned: int
    held: int
    cancelled: int
    share: int | None


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A participant's time, both days included. `until` None: still in it; `ended` a key of `support.ends.REASONS`."""

    since: date
    until: date | None = None
    ended: str = ""

    @property
    def became(self) -> str:
        """What the end says: COMPLETED, EARLY, MOVED or MISTAKE; empty while it goes on."""
        return BECAME.get(self.ended, COMPLETED) if self.until is not None else ""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many came, and what became of them. Each None: too few to tell of to those who may see no pupil."""

    came: int | None
    going_on: int | None
    completed: int | None
    early: int | None
    moved: int | None


def wrong_axis(intent: str, reach: str, level: str) -> str:
    """The first axis whose word isn't one of its own; empty when all three are."""
    said = {"intent": intent, "reach": reach, "level": level}
    return next((axis for axis, words in AXES.items() if said[axis] not in words), "")


def delivered(activities: Iterable[Times]) -> Delivery:
    """All activities together."""
    rows = list(activities)
    planned, held = sum(row.planned for row in rows), sum(row.held for row in rows)
    share = 100 * held // planned if planned else None
    return Delivery(planned, held, sum(row.cancelled for row in rows), share)


def flow(stays: Sequence[TakingPart], today: date) -> Flow:
    """How participants came and went by a day. A mistake never was one; one who begins later isn't there yet."""
    real = [stay for stay in stays if stay.became != MISTAKE and stay.since <= today]
    gone = [stay.became for stay in real if stay.until is not None and stay.until < today]
    counts = {became: gone.count(became) for became in (COMPLETED, EARLY, MOVED)}
    return Flow(len(real), len(real) - len(gone), counts[COMPLETED], counts[EARLY], counts[MOVED])


def outside(found: Flow, *, fewest: int = FEWEST) -> Flow:
    """The same for readers who may see no pupil: what is small, and what would tell it by subtraction, is None."""
    parts = [found.going_on or 0, found.completed or 0, found.early or 0, found.moved or 0]
    if found.came is None or found.came < fewest:
        return Flow(None, None, None, None, None)
    hidden = hidden_counts(parts, fewest=fewest)
    shown = [None if place in hidden else count for place, count in enumerate(parts)]
    return Flow(found.came, *shown)


def overlaps(stays: Iterable[TakingPart], since: date, until: date | None = None) -> bool:
    """Whether a new time as participant would fall within one that there is already, both ends counted."""
    return any(
        stay.became != MISTAKE
        and (stay.until is None or stay.until >= since)
        and (until is None or stay.since <= until)
        for stay in stays
    )
