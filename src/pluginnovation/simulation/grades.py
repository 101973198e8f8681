"""Grades, warnings and study plans: what school's own judgement says beside attendance.

A grade follows how easy school comes to the pupil, the subject, chance, and how much teaching was missed.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pluginnovation.reference.course_codes import ENGLISH

from .chance import Bools, Floats, stream
from .lessons import SWEDISH, Totals, World, second_language, second_language_class
from .roster import as_date
from .structure import SchoolClass
from .subjects import Subject, courses, gy25_level, level_code, taught

LETTERS = np.array(["F", "E", "D", "C", "B", "A"])
CUTS = np.array([-1.51, -0.45, 0.08, 0.72, 1.22])
# How much harder a subject is to pass, in standard deviations: mathematics 12.8 % F or dash in year 9 (2024).
HARDER = {"MA": 0.25, "MAT": 0.25, "EN": 0.0, "ENG": 0.0, "KE": 0.1, "FY": 0.1, "IDH": -0.15, "IDR": -0.15, "SL": -0.5,
          "BL": -0.4, "MU": -0.3, "HKK": -0.3, "GYA": -0.4}  # fmt: skip
ABSENCE_COSTS = 2.4  # standard deviations for a whole year away
DASH_FROM = 0.5  # share of absence from which there is nothing to judge
WARNINGS = ((date(2025, 10, 20), "HT", 2025), (date(2026, 3, 23), "VT", 2026))
TERM_ENDS = ((date(2025, 6, 11), "VT", 2025), (date(2025, 12, 18), "HT", 2025), (date(2026, 6, 10), "VT", 2026))

GRADES = {
    "student_id": pl.String, "subject_code": pl.String, "course_code": pl.String, "points": pl.Int32,
    "grade": pl.String, "registered_date": pl.Date, "semester": pl.String, "year": pl.Int16, "kind": pl.String,
    "language_choice": pl.Boolean,
}  # fmt: skip
When = tuple[date, str, int]
Row = tuple[str, str, str | None, int | None, str, date, str, int, str, bool | None]


@dataclass(frozen=True, slots=True)
class Graded:
    """The pupils of one class as their grades need them, one entry per pupil.

    id       the source's person id
    ability  standard normal
    share    part of the year's teaching missed
    sva      studies Swedish as a second language
    left     last day in any school, None for those who are still there
    """

    id: list[str]
    ability: Floats
    share: Floats
    sva: Bools
    left: list[date | None]

    def there(self, pupil: int, when: When) -> bool:
        """Whether a pupil is still in school on a day."""
        left = self.left[pupil]
        return left is None or left >= when[0]


def grade_rows(world: World, totals: Totals) -> pl.DataFrame:
    """The rows of grades.csv."""
    left = _left_on(world)
    share = np.nan_to_num(totals.share, nan=0.1)
    frames = [pl.DataFrame(schema=GRADES)]
    for each, members in zip(world.region.classes, world.members, strict=True):
        graded = Graded(
            id=world.pupils.id[members].tolist(),
            ability=world.pupils.ability[members],
            share=share[members],
            sva=world.pupils.sva[members] & second_language_class(world, each),
            left=[left.get(pupil) for pupil in members.tolist()],
        )
        rng = stream(world.region.seed, "grades", *each.place)
        # Frame by frame: the rows of a whole region as Python objects would fill the memory.
        frames.append(class_grades(each, graded, rng))
    return pl.concat(frames)


def class_grades(each: SchoolClass, graded: Graded, rng: np.random.Generator) -> pl.DataFrame:
    """The rows of one class."""
    rows: list[Row] = []
    if each.school.school_type == "GY" and not each.introductory:
        rows = _upper_secondary(each, graded, rng)
    elif each.year >= 6 or each.introductory:
        rows = _compulsory(each, graded, rng)
    return pl.DataFrame(rows, schema=GRADES, orient="row")


def shifted(grades: pl.DataFrame, years: int) -> pl.DataFrame:
    """The same grades so many years earlier."""
    return grades.with_columns(
        registered_date=pl.col("registered_date").dt.offset_by(f"-{years}y"), year=pl.col("year") - years
    )


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


def _levels(graded: Graded, subjects: tuple[Subject, ...], rng: np.random.Generator) -> Floats:
    """How well each pupil does in each subject; about standard normal."""
    harder = np.array([HARDER.get(subject.code, 0.0) for subject in subjects])
    own = 0.92 * graded.ability - ABSENCE_COSTS * (graded.share - 0.1)
    chance = rng.standard_normal((len(own), len(subjects)))
    return np.asarray(own[:, None] + 0.33 * chance - harder)


def _compulsory(each: SchoolClass, graded: Graded, rng: np.random.Generator) -> list[Row]:
    """Term grades in years 6-9, final ones in the last term of year 9; introductory programmes give trials."""
    subjects = taught(each.school.school_type, each.year, each.programme)
    level = _levels(graded, subjects, rng) - (0.9 if each.introductory else 0.0)
    own = _own_subjects(graded, subjects)
    first_term = 1 if each.year <= 6 or each.introductory else 0
    rows: list[Row] = []
    for number, when in enumerate(TERM_ENDS[first_term:], start=first_term):
        last = number == len(TERM_ENDS) - 1
        kind = "trial" if each.introductory else "final" if last and each.year == 9 else "term"
        grades = _letters(level + 0.25 * rng.standard_normal(level.shape), graded.share)
        for i, pupil in enumerate(graded.id):
            if graded.there(i, when):
                rows += [_row(pupil, s, grades[i, j], when, kind) for j, s in enumerate(own[i])]
    return rows + _warnings(graded, own, level, rng)


def _own_subjects(graded: Graded, subjects: tuple[Subject, ...]) -> list[tuple[Subject, ...]]:
    """Each pupil's subjects: with Swedish, or with Swedish as a second language in its place."""
    other = tuple(second_language(s) if s.code in SWEDISH else s for s in subjects)
    return [other if sva else subjects for sva in graded.sva]


