"""Doubt counted in schools: right with six of them, refused with one, and quick with a million pupils."""

import numpy as np
import pytest

from pluginnovation.evidence.robust import contrast, least_squares, school_sums
from pluginnovation.records.refusals import Refusal


def world(seed: int, schools: int, *, pupils: int = 40, effect: float = 8.0):
    """Whole schools are helped; a tenth of the variance is between schools."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools), pupils)
    helped = (rng.permutation(schools) < schools // 2)[school].astype(float)
    y = rng.normal(0, 16, schools)[school] + rng.normal(0, 47, len(school)) + effect * helped
    return np.column_stack([np.ones(len(y)), helped]), y, school


@pytest.mark.parametrize("schools", [6, 12, 24])
def test_the_interval_covers_the_truth_about_as_often_as_it_says_also_with_six_schools(schools):
    found = [contrast(least_squares(school_sums(*world(seed, schools))), [0, 1]) for seed in range(400)]
    assert 0.92 <= np.mean([one.low <= 8 <= one.high for one in found]) <= 0.98
    naive = np.mean([abs(one.value - 8) <= 1.96 * one.se_cr1 for one in found])
    assert schools > 12 or naive < 0.92


def test_few_degrees_of_freedom_are_said():
    assert contrast(least_squares(school_sums(*world(1, 12))), [0, 1]).trustworthy
    x, y, school = world(1, 12)
    x[:, 1] = school < 2
    two = contrast(least_squares(school_sums(x, y, school)), [0, 1])
    assert (two.trustworthy, two.df < 4) == (False, True)


def test_a_column_for_each_school_does_not_break_it():
    """A school that alone decides a coefficient tells nothing of its doubt; the others still do."""
    rng = np.random.default_rng(2)
    _, y, school = world(2, 8)
    within = rng.random(len(y)) < 0.5
    own = np.column_stack([within, *(school == each for each in range(8))]).astype(float)
    found = contrast(least_squares(school_sums(own, y + 8 * within, school)), np.eye(9)[0])
    assert found.low < 8 < found.high
    centred = np.column_stack([within - np.bincount(school, within)[school] / 40])
    plain = y + 8 * within
    means = np.bincount(school, plain)[school] / 40
    again = contrast(least_squares(school_sums(centred, plain - means, school)), [1.0])
    assert found.value == pytest.approx(again.value, rel=1e-9)


def test_numbers_on_very_different_scales_give_the_same_answer():
    x, y, school = world(3, 12)
    found = contrast(least_squares(school_sums(x, y, school)), [0, 1])
    scaled = contrast(least_squares(school_sums(x * np.array([1e-6, 1e7]), y, school)), [0, 1])
    assert scaled.value * 1e7 == pytest.approx(found.value, rel=1e-9)
    assert (scaled.df, scaled.p) == pytest.approx((found.df, found.p), rel=1e-6)


def _one_school(x, y, school):
    return x, y, np.zeros_like(school)


def _everybody(x, y, school):
    return np.ones_like(x), y, school


def _nobody(x, y, school):
    return x * np.array([1, 0]), y, school


def _one_helped(x, y, school):
    return np.column_stack([x[:, 0], school == 3]), y, school


def _still(x, y, school):
    return x, np.full_like(y, 5.0), school


def _missing(x, y, school):
    return x, np.where(np.arange(len(y)) == 3, np.nan, y), school


def _empty(x, y, school):
    return x[:0], y[:0], school[:0]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_one_school, "too_few_schools"),
        (_everybody, "collinear"),
        (_nobody, "collinear"),
        (_one_helped, "one_school_decides"),
        (_still, "no_variation"),
        (_missing, "missing_values"),
        (_empty, "no_rows"),
    ],
)
def test_what_cannot_be_counted_is_refused(spoil, code):
    with pytest.raises(Refusal) as refused:
        contrast(least_squares(school_sums(*spoil(*world(1, 12)))), [0, 1])
    assert refused.value.code == code
