"""Compulsory school's grades: what each pupil can in each subject, and what is written down of it.

Grades are 0 F, 1 E … 5 A; DASH when there was nothing to judge, NONE where the pupil doesn't have the subject.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pluginnovation.reference.compulsory_subjects import ENGLISH, MATHEMATICS, SWEDISH
from pluginnovation.simulation.chance import Bools, Floats, Ints

from .dials import Dials
from .draws import Draws
from .seam import People

SUBJECTS: Final = (SWEDISH[0], ENGLISH, MATHEMATICS, "BL", "HKK", "IDH", "MU", "BI", "FY", "KE", "GE", "HI", "RE",
                   "SH", "SL", "TK", "M2")  # fmt: skip
SV, EN, MA, M2 = 0, 1, 2, 16
DASH, NONE = -1, -2
Grades = NDArray[np.int8]
FIRST_GRADED_TERM = 2
STEPS = (0.0, 0.55, 1.2, 1.75)  # limits to D, C, B and A after the first of them
# How much harder a subject is than the mean of them, in levels; ours, except those that Dials has.
HARDER = np.array([0, 0, 0, -0.35, -0.25, 0.0, -0.3, 0.0, 0.05, 0.08, 0, 0, 0, 0, -0.4, 0, 0.1])[:, None]
BY_ABILITY, BY_MOTIVATION, BY_SCHOOL, BY_CLASS, TURNS = 0.60, 0.38, 0.22, 0.16, 0.35
BENT, BENT_CORE = (
    0.25,
    0.55,
)  # a pupil's own bent for a subject; Swedish, English and mathematics tell pupils apart most
NOISE = 0.13  # scale of the logistic chance in one grade, in levels
LOST_COSTS = 1.6  # levels, for a whole year's teaching missed
REMEMBERS = 0.6  # how much of what was lost last term still lacks
DASH_FROM = 0.5  # share of teaching lost from which there may be nothing to judge
SECOND_SWEDISH = (0.0, 0.2, 0.4, 0.75, 0.97)  # share reading Swedish as a second language, by origin
MODERN_LANGUAGE = 0.87  # share still reading a modern language
NEW = 3  # terms during which somebody newly arrived mostly gets dashes
MERIT = np.array([0, 10, 12.5, 15, 17.5, 20])


@dataclass(frozen=True, slots=True)
class School:
    """What lasts of a pupil's way through compulsory school.

    general    level in every subject; as long as the pupils
    turns      what is added to it in year 6 and in year 9 (2, pupils): not everybody stays where they were
    bent       extra per subject in year 6 and in year 9 (2, subjects, pupils)
    harder     per subject (subjects, pupils), the pass limit added
    high       what is added where it is about more than passing; as long as the pupils
    second     reads Swedish as a second language
    arrives    the term they come to Sweden; 0 for those who are here
    """

    general: Floats
    turns: Floats
    bent: Floats
    harder: Floats
    high: Floats
    second: Bools
    language: Bools
    arrives: Ints


def make_school(people: People, draws: Draws, dials: Dials) -> School:
    """The levels that don't change by themselves."""
    girls_boys = np.where(people.sex == 1, dials.level_boys / 2, -dials.level_boys / 2)
    general = (
        BY_ABILITY * people.ability
        + BY_MOTIVATION * people.motivation
        + BY_SCHOOL * draws.school_normal[1]
        + BY_CLASS * draws.class_normal[1]
        + np.array(dials.level_parents)[people.parents]
        + np.array(dials.level_origin)[people.origin]
        + girls_boys
    )
    second = draws.swedish < np.array(SECOND_SWEDISH)[people.origin]
    kept = np.full((len(SUBJECTS), 1), 0.5)
    kept[[SV, EN, MA], 0] = dials.kept_swedish, dials.kept_english, dials.kept_mathematics
    later = kept * draws.subject_normal + np.sqrt(1 - kept**2) * draws.later_normal
    harder = np.repeat(HARDER, len(people), axis=1)
    harder[SV] = np.where(second, dials.hard_second_swedish, dials.hard_swedish)
    harder[EN], harder[MA] = dials.hard_english, dials.hard_mathematics
    much = np.full((len(SUBJECTS), 1), BENT)
    much[[SV, EN, MA]] = BENT_CORE
    return School(
        general=general,
        turns=np.stack([TURNS * draws.early_normal, TURNS * draws.late_normal]),
        bent=np.stack([much * draws.subject_normal, much * later]).astype(np.float32),
        harder=(harder + dials.pass_limit).astype(np.float32),
        high=np.where(people.sex == 1, dials.high_boys / 2, -dials.high_boys / 2).astype(np.float32),
        second=second,
        language=draws.language < MODERN_LANGUAGE,
        arrives=np.where(people.origin == 4, 1 + (draws.arriving * 8).astype(np.int64), 0),
    )


def graded(term: int, school: School, lost: Floats, draws: Draws, dials: Dials) -> tuple[Floats, Floats]:
    """How far each pupil is above the pass limit in each subject before chance, and the chance (subjects, pupils)."""
    later = np.float32((term - FIRST_GRADED_TERM) / 7)
    bent = (1 - later) * school.bent[0] + later * school.bent[1]
    general = school.general + (1 - later) * school.turns[0] + later * school.turns[1]
    general = general - dials.sixth_year * (1 - later)
    own = (general - LOST_COSTS * (lost - 0.08)).astype(np.float32)
    u = np.clip(draws.graded[term - FIRST_GRADED_TERM], 1e-6, 1 - 1e-6)
    return own + bent - school.harder, np.float32(NOISE) * np.log(u / (1 - u))


def letters(term: int, above: Floats, school: School, lost: Floats, dials: Dials) -> Grades:
    """The grades of how far above the limit, chance included (subjects, pupils)."""
    grade = (above > 0).astype(np.int8)
    high = above + school.high
    for step in STEPS:
        grade += (above > 0) & (high > step + dials.first_letter - dials.pass_limit)
    new = (school.arrives > 0) & (term - school.arrives < NEW)
    grade[(above <= 0) & ((lost >= DASH_FROM) | new)] = DASH
    grade[M2, ~school.language | (term < 4)] = NONE
    grade[:, term < school.arrives] = NONE
    return grade


def merit_value(grade: Grades) -> Floats:
    """The merit value of final grades: the 16 best, and the modern language read as språkval beside them."""
    points = np.where(grade > 0, MERIT[np.maximum(grade, 0)], 0.0)
    return np.asarray(points.sum(axis=0))
