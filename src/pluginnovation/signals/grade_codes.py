"""What each subject and course code means, worked out once per code and not once per grade.

The words are those of `reference.compulsory_subjects` and `reference.course_codes`; a test holds the two together.
"""

from typing import Final

import ibis
from ibis.expr.types import StringValue, Table

from pluginnovation.reference.compulsory_subjects import (
    BLOCKS,
    CODE_OF,
    ENGLISH,
    MATHEMATICS,
    MODERN_LANGUAGES,
    NAMES,
    SWEDISH,
    WRITTEN,
)
from pluginnovation.reference.course_codes import (
    CORRESPONDING,
    DIPLOMA_PROJECT,
    FOUR_LETTERS,
    HIGHEST_LEVEL,
    NAMED,
    place_of,
)

# The three subjects that every national programme asks for, under one code each.
CORE: Final = (SWEDISH[0], ENGLISH, MATHEMATICS)
CORE_OF: Final = dict.fromkeys(SWEDISH, SWEDISH[0]) | {ENGLISH: ENGLISH, MATHEMATICS: MATHEMATICS}
# What course codes of the three begin with, in both systems.
CORE_PREFIXES: Final = {"SVE": SWEDISH[0], "SVA": SWEDISH[0], "ENG": ENGLISH, "MAT": MATHEMATICS}
PREFIX_LETTERS: Final = 3

# What a row's code is joined by, and the step of a subject that a course stands on.
CODE: Final = ["subject", "course", "choice"]
STEP: Final = ["step_subject", "step_number", "step_part"]

# A course that stands on no numbered step of a subject.
NO_NUMBER: Final = -1
# Nobody says whether a language was taken as språkval.
NOT_TOLD: Final = 2

_REGISTER: Final = r"^(?:GRGR)?([A-ZÅÄÖ]{3})(?:[0-9]{2})?$"
_COURSE: Final = r"^([A-ZÅÄÖ]{3})([A-ZÅÄÖ]{3})0?([0-9]{1,2})([A-C]?)([0-9]?)$"
_LEVEL: Final = r"^([A-ZÅÄÖ]{4})([0-9])([A-C]?)([0-9]?)0*X$"
_LEVEL_OF: Final = {"|".join(map(str, place_of(course).step)): place_of(level).step for course, level in CORRESPONDING}


def code_pairs(rows: Table) -> Table:
    """The subject and course codes of rows as they are joined with `placed_codes`: empty where there is none.

    Takes   rows   subject, course, and maybe language_choice (a modern language is språkval; null: not told)
    Gives   the rows with subject, course and choice (1 yes, 0 no, NOT_TOLD)
    """
    told = rows.language_choice.cast("int32") if "language_choice" in rows.columns else ibis.null("int32")
    return rows.mutate(
        subject=rows.subject.fill_null(""), course=rows.course.fill_null(""), choice=told.fill_null(NOT_TOLD)
    )


def placed_codes(codes: Table) -> Table:
    """Every code with what it stands for.

    Takes   codes   subject, course, choice, as `code_pairs` gives them
    Gives   one row per subject, course and choice: these, and
              code_no        a number for it
              unit_no        a number for its unit
              is_course      a course or a level of upper secondary school, not a subject of compulsory school
              unit           what its latest grade is looked for in: the short code of the subject, SV for both kinds
                             of Swedish; for a course its code
              core           SV, EN or MA; null for all else
              step_subject, step_number, step_part   the step a course stands on (see `course_codes.step_of`); number
                             is NO_NUMBER and part 0 where the code tells none
              gy25           a level of a subject, and not a course
    Raises  nothing: codes that nobody knows stand for themselves
    """
    pairs = codes.select(*CODE).distinct()
    texts = pairs.mutate(named=pairs.subject.strip().upper(), text=pairs.course.strip().upper())
    texts = texts.mutate(
        short=_short(texts.named),
        is_course=(texts.text != "") & ~texts.text.startswith("GRGR") & ~texts.text.isin([*WRITTEN, *BLOCKS]),
    )
    by_course = _word(texts.text.left(PREFIX_LETTERS), CORE_PREFIXES)
    by_subject = ibis.coalesce(
        _word(texts.short, CORE_OF),
        _word(texts.named, {four: CORE_PREFIXES[three] for four, three in FOUR_LETTERS.items()}),
    )
    # The curriculum has one code for both kinds of modern language; the flag tells them apart.
    by_choice = texts.short.isin(MODERN_LANGUAGES) & (texts.choice != NOT_TOLD)
    subject = ibis.cases(
        (texts.short.isin(SWEDISH), SWEDISH[0]),
        (by_choice & (texts.choice == 1), MODERN_LANGUAGES[1]),
        (by_choice, MODERN_LANGUAGES[0]),
        else_=texts.short,
    )
    told = texts.mutate(
        unit=ibis.ifelse(texts.is_course, texts.text, subject),
        core=ibis.ifelse(texts.is_course, ibis.coalesce(by_course, by_subject), by_subject),
    )
    placed = _on_steps(told)
    return placed.select(
        *CODE, "is_course", "unit", "core", *STEP, "gy25",
        code_no=ibis.row_number().over(ibis.window(order_by=CODE)),
        unit_no=ibis.dense_rank().over(ibis.window(order_by=["is_course", "unit"])),
    )  # fmt: skip


