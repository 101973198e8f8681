"""Goals: what a figure says about a goal, and how sure that is."""

from datetime import date
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pluginnovation.projects import goals
from pluginnovation.projects.goals import Aim, Measured, RatioSums

TODAY = date(2026, 9, 14)
ABSENCE = Aim("number", "lower", 17_000, 48, 9_000, date(2027, 6, 1))
MINUTES = st.tuples(st.integers(0, 6000), st.integers(1, 6000)).map(lambda one: (min(one), max(one)))


def sums_of(pairs):
    y, x = [one[0] for one in pairs], [one[1] for one in pairs]
    return RatioSums(
        len(pairs), sum(y), sum(x), sum(a * a for a in y), sum(a * a for a in x),
        sum(a * b for a, b in zip(y, x, strict=True)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "says", "moved"),
    [
        (None, "unknown", ""),
        (Measured(12_000, 9), "few", ""),
        (Measured(12_000, 48, 8_000, 16_000), "measured", "towards"),
        (Measured(15_000, 48, 11_000, 19_000), "measured", "chance"),
        (Measured(21_000, 48, 18_000, 24_000), "measured", "away"),
        (Measured(9_000, 48, 5_000, 13_000), "measured", "reached"),
        (Measured(12_000, 48), "measured", "chance"),
    ],
)
def test_a_goal_says_how_it_stands(now, says, moved):
    stands = goals.standing(ABSENCE, now)
    assert (stands.says, stands.moved) == (says, moved)


def test_a_goal_without_a_baseline_is_answered_so_and_never_measured_against_nought():
    stands = goals.standing(Aim("number", "lower", None, None, 9_000, TODAY), Measured(8_000, 48, 7_000, 9_000))
    assert (stands.says, stands.covered, stands.sure) == ("no_baseline", None, None)


def test_a_target_that_the_baseline_met_is_no_achievement():
    already = Aim("number", "lower", 6_800, 48, 9_000, TODAY)
    assert goals.standing(already, Measured(6_300, 48, 3_100, 9_600)).moved == "already"


def test_a_goal_in_words_is_never_measured():
    assert goals.standing(Aim("text", by=TODAY), Measured(1, 48)).says == "own_words"


@pytest.mark.parametrize(
    ("aim", "wrong"),
    [
        (ABSENCE, ""),
        (Aim("number", "lower", None, None, 9_000, TODAY), ""),
        (Aim("text", by=TODAY), ""),
        (Aim("mood", by=TODAY), "kind"),
        (Aim("number", "sideways", 1, 10, 2, TODAY), "direction"),
        (Aim("number", "lower", 17_000, 48, None, TODAY), "target_missing"),
        (Aim("number", "lower", 17_000, 48, 17_000, TODAY), "target_is_baseline"),
        (Aim("number", "higher", 17_000, 48, 9_000, TODAY), "target_other_way"),
        (Aim("scale", "higher", 2_000, 48, 6_000, TODAY), "out_of_scale"),
        (Aim("number", "lower", 17_000, 48, 9_000, None), "date_missing"),
        (Aim("number", "lower", 17_000, 48, 9_000, date(2026, 9, 13)), "date_passed"),
    ],
)
def test_a_goal_that_cannot_be_is_told_why(aim, wrong):
    assert goals.wrong_aim(aim, today=TODAY) == wrong


@given(st.integers(10, 3000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_of_pupils_has_wilsons_interval_around_it_and_small_ones_have_none(counts):
    some, of = counts
    found = goals.share_measured(some, of)
    if min(some, of - some) < 10:
        assert found is None
        return
    low, high = stats.binomtest(some, of).proportion_ci(method="wilson")
    assert found.low <= found.value <= found.high
    assert abs(found.low - low * 100_000) <= 1.01
    assert abs(found.high - high * 100_000) <= 1.01


@given(st.lists(MINUTES, min_size=10, max_size=60))
def test_a_share_of_minutes_varies_with_participants_not_with_minutes(pairs):
    found = goals.ratio_measured(sums_of(pairs))
    n, ratio = len(pairs), sum(a for a, _ in pairs) / sum(b for _, b in pairs)
    left = [a - ratio * b for a, b in pairs]
    error = sqrt(sum(one * one for one in left) * n / (n - 1)) / sum(b for _, b in pairs)
    half = stats.t.ppf(0.975, n - 1) * error
    assert found.low <= found.value <= found.high
    assert found.low == pytest.approx(max(ratio - half, 0) * 100_000, abs=2 + 200 * half)
    assert found.high == pytest.approx(min(ratio + half, 1) * 100_000, abs=2 + 200 * half)


@given(st.lists(MINUTES, min_size=10, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_participants_says_nothing(pairs, chance):
    other = list(pairs)
    chance.shuffle(other)
    assert goals.ratio_measured(sums_of(pairs)) == goals.ratio_measured(sums_of(other))


@given(st.lists(st.integers(1, 5), min_size=0, max_size=40))
def test_a_mean_on_a_scale_stays_on_it_and_is_hidden_below_ten(values):
    found = goals.mean_measured(tuple(values))
    if len(values) < 10:
        assert found is None
        return
    assert 1_000 <= found.low <= found.value <= found.high <= 5_000


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 100_000))
def test_all_of_the_way_is_gone_exactly_when_the_target_is_met(baseline, now, target):
    gone = goals.covered(baseline, now, target)
    if baseline == target:
        assert gone is None
    else:
        assert (gone >= 100) == goals.better_or_same(now, target, "lower" if target < baseline else "higher")


def test_students_t_is_right_to_a_thousandth_from_nine_degrees():
    assert all(abs(goals.t95(v) - stats.t.ppf(0.975, v)) < 0.001 for v in (9, 10, 15, 30, 100, 1000))
