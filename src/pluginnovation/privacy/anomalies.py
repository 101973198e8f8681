"""Visits that somebody should ask about: six rules that people wrote, on who opened whom and when.

Nothing here scores a person. Each finding names its rule, its number and what it is compared with, and stays until a
person has looked at it. Every number is a count of different pupils on one day unless the rule says otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

VOLUME: Final = "volume"
RELATIVE: Final = "relative"
OFF_HOURS: Final = "off_hours"
OUTSIDE: Final = "outside"
EMERGENCY: Final = "emergency"
LIMIT: Final = "limit"
RULES: Final = (RELATIVE, EMERGENCY, VOLUME, OUTSIDE, OFF_HOURS, LIMIT)

# The word in a visit's reach that emergency access leaves.
BY_EMERGENCY: Final = "emergency"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules compare with. Pupils, times and hours of the day; chosen by people, changed in one place.

    usual_days     how many days back the same role's usual number is taken from
    fewest_days    person-days of the role that a usual number needs; with fewer it is unknown, and VOLUME is silent
    most_off_hours pupils opened outside working hours in a day that nobody needs to ask about
    """

    many_pupils: int = 20
    times_usual: int = 3
    usual_days: int = 28
    fewest_days: int = 10
    outside_pupils: int = 30
    off_hours_pupils: int = 3
    day_begins: int = 6
    day_ends: int = 22


TERMS: Final = Terms()


@dataclass(frozen=True, slots=True)
class Looked:
    """One visit, as far as the rules need it.

    at         local time
    own        the pupil is, that day, in a group that one of the viewer's duties names
    relative   the viewer is a person responsible for the pupil
    """

    viewer: int
    role: str
    at: datetime
    pupil: str
    reach: str = ""
    own: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Something to ask about.

    n        what was counted
    usual    the number it is compared with; none for a rule that compares with nothing
    of       how many person-days of the same role `usual` rests on; none likewise
    pupil    the pupil, for a rule about one; empty otherwise
    """

    rule: str
    viewer: int
    role: str
    day: date
    n: int
    usual: int | None = None
    of: int | None = None
    pupil: str = ""


def anomalies(visits: Iterable[Looked], day: date, usual: dict[str, tuple[int, int]]) -> list[Found]:
    """What there is to ask about a day's visits, in the order of RULES, then of viewer.

    Takes   visits  of that day; others are passed over
            usual   for each role its usual number and the person-days behind it, as `usual_of_roles` gives
    """
    today = [visit for visit in visits if visit.at.date() == day]
    found = [*_relatives(today, day), *_emergencies(today, day), *_by_person(today, day, usual)]
    return sorted(found, key=lambda one: (RULES.index(one.rule), one.viewer, one.role, one.pupil))


def usual_of_roles(visits: Iterable[Looked]) -> dict[str, tuple[int, int]]:
    """For each role the median number of different pupils that a person opens on a day with any, and the person-days.

    With an even number of person-days the lower of the two in the middle.
    """
    pupils: dict[tuple[str, int, date], set[str]] = defaultdict(set)
    for visit in visits:
        pupils[visit.role, visit.viewer, visit.at.date()].add(visit.pupil)
    counts: dict[str, list[int]] = defaultdict(list)
    for (role, _viewer, _day), opened in pupils.items():
        counts[role].append(len(opened))
    return {role: (sorted(numbers)[(len(numbers) - 1) // 2], len(numbers)) for role, numbers in counts.items()}


def is_off_hours(at: datetime, terms: Terms = TERMS) -> bool:
    """Whether a local time is on a weekend or outside the working day."""
    return at.weekday() >= 5 or not terms.day_begins <= at.hour < terms.day_ends


def _relatives(today: list[Looked], day: date) -> Iterator[Found]:
    counted: dict[tuple[int, str, str], int] = defaultdict(int)
    for visit in today:
        if visit.relative:
            counted[visit.viewer, visit.role, visit.pupil] += 1
    for (viewer, role, pupil), n in counted.items():
        yield Found(RELATIVE, viewer, role, day, n, pupil=pupil)


def _emergencies(today: list[Looked], day: date) -> Iterator[Found]:
    counted: dict[tuple[int, str, str], int] = defaultdict(int)
    for visit in today:
        if visit.reach == BY_EMERGENCY:
            counted[visit.viewer, visit.role, visit.pupil] += 1
    for (viewer, role, pupil), n in counted.items():
        yield Found(EMERGENCY, viewer, role, day, n, pupil=pupil)


def _by_person(
    today: list[Looked], day: date, usual: dict[str, tuple[int, int]], terms: Terms = TERMS
) -> Iterator[Found]:
    by_person: dict[tuple[int, str], list[Looked]] = defaultdict(list)
    for visit in today:
        by_person[visit.viewer, visit.role].append(visit)
    for (viewer, role), visits in by_person.items():
        opened = len({visit.pupil for visit in visits})
        middle, days = usual.get(role, (0, 0))
        if opened >= terms.many_pupils and days >= terms.fewest_days and opened > terms.times_usual * middle:
            yield Found(VOLUME, viewer, role, day, opened, middle, days)
        outside = len({visit.pupil for visit in visits if not visit.own})
        if outside >= terms.outside_pupils:
            yield Found(OUTSIDE, viewer, role, day, outside)
        late = len({visit.pupil for visit in visits if is_off_hours(visit.at, terms)})
        if late >= terms.off_hours_pupils:
            yield Found(OFF_HOURS, viewer, role, day, late)