def _word(text: StringValue, words: dict[str, str]) -> StringValue:
    """The word that stands for a text, null for a text that none stands for."""
    return text.cases(*words.items(), else_=ibis.null("string"))


def _short(named: StringValue) -> StringValue:
    """The short code of a subject of compulsory school, as `compulsory_subjects.subject_of` gives it."""
    register = _word(named.re_extract(_REGISTER, 1), CODE_OF)
    return ibis.ifelse(named.isin([*NAMES, *BLOCKS]), named, ibis.coalesce(register, named))


def _read(texts: Table) -> Table:
    """The codes with what stands in them, read as `course_codes.place_of` reads them."""
    part = texts.text.re_extract(_LEVEL, 4)
    letters = texts.text.re_extract(_LEVEL, 1)
    first, second = texts.text.re_extract(_COURSE, 1), texts.text.re_extract(_COURSE, 2)
    by_name = ibis.ifelse(
        texts.named.isin(NAMED), texts.named, ibis.coalesce(_word(texts.named, FOUR_LETTERS), letters)
    )
    own = texts.mutate(
        is_project=texts.text.startswith(DIPLOMA_PROJECT),
        level=texts.text.re_search(_LEVEL),
        level_subject=ibis.coalesce(_word(letters, FOUR_LETTERS), by_name),
        level_number=texts.text.re_extract(_LEVEL, 2).nullif("").cast("int32"),
        level_part=ibis.ifelse(part == "0", "", part),
        in_course=texts.text.re_search(_COURSE),
        course_subject=ibis.ifelse((first == second) & first.isin(NAMED), first, first + second),
        course_number=texts.text.re_extract(_COURSE, 3).nullif("").cast("int32"),
        course_part=texts.text.re_extract(_COURSE, 5),
    )
    highest = own.level_subject.cases(*HIGHEST_LEVEL.items(), else_=own.level_number)
    step = own.course_subject + "|" + own.course_number.cast("string") + "|" + own.course_part
    return own.mutate(
        step=step,
        gy25=own.level & ~own.is_project,
        on_level=own.level & (own.level_number <= highest) & ~own.is_project,
        on_course=own.in_course & ~own.level & ~own.is_project,
    )


def _on_steps(texts: Table) -> Table:
    """The codes with the step each stands on: a course on that of the level it corresponds to, where there is one."""
    own = _read(texts)
    subjects = {step: level[0] for step, level in _LEVEL_OF.items()}
    numbers = [(step, level[1]) for step, level in _LEVEL_OF.items()]
    parts = {step: level[2] for step, level in _LEVEL_OF.items()}
    part = ibis.cases(
        (own.on_level, own.level_part),
        (own.on_course, ibis.coalesce(_word(own.step, parts), own.course_part)),
        else_="",
    )
    return own.mutate(
        step_subject=ibis.cases(
            (own.is_project, DIPLOMA_PROJECT),
            (own.on_level, own.level_subject),
            (own.on_course, ibis.coalesce(_word(own.step, subjects), own.course_subject)),
            else_=own.text,
        ),
        step_number=ibis.cases(
            (own.on_level, own.level_number),
            (own.on_course, own.step.cases(*numbers, else_=own.course_number)),
            else_=NO_NUMBER,
        ).cast("int32"),
        step_part=part.nullif("").cast("int32").fill_null(0),
    )
