"""The figures of the made-up lives, within wider bands than the documentation's: fewer pupils here."""

from functools import cache

import numpy as np
import pytest

from pluginnovation.simulation.lives import live, some_people
from pluginnovation.simulation.lives.entry import HF, KIND, YR
from pluginnovation.simulation.lives.figures import Measured, measured
from pluginnovation.simulation.lives.published import POINTS, TARGETS
from pluginnovation.simulation.lives.targets import Achieved, compared

PUPILS, SEEDS = 5_000, (1, 2)
WIDER, ERRORS = 0.035, 3.5


@cache
def found() -> dict[str, Achieved]:
    return {each.target.key: each for each in compared(SEEDS, PUPILS)}


@pytest.mark.parametrize("target", TARGETS, ids=lambda each: each.key)
def test_a_figure_is_near_what_is_published(target):
    became = found()[target.key].measured
    near = WIDER * (target.target if target.unit == POINTS else 1.0)
    assert became.number > 0
    assert abs(became.mean - target.target) <= max(near, ERRORS * became.error), became.mean


def test_no_two_figures_share_a_name_and_each_has_its_source_and_both_languages():
    assert len({each.key for each in TARGETS}) == len({each.sv for each in TARGETS}) == len(TARGETS)
    assert all(each.source and each.sv and each.en for each in TARGETS)


def test_a_figure_far_from_its_target_does_not_hold():
    girls = TARGETS[0]
    near = Measured(total=4_700, squares=4_700, number=10_000)
    far = Measured(total=4_500, squares=4_500, number=10_000)
    assert Achieved(girls, near).holds
    assert not Achieved(girls, far).holds
    assert not Achieved(girls, Measured(0.0, 0.0, 0)).holds, "nobody is no proof"


def test_means_of_several_seeds_join_as_if_they_were_one():
    one, other = (measured(people, live(people, seed)) for seed in (1, 2) for people in [some_people(300, 2, seed)])
    for key in ("merit", "four_years"):
        joined = one[key] + other[key]
        assert joined.number == one[key].number + other[key].number
        assert joined.mean == pytest.approx((one[key].total + other[key].total) / joined.number)


def test_at_equal_low_grades_a_vocational_programme_gives_better_odds_of_a_degree():
    people = some_people(20_000, 13, 4)
    lives = live(people, 4)
    low = (lives.began == 10) & (lives.merit > 130) & (lives.merit < 170)
    shares = [
        ((lives.degree_term >= 0) & (lives.degree_term <= 17))[low & (KIND[lives.first_programme] == kind)].mean()
        for kind in (YR, HF)
    ]
    assert shares[0] > shares[1] + 0.03


def test_absence_lasts_from_term_to_term_and_goes_with_grades():
    people = some_people(5_000, 13, 6)
    lives = live(people, 6)
    known = ~np.isnan(lives.absence[8]) & ~np.isnan(lives.absence[7])
    assert np.corrcoef(lives.absence[7][known], lives.absence[8][known])[0, 1] > 0.5
    assert -0.6 < np.corrcoef(lives.missed[8], lives.merit)[0, 1] < -0.2
