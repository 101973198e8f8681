"""What adults write down about a term: study grants withdrawn, action programmes, the youth register, occupations."""

from typing import Final

import numpy as np

from pluginnovation.simulation.chance import Bools, Floats, Ints

from .people import independent
from .state import ABROAD, CERTIFICATE, PAUSED, Chances, State, odds

GRANT_BY_ABSENCE, GRANT_BY_PLACE = 1.1, 0.5
PROGRAMME_BY_LEVEL, PROGRAMME_BY_YEAR, PROGRAMME_BY_PLACE = -1.1, 0.14, 0.4
# Action programmes 6.2 % of pupils, adapted study course 1.4 %, special teaching group 1.3 %; Skolverket 2023/24.
ADAPTED, SPECIAL_GROUP = 1.4 / 6.2, 1.3 / 6.2
NO_PROGRAMME, PROGRAMME, PROGRAMME_ADAPTED, PROGRAMME_GROUP = range(4)
TURNS_18 = 13  # spring of the year they turn 18
LAST_REGISTERED_TERM = 18  # autumn of the year they turn 20, for those born in its second half
REACHED, IN_A_MEASURE = 21 / 46.3, 10 / 46.3  # of those under the responsibility in 2021, Skolverket
OCCUPATIONS: Final = ("", "studies", "work", "unemployed", "neither")
# Shares of studies, work, unemployed; the rest do neither. Ours: no register of it is public by what they left with.
_AFTER_DEGREE, _AFTER_CERTIFICATE, _WITHOUT = (0.34, 0.50, 0.09), (0.12, 0.48, 0.22), (0.08, 0.32, 0.27)
STUDIES_ELSEWHERE = 0.1  # of those who are out: adult education or a folk high school
CHANGES_OCCUPATION = 0.3


def grant_withdrawn(term: int, state: State, chances: Chances, missed: Floats) -> Bools:
    """Whose study grant is withdrawn in a term: invalid absence of four hours or more, repeated, in some month."""
    dials, people = chances.dials, chances.people
    log_odds = (
        dials.grant
        + GRANT_BY_ABSENCE * (np.log(np.clip(missed, 0.005, 0.995) / (1 - np.clip(missed, 0.005, 0.995))) + 2.2)
        + dials.grant_boys * (people.sex - 0.5)
        + dials.grant_independent * independent(state.unit)
        + GRANT_BY_PLACE * chances.draws.place_normal[0]
    )
    return np.asarray(state.in_school & (chances.draws.grant[term] < odds(log_odds)))


def action_programmes(term: int, state: State, chances: Chances) -> Ints:
    """Who has an action programme in a school year of compulsory school, and of what kind."""
    dials, people = chances.dials, chances.people
    first = term - term % 2
    log_odds = (
        dials.programme
        + PROGRAMME_BY_LEVEL * (chances.school.general + 0.3)
        + PROGRAMME_BY_YEAR * (first / 2 - 2)
        + dials.programme_boys * (people.sex - 0.5)
        + PROGRAMME_BY_PLACE * chances.draws.place_normal[1]
    )
    has = state.in_school & (chances.draws.supported[first] < odds(log_odds))
    kind = chances.draws.supported[first + 1]
    which = np.select([kind < ADAPTED, kind < ADAPTED + SPECIAL_GROUP], [PROGRAMME_ADAPTED, PROGRAMME_GROUP], PROGRAMME)
    return np.where(has, which, NO_PROGRAMME)


def could_be_registered(term: int, chances: Chances) -> Bools:
    """Under 20 in some part of the half-year, with compulsory school behind them."""
    young = np.ones(len(chances.people), dtype=bool)
    if term == LAST_REGISTERED_TERM:
        young = chances.draws.birthday > 0.5
    return young & (10 <= term <= LAST_REGISTERED_TERM)


def registered(term: int, state: State, chances: Chances) -> Bools:
    """Who is under the municipality's activity responsibility in a half-year, as its register has it.

    They are young, out of school and without a degree. Not everybody is found at once, mostly it is in autumn, when
    schools and the municipality compare their lists; whoever studies elsewhere isn't in the register.
    """
    out = (state.status >= PAUSED) & (state.status <= CERTIFICATE) & (state.cause != ABROAD)
    out &= could_be_registered(term, chances)
    dials = chances.dials
    state.known &= out
    log_odds = dials.noticed_spring if term % 2 else dials.noticed_autumn
    log_odds += dials.noticed_young if term < TURNS_18 else 0.0
    state.known |= out & (chances.draws.noticed[term] < odds(log_odds))
    return np.asarray(state.known & (chances.draws.kind >= STUDIES_ELSEWHERE))


def reached(term: int, under: Bools, chances: Chances) -> Ints:
    """What the municipality manages for those it answers for: 0 nothing, 1 contact, 2 a measure."""
    draw = chances.draws.reached[term]
    return np.where(under & (draw < IN_A_MEASURE), 2, np.where(under & (draw < REACHED), 1, 0))


def occupation(term: int, state: State, chances: Chances, before: Ints) -> Ints:
    """What those do who are out of school, as places in OCCUPATIONS; mostly the same as last term."""
    out = (state.status >= PAUSED) & (term >= 10)
    draw = chances.draws.occupied[term]
    keeps = (before > 0) & (draw >= CHANGES_OCCUPATION)
    fresh = np.where(before > 0, draw / CHANGES_OCCUPATION, draw)
    shares = np.array([_WITHOUT] * 7 + [_AFTER_CERTIFICATE, _AFTER_DEGREE])[state.status]
    steps = np.cumsum(shares, axis=1)
    now = 1 + (fresh[:, None] > steps).sum(axis=1)
    return np.where(out, np.where(keeps, before, now), 0)
