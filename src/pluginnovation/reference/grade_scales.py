"""Grade scales with the dates they were set on: a grade is only a grade in the scale of its day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NO_BASIS: Final = "-"


class GradeOutsideScale(ValueError):
    """A grade that no scale of its day has. The caller lets it through only by mistake: readers set such rows aside."""

    code = "grade_not_in_scale"

    def __init__(self, grade: str, day: date) -> None:
        valid = ", ".join(valid_grades(day)) or "none"
        super().__init__(f"{grade!r} is not a grade on {day.isoformat()}. Valid that day: {valid}.")


@dataclass(frozen=True, slots=True)
class GradeScale:
    """One national scale.

    symbols      its grades, best first; `-` stands for no grade, since there was no basis for one
    since        the first day a grade in it could be registered
    until        the last such day; None: still in use
    passed       the symbols that are passes; None: the scale knows no limit between pass and fail
    half_points  grade points times two, in the order of `symbols`; None for what is no grade
    """

    name: str
    symbols: tuple[str, ...]
    since: date
    until: date | None = None
    passed: tuple[str, ...] | None = None
    half_points: tuple[int | None, ...] = ()


# The older scale was set in upper secondary school by those who began before July 2011, and some finished late.
# Source: the Education Act (2010:800) 10 chap. 17-18 §§, 15 chap. 24 and 27 §§; points: the Upper Secondary Ordinance
# (2010:2039) 7 chap. 4 §. The points of the older scale are 20, 15, 10 and 0, as admission counted them until 2012.
# Halves, since grade points go in steps of 2.5 and integers decide.
GRADE_SCALES: Final = (
    GradeScale(
        "IG-MVG",
        ("MVG", "VG", "G", "IG", NO_BASIS),
        date(1994, 7, 1),
        date(2016, 6, 30),
        ("MVG", "VG", "G"),
        (40, 30, 20, 0, None),
    ),
    GradeScale(
        "A-F",
        ("A", "B", "C", "D", "E", "F", NO_BASIS),
        date(2011, 7, 1),
        None,
        ("A", "B", "C", "D", "E"),
        (40, 35, 30, 25, 20, 0, None),
    ),
)

# For tables of many pupils, whose grades were checked against the scale of their day when they were read in: no
# symbol stands in two scales with different meanings.
PASSES: Final = frozenset(symbol for scale in GRADE_SCALES for symbol in scale.passed or ())
HALF_POINTS: Final = {
    symbol: points
    for scale in GRADE_SCALES
    for symbol, points in zip(scale.symbols, scale.half_points, strict=True)
    if points is not None
}

# The diploma project is graded E or F only (the Education Act 15 chap. 25 §).
DIPLOMA_PROJECT_GRADES: Final = ("E", "F", NO_BASIS)


def scales_on(day: date) -> tuple[GradeScale, ...]:
    """The scales in which a grade could be registered that day."""
    return tuple(scale for scale in GRADE_SCALES if scale.since <= day and (scale.until is None or day <= scale.until))


def valid_grades(day: date) -> tuple[str, ...]:
    """The grades that could be registered that day, the newest scale first, each scale from best to worst."""
    newest_first = sorted(scales_on(day), key=lambda scale: scale.since, reverse=True)
    return tuple(dict.fromkeys(symbol for scale in newest_first for symbol in scale.symbols))


def scale_of(grade: str, day: date) -> GradeScale:
    """The scale that a grade of a day is in; for a dash the newest of them.

    Raises  GradeOutsideScale when no scale of that day has it
    """
    for scale in sorted(scales_on(day), key=lambda scale: scale.since, reverse=True):
        if grade in scale.symbols:
            return scale
    raise GradeOutsideScale(grade, day)


def is_pass(grade: str | None, day: date) -> bool | None:
    """Whether a grade set that day is a pass.

    Gives   None when it can't be said: no grade is given yet, or the scale has no limit between pass and fail.
            A dash is not a pass; it isn't an F either
    Raises  GradeOutsideScale
    """
    if grade is None:
        return None
    passed = scale_of(grade, day).passed
    return None if passed is None else grade in passed


def half_points(grade: str | None, day: date) -> int | None:
    """The grade points of a grade set that day, times two: 40 for A, 0 for F.

    Gives   None for what is no grade: a dash, or nothing given yet
    Raises  GradeOutsideScale
    """
    if grade is None:
        return None
    scale = scale_of(grade, day)
    return dict(zip(scale.symbols, scale.half_points, strict=True))[grade]
