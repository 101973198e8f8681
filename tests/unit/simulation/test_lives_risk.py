"""The true risk: what the model knows about somebody's future."""

import numpy as np
import pytest

from pluginnovation.simulation.lives import Seen, Shifts, live, some_people
from pluginnovation.simulation.lives.draws import PER_TERM, drawn_anew, make_draws
from pluginnovation.simulation.lives.risk import true_risk
from pluginnovation.simulation.lives.seam import TERMS
from pluginnovation.simulation.lives.state import DEGREE

PEOPLE = some_people(600, 2, seed=8)


class Holding:
    """Help against leaving, for everybody and always."""

    def before(self, term: int, seen: Seen) -> Shifts:
        nothing = np.zeros(len(seen.in_school))
        return Shifts(nothing, nothing, nothing - 3.0, nothing)


def test_a_risk_is_a_probability_that_matches_what_happens():
    risk = true_risk(PEOPLE, 8, term=10, futures=30)
    lives = live(PEOPLE, 8)
    without = ~((lives.degree_term >= 0) & (lives.degree_term <= lives.began + 7))
    assert ((risk >= 0) & (risk <= 1)).all()
    assert risk.mean() == pytest.approx(without.mean(), abs=0.05)
    assert without[risk > 0.6].mean() > 0.5 > without[risk < 0.3].mean()


def test_the_later_the_term_the_less_is_open():
    open_ = [np.mean(risk * (1 - risk)) for risk in (true_risk(PEOPLE, 8, term, futures=25) for term in (2, 10, 15))]
    assert open_[0] > open_[1] > open_[2]


def test_whoever_has_a_degree_has_no_risk_left():
    lives = live(PEOPLE, 8)
    done = (lives.status[18] == DEGREE) & (lives.degree_term <= lives.began + 7)
    assert done.any()
    assert (true_risk(PEOPLE, 8, 18, futures=5)[done] == 0).all()


def test_help_lowers_the_risk():
    assert true_risk(PEOPLE, 8, 10, Holding(), futures=20).mean() < true_risk(PEOPLE, 8, 10, futures=20).mean() - 0.03


def test_another_future_keeps_what_has_been():
    draws = make_draws(PEOPLE, 8)
    other = drawn_anew(draws, PEOPLE, 99, term=12)
    for name, first in PER_TERM.items():
        mine, its = getattr(draws, name), getattr(other, name)
        assert np.array_equal(mine[: 12 - first], its[: 12 - first]), name
        assert len(mine) == 12 - first or not np.array_equal(mine[12 - first :], its[12 - first :]) or first == 2, name
    assert np.array_equal(draws.subject_normal, other.subject_normal)
    assert np.array_equal(draws.choice, other.choice), "the choice after year 9 is made"


@pytest.mark.parametrize(("term", "futures"), [(-1, 5), (TERMS, 5), (3, 0)])
def test_a_term_that_is_not_there_is_refused(term, futures):
    with pytest.raises(ValueError, match="no risk"):
        true_risk(PEOPLE, 8, term, futures=futures)
