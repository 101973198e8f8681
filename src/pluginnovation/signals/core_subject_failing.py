"""Core subjects: in how many of Swedish, English and mathematics the latest grade isn't a pass.

Why it matters   Without these three nobody begins a national programme, and nobody takes a degree. The sooner somebody
                 asks what the pupil needs, the more ways there are.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.course_steps import courses_on_steps, steps, without_overlap
from pluginnovation.signals.course_swedish import swedish_left_out
from pluginnovation.signals.grade_codes import CORE
from pluginnovation.signals.grades import Grades, mark, result_rows
from pluginnovation.signals.result import Figures, at_least, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "subjects"
NOTHING: Final = "."


def core_subject_failing(grades: Grades, *, rules: RuleSet) -> Table:
    """How many of the three have F or a dash as the latest grade.

    Takes   grades   see `grades.Grades`
    Gives   one result per enrolled pupil (see `result.COLUMNS`)
              value         0-3 subjects; unknown with no grade in any of the three
              detail_1      how many of the three have a grade
              detail_text   one letter each for Swedish, English and mathematics: P passed, F, - no basis, . no grade
              rests_*       the days of the grades, of which the last is last_true
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the limits are ours. What levels replace: the Education Act (2010:800) 15 chap. 22 §
    """
    subjects = core_standing(grades)
    pupils = subjects.group_by("pupil").aggregate(
        failing=(subjects.mark != "P").sum(),
        graded=subjects.count(),
        first_date=subjects.first_date.min(),
        last_date=subjects.last_date.max(),
        **{each.lower(): subjects.mark.max(where=subjects.core == each) for each in CORE},
    )
    rows = result_rows(grades.pupils, pupils)
    marks = [rows[each.lower()].fill_null(NOTHING) for each in CORE]
    figures = Figures(
        value=rows.failing,
        level=at_least(rows.failing, rules.core_subject_failing),
        details=(rows.graded.fill_null(0),),
        detail_text=marks[0] + marks[1] + marks[2],
    )
    return shaped(rows, figures, signal="core_subject_failing", unit=UNIT)


def core_standing(grades: Grades) -> Table:
    """How each pupil stands in the core subjects: pupil, core, mark (see `grades.mark`), first_date, last_date.

    A subject with courses stands as these do, and fails when one that counts does; else its latest grade says.
    """
    courses = courses_on_steps(grades.latest, grades.codes)
    courses = courses.filter(courses.core.notnull())
    found = steps(courses)
    each = without_overlap(found).anti_join(
        swedish_left_out(found, courses), ["pupil", "step_subject", "step_number", "step_part"]
    )
    by_course = each.group_by(["pupil", "core"]).aggregate(
        passed=each.passed.all(),
        dash=(each.passed | each.dash).all(),
        first_date=each.first_date.min(),
        last_date=each.last_date.max(),
    )
    by_course = by_course.select(
        "pupil",
        "core",
        "first_date",
        "last_date",
        mark=ibis.cases((by_course.passed, "P"), (by_course.dash, "-"), else_="F"),
    )
    own = grades.latest.filter(~grades.latest.is_course, grades.latest.unit.isin(CORE))
    own = own.select(
        "pupil",
        core=own.unit,
        first_date=own.registered_date,
        last_date=own.registered_date,
        mark=mark(own.grade, own.passed),
    )
    return by_course.union(own.anti_join(by_course, ["pupil", "core"]))
