"""Who belongs to which class when: joining late, changing programme or school, leaving, coming back.

A *stint* is one pupil's unbroken time in one class. Most pupils have one, open at the end. Whether somebody comes,
leaves or takes a break is told by the lives, term by term; the day of the term is drawn. Only changes of school and
deaths, which lives don't have, are drawn here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from .chance import Bools, Floats, Ints, stream
from .class_places import ClassPlaces
from .cohorts import AUTUMN, Cohorts
from .lives.seam import LAST_COMPULSORY_TERM
from .lives.state import ABROAD, AWAY, NOT_STARTED, PAUSED
from .places import Municipality
from .pupils import Pupils
from .school_year import FIRST_DAY, LAST_DAY
from .structure import Region, SchoolClass

OPEN = 9_999  # a last day that never comes, in days since FIRST_DAY
YEAR_LENGTH = (LAST_DAY - FIRST_DAY).days
LEAST_FOR_RARE = 60
AUTUMN_ENDS, SPRING_BEGINS = 123, 143  # 19 December and 8 January
FIRST_TO_LEAVE, LAST_TO_LEAVE = 21, YEAR_LENGTH - 13
JOINS_WITHIN = 100  # days of the term in which somebody newly arrived begins
CHANGES_SCHOOL = {"GR": 0.015, "GY": 0.010, "IM": 0.0}  # ours
NEVER_CAME = 0.3  # of those who leave in their first autumn of upper secondary school; ours
# Of those who leave at the end of a spring, the rest don't come back after the summer.
LEAVES_IN_SPRING = 0.5

Stint = tuple[int, int, int, int, str]  # pupil, class_no, first, last, reason

REASONS = {
    "moved": "Byte av skola",
    "switched": "Byte av program",
    "left": "Studieavbrott",
    "paused": "Studieuppehåll",
    "moved_abroad": "Utvandrad",
    "deceased": "Avliden",
    "degree": "Examen",
    "study_certificate": "Studiebevis",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one pupil: what, and the first day it holds (days since FIRST_DAY)."""

    pupil: int
    what: str
    day: int


@dataclass(frozen=True, slots=True)
class Roster:
    """The stints, pupil by pupil in order of time, and what made them end.

    pupil, class_no   int
    first, last       int, days since FIRST_DAY, both inclusive; OPEN when it goes on
    reason            why it ended, '' when it goes on
    happenings        everything out of the ordinary, for events and for the truth
    """

    pupil: Ints
    class_no: Ints
    first: Ints
    last: Ints
    reason: tuple[str, ...]
    happenings: tuple[Happening, ...]


