"""The threshold design: right in small made-up worlds, and silent or doubtful where it should be."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.designs.local_lines import cells_of, jump_at, near_squares
from pluginnovation.evidence.designs.threshold import threshold
from pluginnovation.evidence.table import make_table
from tests.unit.evidence.asked import PLAN


def world(
    seed: int, *, n: int = 3000, effect: float = -4.0, nudged: float = 0.0, leaves: float = 0.0, schools: int = 6
):
    """Absence before in whole per cent (0-40), help from 15, absence after. Gives the table and the scores."""
    rng = np.random.default_rng(seed)
    school = rng.integers(0, schools, n)
    motive = rng.normal(size=n)
    at = np.clip(np.rint(15 + 8 * rng.normal(size=n)), 0, 40) - 15
    at = np.where((at >= -2) & (at < 0) & (rng.random(n) < nudged) & (motive > 0), 0.0, at)
    helped = at >= 0
    was = rng.normal(0, 2, schools)[school]
    after = 12 + 0.5 * at + 0.004 * at**2 + was + 3 * motive + rng.normal(0, 4, n) + effect * helped
    gone = helped & (rng.random(n) < leaves)
    before = {"grades": 10 - 0.1 * at + rng.normal(size=n)}
    return make_table(np.where(gone, np.nan, after), helped, school=school, covariates=before), at


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    found = [threshold(PLAN, *world(seed)) for seed in range(60)]
    covered = sum(one.low <= -4 <= one.high for one in found)
    assert 52 <= covered <= 60
    assert np.mean([one.estimate for one in found]) == pytest.approx(-4, abs=0.35)


def test_where_its_assumptions_hold_it_mostly_passes_its_own_tests():
    passed = sum(not threshold(PLAN, *world(seed)).failed for seed in range(40))
    assert passed >= 32


@pytest.mark.parametrize(
    ("spoilt", "seen_by"), [({"nudged": 0.9}, {"heaping", "density_jump"}), ({"leaves": 0.3}, {"attrition_jump"})]
)
def test_where_they_do_not_hold_it_says_so(spoilt, seen_by):
    noticed = sum(bool(seen_by & set(threshold(PLAN, *world(seed, **spoilt)).failed)) for seed in range(20))
    assert noticed >= 18


def test_cells_give_what_rows_give():
    """Each pupil's three nearest others, looked up one pupil at a time, give the same squares as the sums do."""
    table, at = world(5, n=400)
    cells = cells_of(at, table.treated, table.outcome).side(True)
    own = table.outcome[table.treated][np.argsort(at[table.treated], kind="stable")]
    score = np.sort(at[table.treated])
    brute = np.zeros(len(cells.at))
    for place in range(len(own)):
        away = np.sort(np.abs(np.delete(score, place) - score[place]))[2]
        near = np.delete(np.arange(len(own)), place)
        near = near[np.abs(score[near] - score[place]) <= away]
        size = len(near)
        brute[cells.at == score[place]] += size / (size + 1) * (own[place] - own[near].mean()) ** 2
    assert near_squares(cells) == pytest.approx(brute, rel=1e-9)


def test_a_rule_not_always_followed_gives_the_effect_on_those_it_moved():
    rng = np.random.default_rng(3)
    table, at = world(3, n=20000, effect=0.0)
    had = np.where(table.treated, rng.random(len(at)) < 0.7, rng.random(len(at)) < 0.1)
    table = replace(table, outcome=table.outcome - 6.0 * had, taken_up=had)
    found = threshold(PLAN, table, at)
    assert found.low <= -6 <= found.high
    moved = next(one for one in found.extra if one.name == "moved_by_the_rule")
    assert moved.estimate == pytest.approx(0.6, abs=0.05)


def test_the_same_answer_whichever_side_is_offered_the_help():
    table, at = world(7)
    turned = threshold(PLAN, table, -at)
    straight = threshold(PLAN, table, at)
    assert turned.estimate == pytest.approx(straight.estimate, rel=1e-8)
    assert turned.diagnostic("heaping").value == pytest.approx(straight.diagnostic("heaping").value)


def _nobody(table, at):
    return replace(table, treated=np.zeros(len(at), bool)), at


def _everybody(table, at):
    return replace(table, treated=np.ones(len(at), bool)), at


def _mixed(table, at):
    return replace(table, treated=np.random.default_rng(1).random(len(at)) < 0.5), at


def _few(table, at):
    keep = ~table.treated | (np.cumsum(table.treated) <= 9)
    return table.only(keep), at[keep]


def _coarse(table, at):
    return table, np.sign(at + 0.5) * 10


def _far_apart(table, at):
    # Nobody has the same score as another. Near the threshold, hardly anybody is on the side without help.
    rng = np.random.default_rng(1)
    below = np.where(rng.random(len(at)) < 0.01, -rng.random(len(at)), -100 - 20 * rng.random(len(at)))
    rows = np.flatnonzero(table.treated | (np.cumsum(~table.treated) <= 150))
    return table.only(rows), np.where(table.treated, rng.random(len(at)), below)[rows]


def _not_yet(table, at):
    return replace(table, outcome=np.full(len(at), np.nan)), at


def _constant(table, at):
    return replace(table, outcome=np.full(len(at), 12.0)), at


def _ignored(table, at):
    return replace(table, taken_up=np.random.default_rng(1).random(len(at)) < 0.4), at


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_nobody, "nobody_treated"),
        (_everybody, "nobody_compared"),
        (_mixed, "no_threshold"),
        (_few, "too_few"),
        (_coarse, "too_few_scores"),
        (_far_apart, "too_few_scores"),
        (_not_yet, "outcome_not_yet"),
        (_constant, "no_variation"),
        (_ignored, "rule_not_followed"),
    ],
)
def test_without_what_it_needs_it_gives_no_number(spoil, why):
    found = threshold(PLAN, *spoil(*world(1)))
    assert found.cannot_tell == why
    assert (found.estimate, found.low, found.high, found.p) == (None, None, None, None)


def test_lines_through_a_straight_world_find_exactly_its_step():
    at = np.repeat(np.arange(-20.0, 20.0), 3)
    found = jump_at(cells_of(at, at >= 0, 2 * at + 5 * (at >= 0)), 10.0, 15.0)
    assert (found.value, found.corrected, found.without) == pytest.approx((5, 5, 0))


def test_a_pupil_whose_score_is_unknown_is_left_out_and_changes_nothing():
    table, at = world(1)
    more = make_table(
        np.append(table.outcome, [1.0, 99.0]), np.append(table.treated, [False, False]),
        taken_up=None if table.taken_up is None else np.append(table.taken_up, [False, True]),
    )  # fmt: skip
    alone = make_table(table.outcome, table.treated, taken_up=table.taken_up)
    found = threshold(PLAN, more, np.append(at, [np.nan, np.nan]))
    assert found.estimate is not None
    assert found == threshold(PLAN, alone, at)
