"""How many still wait after so many days, when some had not been answered as we stopped watching.

Nobody is left out because the answer hasn't come: who is watched for twelve days without one counts among those who
wait for twelve days, and after that says nothing either way.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

HALF: Final = Fraction(1, 2)
NINE_OF_TEN: Final = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Watched:
    """How long one was watched.

    days   whole days, 0 or more, to the event or to the last day that is known about
    came   whether the event came; False: not yet, as far as is known
    """

    days: int
    came: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One day on which something happened.

    day       days since the beginning
    at_risk   how many were still watched and waiting when the day began
    came      how many the event came to on that day
    censored  how many were last seen on that day, still waiting
    left      the share still waiting after the day, 0 to 1
    """

    day: int
    at_risk: int
    came: int
    censored: int
    left: Fraction


def survival(watched: Iterable[Watched]) -> tuple[Step, ...]:
    """The share that still waits, day by day.

    Who is last seen on a day is taken to have waited through it, so an event on that day comes first.

    Takes   watched   one per wait
    Gives   one step for each day on which an event came or somebody was last seen, in order; none for nobody
    Raises  nothing
    Source  Kaplan and Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958), 457-481
    """
    came: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    for one in watched:
        (came if one.came else gone)[one.days] += 1
    at_risk, left, steps = came.total() + gone.total(), Fraction(1), []
    for day in sorted(came | gone):
        left *= 1 - Fraction(came[day], at_risk)
        steps.append(Step(day, at_risk, came[day], gone[day], left))
        at_risk -= came[day] + gone[day]
    return tuple(steps)


def days_until(steps: Sequence[Step], part: Fraction) -> int | None:
    """The first day by which at least that part no longer waits.

    Takes   part   above 0, at most 1: `HALF` gives the median
    Gives   days; none when so many hadn't been answered while they were watched: it is longer than that, not unknown
    """
    return next((step.day for step in steps if 1 - step.left >= part), None)


def left_after(steps: Sequence[Step], day: int) -> Fraction | None:
    """The share still waiting after a day.

    Gives   none when nobody was watched for so long
    """
    if not steps or day > steps[-1].day:
        # Once nobody is left waiting, nobody waits later either.
        return Fraction(0) if steps and steps[-1].left == 0 else None
    return next((step.left for step in reversed(steps) if step.day <= day), Fraction(1))
