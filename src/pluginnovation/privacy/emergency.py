"""Emergency access: may this adult, who has no ground, open one pupil for a short while? The decision alone.

It is for the moment when somebody has to act for a pupil and the register hasn't caught up. It is never a way past a
protected identity, never for another authority's pupil, and it is read by others the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .grounds import Ground, PupilPlace

# How such a ground reaches, beside those of `grounds.REACH_OF_ROLE`.
EMERGENCY: Final = "emergency"

# Who read what was done: somebody at the pupil's school, and the data protection officer.
READERS: Final = ("principal", "data_protection_officer")
# Who may be let in at all. The register of youths without a school is a closed list, so its coordinator never is.
MAY_BE_LET: Final = ("mentor", "teacher", "pupil_health", "principal")

# Tries that open nothing, for one adult: enough for a slip of the pen, too few to guess a civic number.
TRIES: Final = 5
TRIES_WITHIN: Final = timedelta(hours=1)
TRIES_A_DAY: Final = 15
LONGEST_REASON: Final = 1_000


@dataclass(frozen=True, slots=True)
class EmergencyRule:
    """What an authority says about emergency access.

    roles          who may use it; nobody when it is empty
    minutes        how long one lasts, 5..480
    least_reason   characters that a reason has at least, 10..200
    """

    roles: frozenset[str] = frozenset({"mentor", "pupil_health", "principal"})
    minutes: int = 120
    least_reason: int = 20

    @property
    def lasts(self) -> timedelta:
        """How long one lasts."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the role chosen, and the source of the duty that gives it."""

    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One emergency access as it was opened.

    ends    when it ends, or when somebody ended it
    """

    number: int
    role: str
    source: str
    begins: datetime
    ends: datetime


def may_use(asking: Asking, rule: EmergencyRule) -> bool:
    """Whether somebody with this role, of this authority, may use emergency access at all."""
    return bool(asking.source) and asking.role in rule.roles and asking.role in MAY_BE_LET


def may_open(asking: Asking, rule: EmergencyRule, place: PupilPlace) -> bool:
    """Whether the pupil may be opened: the same authority's, and no protected identity. Absent ones are protected."""
    return may_use(asking, rule) and place.source == asking.source and not place.protected


def too_many(failed: Sequence[datetime], now: datetime) -> bool:
    """Whether somebody has tried in vain too often to try again.

    Takes   failed   when the tries that opened nothing were made
    """
    lately = sum(1 for at in failed if now - TRIES_WITHIN < at)
    today = sum(1 for at in failed if now - timedelta(days=1) < at)
    return lately >= TRIES or today >= TRIES_A_DAY


def emergency_ground(opened: Sequence[Opened], asking: Asking, place: PupilPlace, now: datetime) -> Ground | None:
    """The ground that an emergency access gives now, or none: it ends by the minute, and with the role it was used in.

    Takes   opened   those that the asker has for this pupil
    """
    if place.protected or place.source != asking.source:
        return None
    for one in opened:
        if one.begins <= now < one.ends and (one.role, one.source) == (asking.role, asking.source):
            return Ground(asking.role, EMERGENCY, str(one.number))
    return None
