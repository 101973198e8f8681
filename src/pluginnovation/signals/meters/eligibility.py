"""The eligibility meter: which passes are missing, for each kind of programme and in which subjects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from pluginnovation.reference.compulsory_grades import SubjectGrade
from pluginnovation.reference.compulsory_subjects import ENGLISH, MATHEMATICS
from pluginnovation.reference.eligibility import SWEDISH_CODE, Eligibility, eligibility_of, standing
from pluginnovation.reference.entry_rules import VOCATIONAL, VOCATIONAL_ENTRY, EntryRule, entry_rules_on
from pluginnovation.reference.grade_scales import NO_BASIS
from pluginnovation.reference.introductory import IMV_BESIDES_SWEDISH, ProgrammeChoice, choice_of
from pluginnovation.signals.meters.names import rule_inside, rule_name
from pluginnovation.signals.meters.records import FAILED_MARK, PASSED_MARK, subject_marks
from pluginnovation.signals.meters.told import Told, listed, more_subjects, names_of, told, with_mark
from pluginnovation.signals.wording import Wording

# What each mark stands for: which grade it was is not asked for, only whether it is a pass.
_GRADE_OF: Final = {PASSED_MARK: "E", FAILED_MARK: "F", NO_BASIS: NO_BASIS}
CORE: Final = (SWEDISH_CODE, ENGLISH, MATHEMATICS)
STRIP_OTHERS: Final = 9
NO_GRADE: Final = "."
MOST_NAMED: Final = 3
INTRODUCTORY: Final = ("Programinriktat val (introduktion)", "Programme-oriented choice (introductory)")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One kind of programme.

    done, of   passes that count today of those it asks for; done is None when no grade is known
    missing    which passes are missing, or that none is
    """

    name: Told
    done: int | None
    of: int
    missing: Told


@dataclass(frozen=True, slots=True)
class EligibilityMeter:
    """How far a pupil is from each kind of programme.

    known    False when no grade and no dash is known
    change   what would change it, in one sentence; when unknown, what is missing to tell
    rows     each kind of national programme, then programinriktat val for those who aren't eligible to a vocational one
    strip    one mark each for Swedish, English and mathematics, and for the nine best others: P, F, - or . (none)
    """

    known: bool
    change: Told
    rows: tuple[ProgrammeRow, ...]
    strip: str


@lru_cache(maxsize=16_384)
def eligibility_meter(record: str, begins: date) -> EligibilityMeter:
    """What comes of the latest grades in compulsory school's subjects.

    Takes   record   as `records.subject_record` writes it: which subjects are passed, failed or have a dash
            begins   the day whose rules are asked
    Gives   see `EligibilityMeter`; the passes that are needed agree with the signal `passes_needed`
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Education Act (2010:800) 16 chap. 30-31 §§ and 17 chap. 10 §. Nobody tells of exemptions from English,
            or of knowledge shown in another way, so a person decides
    """
    grades = [SubjectGrade(subject, _GRADE_OF[mark]) for subject, mark in subject_marks(record).items()]
    now = standing(grades)
    found = [eligibility_of(now, rule) for rule in entry_rules_on(begins)]
    if not now:
        return EligibilityMeter(known=False, change=_nothing(), rows=tuple(map(_unknown_row, found)), strip="")
    rows = [_row(each) for each in found]
    vocational = next((each for each in found if each.rule.kind == VOCATIONAL), None)
    if vocational is None or not vocational.eligible:
        rows.append(_introductory(choice_of(now, vocational.rule if vocational else VOCATIONAL_ENTRY)))
    return EligibilityMeter(
        known=True, change=told(lambda say: _change(found, say)), rows=tuple(rows), strip=strip(now)
    )


def strip(now: Mapping[str, SubjectGrade]) -> str:
    """Twelve marks: the three that every programme asks for, and the nine others that stand best."""
    core = "".join(mark_of(now.get(subject)) for subject in CORE)
    others = sorted((mark_of(grade) for subject, grade in now.items() if subject not in CORE), key="PF-.".index)
    return core + "".join(others[:STRIP_OTHERS]).ljust(STRIP_OTHERS, NO_GRADE)


