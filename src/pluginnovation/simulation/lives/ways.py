"""Ways through upper secondary school: leaving, pausing, coming back, changing programme, moving on, being done."""

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats

from .courses import enough_for_degree
from .entry import CODES, KIND, YR
from .levels import NONE
from .state import (
    ABROAD,
    CERTIFICATE,
    DEGREE,
    INTRODUCTORY,
    LEFT,
    NATIONAL,
    NOT_STARTED,
    PAUSED,
    STAGES,
    Chances,
    State,
    odds,
)

FIRST_RETURN = 11  # the term after the first in upper secondary school
LAST_TERM_TO_BEGIN = 17  # spring of the year they turn 20 (15 chap. 5 §)
LEAVING_BY_LOSS, LEAVING_BY_FAILING, LEAVING_BY_MOTIVATION = 5.0, 1.2, -0.35
OLDER = 0.15  # log-odds per term from the fourth year on
PAUSES = 0.006  # per term
CHANGES = {10: 0.03, 11: 0.045, 13: 0.015}  # new programme at the end of a term, share of pupils
SECOND_YEAR_AGAIN = 0.5  # of those who change, start the year anew
MOVES_IN_AUTUMN = -2.2  # log-odds, against moving on after the summer
MOST_INTRODUCTORY, MOST_LANGUAGE, MOST_EXTRA = 8, 9, 2
MOVING = np.array([0.9, 0.0, -0.9, 0.2])  # by IMV, IMY, IMA, IMS
MOVES_TO_VOCATIONAL = 1.2  # how much likelier than otherwise
_ABROAD, _IMV, _IMS = 0.02, CODES.index("IMV"), CODES.index("IMS")


def come_back(term: int, state: State, chances: Chances, added: Floats | None) -> None:
    """Those who are out and return to where they were, or begin what they didn't begin after year 9."""
    may = (state.status >= PAUSED) & (state.status <= NOT_STARTED) & (state.cause != ABROAD)
    if not FIRST_RETURN <= term <= LAST_TERM_TO_BEGIN or not may.any():
        return
    log_odds = chances.dials.returning + 2.4 * (state.status == PAUSED) - 0.22 * state.out + 0.6 * (term % 2 == 0)
    log_odds = log_odds + 0.2 * chances.people.motivation + (0.0 if added is None else added)
    back = may & (chances.draws.returning[term] < odds(log_odds))
    national = back & (KIND[state.programme] != 2)
    state.status[national] = NATIONAL
    state.status[back & ~national] = INTRODUCTORY
    state.out[back] = 0


def go(term: int, state: State, chances: Chances, added: Floats | None) -> None:
    """Those who leave or pause at the end of a term."""
    inside = (state.status == NATIONAL) | (state.status == INTRODUCTORY)
    dials, people, draws = chances.dials, chances.people, chances.draws
    introductory = state.status == INTRODUCTORY
    log_odds = (
        np.where(introductory, dials.leaving_introductory, dials.leaving + dials.leaving_vocational * state.vocational)
        + LEAVING_BY_LOSS * np.minimum(state.lost, 0.6)
        + LEAVING_BY_FAILING * state.failing
        + LEAVING_BY_MOTIVATION * people.motivation
        + dials.leaving_spring * (term % 2)
        + dials.leaving_boys * (people.sex - 0.5)
        + np.array(dials.leaving_parents)[people.parents]
        + dials.leaving_abroad * (people.origin >= 2)
        + np.where(state.stage < 4, dials.leaving_first_years, 0.0)
        + OLDER * max(0, term - 15)
    )
    if added is not None:
        log_odds = log_odds + added
    draw = draws.leaving[term]
    leaves = inside & (draw < odds(log_odds))
    state.status[leaves] = LEFT
    state.cause[leaves] = _causes(term, state, chances)[leaves]
    # The draw's other end, so that nobody both leaves and pauses.
    state.status[inside & ~leaves & (draw > 1 - PAUSES)] = PAUSED


