"""The two kinds of Swedish in upper secondary school: of levels one subject counts, of courses both may.

The rules are those of `reference.effective_grades`, for the few pupils who have grades in both.
"""

import ibis
from ibis.expr.types import IntegerValue, StringValue, Table

from pluginnovation.reference.course_codes import HIGHEST_LEVEL, SWEDISH
from pluginnovation.reference.effective_grades import NAMED_POINTS
from pluginnovation.reference.grade_scales import HALF_POINTS
from pluginnovation.signals.course_steps import PARTS, PUPIL_STEP, SUBJECT
from pluginnovation.signals.scope import Keep, not_kept

# Higher than any grade's points.
_RANKS = 100


def swedish_left_out(each: Table, courses: Table, keep: Keep = not_kept) -> Table:
    """The steps in either kind of Swedish that don't count.

    Takes   each      as `course_steps.steps` gives them
            courses   as `course_steps.courses_on_steps` gives them
            keep      `store.materialise`
    Gives   pupil_no and step; only of pupils with grades in both
    """
    rows = courses.filter(courses.step_subject.isin(SWEDISH))
    kinds = rows.group_by("pupil_no").aggregate(kinds=rows.step_subject.nunique())
    rows = rows.semi_join(kinds.filter(kinds.kinds > 1), "pupil_no")
    rows = keep(rows.mutate(rank=rank(rows.grade), points=rows.points.fill_null(0)), "grade_swedish")
    found = keep(_worth(each, rows), "grade_swedish_steps")
    found = keep(found.union(_unread(found, rows)), "grade_swedish_worth")
    subjects = found.group_by(SUBJECT).aggregate(
        number=found.step_number.max(where=found.passed).fill_null(0),
        points=found.points.sum(where=found.passed).fill_null(0),
        merit=found["rank"].sum(where=found.passed).fill_null(0),
    )
    further = [subjects.number.desc(), subjects.points.desc(), subjects.merit.desc(), subjects.step_subject.desc()]
    placed = subjects.mutate(place=ibis.row_number().over(ibis.window(group_by="pupil_no", order_by=further)))
    kept = placed.filter(placed.place == 0).select("pupil_no", "step_subject")
    left = found.filter(~found.on_level).union(found.filter(found.on_level).semi_join(kept, SUBJECT))
    better = ibis.window(group_by=["pupil_no", "step_number"], order_by=[left["rank"].desc(), left.step_subject.desc()])
    numbered = left.mutate(place=ibis.row_number().over(better))
    return found.select(*PUPIL_STEP).anti_join(numbered.filter(numbered.place == 0), PUPIL_STEP)


def rank(grade: StringValue) -> IntegerValue:
    """A number that orders grades, as `compulsory_grades.rank`: better is higher, F above a dash."""
    return grade.cases(*HALF_POINTS.items(), else_=-1)


def _worth(each: Table, rows: Table) -> Table:
    """The steps with the points and the grade that count there, and whether it is a level's grade (on_level)."""
    order = [rows["rank"].desc(), rows.points.desc(), rows.course.asc(), rows.subject.asc()]
    own = rows.mutate(place=ibis.row_number().over(ibis.window(group_by=PUPIL_STEP, order_by=order)))
    own = own.mutate(most=own.points.max().over(ibis.window(group_by=PUPIL_STEP)))
    own = own.filter(own.place == 0).select(*PUPIL_STEP, "rank", "points", "most", "gy25")
    joined = (
        each.select(*PUPIL_STEP, "passed", "covered", "stands")
        .join(own, PUPIL_STEP)
        .left_join(_covering(rows), SUBJECT)
    )
    by_level = ibis.ifelse(joined.stands, joined.late_rank, joined.top_rank)
    return joined.select(
        *PUPIL_STEP,
        "passed",
        rank=ibis.ifelse(joined.covered, by_level, joined["rank"]).cast("int64"),
        points=ibis.ifelse(joined.covered, joined.most, joined.points).cast("int64"),
        on_level=joined.covered | joined.gy25,
    )


def _covering(rows: Table) -> Table:
    """The grade on the highest passed level of each subject: pupil_no, step_subject, top, top_rank, late_rank."""
    passed = rows.filter(rows.passed & rows.gy25)
    order = _RANKS * passed.height + passed["rank"]
    return passed.group_by(SUBJECT).aggregate(
        top=passed.height.max(), top_rank=order.max() % _RANKS, late_rank=order.max(where=passed.late) % _RANKS
    )


def _unread(found: Table, rows: Table) -> Table:
    """The lower levels that a pass covers although they were never read."""
    tops = _covering(rows)
    below = [
        tops.filter(tops.top // PARTS > number).select(
            *SUBJECT,
            step_number=ibis.literal(number, "int32"),
            step_part=ibis.literal(0, "int32"),
            passed=ibis.literal(True),
            rank=tops.top_rank.cast("int64"),
            points=ibis.literal(NAMED_POINTS, "int64"),
            on_level=ibis.literal(True),
        )
        for number in range(1, HIGHEST_LEVEL[SWEDISH[0]])
    ]
    return ibis.union(*below).anti_join(found, PUPIL_STEP)
