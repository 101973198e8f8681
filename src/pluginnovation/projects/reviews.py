"""Reviews of an application: who may read what when, and what the sheets say together.

A reviewer says first whether there is a conflict of interest. Until the last review of an application is in, nobody
reads anybody else's: two who have read each other agree too well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Text = tuple[str, str]

LEAST_REVIEWS: Final = 2
MOST_POINTS: Final = 4
POINTS: Final[dict[int, Text]] = {
    0: ("Framgår inte", "Not shown"),
    1: ("Svagt", "Weak"),
    2: ("Godtagbart", "Acceptable"),
    3: ("Bra", "Good"),
    4: ("Mycket bra", "Very good"),
}
ADVICE: Final[dict[str, Text]] = {
    "grant": ("Bevilja", "Grant"),
    "grant_less": ("Bevilja ett lägre belopp", "Grant a lower amount"),
    "decline": ("Avslå", "Decline"),
}
# Two who are this far apart on a criterion have read different things, and should talk before a decision.
FAR_APART: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A review that was asked for. `conflict`: None is not said yet."""

    conflict: bool | None
    submitted: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion in all sheets together.

    number   the criterion's
    points   of each sheet, in the sheets' order; None where a sheet says nothing of it
    apart    whether two of them are far apart
    """

    number: int
    points: tuple[int | None, ...]
    apart: bool


def all_in(reviews: Sequence[Asked]) -> bool:
    """Whether enough reviews without a conflict are in, and none that is asked for is still awaited."""
    standing = [review for review in reviews if not review.withdrawn and review.conflict is not True]
    return len(standing) >= LEAST_REVIEWS and all(review.submitted for review in standing)


def may_read_others(*, role: str, own: Asked | None, all_are_in: bool) -> bool:
    """Whether somebody of this role may read what the reviewers wrote.

    Takes   own   the reader's own review of the application; None: the reader isn't asked
    """
    return role in ("regional_lead", "process_leader") and all_are_in and not (own is not None and own.conflict)


def missing_points(criteria: Sequence[int], points: Mapping[int, int]) -> tuple[int, ...]:
    """The criteria that a sheet leaves out, or gives points that there aren't."""
    return tuple(number for number in criteria if points.get(number) not in POINTS)


def weighed(criteria: Sequence[int], sheets: Sequence[Mapping[int, int]]) -> tuple[Weighed, ...]:
    """Each criterion with the points of all sheets."""
    found = []
    for number in criteria:
        points = tuple(sheet.get(number) for sheet in sheets)
        given = [each for each in points if each is not None]
        found.append(Weighed(number, points, bool(given) and max(given) - min(given) >= FAR_APART))
    return tuple(found)


def share_of_points(weights: Mapping[int, int], sheets: Sequence[Mapping[int, int]]) -> tuple[int, int] | None:
    """Points given and points there are, weighed, over all sheets: integers, so that nobody quarrels about rounding.

    Takes   weights   the number of a criterion -> 1 to 5
    Gives   None when there is nothing to judge by
    """
    most = MOST_POINTS * sum(weights.values()) * len(sheets)
    if not most:
        return None
    return sum(weights[number] * sheet.get(number, 0) for sheet in sheets for number in weights), most
