"""What a plan can see, held against what simulated plans did see."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.power import Layout, Spread, chance_of_finding, forecast, spread_of
from pluginnovation.evidence.robust import contrast, least_squares, school_sums
from pluginnovation.records.refusals import Refusal

# Outcome in points of a hundred: shares around a half, a tenth of the variance between schools.
SPREAD = Spread(50.0, between=250.0, within=2250.0, alike=0.1, explained=0.0, schools=20, pupils=40.0)


def trial(rng: np.random.Generator, schools: int, effect: float) -> bool:
    """Whether one drawn trial with forty pupils a school finds its effect, by CR2."""
    school = np.repeat(np.arange(schools), 40)
    helped = (rng.permutation(schools) < schools // 2)[school].astype(float)
    y = rng.normal(0, 250**0.5, schools)[school] + rng.normal(0, 2250**0.5, len(school)) + effect * helped
    fit = least_squares(school_sums(np.column_stack([np.ones(len(y)), helped]), y, school))
    return contrast(fit, [0, 1]).p < 0.05


@pytest.mark.parametrize(("schools", "effect"), [(6, 30.0), (12, 20.0), (24, 8.0), (48, 12.0)])
def test_the_forecast_is_what_trials_do(schools, effect):
    rng = np.random.default_rng(schools)
    seen = np.mean([trial(rng, schools, effect) for _ in range(400)])
    told = forecast(SPREAD, Layout("schools", schools, 40), worthwhile=effect).found
    assert told == pytest.approx(seen, abs=0.06)


def test_the_least_change_is_found_eight_times_in_ten():
    layout = Layout("schools", 24, 40)
    least = forecast(SPREAD, layout, worthwhile=3.0).least
    assert forecast(SPREAD, layout, worthwhile=least).found == pytest.approx(0.8, abs=1e-6)
    plain = 2.8 * (2500 * (0.1 + 0.9 / 40) / (24 * 0.25)) ** 0.5
    assert least == pytest.approx(plain, rel=0.06)


def shares(rng: np.random.Generator, level: float, effect: float) -> bool:
    """Whether a draw among 200 pupils finds how much less often they miss a day, of many who miss some."""
    helped = rng.permutation(200) < 100
    missed = 100 * (rng.random(200) < np.where(helped, level - effect, level))
    gap, n = missed[~helped].mean() - missed[helped].mean(), 100
    return bool(abs(gap) > 1.972 * ((missed[helped].var(ddof=1) + missed[~helped].var(ddof=1)) / n) ** 0.5)


def test_a_share_that_falls_differs_less_among_those_helped_and_is_found_more_often():
    """Ten points less of fifteen: one side hardly differs any longer."""
    rng = np.random.default_rng(7)
    seen = np.mean([shares(rng, 0.15, 0.10) for _ in range(1_500)])
    spread = Spread(15.0, between=0.0, within=100.0 * 15 * 0.85, alike=0.0, explained=0.0, schools=1, pupils=200.0)
    layout = Layout("pupils", 1, 200)
    told = forecast(spread, layout, worthwhile=10.0, share_goes=-1)
    assert told.found == pytest.approx(seen, abs=0.04)
    assert forecast(spread, layout, worthwhile=10.0).found < seen - 0.04
    least = forecast(spread, layout, worthwhile=told.least, share_goes=-1)
    assert least.found == pytest.approx(0.8, abs=1e-6)


def test_a_share_that_rises_from_next_to_nothing_is_found_less_often():
    spread = Spread(4.0, between=0.0, within=384.0, alike=0.0, explained=0.0, schools=1, pupils=200.0)
    told = [forecast(spread, Layout("pupils", 1, 200), worthwhile=8.0, share_goes=way).found for way in (0, 1)]
    assert told[1] < told[0]


def test_what_cannot_be_missed_is_found():
    assert [chance_of_finding(away, df) for away in (9.0, 30.0) for df in (4, 50, 1e6)] == pytest.approx(
        [1] * 6, abs=1e-3
    )
    assert chance_of_finding(0.0, 10) == pytest.approx(0.05)


def test_six_schools_seldom_see_eight_points():
    assert forecast(SPREAD, Layout("schools", 6, 40), worthwhile=8.0).found < 0.12


def test_a_draw_among_pupils_sees_more_than_a_draw_among_schools():
    pupils, schools = (forecast(SPREAD, Layout(drawn, 12, 40), worthwhile=8.0) for drawn in ("pupils", "schools"))
    assert pupils.least < 0.6 * schools.least


def test_the_schools_needed_are_enough_and_one_fewer_is_not():
    found = forecast(SPREAD, Layout("schools", 6, 40), worthwhile=8.0)
    enough = forecast(SPREAD, Layout("schools", found.schools_needed, 40), worthwhile=8.0)
    fewer = forecast(SPREAD, Layout("schools", found.schools_needed - 1, 40), worthwhile=8.0)
    assert fewer.found < 0.8 <= enough.found
    assert forecast(SPREAD, Layout("schools", 6, 40), worthwhile=0.1).schools_needed is None


def test_the_spread_of_the_records_is_found_again():
    rng = np.random.default_rng(2)
    school = np.repeat(np.arange(300), rng.integers(10, 50, 300))
    before = rng.normal(size=len(school))
    y = 20 + rng.normal(0, 2, 300)[school] + 3 * before + rng.normal(0, 4, len(school))
    plain, better = spread_of(y, school), spread_of(y, school, before[:, None])
    assert (plain.between, plain.within) == pytest.approx((4, 25), rel=0.2)
    assert (better.between, better.within) == pytest.approx((4, 16), rel=0.2)
    assert better.explained == pytest.approx(9 / 29, abs=0.03)
    assert plain.alike == pytest.approx(4 / 29, abs=0.03)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schools": 3}, "layout_schools"),
        ({"pupils": 1.0}, "layout_too_few"),
        ({"helped": 1.0}, "layout_helped"),
        ({"lost": 1.0}, "layout_lost"),
        ({"drawn": "classes"}, "layout_drawn"),
        ({"pupils": 0.0}, "layout_pupils"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(change, code):
    with pytest.raises(Refusal) as refused:
        forecast(SPREAD, replace(Layout("schools", 12, 40), **change), worthwhile=3.0)
    assert refused.value.code == code


def test_records_that_tell_nothing_are_refused():
    for outcome, school, code in (
        (np.ones(9), np.arange(9), "under_ten"),
        (np.arange(20.0), np.zeros(20, int), "too_few_schools"),
        (np.arange(20.0), np.arange(20), "too_few_schools"),
    ):
        with pytest.raises(Refusal) as refused:
            spread_of(outcome, school)
        assert refused.value.code == code
    still = spread_of(np.ones(40), np.repeat(np.arange(4), 10))
    with pytest.raises(Refusal) as refused:
        forecast(still, Layout("schools", 12, 40), worthwhile=3.0)
    assert refused.value.code == "no_variation"
