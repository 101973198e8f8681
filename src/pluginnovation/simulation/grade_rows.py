"""Rows of grades.csv from arrays: one entry per grade, and the days on which grades are given."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import polars as pl

from .chance import Ints
from .lessons import World
from .school_year import FIRST_DAY, june

GRADES = {
    "student_id": pl.String, "subject_code": pl.String, "course_code": pl.String, "points": pl.Int32,
    "grade": pl.String, "registered_date": pl.Date, "semester": pl.String, "year": pl.Int16, "kind": pl.String,
    "language_choice": pl.Boolean,
}  # fmt: skip
LETTERS = np.array(["-", "F", "E", "D", "C", "B", "A"])  # of the lives' grades, from -1
_BEFORE_THE_END = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Given:
    """Some grades of one kind and half-year, one entry each.

    person   place in the cohorts
    code     subject
    grade    as in the lives: -1 dash, 0 F, 1 E … 5 A
    course, points   of upper secondary courses; empty text and 0 otherwise
    """

    person: Ints
    code: np.ndarray
    grade: Ints
    course: np.ndarray
    points: Ints


def without_course(person: Ints, code: np.ndarray, grade: Ints) -> Given:
    """Grades in subjects of compulsory school."""
    return Given(person, code, grade, np.full(len(person), "", dtype=object), np.zeros(len(person), dtype=np.int64))


def joined(parts: list[Given]) -> Given:
    """Several as one."""
    return Given(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Given)))


def graded_on(half_year: int) -> date:
    """The day on which a half-year's grades are registered."""
    return june(half_year // 2) - _BEFORE_THE_END if half_year % 2 == 0 else date(half_year // 2, 12, 18)


def still_there(world: World, day: date) -> np.ndarray:
    """For each person of the cohorts whether they, as pupils of this year, are in school on a day of it."""
    number = (day - FIRST_DAY).days
    there = (world.roster.first <= number) & (world.roster.last >= number)
    found = np.zeros(len(world.cohorts), dtype=bool)
    found[world.pupils.person[world.roster.pupil[there]]] = True
    return found


def as_rows(world: World, given: Given, day: date, kind: str) -> pl.DataFrame:
    """The rows of grades.csv."""
    size = len(given.person)
    frame = pl.DataFrame(
        {
            "student_id": pl.Series(world.cohorts.id[given.person].tolist(), dtype=pl.String),
            "subject_code": pl.Series(given.code.tolist(), dtype=pl.String),
            "course_code": pl.Series(given.course.tolist(), dtype=pl.String),
            "points": pl.Series(given.points, dtype=pl.Int32),
            "grade": pl.Series(LETTERS[given.grade.astype(np.int64) + 1].tolist(), dtype=pl.String),
            "registered_date": pl.Series([day] * size, dtype=pl.Date),
            "semester": pl.Series(["VT" if day.month < 7 else "HT"] * size, dtype=pl.String),
            "year": pl.Series([day.year] * size, dtype=pl.Int16),
            "kind": pl.Series([kind] * size, dtype=pl.String),
        }
    )
    return frame.with_columns(
        pl.when(pl.col("course_code") != "").then("course_code"),
        pl.when(pl.col("points") > 0).then("points"),
        language_choice=pl.when(pl.col("subject_code") == "M2").then(pl.lit(True)),
    ).select(pl.col(name).cast(dtype) for name, dtype in GRADES.items())
