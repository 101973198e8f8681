"""The arithmetic of pooling: what it refuses, and what must be true whatever the numbers are."""

import numpy as np
import pytest

from pluginnovation.evidence.pooling.blocks import blocks_of, fit, robust
from pluginnovation.evidence.pooling.dependent import correlated, hierarchical
from pluginnovation.evidence.pooling.grid import partial_pooling
from pluginnovation.evidence.pooling.levels import three_level
from pluginnovation.evidence.pooling.random_effects import METHODS, random_effects
from pluginnovation.records.refusals import Refusal

ONE, TWO = np.array([1.0]), np.array([1.0, 2.0])
EACH = {
    "random_effects": random_effects,
    "grid": lambda y, v: partial_pooling(y, v, tau_scale=5.0),
    "correlated": lambda y, v: correlated(blocks_of(y, v, np.arange(len(y)))),
    "hierarchical": lambda y, v: hierarchical(blocks_of(y, v, np.arange(len(y)))),
    "three_level": lambda y, v: three_level(blocks_of(y, v, np.arange(len(y)))),
}


@pytest.mark.parametrize("how", EACH)
def test_one_site_is_not_pooled(how):
    with pytest.raises(Refusal) as refused:
        EACH[how](ONE, ONE)
    assert refused.value.code == "one_site"


@pytest.mark.parametrize("how", EACH)
@pytest.mark.parametrize("v", [np.array([1.0, 0.0]), np.array([1.0, -1.0]), np.array([np.nan, 1.0])])
def test_an_estimate_without_doubt_is_not_pooled(how, v):
    with pytest.raises(Refusal) as refused:
        EACH[how](TWO, v)
    assert refused.value.code == "variance_not_positive"


@pytest.mark.parametrize("method", METHODS)
def test_sites_that_agree_differ_by_nothing(method):
    found = random_effects(np.array([1.0, 1.1, 0.9, 1.0]), np.ones(4), method=method, knapp_hartung=False)
    assert (found.tau2, found.mean.value, found.mean.se) == pytest.approx((0, 1.0, 0.5))


@pytest.mark.parametrize("method", METHODS)
def test_the_order_and_the_unit_do_not_matter(method):
    rng = np.random.default_rng(1)
    y, v = rng.normal(0, 2, 12), rng.uniform(0.1, 1, 12)
    found, turned = random_effects(y, v, method=method), random_effects(y[::-1], v[::-1], method=method)
    assert (turned.mean.value, turned.tau2) == pytest.approx((found.mean.value, found.tau2), rel=1e-6)
    scaled = random_effects(100 * y, 1e4 * v, method=method)
    assert (scaled.mean.low, scaled.next_high) == pytest.approx((100 * found.mean.low, 100 * found.next_high), rel=1e-5)
    assert scaled.tau2 == pytest.approx(1e4 * found.tau2, rel=1e-4)


def test_with_one_row_per_study_three_levels_are_two():
    rng = np.random.default_rng(2)
    y, v = rng.normal(0, 1, 30), rng.uniform(0.1, 0.4, 30)
    found = three_level(blocks_of(y, v, np.arange(30)))
    plain = random_effects(y, v, knapp_hartung=False)
    assert found.between + found.within == pytest.approx(plain.tau2, rel=1e-5)
    assert found.gls.coefficients[0] == pytest.approx(plain.mean.value, rel=1e-6)


def test_robust_variance_covers_the_mean_though_estimates_hang_together():
    """Twenty studies with one to eight estimates each, errors alike at 0.8, effects differing between studies."""
    hits, runs = 0, 150
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        study = np.repeat(np.arange(20), rng.integers(1, 9, 20))
        v = rng.uniform(0.02, 0.1, 20)[study]
        shared = rng.normal(size=20)[study]
        errors = np.sqrt(v) * (0.8**0.5 * shared + 0.2**0.5 * rng.normal(size=len(study)))
        y = 0.3 + rng.normal(0, 0.2, 20)[study] + errors
        mean, _ = robust(correlated(blocks_of(y, v, study)).gls, ONE)
        hits += mean.low <= 0.3 <= mean.high
    assert 0.90 <= hits / runs <= 0.99


def test_columns_that_cannot_be_told_apart_are_refused():
    blocks = blocks_of(TWO, TWO, np.array([0, 1]), np.ones((2, 2)))
    weights = np.ones((2, 1, 1))
    with pytest.raises(Refusal) as refused:
        fit(blocks, weights, weights)
    assert refused.value.code == "collinear"


def test_a_site_that_is_sure_of_itself_leans_little_on_the_others():
    found = partial_pooling(np.array([-8.0, 0.0, 0.0]), np.array([0.01, 1.0, 1.0]), tau_scale=5.0)
    assert found.sites[0].mean == pytest.approx(-8, abs=0.05)
    assert found.sites[1].sd < 1
    low, *_, high = found.new_site.quantiles
    assert low < found.mean.quantiles[0] < found.mean.quantiles[4] < high
