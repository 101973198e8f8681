"""Each design finds a planted effect; and where its assumptions fail, it says so, while before and after is fooled.

Few repetitions here, so limits are wide: `make calibrate` is the place for narrow ones.
"""

from collections.abc import Callable

import numpy as np
import pytest

from pluginnovation.evidence.designs.before_after import before_after
from pluginnovation.evidence.designs.comparison import comparison
from pluginnovation.evidence.designs.rollout import rollout
from pluginnovation.evidence.designs.waiting_list import waiting_list
from pluginnovation.evidence.result import Result, bytes_of
from pluginnovation.evidence.table import Table
from tests.reference.evidence.plans import a_plan
from tests.unit.evidence.made_up import EFFECT, World, chosen, lottery, staggered, staggered_truth

TIMES = 60
LEAST = 0.87  # of 60 intervals at 95 %, fewer than 52 that hold the truth happens once in a hundred


def repeated(design: str, run: Callable[..., Result], make: Callable[[int], object]) -> list[Result]:
    plan, times = a_plan(design, kind="share"), TIMES // 2 if design == "rollout" else TIMES
    return [run(plan, make(seed)) for seed in range(times)]


def covered(found: list[Result], truth: float) -> float:
    return float(np.mean([one.low <= truth <= one.high for one in found]))


def bias(found: list[Result], truth: float) -> float:
    return float(np.mean([one.estimate for one in found]) - truth)


def test_a_lottery_finds_the_effect_and_keeps_its_certainty():
    found = repeated("waiting_list", waiting_list, lambda seed: lottery(World(), seed))
    assert covered(found, EFFECT) >= LEAST
    assert abs(bias(found, EFFECT)) < 0.3
    assert np.mean([not one.failed for one in found]) >= 0.8


def test_a_lottery_that_found_nothing_seldom_says_it_did():
    found = repeated("waiting_list", waiting_list, lambda seed: lottery(World(effect=0.0), seed))
    assert np.mean([one.p < 0.05 for one in found]) <= 0.15


def test_a_lottery_whose_losers_went_missing_says_so():
    found = repeated("waiting_list", waiting_list, lambda seed: lottery(World(lost=0.5), seed))
    assert abs(bias(found, EFFECT)) > 0.5
    assert np.mean(["attrition_difference" in one.failed for one in found]) >= 0.9


def test_a_comparison_finds_the_effect_where_those_chosen_look_worse_off():
    """The plain difference says that a help which took six points of absence away did much less."""
    found = repeated("comparison", comparison, lambda seed: chosen(World(), seed))
    assert covered(found, EFFECT) >= LEAST
    assert abs(bias(found, EFFECT)) < 0.3
    assert np.mean([one.opinions[0].estimate for one in found]) > EFFECT + 2
    assert np.mean([not one.failed for one in found]) >= 0.8


def test_a_comparison_with_a_strong_hidden_cause_is_wrong_and_says_so():
    found = repeated("comparison", comparison, lambda seed: chosen(World(hidden=1.0), seed))
    assert covered(found, EFFECT) < 0.5
    assert np.mean([bool(one.failed) for one in found]) >= 0.9


def test_a_rollout_finds_the_effect_and_keeps_its_certainty():
    plan = a_plan("rollout", kind="share")
    worlds = [staggered(seed) for seed in range(TIMES // 2)]
    found = [rollout(plan, one) for one in worlds]
    truth = [staggered_truth(one) for one in worlds]
    # Of 30, fewer than 25 happens once in two hundred. In 500 it is 95.6 %, and 94.6 % with 80 schools.
    assert np.mean([one.low <= true <= one.high for one, true in zip(found, truth, strict=True)]) >= 25 / 30
    assert abs(np.mean([one.estimate - true for one, true in zip(found, truth, strict=True)])) < 0.3
    assert np.mean([not one.failed for one in found]) >= 0.8


def test_a_rollout_among_schools_that_were_parting_already_says_so():
    found = repeated("rollout", rollout, lambda seed: staggered(seed, slope=1.2))
    assert np.mean([bool(one.failed) for one in found]) >= 0.9


def test_before_and_after_sees_a_help_where_there_is_none():
    """Those who were the most absent come nearer to the usual by themselves. The number earns nothing."""
    found = repeated("before_after", before_after, lambda seed: chosen(World(pupils=3000, effect=0.0), seed))
    assert np.mean([one.p < 0.05 for one in found]) > 0.9
    assert {one.cap for one in found} == {0}
    assert {one.label for one in found} == {"warning_example"}


@pytest.mark.parametrize(("design", "run", "make"), [
    ("waiting_list", waiting_list, lambda: lottery(World(pupils=120, schools=4), 1)),
    ("comparison", comparison, lambda: chosen(World(), 1)),
    ("rollout", rollout, lambda: staggered(1)),
])  # fmt: skip
def test_the_same_plan_and_the_same_data_give_the_same_bytes(design, run, make):
    plan = a_plan(design, kind="share", seed=7)
    assert bytes_of(run(plan, make())) == bytes_of(run(plan, make()))


def test_another_seed_draws_the_draw_again_in_another_way():
    few: Table = lottery(World(pupils=120, schools=4, effect=-1.0), 1)
    one, other = (waiting_list(a_plan("waiting_list", kind="share", seed=seed), few) for seed in (1, 2))
    assert one.estimate == other.estimate
    assert one.sensitivity[-1].name == "draw_made_again"
    assert one.sensitivity[-1].p != other.sensitivity[-1].p
