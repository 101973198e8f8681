"""Everybody's time in school as stretches: unbroken at one school on one programme, with why and when each ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from .chance import Bools, Ints
from .cohorts import AUTUMN, BORN, Cohorts
from .lives.people import YEAR_OF_FIRST_TERM
from .lives.seam import LAST_COMPULSORY_TERM
from .lives.state import ABROAD, NOT_STARTED
from .offered import Offered
from .roster import LEAVES_IN_SPRING
from .school_places import SchoolPlaces, school_places
from .school_year import august, june

FIRST_HALF_YEAR: Final = 2 * (BORN[0] + YEAR_OF_FIRST_TERM) + 1
GONE = ("left", "paused", "moved_abroad", "degree", "study_certificate")  # ways to be out of school


@dataclass(frozen=True, slots=True)
class Stretches:
    """One entry per stretch, person by person in order of time.

    person       place in the cohorts
    first, last  half-years, both included
    unit         school number
    programme    as it is told, place in PROGRAMMES; -1 in compulsory school
    year         the year they were in last
    ended        one of GONE, `switched` (another programme or school), `` (still there, or compulsory school is done)
    day          the last day, for stretches that ended before this school year; for others the last day of `last`
    """

    person: Ints
    first: Ints
    last: Ints
    unit: Ints
    programme: Ints
    year: Ints
    ended: np.ndarray
    day: np.ndarray

    @property
    def upper(self) -> Bools:
        """In upper secondary school."""
        return np.asarray(self.programme >= 0)

    def some(self, chosen: Bools) -> "Stretches":
        """Some of them."""
        return Stretches(*(getattr(self, name)[chosen] for name in self.__slots__))


def stretches(cohorts: Cohorts, offered: Offered) -> Stretches:
    """Every stretch up to the spring of the school year with lessons."""
    found: list[np.ndarray] = []
    began = np.zeros(len(cohorts), dtype=np.int64)
    before: SchoolPlaces | None = None
    for half in range(FIRST_HALF_YEAR, AUTUMN + 3):
        now = school_places(cohorts, offered, half) if half <= AUTUMN + 1 else None
        if before is not None:
            there = now.there if now else np.zeros(len(cohorts), dtype=bool)
            goes_on = before.there & there
            if now:
                goes_on &= (before.unit == now.unit) & (before.programme == now.programme)
            ended = np.flatnonzero(before.there & ~goes_on)
            found.append(np.stack([ended, began[ended], np.full(len(ended), half - 1), before.unit[ended],
                                   before.programme[ended], before.year[ended]]))  # fmt: skip
            began = np.where(goes_on, began, half)
        else:
            began[:] = half
        before = now
    rows = np.concatenate(found, axis=1)
    rows = rows[:, np.lexsort((rows[1], rows[0]))]
    ended_by, day = _endings(rows, cohorts)
    person, first, last, unit, programme, year = rows
    return Stretches(person, first, last, unit, programme, year, ended_by, day)


def _endings(rows: np.ndarray, cohorts: Cohorts) -> tuple[np.ndarray, np.ndarray]:
    """Why each stretch ended, and its last day."""
    person, _, last, _, programme, _ = rows
    lives = cohorts.lives
    term = last - 2 * (cohorts.people.born[person] + YEAR_OF_FIRST_TERM) - 1
    follows = np.append((person[1:] == person[:-1]) & (rows[1, 1:] == last[:-1] + 1), False)
    cause = lives.cause[term, person]
    ended = np.full(len(person), "paused", dtype=object)
    ended[cause >= 0] = "left"
    ended[cause == ABROAD] = "moved_abroad"
    ended[lives.degree_term[person] == term] = "degree"
    ended[lives.certificate_term[person] == term] = "study_certificate"
    ended[(programme < 0) | (last > AUTUMN)] = ""
    ended[follows & (programme >= 0)] = "switched"
    chance = cohorts.chance("days of leaving", 2)[:, person]
    within = np.isin(ended, ("left", "paused", "moved_abroad"))
    within &= (last % 2 == 1) | (chance[1] < LEAVES_IN_SPRING)
    day = [_last_day(int(half), float(part) if early else 1.0)
           for half, part, early in zip(last, chance[0], within, strict=True)]  # fmt: skip
    return ended, np.array(day, dtype=object)


def _last_day(half_year: int, part: float) -> date:
    """A day of a half-year, so far into its time to leave; at 1 its last school day."""
    ends = last_day(half_year)
    return ends - timedelta(days=int(100 * (1 - part)))


def first_day(half_year: int) -> date:
    """The first school day of a half-year."""
    return august(half_year // 2) if half_year % 2 else date(half_year // 2, 1, 8)


def last_day(half_year: int) -> date:
    """The last school day of a half-year."""
    return date(half_year // 2, 12, 19) if half_year % 2 else june(half_year // 2)


def never_began(cohorts: Cohorts, half_year: int) -> Bools:
    """Who had compulsory school behind them and hadn't begun upper secondary school in a half-year."""
    term = cohorts.term(half_year)
    return np.asarray((term > LAST_COMPULSORY_TERM) & (cohorts.at(half_year, cohorts.lives.status, 0) == NOT_STARTED))
