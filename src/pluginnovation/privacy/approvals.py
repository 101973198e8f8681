"""What two people decide together: one asks with a reason, another decides. The decision alone.

Publication takes two as well, where it happens: at the hub (`web/knowledge/by_two.py`) and in a sub-project's report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

BULK_EXPORT: Final = "bulk_export"
UNMASKING: Final = "unmasking"

# Whose yes it takes. An administrator sees how many and why, never who; a name only a principal gives.
DECIDED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    BULK_EXPORT: ("principal", "administrator"),
    UNMASKING: ("principal",),
}
# An unanswered question, and an answer that nobody used, are void after this.
LIVES: Final = timedelta(days=7)
APPROVED, REFUSED = "approved", "refused"
LEAST_REASON: Final = 10
LONGEST_REASON: Final = 500
# Pupils in a list that one person may take out alone, unless the authority says otherwise.
ALONE: Final = 200

WAITS, EXPIRED, USED = "waits", "expired", "used"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and what came of it.

    source    the authority that it is about; empty: none
    verdict   APPROVED, REFUSED, or empty
    """

    kind: str
    asked_by: int
    source: str
    expires: datetime
    verdict: str = ""
    used: bool = False


def state_of(asked: Asked, now: datetime) -> str:
    """WAITS, APPROVED, REFUSED, USED or EXPIRED."""
    if asked.used:
        return USED
    if asked.verdict == REFUSED:
        return REFUSED
    if now >= asked.expires:
        return EXPIRED
    return asked.verdict or WAITS


def may_decide(asked: Asked, user: int, role: str, source: str) -> bool:
    """Whether this adult may say yes or no: never the one who asked, only a role that the kind names, at home there.

    Takes   source   the source of the duty; a recorded duty, such as an administrator's, has none and is everywhere
    """
    at_home = source in ("", asked.source)
    return user != asked.asked_by and role in DECIDED_BY.get(asked.kind, ()) and at_home


def may_use(asked: Asked, user: int, now: datetime) -> bool:
    """Whether what was approved may be done now: by the one who asked, once, in time."""
    return user == asked.asked_by and state_of(asked, now) == APPROVED


def needs_two(pupils: int, alone: int = ALONE) -> bool:
    """Whether a list of so many pupils takes two people to take out."""
    return pupils > alone
