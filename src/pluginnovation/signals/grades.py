"""The grades that hold: of each subject and each course the latest.

A term's grade, a final one, one by examination and a warning all say how things stand on their day; the latest counts.
"""

from dataclasses import dataclass
from typing import Final

import ibis
from ibis.expr.types import StringValue, Table

from pluginnovation.records.facts import Facts
from pluginnovation.reference.grade_scales import NO_BASIS, PASSES
from pluginnovation.reference.year_models import year_model_on
from pluginnovation.signals.grade_codes import CODE, code_pairs, placed_codes
from pluginnovation.signals.scope import Keep, Scope, not_kept
from pluginnovation.signals.stays import UPPER_SECONDARY, last_day

# Of grades on the same day, the first of these counts.
KINDS: Final = ("final", "trial", "term", "warning")
PASSED, FAILED, NO_GRADE = "P", "F", "."


@dataclass(frozen=True, slots=True)
class Grades:
    """What every grade signal is made from. Pupils and codes go by numbers here, since grades are many.

    pupils   source, pupil, school, pupil_no, in_compulsory, in_upper (see `graded_pupils`)
    codes    see `grade_codes.placed_codes`
    rows     the pupils' grades up to the day: pupil_no, code_no, unit_no, is_course, grade, points, registered_date,
             kind, semester, year, place (later ones have a higher one; a pupil's are all different)
    latest   of those the latest of each pupil and unit
    """

    pupils: Table
    codes: Table
    rows: Table
    latest: Table

    def of_courses(self) -> Table:
        """The latest grade of each course, with `passed` and what its code stands for."""
        return _with_codes(self.latest, self.codes.filter(self.codes.is_course))

    def of_subjects(self) -> Table:
        """The latest grade of each subject of compulsory school, with `passed` and what its code stands for."""
        return _with_codes(self.latest, self.codes.filter(~self.codes.is_course))


def grades_of(facts: Facts, enrolments: Table, scope: Scope, *, keep: Keep = not_kept) -> Grades:
    """The pupils that grade signals are about, and their grades up to the day.

    Takes   facts        grades, study_plans
            enrolments   of the pupils that are asked for
            scope        of the day
    Gives   see `Grades`
    Raises  nothing: grades were checked against the scale of their day when they were read in
    """
    pupils = keep(graded_pupils(enrolments, scope), "grade_pupils")
    pairs = code_pairs(facts.grades).select(*CODE).union(code_pairs(facts.study_plans).select(*CODE))
    codes = keep(placed_codes(pairs), "grade_codes")
    rows = keep(counted_grades(facts.grades, codes, pupils, scope=scope), "grade_rows")
    return Grades(pupils, codes, rows, keep(latest_grades(rows), "grade_latest"))


def graded_pupils(enrolments: Table, scope: Scope) -> Table:
    """Whoever is enrolled on the day, and has neither died nor moved abroad.

    Takes   enrolments   pupil, school_type, school_year (null: not told), start_date, end_date (null: open)
    Gives   source, pupil, school, pupil_no, in_compulsory (in a year with grades), in_upper (upper secondary school)
    """
    as_of = scope.period.as_of
    model = year_model_on(as_of)
    there = enrolments.filter(enrolments.start_date <= as_of, last_day(enrolments) >= as_of)
    upper = there.school_type.isin(UPPER_SECONDARY)
    in_years = ~upper & there.school_year.between(model.first_graded, model.last)
    where = there.group_by("pupil").aggregate(
        in_upper=upper.any().fill_null(False), in_compulsory=in_years.any().fill_null(False)
    )
    at = scope.school.filter(scope.school.enrolled).anti_join(scope.gone, "pupil")
    rows = at.select("source", "pupil", "school").join(where, "pupil")
    return rows.mutate(pupil_no=ibis.row_number().over(ibis.window(order_by="pupil")))


def counted_grades(grades: Table, codes: Table, pupils: Table, *, scope: Scope) -> Table:
    """The grades of the pupils up to the day, numbered from the first to the latest (see `Grades.rows`).

    On one day a final grade is later than one by examination, then come term grades and warnings, then the last row.
    """
    upto = code_pairs(grades.filter(grades.registered_date <= scope.period.as_of))
    named = upto.join(codes.select(*CODE, "code_no", "unit_no", "is_course"), CODE)
    named = named.join(pupils.select("pupil", "pupil_no"), "pupil")
    kind = named.kind.cases(*((word, len(KINDS) - at) for at, word in enumerate(KINDS)), else_=0)
    order = [named.registered_date, kind, named.import_id, named.file_no, named.row_no]
    return named.select(
        "pupil_no", "code_no", "unit_no", "is_course", "grade", "points", "registered_date", "kind", "semester", "year",
        place=ibis.row_number().over(ibis.window(group_by="pupil_no", order_by=order)),
    )  # fmt: skip


def latest_grades(rows: Table) -> Table:
    """Of each pupil's subjects and courses the latest grade: the rows of `Grades.rows`, one per pupil and unit."""
    last = rows.group_by(["pupil_no", "unit_no"]).aggregate(place=rows.place.max())
    return rows.semi_join(last, ["pupil_no", "place"])


def mark(grade: StringValue) -> StringValue:
    """One letter for how a subject stands: PASSED, FAILED, or NO_BASIS."""
    return ibis.cases((grade.isin(sorted(PASSES)), PASSED), (grade == NO_BASIS, NO_BASIS), else_=FAILED)


def result_rows(pupils: Table, told: Table) -> Table:
    """What `result.shaped` takes: every pupil, with what a signal tells of them or nothing.

    Takes   pupils   source, pupil, school, pupil_no
            told     pupil_no, first_date, last_date (days of grades), …
    """
    rows = pupils.select("source", "pupil", "school", "pupil_no").left_join(told, "pupil_no").drop("pupil_no_right")
    return rows.mutate(school_days=ibis.null("int32"), last_reported=rows.last_date)


def _with_codes(rows: Table, codes: Table) -> Table:
    named = rows.drop("unit_no", "is_course").join(codes, "code_no")
    return named.mutate(passed=named.grade.isin(sorted(PASSES)))
