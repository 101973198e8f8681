"""What the grades, study plan and enrolments of each pupil say, as one text: alike for pupils who stand alike.

Twenty thousand pupils have a few thousand different records, and each of those is worked out once.
"""

from typing import Final

import ibis
from ibis.expr.types import StringValue, Table

from pluginnovation.records.facts import Facts
from pluginnovation.reference.effective_grades import COURSES_STAND_UNTIL
from pluginnovation.signals.grades import FAILED, PASSED, Grades, mark
from pluginnovation.signals.scope import Scope

PASSED_MARK, FAILED_MARK, PLANNED_MARK = PASSED, FAILED, "."
# Between rows, and between the parts of a row: no register writes these.
ROW, PART = "\x1e", "\x1f"
LATE: Final = "1"


def study_records(grades: Grades, facts: Facts, scope: Scope) -> Table:
    """The record of every enrolled pupil that grades can be told of.

    Takes   grades   see `grades.Grades`: of each subject and course the latest grade counts, warnings too
            facts    study_plans and enrolments are read
    Gives   one row per pupil, in no order: pupil
              compulsory   enrolled in a year with grades
              upper        enrolled in upper secondary school
              subjects     `subject_record` of the grades in compulsory school's subjects; null without
              letters      the same subjects with their grades, as they are shown; null without
              graded_to    the day of the latest grade
              courses      `course_record` of the grades on courses and levels; null without
              plan         `plan_record` of what the study plan holds; null without a plan
              programme, school_year, school_type   of the enrolment that covers the day
              first_start  the first day in upper secondary school, introductory programmes left out; null without
    """
    subjects = grades.of_subjects()
    told = subjects.group_by("pupil_no").aggregate(
        subjects=_joined(subjects.unit + "=" + mark(subjects.grade), subjects.unit),
        letters=_joined(
            subjects.unit + PART + subjects.grade + PART + (subjects.kind == "warning").cast("int8").cast("string"),
            subjects.unit,
        ),
        graded_to=subjects.registered_date.max(),
    )
    rows = grades.pupils.left_join(told, "pupil_no").drop("pupil_no_right")
    for each in (_courses(grades), _plans(grades, facts.study_plans)):
        rows = rows.left_join(each, "pupil_no").drop("pupil_no_right")
    at = scope.school.select("pupil", "programme", "school_year", "school_type")
    rows = rows.left_join(at, "pupil").drop("pupil_right")
    rows = rows.left_join(_first_starts(facts.enrolments, scope), "pupil").drop("pupil_right")
    return rows.select(
        "pupil", "subjects", "letters", "courses", "plan", "programme", "school_year", "school_type", "first_start",
        compulsory="in_compulsory", upper="in_upper",
        graded_to=ibis.coalesce(ibis.greatest(rows.graded_to, rows.courses_to), rows.graded_to, rows.courses_to),
    )  # fmt: skip


def enrolment_records(facts: Facts, scope: Scope) -> Table:
    """The enrolments of every pupil with one: pupil and path, one text in the order that moves are counted in.

    Each row is the school's id and name, the form of school, the year, the programme, the first and the last day.
    """
    rows = facts.enrolments.anti_join(scope.gone, "pupil")
    names = facts.organisations.select("source", "organisation", "display_name")
    named = rows.left_join(names, ["source", "organisation"]).drop("source_right", "organisation_right")
    text = _parts(
        named.organisation, named.display_name.fill_null(named.organisation), named.school_type,
        named.school_year.cast("string").fill_null(""), named.programme.fill_null(""),
        named.start_date.cast("string"), named.end_date.cast("string").fill_null(""),
    )  # fmt: skip
    order = [named.start_date, named.end_date.asc(nulls_first=False), named.organisation]
    return named.group_by("pupil").aggregate(path=text.group_concat(ROW, order_by=order))


def subject_marks(record: str) -> dict[str, str]:
    """The subjects of a record with their marks: PASSED_MARK, FAILED_MARK or a dash."""
    pairs = (part.rpartition("=") for part in record.split(ROW) if part)
    return {subject: mark for subject, _, mark in pairs}


def parts_of(record: str | None) -> list[list[str]]:
    """The rows of a record, each as its parts."""
    return [row.split(PART) for row in (record or "").split(ROW) if row]


def _courses(grades: Grades) -> Table:
    """pupil_no, courses, courses_to: course, subject, points, mark and whether levels replace courses that day."""
    rows = grades.of_courses()
    late = ibis.ifelse(rows.registered_date > COURSES_STAND_UNTIL, LATE, "")
    text = _parts(rows.course, rows.subject, rows.points.cast("string").fill_null(""), mark(rows.grade), late)
    return rows.group_by("pupil_no").aggregate(
        courses=_joined(text, rows.course), courses_to=rows.registered_date.max()
    )


def _plans(grades: Grades, study_plans: Table) -> Table:
    """pupil_no, plan: course, subject, points and term of what is to be read."""
    named = study_plans.filter(study_plans.required.fill_null(True))
    named = named.join(grades.pupils.select("pupil", "pupil_no"), "pupil")
    course = named.course.fill_null("")
    text = _parts(
        course, named.subject.fill_null(""), named.points.cast("string").fill_null(""),
        named.planned_semester.fill_null(""),
    )  # fmt: skip
    return named.group_by("pupil_no").aggregate(plan=_joined(text, course))


def _first_starts(enrolments: Table, scope: Scope) -> Table:
    begun = enrolments.filter(enrolments.school_type == "GY", enrolments.start_date <= scope.period.as_of)
    begun = begun.filter(~begun.programme.fill_null("").upper().startswith("IM"))
    return begun.group_by("pupil").aggregate(first_start=begun.start_date.min())


def _parts(*texts: StringValue) -> StringValue:
    first, *rest = texts
    for text in rest:
        first = first + PART + text
    return first


def _joined(text: StringValue, order: StringValue) -> ibis.Value:
    return text.group_concat(ROW, order_by=[order, text])
