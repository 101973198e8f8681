"""Who belongs to which class when: joining late, changing school, leaving, coming back.

A *stint* is one pupil's unbroken time in one class. Most pupils have one, open at the end.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from .chance import Ints, stream
from .places import Municipality
from .pupils import Pupils
from .school_year import FIRST_DAY, LAST_DAY
from .structure import Region, SchoolClass

OPEN = 9_999  # a last day that never comes, in days since FIRST_DAY
YEAR_LENGTH = (LAST_DAY - FIRST_DAY).days
LEAST_FOR_RARE = 60

Stint = tuple[int, int, int, int, str]  # pupil, class_no, first, last, reason

# Chances in one school year, ours: small enough that most classes know most of them by name.
CHANCES = {
    "GR": (("moved", 0.015), ("joined", 0.012), ("moved away", 0.005)),
    "GY": (("moved", 0.010), ("joined", 0.010), ("left", 0.022), ("paused", 0.003), ("no-show", 0.003)),
    "IM": (("joined", 0.050), ("left", 0.060), ("no-show", 0.010)),
}
REASONS = {
    "moved": "Byte av skola",
    "moved away": "Flyttat från regionen",
    "left": "Studieavbrott",
    "paused": "Studieuppehåll",
    "moved_abroad": "Utvandrad",
    "deceased": "Avliden",
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


def make_roster(pupils: Pupils, region: Region) -> Roster:
    """Every stint of the school year."""
    happenings: list[Happening] = []
    stints: list[Stint] = []
    bounds = np.searchsorted(
        pupils.class_no, [region.classes_of(each)[0].no for each in region.municipalities] + [len(region.classes)]
    )
    for place, municipality in enumerate(region.municipalities):
        members = np.arange(bounds[place], bounds[place + 1])
        own = _happenings(members, pupils, region, municipality.no)
        whole = _all_stints(members, pupils, own, region, municipality)
        gone = {stint[0] for stint in whole if stint[4] == REASONS["moved away"]}
        happenings += [replace(each, what="moved away") if each.pupil in gone else each for each in own]
        stints += whole
    numbers = np.array([stint[:4] for stint in stints], dtype=np.int64)
    return Roster(
        numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3], tuple(s[4] for s in stints), tuple(happenings)
    )


def _all_stints(
    members: Ints, pupils: Pupils, happenings: list[Happening], region: Region, municipality: Municipality
) -> list[Stint]:
    """The stints of one municipality's pupils."""
    by_pupil = {each.pupil: each for each in happenings}
    rng = stream(region.seed, "moves", municipality.no)
    classes = region.classes_of(municipality)
    found: list[Stint] = []
    for pupil, class_no in zip(members.tolist(), pupils.class_no[members].tolist(), strict=True):
        what = by_pupil.get(pupil)
        found += [(pupil, class_no, 0, OPEN, "")] if what is None else _stints(what, class_no, classes, rng)
    return found


def _happenings(members: Ints, pupils: Pupils, region: Region, municipality: int) -> list[Happening]:
    of_class = ["IM" if each.introductory else each.school.school_type for each in region.classes]
    kinds = np.array(of_class)[pupils.class_no[members]]
    found: list[Happening] = []
    for kind, chances in CHANCES.items():
        own = members[(kinds == kind) & ~pupils.protected[members]]
        rng = stream(region.seed, "happenings", municipality, len(kind), ord(kind[1]))
        draw = rng.random(len(own))
        days = rng.integers(21, YEAR_LENGTH - 21, size=len(own))
        low = 0.0
        for what, chance in chances:
            chosen = (draw >= low) & (draw < low + chance)
            found += [Happening(int(p), what, int(d)) for p, d in zip(own[chosen], days[chosen], strict=True)]
            low += chance
    taken = {each.pupil for each in found}
    ordinary = [i for i in members.tolist() if i not in taken and not pupils.protected[i]]
    rare = _rare(ordinary, stream(region.seed, "rare", municipality), municipality == 1)
    return sorted([*found, *rare], key=lambda each: each.pupil)


def _rare(ordinary: list[int], rng: np.random.Generator, first: bool) -> list[Happening]:
    """A death and two moves abroad among 20,000 pupils; in the first municipality always, if it is large enough."""
    number = int(len(ordinary) / 20_000 + rng.random())
    if first and len(ordinary) >= LEAST_FOR_RARE:
        number = max(1, number)
    number = min(number, len(ordinary) // 3)
    chosen = rng.choice(ordinary, 3 * number, replace=False).tolist() if number else []
    whats = ["deceased"] * number + ["moved_abroad"] * 2 * number
    return [Happening(p, what, int(rng.integers(60, 240))) for p, what in zip(chosen, whats, strict=True)]


def _stints(each: Happening, class_no: int, classes: list[SchoolClass], rng: np.random.Generator) -> list[Stint]:
    pupil, day = each.pupil, each.day
    if each.what == "no-show":
        return [(pupil, class_no, 0, OPEN, "")]
    if each.what == "joined":
        return [(pupil, class_no, day, OPEN, "")]
    ended = (pupil, class_no, 0, day - 1, REASONS[each.what])
    if each.what == "moved":
        other = _another_class(class_no, classes, rng)
        # Where there is no other school, another one lies in another municipality.
        return [(*ended[:4], REASONS["moved away"])] if other is None else [ended, (pupil, other, day, OPEN, "")]
    if each.what == "paused" and day + 60 < YEAR_LENGTH - 14:
        return [ended, (pupil, class_no, day + 60, OPEN, "")]
    return [ended]


def _another_class(class_no: int, classes: list[SchoolClass], rng: np.random.Generator) -> int | None:
    """A class of the same year at another school of the municipality."""
    now = next(each for each in classes if each.no == class_no)
    others = [
        each
        for each in classes
        if (each.year, each.school.school_type, each.introductory)
        == (now.year, now.school.school_type, now.introductory)
        and each.school.no != now.school.no
    ]
    return others[int(rng.integers(len(others)))].no if others else None


def as_date(day: int) -> date | None:
    """The date of a day number; None for OPEN."""
    return None if day == OPEN else FIRST_DAY + timedelta(days=day)
