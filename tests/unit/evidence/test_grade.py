"""How sure we are: each step of the rule, up and down, and nobody may raise it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pluginnovation.evidence.grade import graded, graded_pool, lowered
from pluginnovation.evidence.pool import pool
from pluginnovation.evidence.result import LOCKED_LATE, Diagnostic, Result, Sizes
from pluginnovation.records.refusals import Refusal
from tests.unit.evidence.sites import site

GOOD = Result(
    design="waiting_list",
    question="Did it help?",
    unit="percentage_points",
    estimand="itt",
    sizes=Sizes(200, 200, 4, 4),
    estimate=-4.0,
    se=0.8,
    low=-5.6,
    high=-2.4,
    benefit=-1,
    cap=5,
    diagnostics=(Diagnostic("attrition_difference", 1.0, 5.0, "held"),),
)
AT = datetime(2026, 11, 22, tzinfo=UTC)


def codes(grade):
    return [step.code for step in grade.steps]


def test_a_draw_that_held_and_a_sure_interval_earn_all_that_the_design_can():
    found = graded(GOOD, worthwhile=3.0)
    assert (found.locks, found.dots, found.word(), found.word("en")) == (5, 4, "Hög", "High")
    assert found.steps == ()


@pytest.mark.parametrize(
    ("locks", "dots", "word"),
    [(0, 0, "Okänt"), (1, 1, "Mycket osäkert"), (2, 2, "Osäkert"), (3, 3, "Måttlig"), (4, 4, "Hög"), (5, 4, "Hög")],
)
def test_locks_are_shown_as_dots_and_a_word(locks, dots, word):
    found = graded(replace(GOOD, cap=locks), worthwhile=3.0)
    assert (found.locks, found.dots, found.word()) == (locks, dots, word)
    assert found.shows_number == (locks > 0)


@pytest.mark.parametrize(
    ("change", "locks", "code"),
    [
        ({"diagnostics": (Diagnostic("heaping", 0.001, 0.02, "failed"),)}, 1, "design_broken"),
        ({"diagnostics": (Diagnostic("pupils_each_side", 40, 50, "failed"),)}, 4, "few_where_it_counts"),
        ({"diagnostics": (Diagnostic("heaping", None, 0.02, "unknown"),)}, 4, "could_not_be_tried"),
        ({"low": -8.0, "high": 0.5}, 4, "imprecise"),
        ({"low": -8.0, "high": 4.0}, 3, "gain_and_loss_in_interval"),
        ({"sizes": Sizes(100, 100, 4, 4)}, 4, "few_pupils_or_places"),
        ({"sizes": Sizes(400, 400, 1, 1)}, 4, "few_pupils_or_places"),
    ],
)
def test_each_step_down_has_its_reason(change, locks, code):
    found = graded(replace(GOOD, **change), worthwhile=3.0)
    assert (found.locks, codes(found)) == (locks, [code])


@pytest.mark.parametrize(("cap", "locks"), [(5, 3), (4, 3), (3, 2), (2, 1), (1, 0)])
def test_a_plan_locked_when_its_outcome_had_begun_takes_a_step_and_can_never_be_sure(cap, locks):
    late = replace(GOOD, cap=cap, assumptions=("draw_decided", LOCKED_LATE))
    found = graded(late, worthwhile=3.0)
    assert (found.locks, codes(found)) == (locks, [LOCKED_LATE])
    assert found.dots <= 3
    assert codes(graded(replace(late, design="before_after", cap=0), worthwhile=3.0)) == ["nothing_to_compare_with"]


def test_what_is_only_shown_takes_nothing_away():
    shown = (Diagnostic("attrition_overall", 70.0, 60.0, "failed", must_pass=False),)
    assert graded(replace(GOOD, diagnostics=shown), worthwhile=3.0).locks == 5


def test_a_narrow_interval_around_nothing_is_as_sure_as_any():
    assert graded(replace(GOOD, estimate=-0.2, low=-1.0, high=0.6), worthwhile=3.0).locks == 5


def test_before_and_after_and_no_number_earn_nothing():
    assert graded(replace(GOOD, design="before_after", cap=0), worthwhile=3.0).locks == 0
    assert graded(replace(GOOD, estimate=None), worthwhile=3.0).locks == 0
    assert codes(graded(replace(GOOD, estimate=None), worthwhile=3.0)) == ["no_number"]


def test_certainty_is_lowered_with_a_written_reason_and_never_raised():
    found = graded(replace(GOOD, cap=3), worthwhile=3.0)
    less = lowered(found, 1, reason="Läraren bytte metod mitt i terminen.", by="evaluator", at=AT)
    assert (less.locks, less.lowered.by, less.lowered.at) == (1, "evaluator", AT)
    for to in (3, 4, -1):
        with pytest.raises(Refusal) as refused:
            lowered(found, to, reason="Vi tror på det här ändå.", by="evaluator", at=AT)
        assert refused.value.code == "only_downwards"
    with pytest.raises(Refusal) as refused:
        lowered(found, 1, reason="   nja   ", by="evaluator", at=AT)
    assert refused.value.code == "reason_missing"


def several(*values, **more):
    return pool([site(number, value, **more) for number, value in enumerate(values)])


def test_draws_that_agree_earn_a_step_up_but_not_more_than_five():
    found = graded_pool(several(-4.0, -4.2, -3.8, -4.1, cap=4), worthwhile=3.0)
    assert (found.locks, codes(found)) == (5, ["agreeing_draws"])
    assert graded_pool(several(-4.0, -4.2, -3.8, -4.1), worthwhile=3.0).locks == 5


def test_sites_whose_plans_were_locked_late_are_not_sure_however_much_they_agree():
    late = [site(number, -4.0 - number / 10, late=number > 0) for number in range(4)]
    found = graded_pool(pool(late), worthwhile=3.0)
    assert (found.locks, codes(found)) == (3, [LOCKED_LATE, "agreeing_draws"])
    one_late = [replace(one, late=one.late and one.about.site == "site-1") for one in late]
    assert graded_pool(pool(one_late), worthwhile=3.0).locks == 5


@pytest.mark.parametrize(
    ("pooled", "code"),
    [
        (several(-9.0, -4.0, -3.0, 2.0, -7.0, se=0.3), "sites_differ"),
        (several(-4.0, -4.2), "few_pupils_or_places"),
        (several(-4.0, -4.2, -3.8, about={"evaluator": "developer"}), "developers_own_word"),
        (several(-4.0, -4.2, -3.8, about={"same_population": False}), "other_population"),
        (several(-4.0, -4.2, -3.8, untried=("baseline_smd",)), "could_not_be_tried"),
        (several(-4.0, 1.0, -6.5, se=2.0), "gain_and_loss_in_interval"),
        (several(-4.0, -4.2, -3.8, late=True), LOCKED_LATE),
    ],
)
def test_each_step_down_for_several_sites_has_its_reason(pooled, code):
    assert code in codes(graded_pool(pooled, worthwhile=3.0))


def test_sites_whose_design_broke_pull_the_pool_down_with_their_weight():
    broken = [site(number, -4.0, failed=("heaping",)) for number in range(2)]
    sound = [site(number, -4.1) for number in range(2, 5)]
    some = graded_pool(pool([*broken, *sound]), worthwhile=3.0)
    assert "some_designs_broken" in codes(some)
    most = graded_pool(pool([*broken, sound[0]]), worthwhile=3.0)
    assert "design_broken" in codes(most)
    assert most.locks <= 1


def test_the_start_is_what_the_best_half_of_the_weight_can_earn():
    weak = [site(number, -4.0, design="comparison", cap=2) for number in range(2)]
    better = site(3, -4.0, design="rollout", cap=3)
    assert graded_pool(pool([*weak, better]), worthwhile=3.0).cap == 2
    assert graded_pool(pool([*weak, replace(better, se=0.05)]), worthwhile=3.0).cap == 3


def test_one_site_alone_has_no_pooled_certainty():
    found = graded_pool(several(-4.0), worthwhile=3.0)
    assert (found.locks, codes(found)) == (0, ["no_number"])


@pytest.mark.parametrize(("low", "high", "benefit"), [(-4.0, 0.5, 1), (-0.5, 4.0, -1)])
def test_an_interval_with_nothing_and_a_loss_in_it_takes_a_step(low, high, benefit):
    """It can't be decided, so it isn't known for sure either."""
    found = graded(replace(GOOD, low=low, high=high, benefit=benefit), worthwhile=3.0)
    assert codes(found) == ["loss_in_interval"]
    assert found.locks == GOOD.cap - 1
