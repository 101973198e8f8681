"""Which courses count as passed and which as failed, after levels have replaced lower levels and courses.

The rules are those of `reference.effective_grades`, for many pupils: a pass on a higher level covers the lower ones; a
passed course is left alone by levels until the summer of 2030; of a whole step and its halves one counts.
"""

from typing import Final

import ibis
from ibis.expr.types import BooleanValue, Table

from pluginnovation.reference.effective_grades import COURSES_STAND_UNTIL
from pluginnovation.reference.grade_scales import NO_BASIS
from pluginnovation.signals.grade_codes import STEP

PUPIL_STEP: Final = ["pupil_no", *STEP]
SUBJECT: Final = ["pupil_no", "step_subject"]
# Room for a part below each number.
PARTS: Final = 10


def courses_on_steps(courses: Table) -> Table:
    """The latest grade of each course, with its height on the step it stands on.

    Takes   courses   as `Grades.of_courses` gives them
    Gives   the same rows with height (number and part as one number) and late (a level graded when levels replace
            passed courses)
    """
    return courses.mutate(
        height=PARTS * courses.step_number + courses.step_part,
        late=courses.gy25 & (courses.registered_date > COURSES_STAND_UNTIL),
    )


def highest_passes(courses: Table) -> Table:
    """How high passed levels reach: pupil_no, step_subject, top, late_top (heights; null where none is passed)."""
    passed = courses.filter(courses.passed & courses.gy25)
    return passed.group_by(SUBJECT).aggregate(top=passed.height.max(), late_top=passed.height.max(where=passed.late))


def reaches(top: ibis.Value, number: ibis.Value, part: ibis.Value) -> BooleanValue:
    """Whether a pass at a height covers a step: a higher number, or a later half of the same one."""
    higher = top // PARTS > number
    later_half = (part > 0) & (top > PARTS * number + part)
    return ((number >= 0) & (higher | later_half)).fill_null(False)


def steps(courses: Table) -> Table:
    """What counts on each step that a pupil has a grade on.

    Takes   courses   as `courses_on_steps` gives them
    Gives   one row per pupil and step: pupil_no, the step, core, passed, dash (no basis), covered (by a pass on a
            higher level), stands (a passed course stands there), first_date, last_date (of its grades)
    """
    tops = highest_passes(courses)
    each = courses.group_by(PUPIL_STEP).aggregate(
        core=courses.core.max(),
        own_pass=courses.passed.any(),
        stands=(courses.passed & ~courses.gy25).any(),
        dash=(courses.grade == NO_BASIS).all(),
        first_date=courses.registered_date.min(),
        last_date=courses.registered_date.max(),
    )
    joined = each.left_join(tops, SUBJECT)
    top = ibis.ifelse(joined.stands, joined.late_top, joined.top)
    covered = reaches(top, joined.step_number, joined.step_part)
    return joined.select(
        *PUPIL_STEP, "core", "stands", "first_date", "last_date",
        passed=joined.own_pass | covered,
        covered=covered,
        dash=joined.dash & ~joined.own_pass & ~covered,
    )  # fmt: skip


def without_overlap(each: Table) -> Table:
    """The steps where a whole one and its halves overlap only once: the whole if passed, or if neither half is."""
    number = ibis.window(group_by=["pupil_no", "step_subject", "step_number"])
    half = each.step_part > 0
    told = each.mutate(
        has_whole=(~half).any().over(number),
        has_half=half.any().over(number),
        whole_passed=(~half & each.passed).any().over(number),
        half_passed=(half & each.passed).any().over(number),
    )
    overlap = (told.step_number > 0) & told.has_whole & told.has_half
    by_whole = told.whole_passed | ~told.half_passed
    return told.filter(~overlap | (by_whole == (told.step_part == 0))).drop(
        "has_whole", "has_half", "whole_passed", "half_passed"
    )
