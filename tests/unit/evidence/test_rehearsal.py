"""A rehearsal says how often such answers do find what is there, and puts in the change that it says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pluginnovation.evidence.designs.life_tables import Spells
from pluginnovation.evidence.designs.mixtures import Panel as Units
from pluginnovation.evidence.designs.rollout import Rollout
from pluginnovation.evidence.designs.time_to_event import Horizons
from pluginnovation.evidence.estimate import Followed, Scored, run
from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.rehearsal import planned, put_in, rehearse
from pluginnovation.evidence.staggered import NEVER, Panel
from pluginnovation.evidence.table import Table, make_table

PLAN = Plan(
    name="tried", question="Does it help?", method="mentor", design="waiting_list", comparison="those who wait",
    outcome=Outcome("absence_share", "share", -1, 4.0),
    window=Window(date(2025, 9, 1), 28, date(2025, 9, 2), date(2025, 12, 19)),
)  # fmt: skip


def of_absence(rng: np.random.Generator, size: int = 240, effect: float = 0.0) -> Table:
    """Pupils of eight schools, half of them drawn, who miss a fifth of their lessons, some much more."""
    helped = rng.permutation(size) < size // 2
    missed = 100 * rng.beta(1.6, 6.4, size)
    missed[helped] *= 1 - effect / 20
    return make_table(missed, helped, school=np.arange(size) % 8, stratum=np.arange(size) % 8)


def near_a_line(rng: np.random.Generator, size: int = 3_000, effect: float = 0.0) -> Scored:
    """Those who missed 15 points or more are offered the help."""
    before = 100 * rng.beta(1.6, 6.4, size)
    at = np.floor(before - 15)
    missed = np.clip(0.6 * before + 6 + rng.normal(0, 6, size), 0, 100)
    level = 0.6 * 15 + 6
    missed[at >= 0] *= 1 - effect / level
    return Scored(make_table(missed, at >= 0, school=np.arange(size) % 8), at)


@pytest.mark.parametrize(
    ("design", "made", "effect"), [("waiting_list", of_absence, 4.0), ("threshold", near_a_line, 2.0)]
)
def test_what_it_says_is_how_often_answers_find_the_change(design, made, effect):
    plan = replace(PLAN, design=design, outcome=replace(PLAN.outcome, worthwhile=effect))
    told = np.median([rehearse(plan, made(np.random.default_rng(n))).found for n in range(12)])
    answers = [run(plan, made(np.random.default_rng(1000 + n), effect=effect)) for n in range(300)]
    found = np.mean([one.high < 0 or one.low > 0 for one in answers])
    assert 0.3 < found < 0.95, "a chance that can't be wrong tells nothing"
    assert told == pytest.approx(found, abs=0.08)


def schools_drawn(rng: np.random.Generator, effect: float = 0.0) -> Table:
    """Forty pupils at each of six schools, half of which are drawn."""
    school = np.repeat(np.arange(6), 40)
    helped = (rng.permutation(6) < 3)[school]
    missed = 30 + rng.normal(0, 2, 6)[school] + rng.normal(0, 8, len(school))
    return make_table(missed - effect * helped, helped, school=school)


def test_of_few_schools_drawn_the_planner_says_how_often_the_change_is_found():
    outcome = Outcome("courses_passed", "count", -1, 6.0)
    plan = replace(PLAN, design="school_draw", outcome=outcome)
    told = [planned(plan, schools_drawn(np.random.default_rng(n))).found for n in range(30)]
    answers = [run(plan, schools_drawn(np.random.default_rng(500 + n), effect=6.0)) for n in range(300)]
    found = np.mean([one.high < 0 or one.low > 0 for one in answers])
    assert 0.3 < found < 0.95, "a chance that can't be wrong tells nothing"
    assert np.mean(told) == pytest.approx(found, abs=0.08)
    assert planned(plan, schools_drawn(np.random.default_rng(1)), share=2.0).least > 0


def test_the_least_change_is_found_eight_times_in_ten():
    data = of_absence(np.random.default_rng(5))
    least = rehearse(PLAN, data).least
    again = rehearse(replace(PLAN, outcome=replace(PLAN.outcome, worthwhile=least)), data)
    assert again.found == pytest.approx(0.8, abs=0.02)
    assert again.least == pytest.approx(least, rel=0.02)


def test_help_that_makes_pupils_alike_is_found_more_often_than_a_plain_step():
    data = of_absence(np.random.default_rng(5))
    plan = replace(PLAN, outcome=replace(PLAN.outcome, worthwhile=8.0))
    counted = replace(plan, outcome=replace(plan.outcome, kind="count"))
    assert rehearse(plan, data).se < 0.9 * rehearse(counted, data).se


def test_four_times_as_many_pupils_as_the_plan_has_halve_the_doubt_and_it_is_doubled_again():
    data = of_absence(np.random.default_rng(5))
    once, four = rehearse(PLAN, data), rehearse(PLAN, data, share=4.0)
    assert four.se == pytest.approx(2 * once.se)
    assert four.least > 1.8 * once.least
    assert four.found < once.found


def test_what_the_plan_couldnt_answer_then_isnt_told_either():
    data = of_absence(np.random.default_rng(5))
    nobody = replace(data, treated=np.zeros(len(data), bool))
    told = rehearse(PLAN, nobody)
    assert told.why == run(PLAN, nobody).cannot_tell != ""
    assert np.isnan(told.found)


@pytest.mark.parametrize(("benefit", "change"), [(-1, -4.0), (1, 4.0)])
def test_a_share_changes_by_so_much_on_the_mean_in_proportion_and_stays_a_share(benefit, change):
    data = of_absence(np.random.default_rng(1))
    after = put_in(PLAN, data, change, level=None)
    moved = after.outcome - data.outcome
    assert moved[data.treated].mean() == pytest.approx(change)
    assert not moved[~data.treated].any()
    assert ((after.outcome >= 0) & (after.outcome <= 100)).all()
    rest = after.outcome if benefit < 0 else 100 - after.outcome
    before = data.outcome if benefit < 0 else 100 - data.outcome
    assert np.ptp((rest / before)[data.treated]) < 1e-9


def test_a_yes_or_no_turns_for_as_many_and_the_same_ones_each_time():
    plan = replace(PLAN, outcome=Outcome("in_school", "yes_no", 1, 10.0))
    stays = 100.0 * (np.random.default_rng(2).random(4_000) < 0.6)
    data = make_table(stays, np.arange(4_000) % 2 == 0)
    after = put_in(plan, data, 10.0, level=None)
    assert set(np.unique(after.outcome)) == {0.0, 100.0}
    assert (after.outcome - stays)[data.treated].mean() == pytest.approx(10, abs=2)
    assert (after.outcome == put_in(plan, data, 10.0, level=None).outcome).all()


def test_unknown_outcomes_stay_unknown_and_a_count_is_moved():
    plan = replace(PLAN, outcome=Outcome("courses_passed", "count", 1, 1.0))
    data = make_table(np.array([np.nan, 2.0, 3.0, 4.0]), np.array([True, True, True, False]))
    assert put_in(plan, data, 1.0, level=None).outcome.tolist()[1:] == [3.0, 4.0, 4.0]
    assert np.isnan(put_in(plan, data, 1.0, level=None).outcome[0])


def test_in_panels_only_the_time_with_the_help_changes():
    y = np.full((3, 4), 20.0)
    began = put_in(PLAN, Units(y, np.array([True, False, False]), 2, np.full(3, 50.0)), -5.0, level=None)
    assert began.y.tolist() == [[20, 20, 15, 15], [20] * 4, [20] * 4]
    panel = Panel(y, np.array([1, 3, NEVER]), np.ones(3), np.arange(3), np.zeros((3, 0)))
    one_by_one = put_in(PLAN, Rollout(panel, y), -5.0, level=None).panel.outcome
    assert one_by_one.tolist() == [[20, 15, 15, 15], [20, 20, 20, 15], [20] * 4]


@pytest.mark.parametrize("change", [-5.0, 5.0])
def test_as_many_fewer_or_more_leave(change):
    rng = np.random.default_rng(3)
    size, terms = 8_000, 4
    left, drawn, same = rng.random(size) < 0.2, rng.random(size) < 0.5, np.zeros(size, np.int64)
    seen = np.where(left, rng.integers(1, terms + 1, size), terms)
    spells = Spells(seen, left.astype(np.int64), drawn, same, same)
    after = put_in(PLAN, Followed(spells, Horizons((terms,), 5)), change, level=None).spells
    helped = spells.treated
    assert 100 * (after.ending[helped].mean() - left[helped].mean()) == pytest.approx(change, abs=1)
    assert (after.ending[~helped] == spells.ending[~helped]).all()
    assert (after.terms[after.ending == 0] == terms).all()
