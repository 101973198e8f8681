"""Lives: twenty terms for many pupils at once, without lessons."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .absence import FAILING, LEAST_REPORTED, UNREPORTED_UNITS, happened, missed_share, tendencies
from .courses import take_courses
from .dials import DIALS, Dials
from .draws import Draws, make_draws
from .entry import Open, chosen, eligible_to, introductory, liking, open_programmes, upper_units
from .levels import (
    FIRST_GRADED_TERM,
    NOISE,
    NONE,
    REMEMBERS,
    SUBJECTS,
    Grades,
    graded,
    letters,
    make_school,
    merit_value,
)
from .notes import action_programmes, could_be_registered, grant_withdrawn, occupation, reached, registered
from .people import YEAR_OF_FIRST_TERM
from .seam import LAST_COMPULSORY_TERM, TERMS, Help, People, Seen, Shifts
from .state import (
    ABROAD,
    AWAY,
    CERTIFICATE,
    COMPULSORY,
    DEGREE,
    INTRODUCTORY,
    LEFT,
    NATIONAL,
    NOT_STARTED,
    Chances,
    State,
    first_state,
    odds,
)
from .ways import be_done, change_programme, come_back, go, move_on

_COUNTED = ("status", "unit", "stage", "failed", "warned", "programmed", "reached", "occupation")
_FLAGS = ("in_school", "attended", "grant_stopped", "young", "registered")
_ONCE = ("began", "first_programme", "degree_term", "certificate_term")
LEVEL_COUNTS = 0.9  # how much of the level in compulsory school counts in upper secondary school


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


def live(people: People, seed: int, help_: Help | None = None, dials: Dials = DIALS) -> Lives:
    """Live everybody's twenty terms.

    Takes   help_   what adults do, asked before each term; the same chance is drawn with it and without
    Gives   the same lives for the same people, seed, help and dials
    """
    return lived(people, make_draws(people, seed), help_, dials)


def lived(people: People, draws: Draws, help_: Help | None = None, dials: Dials = DIALS) -> Lives:
    """The same with draws that are made already."""
    chances = _chances(people, draws, dials)
    state = first_state(people, chances.school)
    lives = _blank(people, chances.school.second)
    for term in range(TERMS):
        if term <= LAST_COMPULSORY_TERM:
            state.status[(state.status == AWAY) & (chances.school.arrives == term)] = COMPULSORY
        if term == LAST_COMPULSORY_TERM + 1:
            _begin(state, chances, lives)
        _term(term, state, chances, lives, help_)
    return lives


def _chances(people: People, draws: Draws, dials: Dials) -> Chances:
    school = make_school(people, draws, dials)
    general = LEVEL_COUNTS * (school.general + school.turns[1] + dials.course_boys * (people.sex - 0.5))
    return Chances(people, draws, dials, school, tendencies(people, draws), general, liking(people, draws))


def _blank(people: People, second: Bools) -> Lives:
    shape = (TERMS, len(people))
    filled: dict[str, Any] = {name: np.zeros(shape, dtype=np.int64) for name in _COUNTED}
    filled |= {name: np.full(shape, np.nan) for name in ("absence", "missed", "reported", "passed")}
    filled |= {name: np.zeros(shape, dtype=bool) for name in _FLAGS}
    filled |= {name: np.full(len(people), -1) for name in _ONCE}
    return Lives(
        half_year=2 * (people.born + YEAR_OF_FIRST_TERM) + 1 + np.arange(TERMS)[:, None],
        programme=np.full(shape, -1),
        cause=np.full(shape, -1),
        grades=np.full((8, len(SUBJECTS), len(people)), NONE, dtype=np.int8),
        second_swedish=second,
        merit=np.zeros(len(people)),
        open={},
        eligible_higher=np.zeros(len(people), dtype=bool),
        **filled,
    )  # fmt: skip


def _term(term: int, state: State, chances: Chances, lives: Lives, help_: Help | None) -> None:
    lives.in_school[term] = state.in_school
    shifts = help_.before(term, _seen(term, state, lives)) if help_ else None
    if term > LAST_COMPULSORY_TERM:
        come_back(term, state, chances, shifts.returning if shifts else None)
    _write_down(term, state, chances, lives)
    _be_absent(term, state, chances, lives, shifts)
    if term > LAST_COMPULSORY_TERM:
        _upper(term, state, chances, lives, shifts)
    elif term >= FIRST_GRADED_TERM:
        _compulsory(term, state, chances, lives, shifts)


def _seen(term: int, state: State, lives: Lives) -> Seen:
    before = max(term - 1, 0)
    nothing = np.full(len(state.status), np.nan)
    upper = (state.status == NATIONAL) | (state.status == INTRODUCTORY)
    return Seen(
        term=term,
        half_year=lives.half_year[term],
        in_school=lives.in_school[term],
        absence=lives.absence[before] if term else nothing,
        passed=lives.passed[before] if term else nothing,
        failed=lives.failed[before] if term else np.zeros(len(nothing), dtype=np.int64),
        unit=state.unit.copy(),
        programme=np.where(upper, state.programme, -1),
        finished=(state.status == DEGREE) | (~upper & (state.cause == ABROAD)),
    )


def _write_down(term: int, state: State, chances: Chances, lives: Lives) -> None:
    """Where everybody is in the term."""
    inside = state.in_school
    lives.attended[term] = inside
    lives.status[term] = state.status
    lives.programme[term] = np.where(inside & (term > LAST_COMPULSORY_TERM), state.programme, -1)
    lives.unit[term] = np.where(inside, state.unit, 0)
    lives.stage[term] = state.stage
    lives.young[term] = could_be_registered(term, chances)
    lives.registered[term] = registered(term, state, chances)
    lives.reached[term] = reached(term, lives.registered[term], chances)
    lives.occupation[term] = occupation(term, state, chances, lives.occupation[max(term - 1, 0)])
    if term <= LAST_COMPULSORY_TERM:
        lives.programmed[term] = action_programmes(term, state, chances)
    state.out += (state.status > INTRODUCTORY) & (term > LAST_COMPULSORY_TERM)


def _be_absent(term: int, state: State, chances: Chances, lives: Lives, shifts: Shifts | None) -> None:
    inside = state.in_school
    tendency = chances.tendency[term] + FAILING * state.failing
    introductory_ = state.status == INTRODUCTORY
    share = missed_share(term, tendency, introductory_, shifts.absence if shifts else None, chances.dials)
    missed = happened(share, chances.draws.missed_normal[term])
    reported = LEAST_REPORTED + (1 - LEAST_REPORTED) * np.sqrt(chances.draws.reported[term])
    reported = np.where(chances.draws.reported[term] < UNREPORTED_UNITS, 0.0, reported)
    lives.missed[term] = np.where(inside, missed, np.nan)
    lives.reported[term] = np.where(inside, reported, np.nan)
    lives.absence[term] = np.where(inside & (reported > 0), missed, np.nan)
    state.lost = np.where(inside, REMEMBERS * state.lost + (1 - REMEMBERS) * missed, state.lost)
    if term > LAST_COMPULSORY_TERM:
        lives.grant_stopped[term] = grant_withdrawn(term, state, chances, missed)


def _compulsory(term: int, state: State, chances: Chances, lives: Lives, shifts: Shifts | None) -> None:
    """Grades and warnings of a term in years 6-9."""
    above, chance = graded(term, chances.school, state.lost, chances.draws, chances.dials)
    if shifts:
        above = above + (NOISE * shifts.passing).astype(np.float32)
    grade = letters(term, above + chance, chances.school, state.lost, chances.dials)
    taken = grade > NONE
    fails = taken & (grade < 1)
    lives.grades[term - FIRST_GRADED_TERM] = grade
    number = taken.sum(axis=0)
    failed = fails.sum(axis=0)
    lives.failed[term] = failed
    lives.passed[term] = np.where(number > 0, 1 - failed / np.maximum(number, 1), np.nan)
    # Whoever is little above the limit is warned, some teachers sooner than others.
    lives.warned[term] = (taken & (above < 0.4 * chances.draws.warned[term] - 0.1)).sum(axis=0)
    state.failing = np.where(number > 0, failed / np.maximum(number, 1), 0.0)


def _begin(state: State, chances: Chances, lives: Lives) -> None:
    """From year 9 to the first autumn of upper secondary school."""
    people, draws = chances.people, chances.draws
    final = lives.grades[-1]
    lives.merit[:] = merit_value(final)
    open_ = eligible_to(final)
    lives.open.update(open_)
    state.may = open_programmes(open_)
    national = chosen(people, lives.merit, state.may, draws, chances.dials)
    other = introductory(people, chances.school.arrives, open_, draws)
    starts = draws.choice[1] >= odds(chances.dials.not_started + 1.5 * (national < 0) + 3 * (state.lost - 0.1))
    # Whoever doesn't start now may begin the same programme later.
    state.programme[:] = np.where(national >= 0, national, other)
    state.status[:] = np.where(starts, np.where(national >= 0, NATIONAL, INTRODUCTORY), NOT_STARTED)
    state.unit[:] = upper_units(people, draws)
    state.failing[:] = np.where(national >= 0, 0.3 * state.failing, state.failing)


def _upper(term: int, state: State, chances: Chances, lives: Lives, shifts: Shifts | None) -> None:
    """Courses of a term of upper secondary school, and what becomes of everybody after it."""
    inside = state.in_school
    first = inside & (lives.began < 0)
    lives.began[first] = term
    lives.first_programme[first] = state.programme[first]
    share, failed = take_courses(term, state, chances, shifts.passing if shifts else None)
    lives.passed[term] = share
    lives.failed[term] = failed
    lives.warned[term] = np.where(failed > 0, failed - (chances.draws.warned[term] < 0.2), 0)
    state.failing = np.where(np.isnan(share), state.failing * 0.5, 1 - np.nan_to_num(share, nan=1.0))
    before = state.status.copy()
    move_on(term, state, chances)
    stays = state.status == before
    go(term, state, chances, shifts.leaving if shifts else None)
    change_programme(term, state, chances)
    _finish(term, state, chances, lives, stays)
    lives.cause[term] = np.where(inside & (state.status == LEFT), state.cause, -1)


def _finish(term: int, state: State, chances: Chances, lives: Lives, stays: Bools) -> None:
    """Degrees and certificates at the end of a term."""
    moved = (state.status == NATIONAL) & ~stays
    state.status[moved] = INTRODUCTORY  # who moved on begins the national programme next term
    before = state.status.copy()
    be_done(term, state, chances)
    state.status[moved] = NATIONAL
    degree = (state.status == DEGREE) & (before == NATIONAL)
    lives.degree_term[degree] = term
    lives.certificate_term[(state.status == CERTIFICATE) & (before == NATIONAL)] = term
    higher = ~state.vocational | (chances.draws.kind < chances.dials.eligible_vocational)
    lives.eligible_higher[degree] = higher[degree]
