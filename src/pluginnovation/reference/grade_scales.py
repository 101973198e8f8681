"""Grade scales with the dates they were set on: a grade is only a grade in the scale of its day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NO_BASIS: Final = "-"


@dataclass(frozen=True, slots=True)
class GradeScale:
    """One national scale.

    symbols   its grades; `-` stands for no grade, since there was no basis for one
    since     the first day a grade in it could be registered
    until     the last such day; None: still in use
    """

    name: str
    symbols: tuple[str, ...]
    since: date
    until: date | None = None


# The older scale was set in upper secondary school by those who began before July 2011, and some finished late.
GRADE_SCALES: Final = (
    GradeScale("IG-MVG", ("MVG", "VG", "G", "IG", NO_BASIS), date(1994, 7, 1), date(2016, 6, 30)),
    GradeScale("A-F", ("A", "B", "C", "D", "E", "F", NO_BASIS), date(2011, 7, 1)),
)


def scales_on(day: date) -> tuple[GradeScale, ...]:
    """The scales in which a grade could be registered that day."""
    return tuple(scale for scale in GRADE_SCALES if scale.since <= day and (scale.until is None or day <= scale.until))
