"""Grades, warnings and study plans: what school's own judgement says beside attendance.

A grade follows how easy school comes to the pupil, the subject, chance, and how much teaching was missed.
"""

from datetime import date

import numpy as np
import polars as pl

from .chance import Bools, Floats, Ints, stream
from .lessons import Totals, World, class_subjects, second_language, second_language_class
from .roster import as_date
from .structure import SchoolClass
from .subjects import Subject, courses, taught

LETTERS = np.array(["F", "E", "D", "C", "B", "A"])
CUTS = np.array([-1.42, -0.45, 0.08, 0.72, 1.22])
# How much harder a subject is to pass, in standard deviations: mathematics 12.8 % F or dash in year 9 (2024).
HARDER = {"MA": 0.26, "MAT": 0.26, "EN": 0.0, "ENG": 0.0, "KE": 0.1, "FY": 0.1, "IDH": -0.15, "IDR": -0.15, "SL": -0.5,
          "BL": -0.4, "MU": -0.3, "HKK": -0.3, "GYA": -0.4}  # fmt: skip
ABSENCE_COSTS = 2.4  # standard deviations for a whole year away
DASH_FROM = 0.5  # share of absence from which there is nothing to judge
WARNINGS = ((date(2025, 10, 20), "HT", 2025), (date(2026, 3, 23), "VT", 2026))
TERM_ENDS = ((date(2025, 6, 11), "VT", 2025), (date(2025, 12, 18), "HT", 2025), (date(2026, 6, 10), "VT", 2026))

_SCHEMA = {
    "student_id": pl.String, "subject_code": pl.String, "course_code": pl.String, "points": pl.Int32, "grade": pl.String,
    "registered_date": pl.Date, "semester": pl.String, "year": pl.Int16, "kind": pl.String, "language_choice": pl.Boolean,
}  # fmt: skip
Row = tuple[str, str, str | None, int | None, str, date, str, int, str, bool | None]


def grade_rows(world: World, totals: Totals) -> pl.DataFrame:
    """The rows of grades.csv."""
    left = _left_on(world)
    share = np.nan_to_num(totals.share, nan=0.1)
    rows: list[Row] = []
    order = np.argsort(world.pupils.class_no, kind="stable")
    cuts = np.searchsorted(world.pupils.class_no[order], np.arange(1, len(world.region.classes)))
    for each, members in zip(world.region.classes, np.split(order, cuts), strict=True):
        if each.school.school_type == "GY" and not each.introductory:
            rows += _upper_secondary(world, each, members, share[members], left)
        elif each.year >= 6 or each.introductory:
            rows += _compulsory(world, each, members, share[members], left)
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _left_on(world: World) -> dict[int, date]:
    """The last day of those who aren't in any school any more."""
    last: dict[int, date | None] = {}
    for pupil, day in zip(world.roster.pupil.tolist(), world.roster.last.tolist(), strict=True):
        last[pupil] = as_date(day)
    return {pupil: day for pupil, day in last.items() if day is not None}


def _letters(level: Floats, absent: Floats) -> np.ndarray:
    """Grades of levels; a dash where most of the teaching was missed."""
    grades = LETTERS[np.searchsorted(CUTS, level)]
    return np.where((absent >= DASH_FROM)[:, None] & (level < CUTS[1]), "-", grades)


def _levels(
    world: World, members: Ints, subjects: tuple[Subject, ...], share: Floats, rng: np.random.Generator
) -> Floats:
    """How well each member does in each subject; about standard normal."""
    harder = np.array([HARDER.get(subject.code, 0.0) for subject in subjects])
    own = 0.85 * world.pupils.ability[members] - ABSENCE_COSTS * (share - 0.1)
    return own[:, None] + 0.45 * rng.standard_normal((len(members), len(subjects))) - harder


def _compulsory(world: World, each: SchoolClass, members: Ints, share: Floats, left: dict[int, date]) -> list[Row]:
    """Term grades in years 6-9, final ones in the last term of year 9; introductory programmes give trials."""
    rng = stream(world.region.seed, "grades", each.no)
    subjects = taught(each.school.school_type, each.year, each.programme)
    level = _levels(world, members, subjects, share, rng) - (0.9 if each.introductory else 0.0)
    swedish = [second_language(s) if s.code == "SV" else s for s in subjects]
    sva = world.pupils.sva[members] & second_language_class(world, each)
    first_term = 1 if each.year <= 6 or each.introductory else 0
    rows: list[Row] = []
    for number, (day, semester, year) in enumerate(TERM_ENDS[first_term:], start=first_term):
        last = number == len(TERM_ENDS) - 1
        kind = "trial" if each.introductory else "final" if last and each.year == 9 else "term"
        grades = _letters(level + 0.25 * rng.standard_normal(level.shape), share)
        for i, pupil in enumerate(members.tolist()):
            if left.get(pupil, day) >= day:
                rows += [
                    _row(world, pupil, swedish[j] if sva[i] else s, grades[i, j], (day, semester, year), kind)
                    for j, s in enumerate(subjects)
                ]
    return rows + _warnings(world, members, [swedish if s else list(subjects) for s in sva], level, left, rng)


