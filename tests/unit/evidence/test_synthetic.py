"""Synthetic control: right in small made-up worlds, and silent or doubtful where it should be."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.designs.mixtures import Panel, mixture
from pluginnovation.evidence.designs.synthetic import synthetic
from tests.unit.evidence.asked import PLAN as ASKED

PLAN = replace(ASKED, design="synthetic_control")


def panel(seed: int, *, units: int = 30, effect: float = 0.0, drift: float = 0.0) -> Panel:
    """Absence in municipalities over twelve terms; the first begins after eight, its own trend drifting if asked."""
    rng = np.random.default_rng(seed)
    common = np.cumsum(rng.normal(0, 0.5, (2, 12)), axis=1)
    y = 15 + rng.normal(0, 2, (units, 1)) + rng.normal(1, 0.3, (units, 2)) @ common + rng.normal(0, 0.5, (units, 12))
    y[0] += drift * np.clip(np.arange(12) - 4, 0, None)
    y[0, 8:] += effect
    return Panel(y, np.arange(units) == 0, 8, np.full(units, 400.0))


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    found = [synthetic(PLAN, panel(seed, effect=-3.0)) for seed in range(40)]
    assert 35 <= sum(one.low <= -3 <= one.high for one in found) <= 40
    assert np.mean([one.estimate for one in found]) == pytest.approx(-3, abs=0.2)


def test_nothing_is_found_where_nothing_began():
    assert sum(synthetic(PLAN, panel(seed)).p < 0.05 for seed in range(40)) <= 5


def test_a_trend_of_its_own_before_is_noticed():
    failed = [synthetic(PLAN, panel(seed, drift=1.0)).failed for seed in range(20)]
    assert sum(bool({"pre_misfit", "in_time_placebo", "one_other_unit"} & set(each)) for each in failed) >= 18


def test_p_is_never_smaller_than_the_number_of_units_allows():
    found = synthetic(PLAN, panel(1, units=12, effect=-50.0))
    assert found.p == pytest.approx(1 / 12)
    assert found.diagnostic("units_compared").outcome == "failed"
    assert found.cap == 2


def test_several_municipalities_that_began_are_taken_together_and_their_placebos_drawn_by_the_plans_seed():
    one = panel(4, effect=-3.0)
    both = replace(one, treated=np.arange(30) < 2)
    found = synthetic(PLAN, both)
    assert found == synthetic(PLAN, both)
    assert found.sizes.schools_treated == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"treated": np.zeros(30, bool)}, "nobody_treated"),
        ({"treated": np.ones(30, bool)}, "nobody_compared"),
        ({"treated": np.arange(30) >= 4}, "too_few_compared"),
        ({"starts": 12}, "outcome_not_yet"),
        ({"starts": 3}, "too_short_before"),
        ({"pupils": np.full(30, 9.0)}, "too_few"),
        ({"y": np.where(np.eye(30, 12) > 0, np.nan, 1.0)}, "missing_periods"),
        ({"y": np.ones((30, 12))}, "no_variation"),
    ],
)
def test_without_what_it_needs_it_gives_no_number(change, why):
    found = synthetic(PLAN, replace(panel(1), **change))
    assert found.cannot_tell == why
    assert (found.estimate, found.p, found.opinions) == (None, None, ())


def test_a_mixture_that_exists_is_found():
    rng = np.random.default_rng(1)
    columns, true = rng.normal(size=(40, 5)), np.array([0.5, 0.3, 0.2, 0.0, 0.0])
    assert mixture(columns, columns @ true, 0.0) == pytest.approx(true, abs=1e-6)


def test_small_places_swing_more_and_a_large_one_is_not_doubted_for_it():
    """The first is ten times as large as the others, whose values swing as those of few pupils do."""
    hits, widths = [], []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        sizes = np.where(np.arange(25) == 0, 3000.0, rng.uniform(150, 3000, 25))
        common = np.cumsum(rng.normal(0, 0.3, 12))
        y = 15 + rng.normal(0, 2, (25, 1)) + common + rng.normal(size=(25, 12)) * 20 / np.sqrt(sizes)[:, None]
        y[0, 8:] -= 2
        found = synthetic(PLAN, Panel(y, np.arange(25) == 0, 8, sizes))
        plain = synthetic(PLAN, Panel(y, np.arange(25) == 0, 8, np.full(25, 100.0)))
        hits.append(found.low <= -2 <= found.high)
        widths.append(found.se / plain.se)
    assert sum(hits) >= 14
    assert np.mean(widths) < 0.8
