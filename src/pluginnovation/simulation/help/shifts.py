"""Sums of what help does to a term."""

from typing import Final

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import LAST_COMPULSORY_TERM, People, Seen, Shifts

from .course import OUTCOMES

Sums = dict[str, Floats]

# The last term that begins before the year in which they turn 20 is over: spring of that year.
LAST_OUTREACH_TERM: Final = 17


def nothing(size: int) -> Sums:
    """No change, for any outcome."""
    return {outcome: np.zeros(size) for outcome in OUTCOMES}


def added(total: Sums, more: Sums) -> Sums:
    """Both, outcome by outcome."""
    return {outcome: total[outcome] + more[outcome] for outcome in OUTCOMES}


def as_shifts(total: Sums) -> Shifts:
    """What is handed over to the lives."""
    return Shifts(**total)


def class_of(people: People, seen: Seen) -> Ints:
    """Whom each pupil shares lessons with: the class, and in upper secondary school the school and programme."""
    if seen.term <= LAST_COMPULSORY_TERM:
        return people.class_no
    return seen.unit * 1000 + np.maximum(seen.programme, 0)


def days_at(uniform: Floats, first: int, last: int) -> Ints:
    """A day of the term, evenly between two."""
    return np.asarray(first + np.floor(uniform * (last - first)), dtype=np.int64)


def are_present(seen: Seen, who: str) -> Bools:
    """Who belongs to those a measure is for: enrolled, or past compulsory school, under 20 and not."""
    if who == "in_school":
        return seen.in_school
    young = LAST_COMPULSORY_TERM < seen.term <= LAST_OUTREACH_TERM
    return np.asarray(~seen.in_school & ~seen.finished & young)
