"""Timetables: one week for each class, and that week laid out over the school year."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import Bools, Ints, stream
from .school_year import SchoolYear
from .structure import SchoolClass
from .subjects import Subject, taught

LENGTHS = np.array([40, 45, 50, 55, 60, 60, 65, 70, 80])
LENGTH_CHANCES = np.array([0.14, 0.14, 0.17, 0.13, 0.13, 0.13, 0.08, 0.05, 0.03])
FIRST_STARTS = np.array([480, 490, 500, 510])  # 08.00 to 08.30
CANCELLED_CHANCE = 0.003
PERIOD_DAYS = 60  # five periods in a school year


@dataclass(frozen=True, slots=True)
class Lessons:
    """Every lesson of one class in the school year, in time order.

    subjects   what the class has; `subject` counts into it
    day        int, which school day (place in SchoolYear.days)
    start      int, minutes after midnight
    length     int, minutes
    subject    int
    first      whether it is the first lesson of its day
    cancelled  whether it was called off
    """

    subjects: tuple[Subject, ...]
    day: Ints
    start: Ints
    length: Ints
    subject: Ints
    first: Bools
    cancelled: Bools


def lessons_of_class(each: SchoolClass, year: SchoolYear, seed: int) -> Lessons:
    """The lessons a class is offered during the year."""
    rng = stream(seed, "timetable", *each.place)
    subjects = taught(each.school.school_type, each.year, each.programme)
    week = _week(subjects, rng)
    counts = np.bincount(week[0], minlength=5)
    first_slot = np.concatenate([[0], np.cumsum(counts)[:-1]])
    per_day = counts[year.weekdays]
    day = np.repeat(np.arange(len(year.days)), per_day)
    ends = np.cumsum(per_day)
    within = np.arange(len(day)) - np.repeat(ends - per_day, per_day)
    slot = first_slot[year.weekdays][day] + within
    subject = _turns(subjects, week[3][slot], year.numbers[day] // PERIOD_DAYS + each.local)
    return Lessons(
        subjects=subjects,
        day=day,
        start=week[1][slot],
        length=week[2][slot],
        subject=subject,
        first=within == 0,
        cancelled=rng.random(len(day)) < CANCELLED_CHANCE,
    )


def _week(subjects: tuple[Subject, ...], rng: np.random.Generator) -> tuple[NDArray[np.int64], ...]:
    """Weekday, start, length and subject of each lesson of the week, in time order."""
    by_day = _dealt(subjects, rng)
    rows: list[tuple[int, int, int, int]] = []
    for weekday, todays in enumerate(by_day):
        clock = int(rng.choice(FIRST_STARTS))
        lengths = rng.choice(LENGTHS, len(todays), p=LENGTH_CHANCES)
        lunch_after = 2 if len(todays) <= 5 else 3
        for place, (subject, length) in enumerate(zip(todays, lengths, strict=True)):
            rows.append((weekday, clock, int(length), subject))
            clock += int(length) + (40 if place + 1 == lunch_after else 10 if place % 2 else 15)
    table = np.array(rows, dtype=np.int64)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def _leads(subjects: tuple[Subject, ...], place: int) -> bool:
    """Whether a subject has hours of its own, or is the first of the block that has them."""
    block = subjects[place].block
    return not block or all(subject.block != block for subject in subjects[:place])


def _turns(subjects: tuple[Subject, ...], planned: Ints, period: Ints) -> Ints:
    """The subject of each lesson: those of a block take turns, period by period."""
    found = planned.copy()
    for block in {subject.block for subject in subjects if subject.block}:
        members = np.array([i for i, subject in enumerate(subjects) if subject.block == block])
        own = planned == members[0]
        found[own] = members[period[own] % len(members)]
    return found


def _dealt(subjects: tuple[Subject, ...], rng: np.random.Generator) -> list[list[int]]:
    """The week's lessons dealt out over five days: a subject on different days, days of four to seven lessons."""
    order = sorted(range(len(subjects)), key=lambda i: (-subjects[i].lessons, i))
    deck = [i for i in order if _leads(subjects, i) for _ in range(subjects[i].lessons)]
    days: list[list[int]] = [[] for _ in range(5)]
    start = int(rng.integers(5))
    for place, subject in enumerate(deck):
        days[(start + place) % 5].append(subject)
    # Some days are longer than others: a lesson moves from one day to another.
    for source, target in rng.permutation(5)[:4].reshape(2, 2):
        if len(days[source]) > 4 and len(days[target]) < 7:
            days[target].append(days[source].pop())
    return [[int(i) for i in rng.permutation(day)] for day in days]
