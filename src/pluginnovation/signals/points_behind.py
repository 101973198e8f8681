"""Points behind: how much of what the study plan says should be done by now is not passed.

Why it matters   A degree leaves room for 250 failed points. While the distance is small, there is time to catch up.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from datetime import date
from typing import Final

from ibis.expr.types import BooleanValue, Table

from pluginnovation.reference.course_codes import NAMED
from pluginnovation.signals.course_steps import PARTS, PUPIL_STEP, SUBJECT, courses_on_steps, highest_passes, steps
from pluginnovation.signals.grade_codes import CODE, code_pairs
from pluginnovation.signals.grades import Grades, result_rows
from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.term_ends import TermEnds, with_ended
from pluginnovation.signals.whole import total

UNIT: Final = "points"


def points_behind(grades: Grades, study_plans: Table, ends: TermEnds, *, as_of: date, rules: RuleSet) -> Table:
    """Planned points of the terms that have ended, minus the passed points among them.

    Takes   grades        see `grades.Grades`
            study_plans   pupil, course, subject, points, planned_semester (null: not told when), required (null: yes)
            ends          the last days of terms that calendars tell; without one, 30 June and 31 December
            as_of         a term has ended when its last day is on or before it
    Gives   one result per pupil enrolled in upper secondary school (see `result.COLUMNS`)
              value       upper secondary points; unknown without a plan
              detail_1    planned points of the terms that have ended
              detail_2    passed points among them; a level that a higher one covers is passed
              detail_3    points among them with F or a dash; the rest has no grade
              rests_*     the days of the grades on the planned courses, of which the last is last_true
    Raises  nothing: points were checked when they were read in
    Source  what levels replace: the Education Act (2010:800) 15 chap. 22 §; 250 points: 16 chap. 27-28 §§. The rest
            is ours
    """
    pupils = grades.pupils.filter(grades.pupils.in_upper)
    plan = study_plans.filter(study_plans.required.fill_null(True))
    plan = plan.drop("source").join(pupils.select("pupil", "pupil_no", "source", "school"), "pupil")
    plan = with_ended(code_pairs(plan), ends, as_of=as_of).join(grades.codes, CODE)
    courses = courses_on_steps(grades.of_courses())
    found = steps(courses)
    found = found.select(*PUPIL_STEP, "first_date", "last_date", own=found.passed)
    became = plan.select(*PUPIL_STEP, "due", planned=plan.points).left_join(found, PUPIL_STEP)
    became = became.select(*PUPIL_STEP, "planned", "due", "own", "first_date", "last_date")
    became = became.left_join(highest_passes(courses), SUBJECT).drop("pupil_no_right", "step_subject_right")
    passed = became.due & (became.own.fill_null(False) | _unread_below(became))
    failed = became.due & ~became.own
    sums = became.group_by("pupil_no").aggregate(
        planned=total(became.planned, where=became.due).fill_null(0),
        passed=total(became.planned, where=passed).fill_null(0),
        failed=total(became.planned, where=failed & ~passed).fill_null(0),
        first_date=became.first_date.min(where=became.due),
        last_date=became.last_date.max(where=became.due),
    )
    rows = result_rows(pupils, sums)
    behind = rows.planned - rows.passed
    figures = Figures(
        value=behind,
        level=at_least(behind, rules.points_behind),
        details=(rows.planned, rows.passed, rows.failed),
    )
    return shaped(rows, figures, signal="points_behind", unit=UNIT)


def _unread_below(rows: Table) -> BooleanValue:
    """A level that wasn't read, below a passed one, in the subjects where a level's points are known."""
    below = (rows.step_number >= 1) & (rows.step_part == 0) & (rows.top // PARTS > rows.step_number)
    return (rows.own.isnull() & rows.step_subject.isin(NAMED) & below).fill_null(False)
