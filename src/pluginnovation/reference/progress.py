"""On track: how much of what should be finished by now is passed, from the individual study plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .calendar import term_named
from .course_codes import place_of, step_of
from .degree import Degree
from .effective_grades import EffectiveGrade


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """One row of a study plan.

    course   its code
    points   upper secondary points
    term     when it is to be finished, `2026HT`; None: the plan doesn't say
    subject  the subject's code in the source, where the course's code doesn't say it
    """

    course: str
    points: int
    term: str | None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Points of the study plan whose term has ended, and what became of them.

    due        all of them; passed + failed + without_basis + ungraded
    passed, failed, without_basis, ungraded   as the grades count today; F and dash apart
    unplanned  points of rows that don't say when, or in a way that can't be read: in none of the others
    """

    due: int
    passed: int
    failed: int
    without_basis: int
    ungraded: int
    unplanned: int

    @property
    def behind(self) -> int:
        """Points that are due and not passed."""
        return self.due - self.passed


def progress(plan: Iterable[PlannedCourse], degree: Degree, *, as_of: date) -> Progress | None:
    """How far a pupil has come with what should be finished on a day.

    Takes   plan     the rows that are in the pupil's programme; chosen-away ones left out
            degree   as `upper_secondary_degree` gives it, from grades up to the same day
            as_of    the day; a term counts when its last day is on or before it
    Gives   None without a plan. A course counts as it stands, replaced or covered by a higher level
    """
    rows = list(plan)
    if not rows:
        return None
    counted = {(each.subject, each.number, each.part): each for each in degree.grades}
    sums = dict.fromkeys(("passed", "failed", "without_basis", "ungraded", "unplanned"), 0)
    for row in rows:
        term = term_named(row.term)
        if term is None:
            sums["unplanned"] += row.points
        elif term.last <= as_of:
            sums[_became(counted.get(step_of(place_of(row.course, row.subject))))] += row.points
    return Progress(due=sum(sums.values()) - sums["unplanned"], **sums)


def _became(each: EffectiveGrade | None) -> str:
    if each is None or each.grade is None:
        return "ungraded"
    if each.passed:
        return "passed"
    return "without_basis" if each.without_basis else "failed"
