"""Upper secondary eligibility: which programmes a pupil may begin, and which passes are missing for the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .compulsory_grades import SubjectGrade, one_per_subject, rank
from .compulsory_subjects import ENGLISH, MATHEMATICS, SWEDISH, subject_of
from .entry_rules import EntryRule, entry_rules_on
from .merit import one_swedish


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided about an applicant that grades don't show; each needs its reason.

    english_exemption   why English isn't asked for (the Education Act 16 chap. 32 §); empty: it is
    equivalent          subjects whose knowledge was shown in another way, which count as passes (16 chap. 33 §)
    """

    english_exemption: str = ""
    equivalent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingPass:
    """A subject in which a pass is missing, and what stands there now: F, a dash, or None when no grade is given."""

    subject: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a pupil is eligible, and the smallest set of passes that would make it so.

    rule       what was asked
    eligible   None when no grade at all is known
    needed     how many further passes; 0 when eligible, None when unknown
    required   the subjects that must be passed, each of them
    further    how many more are needed after these, in any subjects
    among      known subjects that could give those: not passed, and not required; F first, then dashes, then those
               not graded yet. Others count as well, if the pupil takes them up
    passed     the passes that count today, Swedish as `SV` whichever it is
    """

    rule: EntryRule
    eligible: bool | None
    needed: int | None
    required: tuple[MissingPass, ...]
    further: int
    among: tuple[MissingPass, ...]
    passed: tuple[str, ...]


NOTHING_DECIDED: Final = Decisions()
SWEDISH_CODE: Final = SWEDISH[0]


def upper_secondary_eligibility(
    grades: Iterable[SubjectGrade], rule: EntryRule, decisions: Decisions = NOTHING_DECIDED
) -> Eligibility:
    """Whether the passes are enough for a kind of programme, and which are missing.

    Takes   grades   those that count, in any order (see `one_per_subject`); block grades stand for their subjects
    Gives   unknown only when nothing is known: neither a grade nor a dash, nor a decision on equivalent knowledge
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Education Act (2010:800) 16 chap. 30-33 §§; the Upper Secondary Ordinance (2010:2039) 7 chap. 1 §
    """
    return eligibility_of(standing(grades, decisions), rule, decisions)


def eligibility_of(
    now: dict[str, SubjectGrade], rule: EntryRule, decisions: Decisions = NOTHING_DECIDED
) -> Eligibility:
    """The same from what is known of each subject, for whoever asks about several rules.

    Takes   now   as `standing` gives it, with the same decisions
    """
    if not now:
        return Eligibility(rule, None, None, (), 0, (), ())
    passed = {subject for subject, grade in now.items() if grade.passed}
    core = core_subjects(decisions)
    missing = [subject for subject in (*core, *rule.named) if subject not in passed]
    others = len(passed - {SWEDISH_CODE, ENGLISH, MATHEMATICS})
    named_missing = sum(subject not in passed for subject in rule.named)
    further = max(0, rule.others - others - named_missing)
    required = tuple(MissingPass(subject, _grade(now, subject)) for subject in missing)
    needed = len(required) + further
    asked = {SWEDISH_CODE, ENGLISH, MATHEMATICS, *rule.named}
    among = tuple(pass_ for pass_ in open_subjects(now) if pass_.subject not in asked) if further else ()
    return Eligibility(rule, needed == 0, needed, required, further, among, tuple(sorted(passed)))


def every_eligibility(
    grades: Iterable[SubjectGrade], begins: date, decisions: Decisions = NOTHING_DECIDED
) -> tuple[Eligibility, ...]:
    """The same for every kind of programme that somebody may begin on a day, in the order of the rules.

    Takes   begins   the day education would begin: rules are those of that day
    Gives   none when no rule is in force that day
    """
    now = standing(grades, decisions)
    return tuple(eligibility_of(now, rule, decisions) for rule in entry_rules_on(begins))


def standing(grades: Iterable[SubjectGrade], decisions: Decisions = NOTHING_DECIDED) -> dict[str, SubjectGrade]:
    """What is known of each subject today: one grade per short code, Swedish as `SV` whichever of the two it is.

    Gives   empty when no grade and no dash is given, and nothing was decided to be equivalent. Subjects where it was
            decided stand with the lowest pass
    """
    found = {
        SWEDISH_CODE if grade.subject in SWEDISH else grade.subject: grade
        for grade in one_swedish(one_per_subject(grades))
    }
    for code in decisions.equivalent:
        subject = SWEDISH_CODE if subject_of(code) in SWEDISH else subject_of(code)
        if subject not in found or not found[subject].passed:
            found[subject] = SubjectGrade(subject, "E")
    return found if any(grade.grade is not None for grade in found.values()) else {}


def core_subjects(decisions: Decisions = NOTHING_DECIDED) -> tuple[str, ...]:
    """The subjects that every national programme asks for: English too, unless it was decided otherwise."""
    english = () if decisions.english_exemption else (ENGLISH,)
    return (SWEDISH_CODE, *english, MATHEMATICS)


def open_subjects(now: dict[str, SubjectGrade]) -> list[MissingPass]:
    """The subjects of `standing` without a pass: F first, then dashes, then those not graded yet."""
    waiting = (grade for grade in now.items() if not grade[1].passed)
    ordered = sorted(waiting, key=lambda item: (-rank(item[1].grade), item[0]))
    return [MissingPass(subject, grade.grade) for subject, grade in ordered]


def _grade(now: dict[str, SubjectGrade], subject: str) -> str | None:
    return now[subject].grade if subject in now else None
