"""How strong an unmeasured cause would have to be: the printed examples."""

from math import isclose

import numpy as np
import pytest

from pluginnovation.evidence.sensitivity import e_value, robustness, trimmed, worst_cases


def test_the_e_value_of_bottle_feeding_is_the_printed_one():
    """E1. A risk ratio of 3.9 [1.8, 8.7]: VanderWeele & Ding 2017 print 7.26 and 3.0."""
    found = e_value(3.9, 1.8, 8.7)
    assert found.estimate == pytest.approx(7.26, abs=0.005)
    assert found.interval == pytest.approx(3.0, abs=0.005)


def test_a_protective_ratio_has_the_e_value_of_its_inverse():
    found, turned = e_value(0.25, 0.2, 0.5), e_value(4, 2, 5)
    assert isclose(found.estimate, turned.estimate)
    assert isclose(found.interval, turned.interval)


def test_an_interval_that_includes_no_effect_needs_nothing_to_be_explained_away():
    assert e_value(1.2, 0.9, 1.6).interval == 1.0


def test_the_robustness_value_of_the_darfur_study_is_the_printed_one():
    """Cinelli & Hazlett 2020: t = 4.18 on 783 degrees of freedom gives 13.9 %."""
    assert robustness(4.18, 783) == pytest.approx(0.139, abs=0.0005)


def test_bounds_hold_the_difference_whatever_became_of_those_who_moved_away():
    """By hand: helped 1 1 0 and one missing, others 1 0 0 0. In per cent: the missing one did or did not."""
    outcome = np.array([100, 100, 0, np.nan, 100, 0, 0, 0])
    helped = np.arange(8) < 4
    found = worst_cases(outcome, helped, 0.0, 100.0)
    assert (found.low, found.high) == (25.0, 50.0)


def test_the_side_that_kept_more_is_cut_from_both_ends():
    """By hand, after Lee 2009: helped kept 4 of 4 (1 2 3 4), others 3 of 4 (mean 2): a quarter is cut."""
    outcome = np.array([1.0, 2, 3, 4, 1, 2, 3, np.nan])
    found = trimmed(outcome, np.arange(8) < 4)
    assert (found.low, found.high) == (0.0, 1.0)
