"""Grades and warnings of upper secondary courses: as many failed as the life has, spread over the study plan's courses.

Lives have five courses a term that stand for a study plan's nine or so a year. How many of a year's courses are failed
follows how many of those ten were; which ones follows how hard a course is found, and chance. What was failed may be
passed later, and who takes a degree has passed what a degree asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from .chance import Bools, Floats, Ints
from .cohorts import AUTUMN
from .grade_rows import Given, as_rows, graded_on, joined, still_there
from .lessons import SWEDISH, World, second_language
from .lives.courses import DASH_FROM
from .lives.draws import COURSES
from .lives.levels import MERIT, SUBJECTS
from .lives.seam import LAST_COMPULSORY_TERM
from .lives.state import STAGES
from .school_places import SchoolPlaces, school_places
from .stretches import GONE
from .study_plans import courses_taken
from .subjects import Subject

WARNED_ON: Final = (date(2025, 10, 20), date(2026, 3, 23))
# How much harder a course is found than others; of those who fail some, most fail mathematics.
HARDER: Final = {"MAT": 0.9, "ENG": 0.2, "KEM": 0.3, "FYS": 0.3, "IDR": -0.4, "GYA": -0.8}
ASKED_FOR: Final = ("SVE", "ENG", "MAT", "GYA")  # by name in a degree, at some level
MOST_FAILED_IN_DEGREE: Final = 2  # courses of the second year, 250 points at most
MENDED: Final = 0.35  # of what others failed in earlier years; ours, between the lives' first term and their last
WARNED, WARNED_IN_VAIN = 0.8, 0.04  # of those who then fail, and of those who don't
MOST_COURSES: Final = 12
SMALL: Final = 50  # points; such a course ends in December


@dataclass(frozen=True, slots=True)
class _Taken:
    """The year of a study plan as some pupils of one programme took it: one school year, one entry per pupil.

    failed         of the ten courses that a year has in lives
    only_autumn    left before the courses of the spring were graded; only_spring: came after those of the autumn
    """

    autumn: int
    year: int
    programme: int
    person: Ints
    failed: Ints
    only_autumn: Bools
    only_spring: Bools


def course_grades(world: World) -> list[pl.DataFrame]:
    """The rows of this year's pupils: every course so far, and this year's warnings."""
    now = np.zeros(len(world.cohorts), dtype=bool)
    now[world.pupils.person] = True
    graded = _graded(world, list(_taken(world, now)))
    return [*_rows(world, graded), *_warnings(world, [pair for pair in graded if pair[0].autumn == AUTUMN])]


def former_course_grades(world: World, among: Bools) -> list[pl.DataFrame]:
    """The rows of those who aren't in school any more."""
    return _rows(world, _graded(world, list(_taken(world, among))))


def _taken(world: World, among: Bools) -> Iterator[_Taken]:
    """Every year of a study plan, each as it was taken last."""
    cohorts = world.cohorts
    halves = range(AUTUMN - 2 * 10, AUTUMN + 1, 2)
    latest = np.zeros((4, len(cohorts)), dtype=np.int64)
    years = {half: _study_year(world, half) for half in halves}
    for half in halves:
        for year in (1, 2, 3):
            latest[year, years[half][0] == year] = half
    for half in halves:
        study, autumn, spring = years[half]
        ended = graded_on(half + 1)
        began = autumn.there & ~autumn.introductory()
        programme = np.where(began, autumn.programme, spring.programme)
        if half == AUTUMN:
            there = still_there(world, graded_on(half)), still_there(world, ended)
        else:
            there = ~_left_before(world, half, graded_on(half)), ~_left_before(world, half + 1, ended)
        there = there[0] & began, there[1] & spring.there & ~spring.introductory()
        failed = sum(np.where(each, cohorts.at(half + place, cohorts.lives.failed, 0), 0)
                     for place, each in enumerate(there))  # fmt: skip
        failed = np.where(there[0] & there[1], failed, 2 * failed)
        for year in (1, 2, 3):
            last = among & (study == year) & (latest[year] == half) & (there[0] | there[1])
            for number in np.unique(programme[last]).tolist():
                person = np.flatnonzero(last & (programme == number))
                yield _Taken(half, year, number, person, failed[person], ~there[1][person], ~there[0][person])


def _study_year(world: World, half: int) -> tuple[Ints, SchoolPlaces, SchoolPlaces]:
    """The year of the study plan that each takes in a school year, 0 for none; and where everybody is in it."""
    cohorts = world.cohorts
    autumn, spring = (school_places(cohorts, world.offered, each) for each in (half, half + 1))
    upper = cohorts.term(half) > LAST_COMPULSORY_TERM
    found = np.zeros(len(cohorts), dtype=np.int64)
    for at, places in ((half + 1, spring), (half, autumn)):
        stage = cohorts.at(at, cohorts.lives.stage, 0)
        takes = upper & places.there & (places.programme >= 0) & ~places.introductory() & (stage < STAGES)
        found[takes] = 1 + stage[takes] // 2
    return found, autumn, spring


