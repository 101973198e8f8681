"""Places of a measure at a school in a term: how many are free, and who gets them by stated priority."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# What somebody may say of why one should come before another, with words beside it. 1 comes first.
FIRST, SOON, CAN_WAIT = 1, 2, 3
PRIORITIES: Final = (FIRST, SOON, CAN_WAIT)


@dataclass(frozen=True, slots=True)
class Queued:
    """One that waits for a place.

    key        the measure's number, as text: drawn and compared, never shown
    priority   one of PRIORITIES
    stratum    what lots are drawn within, such as a year; empty: everyone together
    since      when it was put in the queue
    """

    key: str
    priority: int
    stratum: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one measure at one school in one term.

    total   what the school has said; none: nothing said, and then nobody needs to wait
    taken   measures that run
    waiting measures in the queue
    """

    total: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Places without anyone in them; 0 when more are taken than there are. None: no number is said."""
        return None if self.total is None else max(self.total - self.taken, 0)

    @property
    def over(self) -> int:
        """How many more are taken than there are places for."""
        return 0 if self.total is None else max(self.taken - self.total, 0)

    @property
    def to_fill(self) -> int:
        """How many of those who wait can be given a place now."""
        return self.waiting if self.free is None else min(self.free, self.waiting)


def by_priority(queue: Iterable[Queued], places: int) -> tuple[Queued, ...]:
    """Who gets a place: by stated priority, and among equals by who has waited longest.

    Takes   places   0 or more
    Gives   at most so many, in the order they are given places
    """
    ordered = sorted(queue, key=lambda one: (one.priority, one.since, one.key))
    return tuple(ordered[: max(places, 0)])
