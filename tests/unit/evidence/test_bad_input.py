"""What can't be answered isn't answered: a reason, and never a number."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.designs.before_after import before_after
from pluginnovation.evidence.designs.comparison import comparison
from pluginnovation.evidence.designs.rollout import Rollout, rollout
from pluginnovation.evidence.designs.school_draw import school_draw
from pluginnovation.evidence.designs.waiting_list import waiting_list
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.result import Result
from pluginnovation.evidence.staggered import NEVER, Panel
from pluginnovation.evidence.table import Table, make_table
from tests.reference.evidence.plans import a_plan
from tests.unit.evidence.made_up import World, chosen, lottery, staggered

PUPILS: dict[str, tuple[Callable[[Plan, Table], Result], Callable[[], Table]]] = {
    "waiting_list": (waiting_list, lambda: lottery(World(pupils=200), 1)),
    "comparison": (comparison, lambda: chosen(World(), 1)),
    "school_draw": (school_draw, lambda: by_school(12)),
}


def by_school(schools: int, *, pupils: int = 40, effect: float = -6.0) -> Table:
    """Schools drawn in pairs, pupils alike within them."""
    random = np.random.default_rng(3)
    school = np.repeat(np.arange(schools), pupils)
    before = 15 + 5 * random.normal(size=len(school))
    outcome = before / 2 + 8 + random.normal(0, 2, schools)[school] + 4 * random.normal(size=len(school))
    helped = school % 2 == 0
    return make_table(
        outcome + effect * helped, helped, school=school, stratum=school // 4, covariates={"absence_before": before}
    )


def nothing_told(found: Result, why: str) -> None:
    assert found.cannot_tell == why
    assert (found.estimate, found.se, found.low, found.high, found.p, found.log_odds) == (None,) * 6
    assert (found.subgroups, found.opinions, found.placebos, found.sensitivity, found.extra) == ((),) * 5


@pytest.mark.parametrize("design", PUPILS)
@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (lambda t: replace(t, treated=np.zeros(len(t), bool)), "nobody_treated"),
        (lambda t: replace(t, treated=np.ones(len(t), bool)), "nobody_compared"),
        (lambda t: replace(t, outcome=np.full(len(t), np.nan)), "outcome_not_yet"),
        (lambda t: replace(t, outcome=np.full(len(t), 12.0)), "no_variation"),
        (lambda t: t.only(_nine_helped(t)), "too_few"),
        (lambda t: replace(t, outcome=np.where(_nine_helped(t) | ~t.treated, t.outcome, np.nan)), "too_few"),
    ],
    ids=["nobody helped", "everyone helped", "not yet", "all alike", "nine helped", "nine seen"],
)
def test_pupils_that_answer_nothing_get_a_reason(design, fault, why):
    run, make = PUPILS[design]
    nothing_told(run(a_plan(design, kind="share"), fault(make())), why)


def _nine_helped(table: Table) -> np.ndarray:
    """Nobody else but nine of those helped, of two schools; and all the others."""
    ninth = np.flatnonzero(table.treated)[[*range(4), *range(-5, 0)]]
    return ~table.treated | np.isin(np.arange(len(table)), ninth)


def test_perfect_separation_has_nobody_to_compare_with():
    table = chosen(World(), 1)
    nothing_told(
        comparison(a_plan("comparison", kind="share"), replace(table, treated=table.covariates[:, 0] > 16)), "separated"
    )


def test_a_comparison_with_nothing_known_before_is_no_comparison():
    table = chosen(World(), 1)
    bare = replace(table, covariates=np.zeros((len(table), 0)), names=())
    nothing_told(comparison(a_plan("comparison", kind="share"), bare), "nothing_known_before")
    nothing_told(before_after(a_plan("before_after", kind="share"), bare), "nothing_known_before")


def test_strata_where_everybody_or_nobody_was_drawn_are_no_draw():
    table = lottery(World(pupils=200), 1)
    nothing_told(
        waiting_list(a_plan("waiting_list", kind="share"), replace(table, stratum=table.treated.astype(np.int64))),
        "no_draw",
    )


def test_one_school_on_a_side_tells_nothing_of_how_schools_differ():
    table = by_school(12)
    one = table.only((table.school == 0) | ~table.treated)
    nothing_told(school_draw(a_plan("school_draw", kind="share"), one), "one_site")


def test_schools_that_were_drawn_find_the_effect_with_few_degrees_of_freedom():
    found = school_draw(a_plan("school_draw", kind="share"), by_school(12))
    assert found.low < -6 < found.high
    assert found.df < 12
    assert found.cap == 5
    assert school_draw(a_plan("school_draw", kind="share"), by_school(8)).cap == 4


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (lambda p: replace(p, first=np.full(40, NEVER)), "nobody_treated"),
        (lambda p: replace(p, first=np.full(40, 4)), "nobody_compared"),
        (lambda p: replace(p, first=np.where(p.first < NEVER, 0, NEVER)), "nothing_known_before"),
        (lambda p: replace(p, first=np.where(np.arange(40) == 0, 4, NEVER)), "one_site"),
        (lambda p: replace(p, weight=np.full(40, 0.2)), "too_few"),
    ],
    ids=["nobody began", "everybody at once", "no time before", "one school", "under ten"],
)
def test_schools_that_answer_nothing_get_a_reason(fault: Callable[[Panel], Panel], why: str):
    started = staggered(1)
    nothing_told(rollout(a_plan("rollout", kind="share"), Rollout(fault(started.panel), started.counts)), why)


def test_a_subgroup_under_ten_has_no_number():
    table = lottery(World(pupils=200), 1)
    few = np.arange(len(table)) < 12
    found = waiting_list(
        a_plan("waiting_list", kind="share"), replace(table, groups=few[:, None], group_names=("few",))
    )
    assert found.estimate is not None
    assert found.subgroups[0].estimate is None


def test_pupils_who_moved_away_are_counted_as_missing_on_their_side():
    table = lottery(World(pupils=600), 1)
    gone = table.treated & (np.arange(600) % 3 == 0)
    found = waiting_list(
        a_plan("waiting_list", kind="share"), replace(table, outcome=np.where(gone, np.nan, table.outcome))
    )
    assert found.sizes.missing_treated == gone.sum()
    assert "attrition_difference" in found.failed
    assert any(one.name == "lee_bounds" for one in found.sensitivity)


def test_those_who_never_came_are_counted_where_the_draw_put_them():
    """Half of those offered came, so having had the help did twice what the offer did."""
    table = lottery(World(pupils=2000, effect=-3.0), 1)
    came = table.treated & (np.arange(2000) % 2 == 0)
    found = waiting_list(a_plan("waiting_list", kind="share"), replace(table, taken_up=came))
    figures = {one.name: one for one in found.extra}
    assert found.estimate == pytest.approx(-3, abs=1)
    assert figures["moved_by_the_draw"].estimate == pytest.approx(0.5, abs=0.05)
    assert figures["effect_of_having_it"].estimate == pytest.approx(-6, abs=2)
    assert found.diagnostic("take_up").value == pytest.approx(0.5, abs=0.05)


def test_shares_of_a_hundred_carry_their_log_odds_for_pooling():
    random = np.random.default_rng(1)
    helped = np.arange(400) % 2 == 0
    outcome = 100.0 * (random.random(400) < np.where(helped, 0.7, 0.5))
    found = waiting_list(a_plan("waiting_list", kind="yes_no"), make_table(outcome, helped))
    share, other = outcome[helped].mean() / 100, outcome[~helped].mean() / 100
    assert found.unit == "per_100"
    assert found.log_odds == pytest.approx(np.log(share / (1 - share) / (other / (1 - other))))
    by_hand = np.sqrt(sum(1 / n for n in (140, 60, 100, 100)))
    assert found.log_odds_se == pytest.approx(by_hand, rel=0.05)
