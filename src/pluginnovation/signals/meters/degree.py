"""The degree meter: points, how much may still become F, what stops a degree, and what is due by the study plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from pluginnovation.reference.calendar import school_year_of
from pluginnovation.reference.degree import Degree, upper_secondary_degree
from pluginnovation.reference.degree_gap import degree_gap
from pluginnovation.reference.degree_rules import degree_rule
from pluginnovation.reference.effective_grades import COURSES_STAND_UNTIL, CourseGrade
from pluginnovation.reference.grade_scales import NO_BASIS
from pluginnovation.reference.programmes import programme_of
from pluginnovation.reference.progress import PlannedCourse, progress
from pluginnovation.signals.meters.degree_told import (
    Demand,
    change_sentence,
    demands,
    kind_name,
    notes,
    progress_sentence,
    stop_sentence,
)
from pluginnovation.signals.meters.records import FAILED_MARK, LATE, PASSED_MARK, parts_of
from pluginnovation.signals.meters.told import Told, told

_GRADE_OF = {PASSED_MARK: "E", FAILED_MARK: "F", NO_BASIS: NO_BASIS}


@dataclass(frozen=True, slots=True)
class Studies:
    """What a degree is counted from.

    programme    its code as the source writes it
    begun        a day in the school year that upper secondary school began; see `begun_by`
    courses, plan   as `records.study_records` gives them; None without
    """

    programme: str
    begun: date
    courses: str | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class DegreeMeter:
    """How far a pupil is from a degree. Points are upper secondary points.

    known    False when no course has a grade or a dash, or the programme isn't a national one
    change   what would change it, in one sentence; when unknown, what is missing to tell
    kind     which degree, and which rules
    passed, failed, dash, ungraded   points by how they stand; ungraded ones are known from the study plan
    size     the points that the bar stands for: the programme, or what is planned when that is more
    needed   points that must be passed
    budget   points that may still become F; below 0 when too many are. None when unknown
    demands  each demand of the degree, met, missing or unknown
    stops    what no other pass makes up for
    progress what the study plan says should be done by now, and what became of it
    notes    what the figures rest on, and what the source doesn't tell
    """

    known: bool
    change: Told
    kind: Told = ("", "")
    passed: int = 0
    failed: int = 0
    dash: int = 0
    ungraded: int = 0
    size: int = 0
    needed: int = 0
    budget: int | None = None
    demands: tuple[Demand, ...] = ()
    stops: tuple[Told, ...] = ()
    progress: Told = ("", "")
    notes: tuple[Told, ...] = ()


@lru_cache(maxsize=16_384)
def degree_meter(studies: Studies, as_of: date) -> DegreeMeter:
    """What comes of the latest grades on courses and levels, and of the study plan.

    Takes   studies   which records the pupil has
            as_of     the day whose rules are asked; a term counts as due when its last day is on or before it
    Gives   see `DegreeMeter`
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Education Act (2010:800) 16 chap. 26-28 §§; the Upper Secondary Ordinance (2010:2039) 8 chap. Nobody
            tells of reduced programmes or of exchanged mathematics, so a person decides
    """
    programme = programme_of(studies.programme)
    if programme is None:
        return DegreeMeter(known=False, change=_no_programme(studies.programme))
    rule = degree_rule(programme.kind, begun=studies.begun, on=as_of)
    grades, plan = _graded(studies), _planned(studies)
    degree = upper_secondary_degree([*grades, *_not_graded(plan)], rule)
    gap = degree_gap(degree)
    if gap is None:
        return DegreeMeter(known=False, change=_no_grade(), kind=told(lambda say: kind_name(rule, say)))
    became = progress(plan, degree, as_of=as_of)
    planned = bool(plan)
    return DegreeMeter(
        known=True,
        change=told(lambda say: change_sentence(degree, gap, planned, say)),
        kind=told(lambda say: kind_name(rule, say)),
        passed=degree.passed_points,
        failed=degree.failed_points,
        dash=degree.without_basis_points,
        ungraded=degree.ungraded_points,
        size=max(rule.graded_points, _all_points(degree)),
        needed=rule.passed_points,
        budget=degree.f_budget,
        demands=demands(degree, gap),
        stops=tuple(told(partial(stop_sentence, stop)) for stop in degree.hard_stops),
        progress=told(lambda say: progress_sentence(became, say)),
        notes=notes(degree, planned=planned, without_points=sum(not each.points for each in grades)),
    )


def begun_by(first_start: date, school_year: int | None, as_of: date) -> date:
    """A day in the school year in which upper secondary school began.

    The first enrolment says it, unless the pupil is in a later year than has had time to pass since then: then the
    source gives later enrolments only, and the year says when it began.
    """
    here = school_year_of(as_of).start
    passed = here - school_year_of(first_start).start
    if school_year is None or school_year - 1 <= passed:
        return first_start
    return date(here - (school_year - 1), 8, 1)


def _graded(studies: Studies) -> list[CourseGrade]:
    points = {course: int(worth or 0) for course, _subject, worth, _term in parts_of(studies.plan)}
    return [
        CourseGrade(
            course,
            int(worth) if worth else points.get(course, 0),
            _GRADE_OF[mark],
            date(COURSES_STAND_UNTIL.year, 7, 1) if late == LATE else None,
            subject,
        )
        for course, subject, worth, mark, late in parts_of(studies.courses)
    ]


def _planned(studies: Studies) -> list[PlannedCourse]:
    return [
        PlannedCourse(course, int(worth or 0), term or None, subject)
        for course, subject, worth, term in parts_of(studies.plan)
    ]


def _not_graded(plan: Iterable[PlannedCourse]) -> list[CourseGrade]:
    return [CourseGrade(each.course, each.points, None, None, each.subject) for each in plan]


def _all_points(degree: Degree) -> int:
    return degree.graded_points + degree.without_basis_points + degree.ungraded_points


def _no_programme(code: str) -> Told:
    if not code:
        return (
            "Okänt. Källan säger inte vilket program eleven går.",
            "Unknown. The source doesn't tell which programme the pupil is on.",
        )
    return (
        f"Okänt. {code} är inget nationellt program, så kraven på en examen går inte att räkna.",
        f"Unknown. {code} is not a national programme, so the demands of a degree can't be counted.",
    )


def _no_grade() -> Told:
    return "Okänt. Ingen kurs har fått betyg än.", "Unknown. No course has been graded yet."
