"""Study plans: which courses a programme has in each of its years, under the curriculum that its pupils began under."""

import polars as pl

from pluginnovation.reference.course_codes import ENGLISH

from .cohorts import AUTUMN
from .lessons import World
from .structure import SchoolClass
from .subjects import PROGRAMMES, Subject, courses, gy25_level, level_code


def courses_taken(programme: int, year: int, autumn: int) -> tuple[Subject, ...]:
    """The courses of one year of a programme, as they were given in a school year.

    Takes   programme   place in PROGRAMMES
            autumn      the half-year in which the school year began: Gy25 began with the first year of 2025/26
    """
    found = courses(PROGRAMMES[programme].code, year)
    if year == 1 and autumn < AUTUMN:
        return tuple(_as_gy11(subject) for subject in found)
    return found


def _cohort_courses(each: SchoolClass, year: int) -> tuple[Subject, ...]:
    """The courses a class had in one of its years, with the codes of the curriculum it began under."""
    found = courses(each.programme, year)
    if year == 1 and each.year > 1:
        return tuple(_as_gy11(subject) for subject in found)
    return found


def _as_gy11(subject: Subject) -> Subject:
    level = int(subject.course[4]) + (4 if subject.code == ENGLISH else 0)
    name = subject.name.split(" nivå ")[0]
    return Subject(subject.code, f"{name} {level}", subject.lessons, f"{subject.code * 2}{level:02d}", subject.points)


def _as_gy25(subject: Subject) -> Subject:
    level = int(subject.course[-2:])
    name, course = subject.name.rsplit(" ", 1)[0], level_code(subject.code, level)
    return Subject(
        subject.code, f"{name} nivå {gy25_level(subject.code, level)}", subject.lessons, course, subject.points
    )


def study_plan_rows(world: World) -> pl.DataFrame:
    """The rows of study_plans.csv: the three years of everyone on a national programme."""
    parts = []
    for each in world.region.classes:
        if each.school.school_type != "GY" or each.introductory:
            continue
        plan = _plan(each)
        members = world.pupils.id[world.members[each.no]].tolist()
        pupils = pl.DataFrame({"student_id": members}, schema={"student_id": pl.String})
        parts.append(pupils.join(plan, how="cross"))
    schema = {"student_id": pl.String, "course_code": pl.String, "subject_code": pl.String, "points": pl.Int32,
              "planned_semester": pl.String, "required": pl.Boolean}  # fmt: skip
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _plan(each: SchoolClass) -> pl.DataFrame:
    rows = []
    for year in (1, 2, 3):
        for subject in _cohort_courses(each, year):
            planned = _as_gy25(subject) if each.year == 1 and year > 1 else subject
            ended = 2026 - (each.year - year)
            semester = f"{ended - 1}HT" if subject.points == 50 else f"{ended}VT"
            rows.append((planned.course, planned.code, planned.points, semester, True))
    schema = {"course_code": pl.String, "subject_code": pl.String, "points": pl.Int32, "planned_semester": pl.String,
              "required": pl.Boolean}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
