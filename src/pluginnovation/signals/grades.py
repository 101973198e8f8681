"""The grades that hold: of each subject and each course the latest.

A grade of a school year, a final one, one by examination and a warning all say how things stand on their day; the
latest of them counts.
"""

from dataclasses import dataclass
from typing import Final

import ibis
from ibis.expr.types import StructValue, Table, Value

from pluginnovation.records.facts import Facts
from pluginnovation.reference.compulsory_subjects import MODERN_LANGUAGES
from pluginnovation.reference.grade_scales import NO_BASIS, PASSES
from pluginnovation.reference.year_models import year_model_on
from pluginnovation.signals.grade_codes import placed_codes
from pluginnovation.signals.scope import Keep, Scope, not_kept
from pluginnovation.signals.stays import UPPER_SECONDARY, last_day

# Of grades on the same day, the first of these counts.
KINDS: Final = ("final", "trial", "term", "warning")
BY_CHOICE, AS_CHOICE = MODERN_LANGUAGES
NO_DAY: Final = ibis.null("date")


@dataclass(frozen=True, slots=True)
class Grades:
    """What every grade signal is made from.

    pupils     source, pupil, school, in_compulsory, in_upper (bool): enrolled on the day, and neither dead nor abroad
    codes      as `grade_codes.placed_codes` gives them
    rows       the pupils' grades up to the day: source's columns, with those of `codes`, and `place` (see `_places`)
    latest     pupil, unit, subject, course, grade, passed, registered_date, points: one per unit, the latest
    """

    pupils: Table
    codes: Table
    rows: Table
    latest: Table


def grades_of(facts: Facts, scope: Scope, *, keep: Keep = not_kept) -> Grades:
    """The pupils that grade signals are about, and their grades up to the day.

    Takes   facts   enrolments, grades, study_plans
            scope   of the day
    Gives   see `Grades`
    Raises  nothing: grades were checked against the scale of their day when they were read in
    """
    pupils = keep(graded_pupils(facts.enrolments, scope), "grade_pupils")
    grades, plans = facts.grades, facts.study_plans
    pairs = grades.select("subject", "course").union(plans.select("subject", "course"))
    codes = keep(placed_codes(pairs), "grade_codes")
    rows = keep(counted_grades(grades, codes, pupils, scope=scope), "grade_rows")
    return Grades(pupils, codes, rows, keep(latest_grades(rows), "grade_latest"))


def graded_pupils(enrolments: Table, scope: Scope) -> Table:
    """Whoever is enrolled on the day: source, pupil, school, in_compulsory (a year with grades), in_upper."""
    as_of = scope.period.as_of
    model = year_model_on(as_of)
    there = enrolments.filter(enrolments.start_date <= as_of, last_day(enrolments) >= as_of)
    upper = there.school_type.isin(UPPER_SECONDARY)
    in_years = ~upper & there.school_year.between(model.first_graded, model.last)
    where = there.group_by("pupil").aggregate(
        in_upper=upper.any().fill_null(False), in_compulsory=in_years.any().fill_null(False)
    )
    at = scope.school.filter(scope.school.enrolled).anti_join(scope.gone, "pupil")
    return at.select("source", "pupil", "school").join(where, "pupil")


def counted_grades(grades: Table, codes: Table, pupils: Table, *, scope: Scope) -> Table:
    """The grades of the pupils up to the day, each with what its codes stand for.

    Gives   pupil, unit, is_course, subject, course (empty for none), grade, passed, points, registered_date, kind,
            semester, year, is_choice (a modern language taken as språkval; null: not told), place
    """
    upto = grades.filter(grades.registered_date <= scope.period.as_of).semi_join(pupils, "pupil")
    upto = upto.mutate(subject=upto.subject.fill_null(""), course=upto.course.fill_null(""))
    named = upto.join(codes.select("subject", "course", "unit", "is_course"), ["subject", "course"])
    # The curriculum has one code for both kinds of modern language; the flag tells them apart.
    told = named.unit.isin(MODERN_LANGUAGES) & named.language_choice.notnull()
    return named.select(
        "pupil", "is_course", "subject", "course", "grade", "points", "registered_date", "kind", "semester", "year",
        unit=ibis.ifelse(told, ibis.ifelse(named.language_choice, AS_CHOICE, BY_CHOICE), named.unit),
        passed=named.grade.isin(sorted(PASSES)),
        is_choice=named.language_choice,
        place=_place(named),
    )  # fmt: skip


def latest_grades(rows: Table) -> Table:
    """Of each pupil's subjects and courses the latest grade; on one day final, trial, term, warning, then the last row.

    Takes   rows   as `counted_grades` gives them
    Gives   pupil, unit, is_course, subject, course, grade, passed, points, registered_date
    """
    columns = ("is_course", "subject", "course", "grade", "passed", "points", "registered_date")
    row = ibis.struct({name: rows[name] for name in columns})
    best = rows.group_by(["pupil", "unit"]).aggregate(best=row.argmax(by_day(rows)))
    return best.select("pupil", "unit", **{name: best.best[name] for name in columns})


def by_day(rows: Table) -> StructValue:
    """What the latest of several grades is told by."""
    return rows.place


def mark(grade: Value, passed: Value) -> Value:
    """One letter for how a subject stands: P passed, - no basis, F not passed."""
    return ibis.cases((passed, "P"), (grade == NO_BASIS, NO_BASIS), else_="F")


def _place(rows: Table) -> StructValue:
    kind = rows.kind.cases(*((word, len(KINDS) - at) for at, word in enumerate(KINDS)), else_=0)
    return ibis.struct(
        {
            "on": rows.registered_date,
            "kind": kind,
            "import_id": rows.import_id,
            "file_no": rows.file_no,
            "row_no": rows.row_no,
        }
    )


def result_rows(pupils: Table, told: Table) -> Table:
    """What `result.shaped` takes: every pupil, with what a signal tells of them or nothing.

    Takes   pupils   source, pupil, school
            told     pupil, first_date, last_date (days of grades), …
    """
    rows = pupils.select("source", "pupil", "school").left_join(told, "pupil").drop("pupil_right")
    return rows.mutate(school_days=ibis.null("int32"), last_reported=rows.last_date)
