"""A scenario: what adults do in the made-up region and what that changes.

`scenario_read.py` reads one from its file; `scenario_switches.py` has every switch with its default and what it means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .scenario_switches import STAGGERED


@dataclass(frozen=True, slots=True)
class Effect:
    """Log-odds, per outcome."""

    absence: float = 0.0
    passing: float = 0.0
    leaving: float = 0.0
    returning: float = 0.0


@dataclass(frozen=True, slots=True)
class ByAbsence:
    """Multiples of an effect, by share of teaching missed before it was decided."""

    under_10: float = 1.0
    from_10: float = 1.0
    from_15: float = 1.0
    from_20: float = 1.0


@dataclass(frozen=True, slots=True)
class Noticing:
    """How often and how late signals are answered. See NOTICING for each field."""

    absence_from: float
    failed_from: int
    notice_chance: float
    given_days: int
    delay_days: float
    judged_wrong: float
    only_seen: float
    weekly_chance: float
    weekly_from: float
    weekly_failed_from: int
    weekly_delay_days: float
    schools_differ: float


@dataclass(frozen=True, slots=True)
class Everyday:
    """Measures that follow on answered signals, outside sub-projects. See EVERYDAY."""

    measure_chance: float
    take_up: float
    delivered: float
    drop_out: float
    effect: Effect


@dataclass(frozen=True, slots=True)
class Records:
    """What the records do with the truth on its way to an evaluation. See RECORDS."""

    attrition: float
    attrition_by_outcome: float
    attrition_by_arm: float
    recording_change_term: int
    recording_change: float
    recording_change_sites: float
    silent_sites: float
    fabricating_sites: float
    resending_sites: float


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is so in both worlds. See WORLD."""

    icc: float
    movers: float
    tiny_sites: float
    tiny_size: int


@dataclass(frozen=True, slots=True)
class SubProject:
    """One method tried at several sites. See SUB_PROJECT; `key` is the name of its table."""

    key: str
    method: str
    assignment: str
    start: int
    starts: tuple[int, ...]
    terms: int
    share: float
    municipalities: tuple[int, ...]
    municipality: int
    who: str
    absence_from: float
    failed_from: int
    score: str
    cutoff: float
    fuzz: float
    heaping: float
    heaping_width: float
    strength: float
    gamma: float
    take_up: float
    planned_dose: int
    delivered: float
    drop_out: float
    spill_over: float
    anticipation: float
    pre_trend: float
    delay_terms: int
    build_up_terms: int
    lock_in_terms: int
    lock_in: float
    lasts_terms: int
    effect: Effect
    between_sites: Effect
    by_absence: ByAbsence

    @property
    def first_term(self) -> int:
        """The first term in which anybody is helped."""
        return min(self.starts) if self.assignment == STAGGERED else self.start

    @property
    def decided_in(self) -> int:
        """The term on whose first day it is decided who gets it: earlier, when people are to act before it begins."""
        return max(0, self.first_term - (1 if self.anticipation else 0))


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything a scenario file says.

    source   the file's text, as it was read; empty for the ordinary one
    """

    name: str
    about: str
    defaults_of: date
    noticing: Noticing
    everyday: Everyday
    records: Records
    world: Circumstances
    sub_projects: Mapping[str, SubProject]
    source: str = ""
