"""Core subjects: in how many of Swedish, English and mathematics the latest grade isn't a pass.

Why it matters   Without these three nobody begins a national programme, and nobody takes a degree. The sooner somebody
                 asks what the pupil needs, the more ways there are.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.grade_scales import NO_BASIS
from pluginnovation.signals.course_steps import PUPIL_STEP, courses_on_steps, steps, without_overlap
from pluginnovation.signals.course_swedish import swedish_left_out
from pluginnovation.signals.grade_codes import CORE
from pluginnovation.signals.grades import FAILED, NO_GRADE, PASSED, Grades, mark, result_rows
from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet
from pluginnovation.signals.scope import Keep, not_kept

UNIT: Final = "subjects"


def core_subject_failing(grades: Grades, *, rules: RuleSet, keep: Keep = not_kept) -> Table:
    """How many of the three have F or a dash as the latest grade.

    Takes   grades   see `grades.Grades`
            keep     `store.materialise`: steps that are used many times are then worked out once
    Gives   one result per enrolled pupil (see `result.COLUMNS`)
              value         0-3 subjects; unknown with no grade in any of the three
              detail_1      how many of the three have a grade
              detail_text   one letter each for Swedish, English and mathematics: P passed, F, - no basis, . no grade
              rests_*       the days of the grades, of which the last is last_true
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the limits are ours. What levels replace: the Education Act (2010:800) 15 chap. 22 §
    """
    subjects = core_standing(grades, keep)
    pupils = subjects.group_by("pupil_no").aggregate(
        failing=subjects.count(where=subjects.mark != PASSED),
        graded=subjects.count(),
        first_date=subjects.first_date.min(),
        last_date=subjects.last_date.max(),
        **{each.lower(): subjects.mark.max(where=subjects.core == each) for each in CORE},
    )
    rows = result_rows(grades.pupils, pupils)
    marks = [rows[each.lower()].fill_null(NO_GRADE) for each in CORE]
    figures = Figures(
        value=rows.failing,
        level=at_least(rows.failing, rules.core_subject_failing),
        details=(rows.graded.fill_null(0),),
        detail_text=marks[0] + marks[1] + marks[2],
    )
    return shaped(rows, figures, signal="core_subject_failing", unit=UNIT)


def core_standing(grades: Grades, keep: Keep = not_kept) -> Table:
    """How each pupil stands in the core subjects: pupil_no, core, mark (see `grades.mark`), first_date, last_date.

    A subject with courses stands as these do, and fails when one that counts does; else its latest grade says.
    """
    courses = grades.of_courses()
    courses = keep(courses_on_steps(courses.filter(courses.core.notnull())), "grade_core_courses")
    found = keep(steps(courses), "grade_core_steps")
    each = without_overlap(found).anti_join(swedish_left_out(found, courses, keep), PUPIL_STEP)
    by_course = each.group_by(["pupil_no", "core"]).aggregate(
        passed=each.passed.all(),
        dash=(each.passed | each.dash).all(),
        first_date=each.first_date.min(),
        last_date=each.last_date.max(),
    )
    stands = ibis.cases((by_course.passed, PASSED), (by_course.dash, NO_BASIS), else_=FAILED)
    by_course = by_course.select("pupil_no", "core", "first_date", "last_date", mark=stands)
    own = grades.of_subjects()
    own = own.filter(own.core.notnull())
    own = own.select(
        "pupil_no", "core", first_date=own.registered_date, last_date=own.registered_date, mark=mark(own.grade)
    )
    return by_course.union(own.anti_join(by_course, ["pupil_no", "core"]))
