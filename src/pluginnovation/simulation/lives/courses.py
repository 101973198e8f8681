"""Upper secondary school's courses: five a term, some of them asked for by name, and what becomes of failed ones."""

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .draws import COURSES
from .state import INTRODUCTORY, NATIONAL, STAGES, Chances, State, odds

NOISE = 0.24  # scale of the logistic chance in one course grade, in levels
LOST_COSTS = 2.2  # levels, for a whole year's teaching missed
DASH_FROM = 0.55
INTRODUCTORY_LIMIT = -1.5
# 30 courses stand for 2,500 points, so a degree's 2,250 allow three failed ones (16 chap. 27-28 §§).
MAY_FAIL = 3
# Courses that a degree asks for by name, as stage, place and whether vocational programmes ask too: Swedish,
# English and mathematics in the first year; English 6 and Swedish 2 and 3; the diploma project.
BY_NAME = ((1, 0, True), (1, 1, True), (1, 2, True), (3, 0, False), (3, 1, False), (5, 0, False), (5, 1, True))
MENDED, MENDED_IN_EXTRA = 0.22, 0.6  # share of failed courses passed afterwards, per term


def take_courses(term: int, state: State, chances: Chances, added: Floats | None) -> tuple[Floats, Ints]:
    """One term's courses, for those in upper secondary school.

    Takes   added   log-odds of passing that help adds; None without help
    Gives   share passed of what was graded (nan outside school and in extra terms), number of F and dashes
    """
    draws, dials = chances.draws, chances.dials
    national, introductory = state.status == NATIONAL, state.status == INTRODUCTORY
    limit = np.where(state.vocational, dials.course_limit_vocational, dials.course_limit_higher)
    limit = np.where(introductory, INTRODUCTORY_LIMIT, limit - dials.course_moved * state.moved)
    above = chances.general - LOST_COSTS * (state.lost - 0.1) - limit
    u = np.clip(draws.course[term - 10], 1e-6, 1 - 1e-6)
    chance = np.log(u / (1 - u)) + (0.0 if added is None else added)
    passes = above + NOISE * chance > 0
    takes = introductory | (national & (state.stage < STAGES))
    failed = np.where(takes, COURSES - passes.sum(axis=0), 0)
    dashes = np.where(state.lost >= DASH_FROM, failed, 0)
    core = _core(state.stage, state.vocational, ~passes) * (national & takes)
    state.core += core
    state.failed += np.where(national, failed - core, 0)
    state.dashes += np.where(national, dashes, 0)
    _mend(term, state, chances)
    share = np.where(takes, 1 - failed / COURSES, np.nan)
    return share, failed


def _core(stage: Ints, vocational: Bools, fails: Bools) -> Ints:
    found = np.zeros(len(stage), dtype=np.int64)
    for at, place, all_ask in BY_NAME:
        found += (stage == at) & fails[place] & (all_ask | ~vocational)
    return found


def _mend(term: int, state: State, chances: Chances) -> None:
    """Some of what was failed is passed later, the courses that a degree asks for first."""
    in_extra = state.stage >= STAGES
    share = np.where(in_extra, MENDED_IN_EXTRA, MENDED) * odds(1.2 * chances.general + 1.6 - 3 * state.lost) * 1.2
    share = np.where(state.status == NATIONAL, np.minimum(share, 0.95), 0.0)
    draw = chances.draws.mended[term]
    core = np.minimum(np.floor(state.core * share + draw).astype(np.int64), state.core)
    state.core -= core
    other = np.minimum(np.floor(state.failed * share * 0.8 + (1 - draw)).astype(np.int64), state.failed)
    state.failed -= other
    state.dashes = np.minimum(state.dashes, state.failed + state.core)


def enough_for_degree(state: State) -> Bools:
    """Whether what is passed is enough for a degree."""
    return np.asarray((state.core == 0) & (state.failed <= MAY_FAIL) & (state.dashes == 0))
