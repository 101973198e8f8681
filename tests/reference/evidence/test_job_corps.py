"""Job Corps: a draw among 9,240 young people, followed for four years.

The first year looks like a failure (they were in training, not at work), the fourth does not. Digits are R's and ours.
"""

import pytest

from pluginnovation.evidence.designs.waiting_list import adjusted, difference
from pluginnovation.evidence.table import make_table

# J1: assignment only, HC2. J2: adjusted for ten covariates, separately on each side (Lin 2013).
DIFFERENCES = {
    "trainy1": (0.340191, 0.009570),
    "pworky1": (-9.8596, 0.72406),
    "pworky4": (3.2748, 0.82934),
    "earny4": (16.0551, 4.0736),
}
ADJUSTED = {
    "trainy1": (0.345453, 0.009299),
    "pworky1": (-9.99586, 0.69227),
    "pworky4": (3.63602, 0.80998),
    "earny4": (19.82845, 3.92910),
}


@pytest.mark.parametrize("outcome", DIFFERENCES)
def test_the_differences_between_those_drawn_and_not_are_rs(published, outcome):
    """J1."""
    rows = published("job_corps")
    found = difference(rows[outcome].to_numpy().astype(float), rows["assignment"].to_numpy() == 1)
    assert found.estimate == pytest.approx(DIFFERENCES[outcome][0], rel=1e-4)
    assert found.se == pytest.approx(DIFFERENCES[outcome][1], rel=1e-3)


KNOWN = ("female", "age", "white", "black", "educ", "geddegree", "hsdegree", "haschild", "everwkd", "mwearn")


@pytest.mark.parametrize("outcome", ADJUSTED)
def test_adjusting_on_each_side_for_what_was_known_before_gives_rs_answer(published, outcome):
    """J2."""
    rows = published("job_corps")
    known = {one: rows[one].to_numpy() for one in KNOWN}
    found = adjusted(make_table(rows[outcome].to_numpy(), rows["assignment"].to_numpy() == 1, covariates=known))
    assert found.estimate == pytest.approx(ADJUSTED[outcome][0], rel=1e-4)
    assert found.se == pytest.approx(ADJUSTED[outcome][1], rel=1e-3)
