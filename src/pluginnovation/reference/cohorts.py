"""Cohorts: who began upper secondary school together, and who had a degree within so many years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .calendar import SchoolYear, school_year_of

# The autumn after the last school year, until when late degrees are told apart. The official cut-off isn't known.
AUTUMN_ENDS: Final = (12, 31)


@dataclass(frozen=True, slots=True)
class Completed:
    """Whether somebody had a degree in time.

    within         issued before 1 July of the year the cohort began plus so many
    autumn_after   issued in the autumn after that; told apart, since official figures may count them or not
    """

    within: bool
    autumn_after: bool


def cohort_of(starts: Iterable[date]) -> SchoolYear | None:
    """The cohort: the school year of the first start in upper secondary school, introductory programmes included.

    Takes   starts   first days of all enrolments in upper secondary school, in any order
    Gives   None for somebody who never began. Changes of school and programme don't move anybody to another cohort
    """
    first = min(starts, default=None)
    return None if first is None else school_year_of(first)


def completed(cohort: SchoolYear, issued: date | None, *, years: int) -> Completed:
    """Whether a degree was issued within so many years of the cohort's start.

    Takes   issued   the day of the degree; None: none is known
    """
    if issued is None:
        return Completed(within=False, autumn_after=False)
    end = date(cohort.start + years, 7, 1)
    return Completed(within=issued < end, autumn_after=end <= issued <= date(end.year, *AUTUMN_ENDS))


def within_is_known(cohort: SchoolYear, *, years: int, as_of: date) -> bool:
    """Whether the time is over, so that who has no degree in it won't get one. Before that the share is unknown."""
    return as_of >= date(cohort.start + years, 7, 1)
