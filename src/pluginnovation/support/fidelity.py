"""How far a measure came to be the method that it follows: its points, what was marked, and what nobody has marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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
    def unknown(self) -> int:
        """How many nobody can tell of."""
        return self.points - self.yes - self.partly - self.no


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
