"""A roll-out's arithmetic on 500 counties where minimum wages rose in 2004, 2006, 2007 or never.

Published in the README and vignette of R's `did` (Callaway & Sant'Anna 2021) to four digits; more digits agree between
diff-diff, csdid and moderndid.
"""

import numpy as np
import pytest
from scipy import stats

from pluginnovation.evidence.linear import sums
from pluginnovation.evidence.peers.honest import EventStudy, breakdown, robust_interval, unnoticed_trend
from pluginnovation.evidence.staggered import (
    NEVER,
    NOT_YET,
    Panel,
    before_p,
    by_group,
    by_period,
    by_time,
    doubt,
    effects_of,
    mean_of,
    mean_of_groups,
    overall,
)

CLOSE, CLOSE_SE = 1e-4, 1e-3
PRINTED = 6e-5  # half of the last digit that was printed, and a little


@pytest.fixture(scope="module")
def counties(published):
    rows = published("mpdta").sort("countyreal", "year")
    outcome = rows["lemp"].to_numpy().reshape(-1, 5)
    first = rows["first.treat"].to_numpy().reshape(-1, 5)[:, 0]
    first = np.where(first == 0, NEVER, first - 2003).astype(np.int64)
    lpop = rows["lpop"].to_numpy().reshape(-1, 5)[:, :1]
    size = len(outcome)

    def panel(*, covariates=False):
        known = lpop if covariates else np.zeros((size, 0))
        return Panel(outcome, first, np.ones(size), np.arange(size), known)

    return panel


# D1 and D3. R prints bootstrapped standard errors; these are the analytic ones.
CELLS = {
    (1, 1): (-0.0105, 0.0233), (1, 2): (-0.0704, 0.0310), (1, 3): (-0.1373, 0.0364), (1, 4): (-0.1008, 0.0344),
    (3, 1): (0.0065, 0.0233), (3, 2): (-0.0028, 0.0196), (3, 3): (-0.0046, 0.0178), (3, 4): (-0.0412, 0.0202),
    (4, 1): (0.0305, 0.0150), (4, 2): (-0.0027, 0.0164), (4, 3): (-0.0311, 0.0179), (4, 4): (-0.0261, 0.0167),
}  # fmt: skip


def test_each_groups_effect_at_each_time_is_the_published_one(counties):
    """D1, D3."""
    found = effects_of(counties())
    assert {(c.first, c.at) for c in found.cells} == set(CELLS)
    for place, cell in enumerate(found.cells):
        effect, se = CELLS[cell.first, cell.at]
        assert cell.effect == pytest.approx(effect, abs=PRINTED)
        assert np.sqrt(found.parts[:, place] @ found.parts[:, place]) == pytest.approx(se, abs=PRINTED)


@pytest.mark.parametrize(
    ("summary", "estimate", "se"),
    [
        ("simple", -0.039951, 0.012034),
        ("group", -0.0310183, 0.012446),
        ("dynamic", -0.0772398, 0.019965),
        ("calendar", -0.0417004, 0.015972),
    ],
)
def test_each_summary_is_the_published_one(counties, summary, estimate, se):
    """D2. Four summaries, four answers: which one is meant is always said."""
    found = effects_of(counties())
    after = [one for since, one in by_time(found).items() if since >= 0]
    told = {
        "simple": overall(found),
        "group": mean_of_groups(found),
        "dynamic": mean_of(after),
        "calendar": mean_of(list(by_period(found).values())),
    }[summary]
    assert told.estimate == pytest.approx(estimate, rel=CLOSE)
    assert told.se == pytest.approx(se, rel=CLOSE_SE)


def test_the_groups_and_the_test_before_the_start_are_the_published_ones(counties):
    """D2."""
    found = effects_of(counties())
    assert [one.estimate for one in by_group(found).values()] == pytest.approx([-0.0797, -0.0229, -0.0261], abs=PRINTED)
    assert before_p(found, np.arange(500)) == pytest.approx(0.16812, rel=CLOSE)


def test_covariates_and_those_who_had_not_begun_give_what_was_computed(counties):
    """D4."""
    found = effects_of(counties(covariates=True))
    assert overall(found).estimate == pytest.approx(-0.0417515, rel=CLOSE)
    assert overall(found).se == pytest.approx(0.0115029, rel=CLOSE_SE)
    after = [one.estimate for since, one in by_time(found).items() if since >= 0]
    assert after == pytest.approx([-0.0211, -0.0530, -0.1404, -0.1069], abs=PRINTED)
    not_yet = overall(effects_of(counties(), against=NOT_YET))
    assert not_yet.estimate == pytest.approx(-0.0397636, rel=CLOSE)
    assert not_yet.se == pytest.approx(0.0120524, rel=CLOSE_SE)


@pytest.fixture(scope="module")
def study(counties):
    times = by_time(effects_of(counties(), one_base=True))
    parts = np.column_stack([one.parts for one in times.values()])
    return EventStudy(tuple(times), np.array([one.estimate for one in times.values()]), parts.T @ parts)


@pytest.mark.parametrize(("ratio", "low", "high"), [(0.5, -0.1469, -0.0075), (1.0, -0.1775, 0.0230)])
def test_the_interval_that_lets_trends_part_is_what_was_computed(study, ratio, low, high):
    """D5, through diff-diff; not cross-checked in R."""
    found = robust_interval(study, ratio)
    assert (found.low, found.high) == pytest.approx((low, high), abs=PRINTED)


def test_the_effect_breaks_down_between_half_and_all_of_what_was_seen_before(study):
    """D5."""
    assert breakdown(study) in (0.5, 0.75)


def test_the_slope_that_goes_unnoticed_is_the_one_that_the_joint_test_misses_one_time_in_five(study):
    """Roth 2022: at that slope the Wald statistic is a non-central chi-square, beyond its 5 % limit at 80 %."""
    before = [place for place, since in enumerate(study.since) if since < 0]
    line = np.array([study.since[place] + 1 for place in before]) * unnoticed_trend(study)
    strength = line @ np.linalg.solve(study.covariance[np.ix_(before, before)], line)
    limit = stats.chi2.ppf(0.95, len(before))
    assert stats.ncx2.sf(limit, len(before), strength) == pytest.approx(0.8, abs=1e-3)


def test_schools_pupils_give_the_same_answer_as_their_sums():
    """Pupils of a school that began together: rows and school sums give the same estimate and standard error."""
    random = np.random.default_rng(1)
    sizes = random.integers(5, 30, 24)
    school = np.repeat(np.arange(24), sizes)
    first = np.where(np.arange(24) < 8, NEVER, 2 + np.arange(24) % 3)
    outcome = random.normal(size=(len(school), 6)) + random.normal(size=(24, 6))[school]
    rows = Panel(outcome, first[school], np.ones(len(school)), school, np.zeros((len(school), 0)))
    means = sums(outcome, school) / sizes[:, None]
    packed = Panel(means, first, sizes.astype(float), np.arange(24), np.zeros((24, 0)))
    one, other = overall(effects_of(rows)), overall(effects_of(packed))
    assert one.estimate == pytest.approx(other.estimate, rel=1e-12)
    assert doubt(one, rows) == pytest.approx(doubt(other, packed), rel=1e-9)
