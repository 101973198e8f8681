"""Grades and warnings of compulsory school and of introductory programmes: what the lives have, as rows."""

from datetime import date

import numpy as np
import polars as pl

from .chance import Bools, Ints
from .cohorts import AUTUMN
from .course_grades import course_grades, former_course_grades
from .grade_rows import GRADES, as_rows, graded_on, still_there, without_course
from .lessons import SECOND, World
from .lives.levels import FIRST_GRADED_TERM, NONE, SUBJECTS, SV
from .lives.seam import LAST_COMPULSORY_TERM
from .school_places import school_places
from .subjects import INTRODUCTORY, YEARS_5_6

WARNED_ON = {AUTUMN: date(2025, 10, 20), AUTUMN + 1: date(2026, 3, 23)}
_CODES = pl.Series([*SUBJECTS, SECOND])
_IN_YEAR_6 = np.isin(SUBJECTS, [subject.code for subject in YEARS_5_6])
_TRIALS = np.array([SUBJECTS.index(subject.code) for subject in INTRODUCTORY])


def grade_rows(world: World) -> pl.DataFrame:
    """The rows of grades.csv for this year's pupils: of its terms, and of the spring before it.

    Courses of earlier years stand here too.
    """
    frames = [pl.DataFrame(schema=GRADES)]
    now = np.zeros(len(world.cohorts), dtype=bool)
    now[world.pupils.person] = True
    places = school_places(world.cohorts, world.offered, AUTUMN)
    same_stage = now & ~places.upper & places.there
    frames.append(compulsory_grades(world, AUTUMN - 1, same_stage))
    for half in (AUTUMN, AUTUMN + 1):
        there = still_there(world, graded_on(half))
        frames.append(compulsory_grades(world, half, there))
        frames.append(_trials(world, half, there))
        frames.append(_warnings(world, half, still_there(world, WARNED_ON[half])))
    frames += course_grades(world)
    return pl.concat(frames)


def earlier_grades(world: World, years: int) -> pl.DataFrame:
    """Grades of compulsory school in the school years before this one, and the courses of those who are gone.

    Takes   years   how many school years
    """
    frames = [pl.DataFrame(schema=GRADES)]
    now = np.zeros(len(world.cohorts), dtype=bool)
    now[world.pupils.person] = True
    stays = now & ~school_places(world.cohorts, world.offered, AUTUMN).upper
    told = told_of(world, years)
    frames += [compulsory_grades(world, half, told) for half in range(AUTUMN - 2 * years, AUTUMN - 1)]
    # The spring before this year stands among this year's rows for those who are in the same school still.
    frames.append(compulsory_grades(world, AUTUMN - 1, told & ~stays))
    return pl.concat([*frames, *former_course_grades(world, told & ~now)])


def told_of(world: World, years: int) -> Bools:
    """Who was in school in one of so many school years before this one, or is now."""
    found = np.zeros(len(world.cohorts), dtype=bool)
    found[world.stretches.person[world.stretches.last >= AUTUMN - 2 * years]] = True
    return found


def compulsory_grades(world: World, half_year: int, among: Bools) -> pl.DataFrame:
    """One term's grades of those who are in years 6-9 then: final ones at the end of year 9."""
    places = school_places(world.cohorts, world.offered, half_year)
    term = world.cohorts.term(half_year)
    graded = among & places.there & (term >= FIRST_GRADED_TERM) & (term <= LAST_COMPULSORY_TERM)
    frames = [pl.DataFrame(schema=GRADES)]
    for number in np.unique(term[graded]).tolist():
        person = np.flatnonzero(graded & (term == number))
        grade = world.cohorts.lives.grades[number - FIRST_GRADED_TERM][:, person].T
        given = (grade != NONE) & (_IN_YEAR_6 | (number >= FIRST_GRADED_TERM + 2))
        row, subject = np.nonzero(given)
        codes = _codes(world, person[row], subject)
        kind = "final" if number == LAST_COMPULSORY_TERM else "term"
        frames.append(as_rows(world, without_course(person[row], codes, grade[given]), graded_on(half_year), kind))
    return pl.concat(frames)


def _codes(world: World, person: Ints, subject: Ints) -> pl.Series:
    second = (subject == SV) & world.reads_second[person]
    return _CODES.gather(np.where(second, len(SUBJECTS), subject))


def _trials(world: World, half_year: int, among: Bools) -> pl.DataFrame:
    """What pupils on introductory programmes get: as many F as the term has, in what they found hardest in year 9."""
    lives = world.cohorts.lives
    places = school_places(world.cohorts, world.offered, half_year)
    person = np.flatnonzero(among & places.there & places.introductory())
    final = lives.grades[-1][_TRIALS][:, person].astype(np.int64)
    failed = world.cohorts.at(half_year, lives.failed, 0)[person]
    chance = world.cohorts.chance(f"trials {half_year}", len(_TRIALS) + 1)[:, person]
    hardest = np.argsort(np.argsort(final + 0.9 * chance[1:], axis=0), axis=0)
    number = np.floor(failed / 5 * len(_TRIALS) + chance[0])
    grade = np.where(hardest < number, 0, np.clip(final, 1, 3)).T
    row, subject = np.nonzero(np.ones_like(grade, dtype=bool))
    codes = _codes(world, person[row], _TRIALS[subject])
    return as_rows(world, without_course(person[row], codes, grade.ravel()), graded_on(half_year), "trial")


def _warnings(world: World, half_year: int, among: Bools) -> pl.DataFrame:
    """Warnings of an F in mid-term: as many as the term has, in what then got the lowest grades."""
    lives = world.cohorts.lives
    term = world.cohorts.term(half_year)
    there = among & (term >= FIRST_GRADED_TERM) & (term <= LAST_COMPULSORY_TERM)
    frames = [pl.DataFrame(schema=GRADES)]
    for number in np.unique(term[there]).tolist():
        person = np.flatnonzero(there & (term == number))
        grade = lives.grades[number - FIRST_GRADED_TERM][:, person].astype(np.float64)
        taken = (grade != NONE) & (_IN_YEAR_6 | (number >= FIRST_GRADED_TERM + 2))[:, None]
        order = (
            np.where(taken, grade, 9.0) + 0.5 * world.cohorts.chance(f"warned {half_year}", len(SUBJECTS))[:, person]
        )
        lowest = np.argsort(np.argsort(order, axis=0), axis=0)
        subject, row = np.nonzero((lowest < lives.warned[number, person]) & taken)
        codes = _codes(world, person[row], subject)
        given = without_course(person[row], codes, np.zeros(len(row), dtype=np.int64))
        frames.append(as_rows(world, given, WARNED_ON[half_year], "warning"))
    return pl.concat(frames)


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
