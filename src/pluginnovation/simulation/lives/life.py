"""Lives: twenty terms for many pupils at once, without lessons."""

from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from pluginnovation.simulation.chance import Bools

from .absence import FAILING, LEAST_REPORTED, UNREPORTED_UNITS, happened, missed_share, tendencies
from .courses import take_courses
from .dials import DIALS, Dials
from .draws import Draws, make_draws
from .entry import chosen, eligible_to, introductory, liking, open_programmes, upper_units
from .levels import (
    FIRST_GRADED_TERM,
    NOISE,
    NONE,
    REMEMBERS,
    graded,
    letters,
    make_school,
    merit_value,
)
from .notes import action_programmes, could_be_registered, grant_withdrawn, occupation, reached, registered
from .record import Lives, blank
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

LEVEL_COUNTS = 0.9  # how much of the level in compulsory school counts in upper secondary school


def live(people: People, seed: int, help_: Help | None = None, dials: Dials = DIALS) -> Lives:
    """Live everybody's twenty terms.

    Takes   help_   what adults do, asked before each term; the same chance is drawn with it and without
    Gives   the same lives for the same people, seed, help and dials
    """
    return lived(people, make_draws(people, seed), help_, dials)


def lived(people: People, draws: Draws, help_: Help | None = None, dials: Dials = DIALS) -> Lives:
    """The same with draws that are made already."""
    life = started(people, draws, dials)
    live_on(life, range(TERMS), help_)
    return life.lives


@dataclass(frozen=True, slots=True)
class Life:
    """Everybody's lives between two terms: what doesn't change, where they stand, and what is written down."""

    chances: Chances
    state: State
    lives: Lives

    def branched(self, draws: Draws) -> "Life":
        """The same until now, and from now on with other chance in what is drawn per term, or not chosen yet."""
        people = self.chances.people
        chances = replace(
            self.chances, draws=draws, tendency=tendencies(people, draws), liking=liking(people, draws)
        )  # fmt: skip
        return Life(chances, deepcopy(self.state), deepcopy(self.lives))


def started(people: People, draws: Draws, dials: Dials = DIALS) -> Life:
    """Everybody on the first day of year 5."""
    chances = _chances(people, draws, dials)
    return Life(chances, first_state(people, chances.school), blank(people, chances.school.second))


def live_on(life: Life, terms: range, help_: Help | None = None) -> None:
    """Live some terms, the next ones; `life` is changed in place."""
    chances, state, lives = life.chances, life.state, life.lives
    for term in terms:
        if term <= LAST_COMPULSORY_TERM:
            state.status[(state.status == AWAY) & (chances.school.arrives == term)] = COMPULSORY
        if term == LAST_COMPULSORY_TERM + 1:
            _begin(state, chances, lives)
        _term(term, state, chances, lives, help_)


def _chances(people: People, draws: Draws, dials: Dials) -> Chances:
    school = make_school(people, draws, dials)
    general = LEVEL_COUNTS * (school.general + school.turns[1] + dials.course_boys * (people.sex - 0.5))
    return Chances(people, draws, dials, school, tendencies(people, draws), general, liking(people, draws))


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
