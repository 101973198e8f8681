"""Who belongs to which class when: joining late, changing school, leaving, coming back.

A *stint* is one pupil's unbroken time in one class. Most pupils have one, open at the end.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from .chance import Ints, stream
from .pupils import Pupils
from .school_year import FIRST_DAY, LAST_DAY
from .structure import Region

OPEN = 9_999  # a last day that never comes, in days since FIRST_DAY
YEAR_LENGTH = (LAST_DAY - FIRST_DAY).days

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
    happenings = _happenings(pupils, region)
    by_pupil = {each.pupil: each for each in happenings}
    rng = stream(region.seed, "moves")
    stints: list[tuple[int, int, int, int, str]] = []
    for pupil, class_no in enumerate(pupils.class_no.tolist()):
        what = by_pupil.get(pupil)
        stints += [(pupil, class_no, 0, OPEN, "")] if what is None else _stints(what, class_no, region, rng)
    numbers = np.array([stint[:4] for stint in stints], dtype=np.int64)
    return Roster(
        numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3], tuple(s[4] for s in stints), tuple(happenings)
    )


def _happenings(pupils: Pupils, region: Region) -> list[Happening]:
    kinds = ["IM" if each.introductory else each.school.school_type for each in region.classes]
    found: list[Happening] = []
    for kind, chances in CHANCES.items():
        members = np.flatnonzero(np.array([each == kind for each in kinds])[pupils.class_no] & ~pupils.protected)
        rng = stream(region.seed, "happenings", len(kind), ord(kind[1]))
        draw = rng.random(len(members))
        days = rng.integers(21, YEAR_LENGTH - 21, size=len(members))
        low = 0.0
        for what, chance in chances:
            chosen = (draw >= low) & (draw < low + chance)
            found += [Happening(int(p), what, int(d)) for p, d in zip(members[chosen], days[chosen], strict=True)]
            low += chance
    return sorted([*found, *_rare(pupils, {each.pupil for each in found}, region)], key=lambda each: each.pupil)


def _rare(pupils: Pupils, taken: set[int], region: Region) -> list[Happening]:
    """A death and a move abroad, in every region large enough for it."""
    if len(pupils) < 200:
        return []
    rng = stream(region.seed, "rare")
    ordinary = [i for i in range(len(pupils)) if i not in taken and not pupils.protected[i]]
    number = 1 + len(pupils) // 20_000
    chosen = rng.choice(ordinary, 3 * number, replace=False)
    whats = ["deceased"] * number + ["moved_abroad"] * 2 * number
    return [Happening(int(p), what, int(rng.integers(60, 240))) for p, what in zip(chosen, whats, strict=True)]


def _stints(
    each: Happening, class_no: int, region: Region, rng: np.random.Generator
) -> list[tuple[int, int, int, int, str]]:
    pupil, day = each.pupil, each.day
    if each.what == "no-show":
        return [(pupil, class_no, 0, OPEN, "")]
    if each.what == "joined":
        return [(pupil, class_no, day, OPEN, "")]
    ended = (pupil, class_no, 0, day - 1, REASONS[each.what])
    if each.what == "moved":
        return [ended, (pupil, _another_class(class_no, region, rng), day, OPEN, "")]
    if each.what == "paused" and day + 60 < YEAR_LENGTH - 14:
        return [ended, (pupil, class_no, day + 60, OPEN, "")]
    return [ended]


def _another_class(class_no: int, region: Region, rng: np.random.Generator) -> int:
    """A class of the same year at another school, in the same municipality if there is one; else the same class."""
    now = region.classes[class_no]
    others = [
        each
        for each in region.classes
        if (each.year, each.school.school_type, each.introductory)
        == (now.year, now.school.school_type, now.introductory)
        and each.school.no != now.school.no
    ]
    near = [each for each in others if each.school.municipality.no == now.school.municipality.no]
    pool = near or others
    return pool[int(rng.integers(len(pool)))].no if pool else class_no


def as_date(day: int) -> date | None:
    """The date of a day number; None for OPEN."""
    return None if day == OPEN else FIRST_DAY + timedelta(days=day)
