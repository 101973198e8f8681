"""Time to leaving: right in small made-up worlds, and silent or doubtful where it should be."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.designs.life_tables import Spells
from pluginnovation.evidence.designs.time_to_event import Horizons, hazard
from tests.unit.evidence.asked import PLAN as QUESTION

PLAN = replace(QUESTION, design="hazard", outcome=replace(QUESTION.outcome, name="left_school", kind="yes_no"))
ASKED = Horizons(terms=(4, 2, 8), cap=2)
TERMS = 6


def world(seed: int, *, n: int = 2400, schools: int = 24, effect: float = -0.02, lost: float = 0.0) -> Spells:
    """Six terms. Kinds of pupils leave more or less and are helped more or less often; schools differ."""
    rng = np.random.default_rng(seed)
    school, cell = rng.integers(0, schools, n), rng.integers(0, 4, n)
    treated = rng.random(n) < 0.2 + 0.15 * cell
    was = rng.normal(0, 0.005, schools)[school]
    last, ending, there = np.full(n, TERMS), np.zeros(n, np.int64), np.ones(n, bool)
    for term in range(1, TERMS + 1):
        leaves = there & (rng.random(n) < 0.04 + 0.02 * cell + was + effect * treated)
        moves = there & ~leaves & (rng.random(n) < 0.01)
        away = there & ~leaves & ~moves & treated & (rng.random(n) < lost)
        last[leaves | moves | away] = term
        ending[leaves], ending[moves] = 1, 2
        there &= ~(leaves | moves | away)
    return Spells(last, ending, treated, school, cell)


def truth(effect: float = -0.02) -> float:
    """Points by the fourth term, for the kinds that are helped."""
    share = np.array([0.2, 0.35, 0.5, 0.65])
    found = []
    for risk in 0.04 + 0.02 * np.arange(4)[:, None] + np.array([0.0, effect]):
        stays = ((1 - risk) * 0.99) ** np.arange(4)[:, None]
        found.append((stays * risk).sum(axis=0))
    gap = np.array(found)
    return 100 * float(share @ (gap[:, 1] - gap[:, 0]) / share.sum())


@pytest.mark.parametrize("schools", [6, 24])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(schools):
    found = [hazard(PLAN, world(seed, schools=schools), ASKED) for seed in range(60)]
    assert 53 <= sum(one.low <= truth() <= one.high for one in found) <= 60
    assert np.mean([one.estimate for one in found]) == pytest.approx(truth(), abs=0.6)


def test_nothing_is_found_where_the_help_does_nothing():
    assert sum(hazard(PLAN, world(seed, effect=0.0), ASKED).p < 0.05 for seed in range(60)) <= 8


def test_helped_pupils_lost_from_sight_are_noticed():
    assert all("attrition_difference" in hazard(PLAN, world(seed, lost=0.1), ASKED).failed for seed in range(5))
    assert sum(not hazard(PLAN, world(seed), ASKED).failed for seed in range(20)) >= 16


def test_a_horizon_nobody_has_reached_has_no_number():
    found = hazard(PLAN, world(1), ASKED)
    told = {one.name: one.estimate for one in found.extra}
    assert told["after_8_terms"] is None
    assert told["after_4_terms"] == found.estimate
    assert hazard(PLAN, world(1), Horizons((8,), 2)).cannot_tell == "outcome_not_yet"


def _nobody(some):
    return replace(some, treated=np.zeros(len(some), bool))


def _everybody(some):
    return replace(some, treated=np.ones(len(some), bool))


def _few(some):
    return replace(some, treated=np.arange(len(some)) < 9)


def _one_school(some):
    return replace(some, school=np.zeros(len(some), np.int64))


def _apart(some):
    return replace(some, cell=some.treated.astype(np.int64))


def _all_stay(some):
    return replace(some, ending=np.zeros(len(some), np.int64))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_nobody, "nobody_treated"),
        (_everybody, "nobody_compared"),
        (_few, "too_few"),
        (_one_school, "too_few_schools"),
        (_apart, "no_overlap"),
        (_all_stay, "too_few_endings"),
    ],
)
def test_without_what_it_needs_it_gives_no_number(spoil, why):
    found = hazard(PLAN, spoil(world(1)), ASKED)
    assert (found.cannot_tell, found.estimate, found.p) == (why, None, None)


def test_when_everybody_helped_stays_the_odds_are_not_told_but_the_shares_are():
    some = world(3)
    found = hazard(PLAN, replace(some, ending=np.where(some.treated & (some.ending == 1), 2, some.ending)), ASKED)
    assert found.opinions[0].estimate is None
    assert found.estimate < 0
    assert found.diagnostic("same_in_all_terms").outcome == "unknown"
