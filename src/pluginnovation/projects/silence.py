"""Those who don't answer are unknown: counted, with bounds, and never dropped. And when a silence is too long."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SILENT_AFTER: Final = 45  # days without anything done; July isn't counted, since nobody is there
JULY: Final = 7


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share of all, of whom some are unknown.

    yes, no, unknown   how many; `of` all of them
    low, high          the share if every unknown were a no, or a yes; whole per cent, outwards; None: there are none
    """

    yes: int
    no: int
    unknown: int
    low: int | None
    high: int | None

    @property
    def of(self) -> int:
        """All, the silent ones too."""
        return self.yes + self.no + self.unknown


def bounds(*, yes: int, no: int, unknown: int) -> Bounds:
    """The share who say yes, with those who say nothing counted as unknown."""
    of = yes + no + unknown
    if not of:
        return Bounds(0, 0, 0, None, None)
    return Bounds(yes, no, unknown, 100 * yes // of, -(-100 * (yes + unknown) // of))


def days_silent(last_act: date, today: date) -> int:
    """How many days have gone since something was done, less those of July."""
    if today <= last_act:
        return 0
    days, since = (today - last_act).days, last_act + timedelta(days=1)
    for year in range(since.year, today.year + 1):
        first, last = max(since, date(year, JULY, 1)), min(today, date(year, JULY, 31))
        days -= max((last - first).days + 1, 0)
    return days


def is_silent(last_act: date, today: date, *, after: int = SILENT_AFTER) -> bool:
    """Whether a sub-project that goes on has left no trace for longer than it may."""
    return days_silent(last_act, today) > after
