"""What a whole class has in common: a time of the week or a subject that many miss, and how well teachers report.

Reporting is a habit of the school: its classes are alike. Some schools change how they record in mid-year; what
changes then is the record and not the pupils.
"""

from dataclasses import dataclass, replace

import numpy as np

from .chance import Floats, Ints, stream
from .roster import OPEN
from .school_year import SchoolYear
from .structure import Region, School, SchoolClass
from .subjects import taught
from .timetable import Lessons

MONDAY_MORNING, SUBJECT = "monday_08_10", "subject"
PATTERN_CHANCES = ((MONDAY_MORNING, 0.05), (SUBJECT, 0.05))
POOR_COVERAGE, POOR_COVERAGE_CHANCE = 0.71, 0.012
CLASSES_DIFFER = 0.005  # standard deviation of a class's reporting around its school's
CHANGE_CHANCE, CHANGE_FIRST, CHANGE_LAST = 0.06, 143, 200  # from 8 January to early March
BETTER, WORSE, GRACE = 0.995, 0.9, 10


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is special about one class.

    kind         '', MONDAY_MORNING or SUBJECT
    subject      place in the class's subjects, for SUBJECT; else -1
    first, last  days since FIRST_DAY between which it holds
    extra        how much likelier each pupil is to miss those lessons
    reported     chance that a lesson is reported at all
    changed      days since FIRST_DAY from which the school records in another way; OPEN: never
    reported_after   that chance from then on
    grace        minutes of lateness that are no longer written down from then on
    """

    kind: str = ""
    subject: int = -1
    first: int = 0
    last: int = OPEN
    extra: float = 0.0
    reported: float = 0.985
    changed: int = OPEN
    reported_after: float = 0.985
    grace: int = 0


def make_patterns(region: Region) -> tuple[Pattern, ...]:
    """One pattern per class. The first schools have one of each, so that even a small region shows them."""
    shown = shown_classes(region)
    shown_schools = {region.classes[number].school.no for number in shown}
    habits = {each.no: _habit(each, region.seed, each.no in shown_schools) for each in region.schools}
    return tuple(_drawn(each, region.seed, shown.get(each.no), habits[each.school.no]) for each in region.classes)


def _habit(school: School, seed: int, steady: bool) -> Pattern:
    """How a school records: what its classes' patterns begin with."""
    rng = stream(seed, "recording", *school.place)
    reported = float(np.clip(rng.beta(110, 1.8), 0.9, 1.0))
    changes, better, day = rng.random() < CHANGE_CHANCE, rng.random() < 0.5, rng.integers(CHANGE_FIRST, CHANGE_LAST)
    if steady or not changes:
        return Pattern(reported=reported, reported_after=reported)
    after = max(reported, BETTER) if better else min(reported, WORSE)
    return Pattern(reported=reported, changed=int(day), reported_after=after, grace=0 if better else GRACE)


def shown_classes(region: Region) -> dict[int, str]:
    """The classes that must have something to show: in the first municipality's first school of each kind."""
    chosen: dict[int, str] = {}
    for school_type, kinds in (("GR", (MONDAY_MORNING, "coverage", SUBJECT)), ("GY", (SUBJECT, MONDAY_MORNING))):
        schools = [each for each in region.schools if each.school_type == school_type and each.municipality.no == 1]
        if schools:
            own = [each.no for each in region.classes if each.school.no == schools[0].no and not each.introductory]
            chosen |= dict(zip(own, kinds, strict=False))
    return chosen


def _drawn(each: SchoolClass, seed: int, wanted: str | None, habit: Pattern) -> Pattern:
    rng = stream(seed, "patterns", *each.place)
    draw, since = rng.random(), int(rng.integers(20, 160))
    last = OPEN if wanted or rng.random() < 0.8 else since + 60
    extra = 0.24 if wanted else 0.22 + 0.14 * rng.random()
    reported = float(np.clip(habit.reported + CLASSES_DIFFER * rng.standard_normal(), 0.88, 1.0))
    poor = wanted == "coverage" or (wanted is None and rng.random() < POOR_COVERAGE_CHANCE)
    kind = wanted if wanted in (MONDAY_MORNING, SUBJECT) else ""
    if wanted is None:
        kind = MONDAY_MORNING if draw < PATTERN_CHANCES[0][1] else SUBJECT if draw < 0.1 else ""
    subject = _often(each, rng) if kind == SUBJECT else -1
    found = Pattern(kind, subject, since, last, extra if kind else 0.0, reported, habit.changed, reported, habit.grace)
    if poor:
        return replace(found, reported=POOR_COVERAGE, changed=OPEN, reported_after=POOR_COVERAGE, grace=0)
    return found if habit.changed == OPEN else replace(found, reported_after=habit.reported_after)


def _often(each: SchoolClass, rng: np.random.Generator) -> int:
    """A subject that the class has at least twice a week, all year."""
    subjects = taught(each.school.school_type, each.year, each.programme)
    return int(rng.choice([i for i, subject in enumerate(subjects) if subject.lessons >= 2 and not subject.block]))


def extra_chance(pattern: Pattern, lessons: Lessons, year: SchoolYear) -> np.ndarray:
    """How much likelier the class is to miss each lesson of the year, because of what it has in common."""
    held = year.numbers[lessons.day]
    holds = (held >= pattern.first) & (held <= pattern.last)
    if pattern.kind == MONDAY_MORNING:
        holds &= (year.weekdays[lessons.day] == 0) & (lessons.start < 600)
    elif pattern.kind == SUBJECT:
        holds &= lessons.subject == pattern.subject
    else:
        holds &= False
    return np.where(holds, pattern.extra, 0.0)


def recording(pattern: Pattern, lessons: Lessons, year: SchoolYear) -> tuple[Floats, Ints]:
    """The chance that each lesson of the year is reported, and the minutes of lateness that aren't written down."""
    after = year.numbers[lessons.day] >= pattern.changed
    return np.where(after, pattern.reported_after, pattern.reported), np.where(after, pattern.grace, 0)
