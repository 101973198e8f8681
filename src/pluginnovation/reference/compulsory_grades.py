"""The grades of one pupil in compulsory school, made ready for counting: one per subject."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .compulsory_subjects import BLOCKS, MODERN_LANGUAGES, subject_of
from .grade_scales import HALF_POINTS, NO_BASIS, PASSES


@dataclass(frozen=True, slots=True)
class SubjectGrade:
    """A grade in a subject of compulsory school.

    subject          its code, as any register writes it
    grade            a grade of the scale of its day, `-` for no basis, None: none is given yet
    language_choice  whether it is a modern language taken as språkval; None: the source doesn't say
    """

    subject: str
    grade: str | None
    language_choice: bool | None = None

    @property
    def passed(self) -> bool:
        """Whether it is a pass. What isn't known isn't one."""
        return self.grade in PASSES

    @property
    def half_points(self) -> int | None:
        """Grade points times two; None for what is no grade."""
        return None if self.grade is None else HALF_POINTS.get(self.grade)


def one_per_subject(grades: Iterable[SubjectGrade]) -> tuple[SubjectGrade, ...]:
    """The grades that count: blocks become their subjects, and of several grades in a subject the best.

    A grade from an examination or an introductory programme is added to the final grades and never takes one away.
    Swedish and Swedish as a second language are kept apart here. A subject's own grade stands before its block's.

    Takes   grades   those that hold today, in any order; not a whole history: an old term's grade would count too
    Gives   one per subject with its short code, in the order of the codes
    Source  the Upper Secondary Ordinance (2010:2039) 7 chap. 4 §, last paragraph
    """
    named = [replace(grade, subject=_subject(grade)) for grade in grades]
    best = _best(grade for grade in named if grade.subject not in BLOCKS)
    blocks = _best(grade for grade in named if grade.subject in BLOCKS)
    for block, grade in blocks.items():
        for subject in BLOCKS[block]:
            if subject not in best or best[subject].grade is None:
                best[subject] = replace(grade, subject=subject)
    return tuple(best[subject] for subject in sorted(best))


def rank(grade: str | None) -> int:
    """A number that orders grades: better is higher, F above a dash, a dash above none given."""
    if grade is None:
        return -2
    return -1 if grade == NO_BASIS else HALF_POINTS[grade]


def _subject(grade: SubjectGrade) -> str:
    """The short code; the curriculum has one code for both kinds of modern language, so the flag tells them apart."""
    subject = subject_of(grade.subject)
    if subject in MODERN_LANGUAGES and grade.language_choice is not None:
        return MODERN_LANGUAGES[grade.language_choice]
    return subject


def _best(grades: Iterable[SubjectGrade]) -> dict[str, SubjectGrade]:
    found: dict[str, SubjectGrade] = {}
    for grade in grades:
        if grade.subject not in found or _place(grade) > _place(found[grade.subject]):
            found[grade.subject] = grade
    return found


def _place(grade: SubjectGrade) -> tuple[int, bool]:
    return rank(grade.grade), bool(grade.language_choice)
