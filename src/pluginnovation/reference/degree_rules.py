"""What an upper secondary degree asks for, as dated data: vocational and for higher education, Gy11 and Gy25."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .course_codes import ENGLISH, MATHEMATICS, SWEDISH
from .entry_rules import HE_PREPARATORY, VOCATIONAL


@dataclass(frozen=True, slots=True)
class CoreDemand:
    """What a degree asks for in one of the three subjects it names.

    subjects  codes, of which one is needed (for courses: together)
    points    passed points in it
    numbers   the steps that must be passed, counted as levels: English 5 is 1 and English 6 is 2
    tracks    the tracks of the first step that will do; empty: any
    """

    subjects: tuple[str, ...]
    points: int
    numbers: tuple[int, ...]
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeRule:
    """The demands of one degree.

    kind             `vocational` or `he_preparatory`
    gy25             levels of subjects, where a pass covers what lies below; else courses
    graded_points    points that must be graded, F included
    passed_points    points that must be passed
    core             the three named subjects
    common_points    passed points in the programme's common subjects; 0: not asked for
    """

    kind: str
    gy25: bool
    graded_points: int
    passed_points: int
    core: tuple[CoreDemand, ...]
    common_points: int


_VOCATIONAL_CORE: Final = (
    CoreDemand(SWEDISH, 100, (1,)),
    CoreDemand((ENGLISH,), 100, (1,)),
    CoreDemand((MATHEMATICS,), 100, (1,), ("a",)),
)
_HE_CORE: Final = (
    CoreDemand(SWEDISH, 300, (1, 2, 3)),
    CoreDemand((ENGLISH,), 200, (1, 2)),
    CoreDemand((MATHEMATICS,), 100, (1,), ("b", "c")),
)

# Source: the Education Act (2010:800) 16 chap. 26-28 §§; the Upper Secondary Ordinance (2010:2039) 8 chap. 4-7 §§.
# The numbers are the same in both systems. What differs is that a level covers those below it.
DEGREE_RULES: Final = tuple(
    DegreeRule(kind, gy25, 2500, 2250, core, common)
    for gy25 in (False, True)
    for kind, core, common in ((VOCATIONAL, _VOCATIONAL_CORE, 400), (HE_PREPARATORY, _HE_CORE, 0))
)

# Besides a vocational degree, for basic eligibility to higher education: Swedish 2-3 and English 6, or the levels.
BASIC_ELIGIBILITY: Final = (CoreDemand(SWEDISH, 300, (1, 2, 3)), CoreDemand((ENGLISH,), 200, (1, 2)))

# Education begun before the first day follows the older rules up to and including the second, and then the new
# (2022:147 and 2023:654, transitional provisions 2-4).
GY25_BEGINS: Final = date(2025, 7, 1)
GY11_ENDS: Final = date(2030, 6, 30)


def follows_gy25(*, begun: date, on: date) -> bool:
    """Whether education begun on a day follows the rules of Gy25 on another day."""
    return begun >= GY25_BEGINS or on > GY11_ENDS


def degree_rule(kind: str, *, begun: date, on: date) -> DegreeRule:
    """The demands of a degree for education begun on a day, as they stand on another day.

    Raises  KeyError for a kind that isn't `vocational` or `he_preparatory`: introductory programmes give no degree
    """
    return {(rule.kind, rule.gy25): rule for rule in DEGREE_RULES}[kind, follows_gy25(begun=begun, on=on)]
