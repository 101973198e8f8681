"""Introductory programmes: which of the four stand open to a pupil."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .compulsory_grades import SubjectGrade
from .compulsory_subjects import ENGLISH, MATHEMATICS
from .eligibility import (
    NOTHING_DECIDED,
    SWEDISH_CODE,
    Decisions,
    MissingPass,
    eligibility_of,
    open_subjects,
    standing,
    upper_secondary_eligibility,
)
from .entry_rules import VOCATIONAL_ENTRY, EntryRule

IMV, IMY, IMA, IMS = "IMV", "IMY", "IMA", "IMS"
INTRODUCTORY: Final = {
    IMV: "Programinriktat val",
    IMY: "Yrkesintroduktion",
    IMA: "Individuellt alternativ",
    IMS: "Språkintroduktion",
}

# Programinriktat val: Swedish, then one of English and mathematics with four others, or both with three. That is:
# one of the two at least, and five passes besides Swedish.
IMV_BESIDES_SWEDISH: Final = 5


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """The passes between a pupil and programinriktat val towards one kind of national programme.

    open       None when no grade is known
    needed     how many further passes; None when unknown; 0 also for whoever is past it, and eligible already
    required   Swedish, when it isn't passed
    one_of     English and mathematics, when neither is passed: one of them is needed
    further    how many more are needed after these
    among      subjects that could give those, English and mathematics included
    """

    open: bool | None
    needed: int | None
    required: tuple[MissingPass, ...]
    one_of: tuple[MissingPass, ...]
    further: int
    among: tuple[MissingPass, ...]


def programme_choice(
    grades: Iterable[SubjectGrade], towards: EntryRule, decisions: Decisions = NOTHING_DECIDED
) -> ProgrammeChoice:
    """Whether programinriktat val towards a kind of national programme stands open, and what is missing.

    It stands open to those who aren't eligible to the national programme itself. We count those who lack nothing but
    the subjects that the ordinance names for a programme: they aren't eligible to it either.

    Source  the Education Act (2010:800) 17 chap. 10 §. Exemption from English is about national programmes only
    """
    return choice_of(standing(grades, decisions), towards, decisions)


def choice_of(
    now: dict[str, SubjectGrade], towards: EntryRule, decisions: Decisions = NOTHING_DECIDED
) -> ProgrammeChoice:
    """The same from what is known of each subject (see `eligibility.standing`)."""
    if not now:
        return ProgrammeChoice(None, None, (), (), 0, ())
    passed = {subject for subject, grade in now.items() if grade.passed}
    two = {subject: now[subject].grade if subject in now else None for subject in (ENGLISH, MATHEMATICS)}
    swedish = () if SWEDISH_CODE in passed else (MissingPass(SWEDISH_CODE, _now(now, SWEDISH_CODE)),)
    neither = not passed & set(two)
    one_of = tuple(MissingPass(subject, grade) for subject, grade in two.items()) if neither else ()
    further = max(0, IMV_BESIDES_SWEDISH - len(passed - {SWEDISH_CODE}) - neither)
    needed = len(swedish) + neither + further
    among = tuple(each for each in open_subjects(now) if each.subject != SWEDISH_CODE) if further else ()
    eligible = eligibility_of(now, towards, decisions).eligible
    return ProgrammeChoice(needed == 0 and not eligible, needed, swedish, one_of, further, among)


def introductory_open(
    grades: Iterable[SubjectGrade],
    *,
    language_introduction: bool | None,
    decisions: Decisions = NOTHING_DECIDED,
) -> dict[str, bool | None]:
    """Which of yrkesintroduktion, individuellt alternativ and språkintroduktion stand open.

    Takes   language_introduction   whether people have found that the pupil, newly arrived, needs an education with
                                    its weight on Swedish; None: nobody has said
    Gives   by code; None where it can't be said. A school authority may decide on exceptions to all of them
    Source  the Education Act (2010:800) 17 chap. 11-12 §§
    """
    eligible = upper_secondary_eligibility(grades, VOCATIONAL_ENTRY, decisions).eligible
    lacks = None if eligible is None else not eligible
    elsewhere = None if language_introduction is None else not language_introduction
    return {IMY: _both(lacks, elsewhere), IMA: _both(lacks, elsewhere), IMS: _both(lacks, language_introduction)}


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether both hold; one that doesn't settles it, also when the other is unknown."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _now(now: dict[str, SubjectGrade], subject: str) -> str | None:
    return now[subject].grade if subject in now else None