def _row(pupil: str, subject: Subject, grade: str, when: When, kind: str) -> Row:
    choice = True if subject.code == "ML" else None
    code = "M2" if subject.code == "ML" else subject.code
    return (pupil, code, subject.course or None, subject.points or None, str(grade), *when, kind, choice)


def _warnings(
    graded: Graded, own: list[tuple[Subject, ...]], level: Floats, rng: np.random.Generator
) -> list[Row]:  # fmt: skip
    """Warnings of an F in mid-term: for most who will get one, and for some who won't."""
    rows: list[Row] = []
    for when in WARNINGS:
        warned = level + 0.3 * rng.standard_normal(level.shape) < CUTS[0] + 0.05
        rows += [
            _row(graded.id[i], own[i][j], "F", when, "warning")
            for i, j in zip(*(each.tolist() for each in np.nonzero(warned)), strict=True)
            if graded.there(i, when)
        ]
    return rows


def _upper_secondary(each: SchoolClass, graded: Graded, rng: np.random.Generator) -> list[Row]:
    """Course grades: those of earlier years in their June, small ones of this year in December, the rest in June."""
    rows: list[Row] = []
    for year in range(1, each.year + 1):
        subjects = _cohort_courses(each, year)
        level = _levels(graded, subjects, rng) + 0.25
        grades = _letters(level, graded.share)
        own = _own_subjects(graded, subjects)
        ended = 2026 - (each.year - year)
        for j, subject in enumerate(subjects):
            early = subject.points == 50
            when = (date(ended - 1, 12, 18), "HT", ended - 1) if early else (date(ended, 6, 10), "VT", ended)
            rows += [
                _row(pupil, own[i][j], grades[i, j], when, "final")
                for i, pupil in enumerate(graded.id)
                if graded.there(i, when)
            ]
        if year == each.year:
            rows += _warnings(graded, own, level, rng)
    return rows


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
