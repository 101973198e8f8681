"""How far a measure came to be the method that it follows: its points, what was marked, and what nobody has marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pluginnovation.privacy.small_numbers import FEWEST

YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"
FOLLOWED: Final[Mapping[str, tuple[str, str]]] = {
    YES: ("Ja", "Yes"),
    PARTLY: ("Delvis", "Partly"),
    NO: ("Nej", "No"),
    UNKNOWN: ("Vet inte", "Don't know"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Of all points: how many were followed, partly, not. unknown: marked so, or by nobody yet; it is never a no."""

    points: int
    yes: int
    partly: int
    no: int

    @property
    def known(self) -> int:
        """How many somebody has told of."""
        return self.yes + self.partly + self.no

    @property
    def unknown(self) -> int:
        """How many nobody can tell of."""
        return self.points - self.known


def standing(points: Sequence[str], marks: Iterable[tuple[int, str]]) -> list[str]:
    """What stands for each point: its last mark, empty where there is none.

    Takes   marks   the point's number from nought and what was said, in the order they were made
    """
    said = dict(marks)
    return [said.get(number, "") for number in range(len(points))]


def counted(points: Sequence[str], marks: Iterable[tuple[int, str]]) -> Counted:
    """How many points have each answer."""
    now = standing(points, marks)
    return Counted(len(now), now.count(YES), now.count(PARTLY), now.count(NO))


@dataclass(frozen=True, slots=True)
class Together:
    """Several pupils' measures together, for readers who may see no pupil. None: fewer than ten pupils are behind it.

    points   of all their methods; nought: none of them follows a method
    known    of those, how many somebody has told of; followed, partly: of the known
    """

    points: int | None = None
    known: int | None = None
    followed: int | None = None
    partly: int | None = None


def together(each: Mapping[str, Sequence[Counted]], *, fewest: int = FEWEST) -> Together:
    """What was followed in all, by every pupil's measures: a mean of nobody, and never a share of an unknown.

    Takes   each   pupil -> what was counted in the measures that follow a method
    """
    counts = [one for mine in each.values() for one in mine]
    points = sum(one.points for one in counts)
    if len(each) < fewest:
        return Together(None if points else 0)
    if sum(any(one.known for one in mine) for mine in each.values()) < fewest:
        return Together(points)
    return Together(
        points, sum(one.known for one in counts), sum(one.yes for one in counts), sum(one.partly for one in counts)
    )
