"""How many signals there are for each mentor and week, and what became of them, class by class.

It is about whether the list is of a length that anyone can answer, never about who answers most. Rows come in the order
of the classes' names, and a share of few is not told.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from .time_to_action import ACTED, JUDGED_WRONG, LEFT, WAITS, Wait

# Ours: with fewer than five, one signal more or less moves a share by over twenty points.
FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Load:
    """What one class, or a whole school, had.

    name      the class
    mentors   how many had the duty of mentor; 0: nobody
    weeks     whole and begun weeks that are counted
    signals   spells that began in them
    acted, wrong, left, waiting   what became of those: something was done, they were judged wrong, the pupil left,
              they still wait. The rest passed before anyone had done anything
    """

    name: str
    mentors: int
    weeks: int
    signals: int
    acted: int
    wrong: int
    left: int
    waiting: int

    @property
    def passed(self) -> int:
        """Those whose signal had passed before anything was done."""
        return self.signals - self.acted - self.wrong - self.left - self.waiting

    @property
    def per_mentor_and_week(self) -> Fraction | None:
        """Signals for each mentor and week; none when there was no mentor or no week."""
        return Fraction(self.signals, self.mentors * self.weeks) if self.mentors and self.weeks else None

    @property
    def share_acted(self) -> Fraction | None:
        """Of all signals; none when they are fewer than five."""
        return self._share(self.acted)

    @property
    def share_wrong(self) -> Fraction | None:
        """Of all signals; none when they are fewer than five."""
        return self._share(self.wrong)

    def _share(self, part: int) -> Fraction | None:
        return Fraction(part, self.signals) if self.signals >= FEWEST else None


def weeks_between(first: date, last: date) -> int:
    """Whole and begun weeks from one day to another, both counted; 0 when the last comes first."""
    return max((last - first).days + 7, 0) // 7


def load(name: str, found: tuple[Wait, ...], mentors: int, weeks: int) -> Load:
    """The load of one class.

    Takes   found     the waits of its pupils that began in the weeks
            mentors   how many were its mentors
    """
    outcomes = [wait.outcome for wait in found]
    became = (outcomes.count(each) for each in (ACTED, JUDGED_WRONG, LEFT, WAITS))
    return Load(name, mentors, weeks, len(found), *became)
