"""What happened to everybody, written down term by term."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .entry import Open
from .levels import NONE, SUBJECTS, Grades
from .people import YEAR_OF_FIRST_TERM
from .seam import TERMS, People

# One value per pupil and term: small numbers take an eighth of the room, and there are many lives.
_SMALL = ("status", "stage", "failed", "warned", "programmed", "reached", "occupation")
_FLAGS = ("in_school", "attended", "grant_stopped", "young", "registered")
_ONCE = ("began", "first_programme", "degree_term", "certificate_term")


@dataclass(frozen=True, slots=True)
class Lives:
    """What happened to everybody. Rows are terms 0-19, columns pupils; one entry per pupil where nothing else is said.

    half_year    2 x calendar year, plus one in autumn
    in_school    enrolled on the term's first day
    attended     enrolled in the term: those who came back in it too
    status       state in the term, place in `state.STATES`
    programme    upper secondary programme, place in the list of programmes; -1 in compulsory school and out of school
    unit         school number of the term; 0 out of school
    stage        terms of the national programme that were done before the term, 0-6
    absence      share of the recorded teaching missed, 0..1; nan when nothing was recorded
    missed       share of the teaching missed, recorded or not; nan out of school
    reported     share of the teaching that was recorded; nan out of school
    passed       share of what was graded that was passed, 0..1; nan without grades
    failed       number of F and dashes; 0 without grades
    warned       number of warnings of an F in the term
    programmed   action programme, place in `notes`: 0 none
    young        under 20 in some part of the half-year, with compulsory school behind them
    grant_stopped, registered   study grant withdrawn; under the municipality's activity responsibility
    reached      what the municipality managed for those: 0 nothing, 1 contact, 2 a measure
    occupation   place in `notes.OCCUPATIONS`; 0 in school
    cause        why they left at the end of the term, place in `state.CAUSES`; -1 for those who didn't
    grades       grades of years 6-9 (8 terms, subjects, pupils), see `levels`
    second_swedish   one per pupil: reads Swedish as a second language
    merit        one per pupil: merit value after year 9
    open         who was eligible to what after year 9, by the names of the entry rules, and IMV
    began        one per pupil: the first term in upper secondary school; -1 for never
    first_programme   one per pupil: where they began; -1 for never
    degree_term, certificate_term   one per pupil: the term at whose end it was given; -1 for none
    eligible_higher   one per pupil: the degree has what higher education asks for
    """

    half_year: Ints
    in_school: Bools
    attended: Bools
    status: Ints
    programme: Ints
    unit: Ints
    stage: Ints
    absence: Floats
    missed: Floats
    reported: Floats
    passed: Floats
    failed: Ints
    warned: Ints
    programmed: Ints
    grant_stopped: Bools
    young: Bools
    registered: Bools
    reached: Ints
    occupation: Ints
    cause: Ints
    grades: Grades
    second_swedish: Bools
    merit: Floats
    open: Open
    began: Ints
    first_programme: Ints
    degree_term: Ints
    certificate_term: Ints
    eligible_higher: Bools


def blank(people: People, second: Bools) -> Lives:
    """Nothing written down yet."""
    shape = (TERMS, len(people))
    filled: dict[str, Any] = {name: np.zeros(shape, dtype=np.int8) for name in _SMALL}
    filled |= {name: np.full(shape, np.nan) for name in ("absence", "missed", "reported", "passed")}
    filled |= {name: np.zeros(shape, dtype=bool) for name in _FLAGS}
    filled |= {name: np.full(len(people), -1) for name in _ONCE}
    return Lives(
        half_year=(2 * (people.born + YEAR_OF_FIRST_TERM) + 1 + np.arange(TERMS)[:, None]).astype(np.int32),
        unit=np.zeros(shape, dtype=np.int32),
        programme=np.full(shape, -1, dtype=np.int8),
        cause=np.full(shape, -1, dtype=np.int8),
        grades=np.full((8, len(SUBJECTS), len(people)), NONE, dtype=np.int8),
        second_swedish=second,
        merit=np.zeros(len(people)),
        open={},
        eligible_higher=np.zeros(len(people), dtype=bool),
        **filled,
    )  # fmt: skip