def _left_before(world: World, half: int, day: date) -> Bools:
    """Who left in a half-year before a day of it."""
    own = world.stretches.some((world.stretches.last == half) & np.isin(world.stretches.ended, GONE))
    found = np.zeros(len(world.cohorts), dtype=bool)
    found[own.person[own.day < day]] = True
    return found


def _graded(world: World, taken: list[_Taken]) -> list[tuple[_Taken, Ints]]:
    """Each with its grades, courses x pupils."""
    found: list[tuple[_Taken, Ints]] = []
    for year in (1, 2, 3):
        chance = world.cohorts.chance(f"courses {year}", 3 * MOST_COURSES)
        found += [(each, _grades(world, each, chance[:, each.person])) for each in taken if each.year == year]
    return found


def _rows(world: World, graded: list[tuple[_Taken, Ints]]) -> list[pl.DataFrame]:
    parts: dict[date, list[Given]] = {}
    second = world.reads_second
    for each, grade in graded:
        for place, subject in enumerate(courses_taken(each.programme, each.year, each.autumn)):
            early = subject.points == SMALL
            told = ~each.only_spring if early else ~each.only_autumn
            given = _given(subject, each.person[told], grade[place][told], second)
            parts.setdefault(graded_on(each.autumn if early else each.autumn + 1), []).append(given)
    return [as_rows(world, joined(parts[day]), day, "final") for day in sorted(parts)]


def _given(subject: Subject, person: Ints, grade: Ints, second: Bools) -> Given:
    own = np.where(second[person] & (subject.code in SWEDISH), 1, 0)
    both = (subject, second_language(subject)) if subject.code in SWEDISH else (subject, subject)
    codes, courses = (pl.Series([getattr(each, name) for each in both]).gather(own) for name in ("code", "course"))
    points = pl.Series([subject.points], dtype=pl.Int32).new_from_index(0, len(person))
    return Given(person, codes, grade, courses, points)


def _grades(world: World, taken: _Taken, chance: Floats) -> Ints:
    """Grades as lives have them (-1 dash, 0 F, 1 E … 5 A), courses x pupils."""
    subjects = courses_taken(taken.programme, taken.year, taken.autumn)
    order, mends, letter = (chance[i * MOST_COURSES : i * MOST_COURSES + len(subjects)] for i in range(3))
    lives = world.cohorts.lives
    harder = np.array([HARDER.get(subject.code, 0.0) for subject in subjects])[:, None]
    rank = np.argsort(np.argsort(-(harder + 1.5 * order), axis=0), axis=0)
    number = np.floor(taken.failed / (2 * COURSES) * len(subjects) + chance[-1])
    fails = rank < number
    degree = lives.degree_term[taken.person] >= 0
    fails &= ~(degree & ~_allowed(subjects, taken.year, rank)) & ~(~degree & (taken.autumn < AUTUMN) & (mends < MENDED))
    if taken.year == 3:
        certificate = lives.certificate_term[taken.person] >= 0
        fails[[subject.code == "GYA" for subject in subjects]] |= certificate
    absent = world.cohorts.at(taken.autumn, lives.missed, 0.0)[taken.person] >= DASH_FROM
    level = _level(lives.merit[taken.person]) + 2.4 * (letter - 0.5)
    passed = np.clip(np.round(level), 1, len(MERIT) - 1).astype(np.int64)
    return np.where(fails, np.where(absent & ~degree, -1, 0), passed)


def _allowed(subjects: tuple[Subject, ...], year: int, rank: Ints) -> Bools:
    """What somebody with a degree may have failed: two of the second year's courses that aren't asked for by name."""
    free = np.array([year == 2 and subject.code not in ASKED_FOR for subject in subjects])[:, None]
    return np.asarray(free & (rank < MOST_FAILED_IN_DEGREE))


def _level(merit: Floats) -> Floats:
    """The mean grade of year 9, from the merit value: 1 E … 5 A."""
    return np.asarray(1 + (merit / len(SUBJECTS) - MERIT[1]) / (MERIT[2] - MERIT[1]))


def _warnings(world: World, graded: list[tuple[_Taken, Ints]]) -> list[pl.DataFrame]:
    """Warnings of this year: of most courses that are then failed, and of some that aren't."""
    parts: dict[date, list[Given]] = {}
    second = world.reads_second
    chance = {year: world.cohorts.chance(f"course warnings {year}", MOST_COURSES) for year in (1, 2, 3)}
    for day in WARNED_ON:
        there = still_there(world, day)
        for each, grade in graded:
            draw = chance[each.year][:, each.person]
            for place, subject in enumerate(courses_taken(each.programme, each.year, each.autumn)):
                if (subject.points == SMALL) != (day == WARNED_ON[0]):
                    continue
                warned = draw[place] < np.where(grade[place] < 1, WARNED, WARNED_IN_VAIN * (grade[place] == 1))
                person = each.person[warned & there[each.person]]
                parts.setdefault(day, []).append(_given(subject, person, np.zeros(len(person), dtype=np.int64), second))
    return [as_rows(world, joined(parts[day]), day, "warning") for day in sorted(parts)]