def make_roster(pupils: Pupils, region: Region, cohorts: Cohorts, places: ClassPlaces) -> Roster:
    """Every stint of the school year."""
    told = _told(cohorts, places)
    known = told.begins, told.begins_day, told.ends, told.ends_day, places.autumn, places.spring
    columns = [each[pupils.person].tolist() for each in known]
    stints: list[Stint] = []
    happenings: list[Happening] = []
    able = told.ordinary & (places.autumn == places.spring)
    drawn = _drawn(pupils, region, able[pupils.person] & ~pupils.protected)
    for pupil, (begins, first, ends, day, autumn, spring) in enumerate(zip(*columns, strict=True)):
        if begins:
            happenings.append(Happening(pupil, begins, first))
        if pupil in drawn:
            what, on, other = drawn[pupil]
            happenings.append(Happening(pupil, what, on))
            stints.append((pupil, autumn, 0, on - 1, REASONS[what]))
            stints += [(pupil, other, on, OPEN, "")] if what == "moved" else []
            continue
        last, reason = (day - 1, REASONS["left" if ends == "no-show" else ends]) if ends else (OPEN, "")
        if autumn >= 0 <= spring != autumn:
            stints.append((pupil, autumn, first, SPRING_BEGINS - 1, REASONS["switched"]))
            stints.append((pupil, spring, SPRING_BEGINS, last, reason))
            happenings.append(Happening(pupil, "switched", SPRING_BEGINS))
        else:
            stints.append((pupil, max(autumn, spring), first, last, reason))
        if ends == "no-show":
            happenings += [Happening(pupil, "no-show", 0), Happening(pupil, "left", day)]
        elif ends:
            happenings.append(Happening(pupil, ends, day))
    numbers = np.array([stint[:4] for stint in stints], dtype=np.int64)
    return Roster(
        numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3], tuple(s[4] for s in stints), tuple(happenings)
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lives tell of the school year, one entry per person of the cohorts.

    begins   joined or returned, with the day; '' and day 0 for those who were there from the first day
    ends     why somebody is gone before the year's end, with the first day without them; '' for those who stay
    """

    begins: np.ndarray
    begins_day: Ints
    ends: np.ndarray
    ends_day: Ints

    @property
    def ordinary(self) -> Bools:
        """There all year."""
        return np.asarray((self.begins == "") & (self.ends == ""))


def _told(cohorts: Cohorts, places: ClassPlaces) -> _Told:
    chance = cohorts.chance("days of joining and leaving", 4)
    begins, begins_day = _beginnings(cohorts, places, chance)
    ends, ends_day = _endings(cohorts, places, chance)
    return _Told(begins, begins_day, ends, ends_day)


def _beginnings(cohorts: Cohorts, places: ClassPlaces, chance: Floats) -> tuple[np.ndarray, Ints]:
    lives = cohorts.lives
    begins = np.full(len(cohorts), "", dtype=object)
    day = np.zeros(len(cohorts), dtype=np.int64)
    for half, who, first in ((AUTUMN, places.autumn >= 0, 0),
                             (AUTUMN + 1, (places.spring >= 0) & (places.autumn < 0), SPRING_BEGINS)):  # fmt: skip
        before = cohorts.at(half - 1, lives.status, PAUSED)
        upper = cohorts.term(half) > LAST_COMPULSORY_TERM
        new = who & ~upper & (before == AWAY)
        late = who & upper & ~cohorts.at(half, lives.in_school, False)
        begins[new | (late & (before == NOT_STARTED))] = "joined"
        begins[late & (before != NOT_STARTED)] = "returned"
        day[who] = first
        day[new] = first + (JOINS_WITHIN * chance[0][new]).astype(np.int64)
    return begins, day


def _endings(cohorts: Cohorts, places: ClassPlaces, chance: Floats) -> tuple[np.ndarray, Ints]:
    lives, term = cohorts.lives, cohorts.term(AUTUMN)
    ends = np.full(len(cohorts), "", dtype=object)
    day = np.full(len(cohorts), OPEN)
    gone = (places.autumn >= 0) & (places.spring < 0)
    cause = cohorts.at(AUTUMN, lives.cause, -1)
    left = gone & (cause >= 0)
    ends[gone] = "paused"
    ends[left] = "left"
    ends[left & (term == LAST_COMPULSORY_TERM + 1) & (chance[2] < NEVER_CAME)] = "no-show"
    ends[left & (cause == ABROAD)] = "moved_abroad"
    within = FIRST_TO_LEAVE + ((AUTUMN_ENDS - FIRST_TO_LEAVE) * chance[1]).astype(np.int64)
    day[gone] = within[gone]
    for what, at in (("degree", lives.degree_term), ("study_certificate", lives.certificate_term)):
        done = gone & (at == term)
        ends[done] = what
        day[done | (ends == "no-show")] = AUTUMN_ENDS + 1
    later = cohorts.at(AUTUMN + 1, lives.cause, -1)
    leaves = (places.spring >= 0) & (later >= 0) & (chance[3] < LEAVES_IN_SPRING)
    ends[leaves] = np.where(later[leaves] == ABROAD, "moved_abroad", "left")
    from_ = SPRING_BEGINS + JOINS_WITHIN // 2
    in_spring = from_ + ((LAST_TO_LEAVE - from_) * chance[1]).astype(np.int64)
    day[leaves] = in_spring[leaves]
    return ends, day


def _drawn(pupils: Pupils, region: Region, ordinary: Bools) -> dict[int, tuple[str, int, int]]:
    """Changes of school and deaths among those who are there all year: what, the day, the other class (-1: none)."""
    home = np.array([each.school.municipality.no for each in region.classes])[pupils.class_no]
    found: dict[int, tuple[str, int, int]] = {}
    for municipality in region.municipalities:
        members = np.flatnonzero(ordinary & (home == municipality.no))
        found |= _deaths(members, region, municipality)
        found |= _changes([each for each in members.tolist() if each not in found], pupils, region, municipality)
    return found


def _deaths(members: Ints, region: Region, municipality: Municipality) -> dict[int, tuple[str, int, int]]:
    """One death among 20,000 pupils; in the first municipality always one, if it is large enough."""
    rng = stream(region.seed, "rare", municipality.no)
    number = int(len(members) / 20_000 + rng.random())
    if municipality.no == 1 and len(members) >= LEAST_FOR_RARE:
        number = max(1, number)
    chosen = rng.choice(members, min(number, len(members) // 3), replace=False).tolist() if number else []
    return {pupil: ("deceased", int(rng.integers(60, 240)), -1) for pupil in chosen}


def _changes(
    members: list[int], pupils: Pupils, region: Region, municipality: Municipality
) -> dict[int, tuple[str, int, int]]:
    """Those who go to another school of the municipality, where there is one."""
    rng = stream(region.seed, "moves", municipality.no)
    classes = region.classes_of(municipality)
    draw = rng.random(len(members))
    days = rng.integers(21, YEAR_LENGTH - 21, size=len(members))
    found = {}
    for place, pupil in enumerate(members):
        own = region.classes[int(pupils.class_no[pupil])]
        kind = "IM" if own.introductory else own.school.school_type
        if draw[place] < CHANGES_SCHOOL[kind]:
            other = _another_class(own, classes, rng)
            if other is not None:
                found[pupil] = ("moved", int(days[place]), other)
    return found


def _another_class(now: SchoolClass, classes: list[SchoolClass], rng: np.random.Generator) -> int | None:
    """A class of the same year and programme at another school of the municipality."""
    others = [
        each
        for each in classes
        if (each.year, each.school.school_type, each.programme) == (now.year, now.school.school_type, now.programme)
        and each.school.no != now.school.no
    ]
    return others[int(rng.integers(len(others)))].no if others else None


def as_date(day: int) -> date | None:
    """The date of a day number; None for OPEN."""
    return None if day == OPEN else FIRST_DAY + timedelta(days=day)