def _causes(term: int, state: State, chances: Chances) -> np.ndarray:
    """Why somebody leaves: weights by where they stand."""
    size = len(state.status)
    weights = np.stack([
        0.8 - 0.3 * np.clip(chances.people.motivation, -2, 2) + state.failing,
        np.full(size, 0.3 + 0.08 * (term - 10)),
        0.3 + 1.2 * state.lost,
        np.where((state.stage < 3) & (state.status != INTRODUCTORY), 0.5, 0.1),
        np.where(chances.people.origin > 0, 0.25, 0.08),
        np.full(size, 0.5),
    ])  # fmt: skip
    steps = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    return np.asarray((chances.draws.cause[term] > steps[:-1]).sum(axis=0))


def change_programme(term: int, state: State, chances: Chances) -> None:
    """Some change programme; most of them begin anew."""
    share = CHANGES.get(term)
    if share is None:
        return
    draw = chances.draws.changing[term]
    unhappy = share * np.where(state.failing > 0.3, 1.8, 0.9)
    changes = np.flatnonzero((state.status == NATIONAL) & (draw < unhappy))
    state.programme[changes] = _next_best(chances, state.may, changes, state.programme[changes])
    anew = changes[draw[changes] < SECOND_YEAR_AGAIN * unhappy[changes]]
    state.stage[anew] -= np.minimum(state.stage[anew], 2)


def _next_best(chances: Chances, may: Bools, who: np.ndarray, now: np.ndarray) -> np.ndarray:
    liking = np.where(may[:, who], chances.liking[:, who], -np.inf)
    liking[now, np.arange(len(who))] = -np.inf
    found = liking.argmax(axis=0)
    return np.where(np.isfinite(liking.max(axis=0, initial=-np.inf)), found, now)


def move_on(term: int, state: State, chances: Chances) -> None:
    """From an introductory programme to a national one, most of them vocational."""
    inside = state.status == INTRODUCTORY
    state.introduced += inside
    kind = np.clip(state.programme - _IMV, 0, 3)
    log_odds = chances.dials.moving_on + MOVING[kind] + 2.0 * (0.5 - state.failing) + 0.5 * chances.general
    log_odds = log_odds + (0.0 if term % 2 else MOVES_IN_AUTUMN)
    moves = np.flatnonzero(inside & (term < LAST_TERM_TO_BEGIN) & (chances.draws.changing[term] < odds(log_odds)))
    wanted = chances.liking[:, moves] + np.where(KIND == YR, MOVES_TO_VOCATIONAL, 0.0)[:, None]
    wanted[KIND == 2] = -np.inf
    state.programme[moves] = wanted.argmax(axis=0) if len(moves) else NONE
    state.status[moves] = NATIONAL
    state.moved[moves] = True
    state.stage[moves] = 0
    most = np.where(state.programme == _IMS, MOST_LANGUAGE, MOST_INTRODUCTORY)
    done = (state.status == INTRODUCTORY) & (state.introduced >= most)
    state.status[done] = LEFT
    state.cause[done] = 5


def be_done(term: int, state: State, chances: Chances) -> None:
    """Degrees, extra terms for what is missed, and study certificates, for those with all terms behind them."""
    there = state.status == NATIONAL
    state.extra += there & (state.stage >= STAGES)
    state.stage += there & (state.stage < STAGES)
    done = there & (state.stage >= STAGES)
    degree = done & enough_for_degree(state)
    state.status[degree] = DEGREE
    missing = state.core + state.failed
    log_odds = chances.dials.stays_on - 0.12 * missing + 0.3 * chances.people.motivation
    stays = np.where(state.extra == 0, chances.draws.staying[term] < odds(log_odds), state.extra < MOST_EXTRA)
    ends = done & ~degree & ~stays
    # A study certificate of 2,500 points needs a grade in everything.
    state.status[ends] = np.where(state.dashes[ends] == 0, CERTIFICATE, LEFT)
    state.cause[ends & (state.status == LEFT)] = 5