def _row(world: World, pupil: int, subject: Subject, grade: str, when: tuple[date, str, int], kind: str) -> Row:
    choice = True if subject.code == "ML" else None
    code = "M2" if subject.code == "ML" else subject.code
    return (
        world.pupils.id[pupil],
        code,
        subject.course or None,
        subject.points or None,
        str(grade),
        *when,
        kind,
        choice,
    )


def _warnings(
    world: World, members: Ints, subjects: list[list[Subject]], level: Floats, left: dict[int, date],
    rng: np.random.Generator,
) -> list[Row]:  # fmt: skip
    """Warnings of an F in mid-term: for most who will get one, and for some who won't."""
    rows: list[Row] = []
    for when in WARNINGS:
        warned: Bools = level + 0.3 * rng.standard_normal(level.shape) < CUTS[0] + 0.05
        for i, j in zip(*np.nonzero(warned), strict=True):
            pupil = int(members[i])
            if left.get(pupil, when[0]) >= when[0]:
                rows.append(_row(world, pupil, subjects[i][j], "F", when, "warning"))
    return rows


def _upper_secondary(world: World, each: SchoolClass, members: Ints, share: Floats, left: dict[int, date]) -> list[Row]:
    """Course grades: those of earlier years in their June, small ones of this year in December, the rest in June."""
    rng = stream(world.region.seed, "grades", each.no)
    sva = world.pupils.sva[members] & second_language_class(world, each)
    rows: list[Row] = []
    for year in range(1, each.year + 1):
        # Codes follow the plan under which this cohort began: only first-years have Gy25.
        subjects = _cohort_courses(each, year)
        level = _levels(world, members, subjects, share, rng) + 0.25
        grades = _letters(level, share)
        ended = 2026 - (each.year - year)
        for j, subject in enumerate(subjects):
            early = subject.points == 50
            when = (date(ended - 1, 12, 18), "HT", ended - 1) if early else (date(ended, 6, 10), "VT", ended)
            swap = second_language(subject) if subject.code == "SVE" else subject
            rows += [
                _row(world, pupil, swap if sva[i] else subject, grades[i, j], when, "final")
                for i, pupil in enumerate(members.tolist())
                if left.get(pupil, when[0]) >= when[0]
            ]
        if year == each.year:
            lists = [[second_language(s) if s.code == "SVE" and own else s for s in subjects] for own in sva]
            rows += _warnings(world, members, lists, level, left, rng)
    return rows


def _cohort_courses(each: SchoolClass, year: int) -> tuple[Subject, ...]:
    """The courses a class had in one of its years, with the codes of the curriculum it began under."""
    found = courses(each.programme, year)
    if year == 1 and each.year > 1:
        return tuple(_as_gy11(subject) for subject in found)
    return found


def _as_gy11(subject: Subject) -> Subject:
    level = int(subject.course[4])
    name = subject.name.split(" nivå ")[0]
    return Subject(subject.code, f"{name} {level}", subject.lessons, f"{subject.code * 2}{level:02d}", subject.points)


def _as_gy25(subject: Subject) -> Subject:
    level = int(subject.course[-2:])
    name = subject.name.rsplit(" ", 1)[0]
    return Subject(
        subject.code,
        f"{name} nivå {level}",
        subject.lessons,
        f"{subject.code}{subject.code[0]}{level}000X",
        subject.points,
    )


def study_plan_rows(world: World) -> pl.DataFrame:
    """The rows of study_plans.csv: the three years of everyone on a national programme."""
    parts = []
    for each in world.region.classes:
        if each.school.school_type != "GY" or each.introductory:
            continue
        plan = _plan(each)
        members = world.pupils.id[world.pupils.class_no == each.no].tolist()
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


def eligible(grades: pl.DataFrame) -> tuple[int, int]:
    """How many with final grades may enter a vocational programme, and how many have final grades.

    Passes in Swedish (or as a second language), English, mathematics and five more (Education Act 16 chap. 30 §).
    """
    final = grades.filter(pl.col("kind") == "final", pl.col("course_code").is_null())
    passed = ~pl.col("grade").is_in(["F", "-"])
    per_pupil = final.group_by("student_id").agg(
        swedish=(passed & pl.col("subject_code").is_in(["SV", "SVA"])).any(),
        english=(passed & (pl.col("subject_code") == "EN")).any(),
        mathematics=(passed & (pl.col("subject_code") == "MA")).any(),
        passes=passed.sum(),
    )
    able = per_pupil.filter("swedish", "english", "mathematics", pl.col("passes") >= 8)
    return len(able), len(per_pupil)
