"""Rows of grades.csv from arrays: one entry per grade, and the days on which grades are given."""

from dataclasses import dataclass
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
LETTERS = pl.Series(["-", "F", "E", "D", "C", "B", "A"])  # of the lives' grades, from -1
_BEFORE_THE_END = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Given:
    """Some grades of one kind and half-year, one entry each.

    person   place in the cohorts
    code     subject
    grade    as in the lives: -1 dash, 0 F, 1 E … 5 A
    course, points   of upper secondary courses; null otherwise
    """

    person: Ints
    code: pl.Series
    grade: Ints
    course: pl.Series
    points: pl.Series


def without_course(person: Ints, code: pl.Series, grade: Ints) -> Given:
    """Grades in subjects of compulsory school."""
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(person))
    return Given(person, code, grade, none, none.cast(pl.Int32))


def joined(parts: list[Given]) -> Given:
    """Several as one."""
    return Given(
        np.concatenate([part.person for part in parts]),
        pl.concat([part.code for part in parts]),
        np.concatenate([part.grade for part in parts]),
        pl.concat([part.course for part in parts]),
        pl.concat([part.points for part in parts]),
    )


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
    term, year = "VT" if day.month < 7 else "HT", day.year
    frame = pl.DataFrame(
        {
            "student_id": world.ids.gather(given.person),
            "subject_code": given.code,
            "course_code": given.course,
            "points": given.points,
            "grade": LETTERS.gather(given.grade.astype(np.int64) + 1),
        }
    )
    said = {"registered_date": day, "semester": term, "year": year, "kind": kind}
    choice = pl.when(pl.col("subject_code") == "M2").then(pl.lit(True))
    frame = frame.with_columns(language_choice=choice, **{name: pl.lit(value) for name, value in said.items()})
    return frame.select(pl.col(name).cast(dtype) for name, dtype in GRADES.items())
