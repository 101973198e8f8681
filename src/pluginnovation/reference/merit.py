"""Merit value: the sum that applicants to upper secondary school are ordered by."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from .compulsory_grades import SubjectGrade, one_per_subject, rank
from .compulsory_subjects import SWEDISH

BEST_GRADES: Final = 16
HIGHEST: Final = 320
HIGHEST_WITH_LANGUAGE: Final = 340


@dataclass(frozen=True, slots=True)
class MeritValue:
    """A merit value and what it rests on.

    exact            the value, 0..340; only after scaling up is it anything else than whole steps of 2.5
    counted          the grades in the sum, best first, the language apart
    language_choice  the modern language taken as språkval that was added as the 17th, None without one
    left_out         grades that fewer than the best 16 leave out
    without_grade    subjects with a dash, or with no grade given yet: neither is a zero
    """

    exact: Fraction
    counted: tuple[SubjectGrade, ...]
    language_choice: SubjectGrade | None
    left_out: tuple[SubjectGrade, ...]
    without_grade: tuple[SubjectGrade, ...]

    @property
    def value(self) -> Decimal:
        """For display, with two decimals at most."""
        hundredths = Decimal(self.exact.numerator * 100) / Decimal(self.exact.denominator)
        return hundredths.quantize(Decimal(1), ROUND_HALF_UP) / 100


def merit_value(grades: Iterable[SubjectGrade], *, dancer: bool = False) -> MeritValue | None:
    """The merit value: the 16 best grades, and a modern language taken as språkval besides.

    Takes   grades   those that count, in any order (see `one_per_subject`); Swedish and Swedish as a second language
                     are one grade, the better
            dancer   preparatory dancer training with a reduced timetable: fewer than 16 are scaled up to 16
    Gives   None when there is no grade to sum: unknown, which isn't 0. A value of 0 means F in everything
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Upper Secondary Ordinance (2010:2039) 7 chap. 4 §. Mother tongue is never the 17th
    """
    every = one_swedish(one_per_subject(grades))
    graded = sorted((g for g in every if g.half_points is not None), key=_best_first)
    if not graded:
        return None
    language = next((grade for grade in graded if grade.language_choice), None)
    others = [grade for grade in graded if grade is not language]
    counted = tuple(others[:BEST_GRADES])
    total = Fraction(sum(grade.half_points or 0 for grade in counted), 2)
    if dancer and 0 < len(counted) < BEST_GRADES:
        total = total * BEST_GRADES / len(counted)
    if language is not None:
        total += Fraction(language.half_points or 0, 2)
    rest = tuple(grade for grade in every if grade.half_points is None)
    return MeritValue(total, counted, language, tuple(others[BEST_GRADES:]), rest)


def one_swedish(grades: tuple[SubjectGrade, ...]) -> tuple[SubjectGrade, ...]:
    """The grades with at most one of Swedish and Swedish as a second language: the better, Swedish when they are equal.

    Takes   grades   one per subject, short codes
    """
    both = [grade for grade in grades if grade.subject in SWEDISH]
    if len(both) < len(SWEDISH):
        return grades
    kept = max(both, key=lambda grade: (rank(grade.grade), grade.subject == SWEDISH[0]))
    return tuple(grade for grade in grades if grade.subject not in SWEDISH or grade is kept)


def _best_first(grade: SubjectGrade) -> tuple[int, str]:
    return -(grade.half_points or 0), grade.subject