def mark_of(grade: SubjectGrade | None) -> str:
    """One letter for how a subject stands."""
    if grade is None or grade.grade is None:
        return NO_GRADE
    return PASSED_MARK if grade.passed else NO_BASIS if grade.grade == NO_BASIS else FAILED_MARK


def _nothing() -> Told:
    return told(
        lambda say: say.pick(
            "Okänt. Inget betyg är satt, så det går inte att säga vad som saknas.",
            "Unknown. No grade has been set, so nobody can tell what is missing.",
        )
    )


def _unknown_row(each: Eligibility) -> ProgrammeRow:
    unknown = ("Okänt.", "Unknown.")
    return ProgrammeRow(_name(each.rule), None, each.rule.passes, unknown)


def _row(each: Eligibility) -> ProgrammeRow:
    done = each.rule.passes - (each.needed or 0)
    return ProgrammeRow(_name(each.rule), done, each.rule.passes, told(lambda say: _missing(each, say)))


def _name(rule: EntryRule) -> Told:
    return told(lambda say: rule_name(rule.name, say))


def _missing(each: Eligibility, say: Wording) -> str:
    """Which passes a kind of programme still asks for."""
    if each.eligible:
        return say.pick("Behörig.", "Eligible.")
    parts = [with_mark(missing, say) for missing in each.required]
    if each.further:
        parts.append(more_subjects(each.further, say))
    among = [with_mark(missing, say) for missing in each.among[:MOST_NAMED]]
    example = say.pick(f", till exempel {listed(among, say)}", f", for example {listed(among, say)}") if among else ""
    return say.pick("Saknas: ", "Missing: ") + listed(parts, say) + example + "."


def _introductory(choice: ProgrammeChoice) -> ProgrammeRow:
    of = 1 + IMV_BESIDES_SWEDISH

    def missing(say: Wording) -> str:
        if choice.open:
            return say.pick("Öppet, om kommunen erbjuder det.", "Open, where the municipality offers it.")
        parts = [with_mark(each, say) for each in choice.required]
        if choice.one_of:
            either = say.pick(" eller ", " or ").join(with_mark(each, say) for each in choice.one_of)
            parts.append(either)
        if choice.further:
            parts.append(more_subjects(choice.further, say))
        return say.pick("Saknas: ", "Missing: ") + listed(parts, say) + "."

    return ProgrammeRow(INTRODUCTORY, of - (choice.needed or 0), of, told(missing))


def _change(found: Sequence[Eligibility], say: Wording) -> str:
    """What would change it, in one sentence: the passes that open the nearest kind of programme that is closed."""
    closed = [each for each in found if not each.eligible]
    if not closed:
        return say.pick(
            "Behörig till alla nationella program; ett F i svenska, engelska eller matematik skulle ändra det.",
            "Eligible for every national programme; an F in Swedish, English or mathematics would change that.",
        )
    nearest = min(closed, key=lambda each: each.needed or 0)
    passes = names_of(nearest.required, say)
    if nearest.further:
        passes.append(more_subjects(nearest.further, say))
    # The same passes often open several kinds at once.
    opened = [e for e in closed if (e.required, e.further) == (nearest.required, nearest.further)]
    where, what = listed([rule_inside(each.rule.name, say) for each in opened], say), listed(passes, say)
    open_ = [rule_inside(each.rule.name, say) for each in found if each.eligible]
    if len(opened) == len(found):
        return say.pick(
            f"Blir behörig till alla nationella program med lägst E i {what}.",
            f"Eligible for every national programme with at least E in {what}.",
        )
    if not open_:
        return say.pick(
            f"Blir behörig till {where} med lägst E i {what}.", f"Eligible for {where} with at least E in {what}."
        )
    if len(closed) == len(opened):
        return say.pick(
            f"Behörig till alla nationella program utom {where}; de öppnas med lägst E i {what}.",
            f"Eligible for every national programme but {where}; at least E in {what} opens those.",
        )
    return say.pick(
        f"Behörig till {listed(open_, say)}; med lägst E i {what} också till {where}.",
        f"Eligible for {listed(open_, say)}; with at least E in {what} also for {where}.",
    )
