"""Several outcomes at once."""

import numpy as np
import pytest

from pluginnovation.evidence.many import from_influence, simultaneous
from pluginnovation.evidence.result import Figure
from pluginnovation.records.refusals import Refusal

FIGURES = (Figure("a", 2.1, 1.0), Figure("untold", None), Figure("b", 0.5, 1.0), Figure("c", 6.0, 1.0))


def test_outcomes_that_have_nothing_to_do_with_each_other_widen_the_intervals_most():
    apart, alike = (simultaneous(FIGURES, each, seed=1) for each in (np.eye(3), np.full((3, 3), 1.0)))
    assert apart[0].high == pytest.approx(2.1 + 2.388, abs=0.03)  # (1 + 0.95^(1/3)) / 2 of a normal
    assert alike[0].high == pytest.approx(2.1 + 1.96, abs=0.03)
    assert apart[0].p_adjusted == pytest.approx(1 - (1 - 0.0357) ** 3, abs=0.01)
    assert alike[0].p_adjusted == pytest.approx(0.0357, abs=0.01)
    assert apart[1] == FIGURES[1]
    assert 0 < apart[3].p_adjusted < 0.001


def test_the_same_seed_gives_the_same_intervals():
    assert simultaneous(FIGURES, np.eye(3), seed=4) == simultaneous(FIGURES, np.eye(3), seed=4)
    assert simultaneous(FIGURES, np.eye(3), seed=4) != simultaneous(FIGURES, np.eye(3), seed=5)


def test_how_outcomes_go_together_comes_from_the_schools():
    one = np.random.default_rng(1).normal(size=200)
    found = from_influence(np.column_stack([one, 2 * one, -one]))
    assert found == pytest.approx(np.array([[1, 1, -1], [1, 1, -1], [-1, -1, 1]]))


def test_nothing_to_widen_is_left_as_it_is():
    assert simultaneous(FIGURES[1:2], np.zeros((0, 0)), seed=1) == FIGURES[1:2]


@pytest.mark.parametrize(
    "wrong", [np.eye(2), np.array([[1.0, 2], [2, 1]]), np.array([[1.0, 0.5], [0.1, 1]]), 2 * np.eye(3)]
)
def test_what_is_no_correlation_is_refused(wrong):
    with pytest.raises(Refusal) as refused:
        simultaneous(FIGURES if len(wrong) != 2 or wrong[0, 1] == 0 else FIGURES[:3], wrong, seed=1)
    assert refused.value.code == "not_a_correlation"
