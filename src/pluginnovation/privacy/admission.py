"""May a pupil whose identity is protected be let in, and who may see her then? The decision alone.

Every protected pupil is refused where records arrive. A principal may decide, in writing and for a time, that one is
let in at the principal's own school. Then only staff named in the decision see her, for as long as they work there,
and nobody's ordinary ground ever reaches her.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .grounds import REACH_OF_ROLE, Ground, Stay
from .periods import covers

ADMISSION: Final = "admission"
LEAST_REASON: Final = 20
LONGEST_REASON: Final = 1_000
# A threat changes: a decision is weighed anew within a year.
LONGEST: Final = timedelta(days=366)
MOST_NAMED: Final = 10

# Why a decision ended: taken back; its last day passed; the source marked her anew, or no longer; she left the school.
REVOKED, EXPIRED, MARKED, WITHDRAWN, LEFT = "revoked", "expired", "marked", "withdrawn", "left"
# What principals and data protection officers are told: somebody is marked (MARKED), or a decision ended by itself.
ENDED: Final = "ended"
TOLD: Final = ("principal", "data_protection_officer")


@dataclass(frozen=True, slots=True)
class Admission:
    """A principal's decision.

    number   its number, which is all that an address or a log says of the pupil
    by       the principal who decided
    until    the last day on which it holds
    named    the users who may see the pupil today
    led      whether the principal who decided still leads the school; who leads it after her takes the decision over
    """

    number: int
    by: int
    source: str
    school: str
    until: date
    named: frozenset[int]
    ended: bool = False
    led: bool = True


@dataclass(frozen=True, slots=True)
class Viewer:
    """One who asks, by the chosen duty.

    places   the organisations that the duties are at, and the school units under them
    """

    user: int
    role: str
    source: str
    places: Collection[str]


def may_admit(viewer: Viewer, school: str) -> bool:
    """Whether this adult may decide: a principal, about a school of the own."""
    return viewer.role == "principal" and school in viewer.places


def longest_until(today: date) -> date:
    """The last day that a decision made today may hold."""
    return today + LONGEST


def holds(admission: Admission, today: date) -> bool:
    """Whether the decision stands today."""
    return not admission.ended and today <= admission.until


def may_end(admission: Admission, viewer: Viewer) -> bool:
    """Whether this adult may take the decision back: the principal whose it is, or the data protection officer."""
    if admission.ended:
        return False
    return viewer.role == "data_protection_officer" or decides_here(admission, viewer)


def decides_here(admission: Admission, viewer: Viewer) -> bool:
    """Whether the decision is this principal's: the own one, or one left by whoever led the own school before."""
    mine = admission.by == viewer.user or not admission.led
    return mine and admission.source == viewer.source and may_admit(viewer, admission.school)


def may_name(admission: Admission, viewer: Viewer, today: date) -> bool:
    """Whether this adult may say who sees the pupil from now on: the principal whose decision it is, while it holds."""
    return holds(admission, today) and decides_here(admission, viewer)


def may_add(admission: Admission, user: int) -> bool:
    """Whether one more may be named."""
    return user not in admission.named and len(admission.named) < MOST_NAMED


def may_remove(admission: Admission, user: int) -> bool:
    """Whether somebody may be taken out: a decision that names nobody is to be taken back instead."""
    return user in admission.named and len(admission.named) > 1


def admission_ground(admission: Admission, viewer: Viewer, stays: Iterable[Stay], today: date) -> Ground | None:
    """The ground to see the admitted pupil today, or none.

    Takes   stays   the pupil's enrolments, by school
    """
    at_work = viewer.role in REACH_OF_ROLE and viewer.source == admission.source and admission.school in viewer.places
    if not holds(admission, today) or viewer.user not in admission.named or not at_work:
        return None
    if not is_there(admission.school, stays, today):
        return None
    return Ground(viewer.role, ADMISSION, str(admission.number))


def is_there(school: str, stays: Iterable[Stay], today: date) -> bool:
    """Whether the pupil goes to the school today."""
    return any(stay.at == school and covers(today, stay.start, stay.end) for stay in stays)
