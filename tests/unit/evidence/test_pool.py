"""Several sites together: all of them shown, and only what may be mixed is mixed."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.pool import pool
from pluginnovation.evidence.pooling.random_effects import random_effects
from pluginnovation.records.refusals import Refusal
from tests.unit.evidence.sites import site


def test_one_site_is_shown_and_not_pooled():
    found = pool([site(1, -4.0)])
    assert (found.cannot_tell, found.estimate, found.low) == ("one_site", None, None)
    assert [row.message.estimate for row in found.rows] == [-4.0]


def test_two_projects_of_one_site_are_still_one_site():
    found = pool([site(1, -4.0), site(1, -3.0, about={"project": "project-2"})])
    assert (found.cannot_tell, found.estimate) == ("one_site", None)


def test_two_sites_are_pooled_only_with_a_prior_for_how_much_sites_differ():
    found = pool([site(1, -4.0), site(2, -2.0)])
    assert found.method == "prior"
    assert found.low < -3 < found.high
    alone = 1.96 * (1 / 2) ** 0.5
    assert found.high - found.low > 2 * alone


def test_a_site_that_found_nothing_counts_as_much_as_one_that_found_something():
    with_it = pool([site(1, -5.0), site(2, -4.0), site(3, 0.0)])
    without = pool([site(1, -5.0), site(2, -4.0), site(3, -4.5)])
    assert with_it.method == without.method == "random_effects"
    assert with_it.estimate == pytest.approx(-3.0, abs=0.2)
    assert with_it.tau > without.tau
    assert [row.weight for row in with_it.rows] == pytest.approx([100 / 3] * 3)


def test_draws_are_not_mixed_with_weaker_designs():
    found = pool([site(1, -1.0), site(2, -1.2), site(3, -0.8), site(4, -9.0, design="comparison", cap=2)])
    assert found.estimate == pytest.approx(-1.0, abs=0.1)
    assert [row.left_out for row in found.rows] == ["", "", "", "weaker_design"]
    assert found.sites == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (site(4, -20.0, design="before_after", cap=0), "no_design"),
        (site(4, -20.0, about={"running": True}), "running"),
        (site(4, -20.0, about={"external": True}), "external"),
        (site(4, None, cannot_tell="too_few"), "cannot_tell"),
    ],
)
def test_what_is_not_pooled_is_shown_with_its_reason(row, why):
    three = [site(1, -1.0), site(2, -1.2), site(3, -0.8)]
    found = pool([*three, row])
    assert found.rows[3].left_out == why
    assert (found.estimate, found.pupils) == (pool(three).estimate, 600)


def test_several_rows_from_a_site_do_not_count_as_several_sites():
    rows = [site(number, -3.0 + 0.5 * number, 1.0) for number in range(5)]
    again = [site(0, -3.0 + 0.01 * copy, about={"project": f"copy-{copy}"}) for copy in range(6)]
    found = pool([*rows, *again])
    assert (found.method, found.sites) == ("dependent", 5)
    assert abs(found.estimate - pool(rows).estimate) < abs(pool(rows).estimate + 3.0)
    assert sum(row.weight for row in found.rows) == pytest.approx(100)
    assert found.df < 10


def test_leaving_a_site_out_gives_what_the_others_give():
    four = [site(number, value) for number, value in enumerate((-1.0, -2.0, -3.0, -8.0))]
    found = pool(four)
    assert found.without_one[3].estimate == pytest.approx(pool(four[:3]).estimate)
    assert [figure.name for figure in found.without_one] == [f"site-{number}/project-1" for number in range(4)]


def test_each_site_leans_on_the_others():
    found = pool([site(1, -8.0, 3.0), site(2, -2.0), site(3, -2.0)])
    leaning = found.rows[0].shrunk
    assert -8 < leaning.estimate < -2.5
    assert leaning.se < 3
    assert found.better > 0.95


def test_log_odds_are_pooled_where_they_were_sent():
    rows = [site(number, -4.0, log_odds=-0.2 - 0.1 * number, log_odds_se=0.1) for number in range(4)]
    found = pool(rows, scale="log_odds")
    assert found.unit == "log_odds"
    assert found.estimate == pytest.approx(-0.35, abs=0.01)
    assert pool([replace(row, log_odds=None) for row in rows], scale="log_odds").cannot_tell == "no_sites"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no_sites"),
        ([site(1, -1.0), site(2, -1.0, unit="passes")], "mixed_outcomes"),
        ([site(1, -1.0), site(2, -1.0, about={"outcome": "merit"})], "mixed_outcomes"),
    ],
)
def test_what_cannot_be_pooled_is_refused(rows, code):
    with pytest.raises(Refusal) as refused:
        pool(rows)
    assert refused.value.code == code


def test_the_interval_of_a_few_sites_covers_the_mean_about_as_often_as_it_says():
    """Sites differ by 0.1, each known to within about 0.16."""
    rng = np.random.default_rng(5)
    hits, runs = 0, 400
    for _ in range(runs):
        v = rng.uniform(0.01, 0.04, 5)
        found = random_effects(rng.normal(0.3, 0.1, 5) + rng.normal(size=5) * np.sqrt(v), v)
        hits += found.mean.low <= 0.3 <= found.mean.high
    assert 0.91 <= hits / runs <= 0.98


def test_the_same_messages_give_the_same_pool():
    rows = [site(number, -1.0 * number) for number in range(5)]
    assert pool(rows) == pool(rows)
