"""Pooling against metafor 3.8, robumeta 2.0, clubSandwich 0.5.8, and what was printed.

Relative tolerance 1e-4 on estimates and 1e-3 on standard errors and variances, but never finer than the last digit
printed; metafor itself stops when tau² moves less than 1e-5. The drop-out studies are Wilson, Tanner-Smith, Lipsey,
Steinka-Fry & Morrison (2011), Campbell Systematic Reviews 7(1): log odds ratios of staying.
"""

from math import exp, log

import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.pooling.blocks import blocks_of, joint_test, robust
from pluginnovation.evidence.pooling.dependent import correlated, hierarchical
from pluginnovation.evidence.pooling.grid import partial_pooling
from pluginnovation.evidence.pooling.levels import model_error, same_inner, three_level
from pluginnovation.evidence.pooling.random_effects import random_effects, share_with_help

FIRST = np.array([1.0])


def codes(column: pl.Series) -> np.ndarray:
    return np.unique(column.to_numpy().astype(str), return_inverse=True)[1]


def pair(rows: pl.DataFrame, y: str = "yi", v: str = "vi") -> tuple[np.ndarray, np.ndarray]:
    return rows[y].to_numpy().astype(float), rows[v].to_numpy().astype(float)


@pytest.fixture(scope="module")
def wilson(published) -> pl.DataFrame:
    return published("dropout_prevention_wilson2011")


@pytest.fixture(scope="module")
def schools(published) -> tuple[np.ndarray, np.ndarray]:
    y, se = pair(published("eight_schools"), "effect", "se")
    return y, se**2


def test_m1_one_row_per_sample_gives_the_odds_ratio_of_the_abstract(wilson):
    samples = wilson.group_by("studySample", maintain_order=True).agg(pl.col("LOR1", "varLOR").mean())
    assert (len(samples), wilson["studyID"].n_unique()) == (317, 152)
    found = random_effects(*pair(samples, "LOR1", "varLOR"), method="dl", knapp_hartung=False)
    assert found.mean.value == pytest.approx(0.541241, rel=1e-4)
    assert found.mean.se == pytest.approx(0.056561, rel=1e-3)
    assert (found.tau2, found.q) == pytest.approx((0.535261, 2932.542), rel=1e-4)
    assert [round(exp(each), 3) for each in (found.mean.value, found.mean.low, found.mean.high)] == [
        1.718,
        1.538,
        1.920,
    ]


def test_m2_twenty_one_of_a_hundred_become_thirteen():
    assert share_with_help(0.211, log(1.72)) == pytest.approx(0.135, abs=5e-4)


M3 = {
    "fixed": (0.675689, 0.011114, 0.0),
    "dl": (0.501312, 0.049595, 0.534126),
    "reml": (0.492823, 0.043712, 0.369142),
    "pm": (0.492632, 0.043594, 0.366146),
    "ml": (0.492694, 0.043632, 0.367112),
}


@pytest.mark.parametrize("method", M3)
def test_m3_all_rows_by_each_method(wilson, method):
    found = random_effects(*pair(wilson, "LOR1", "varLOR"), method=method, knapp_hartung=False)
    mu, se, tau2 = M3[method]
    assert found.mean.value == pytest.approx(mu, rel=1e-4)
    assert found.mean.se == pytest.approx(se, rel=1e-3)
    assert found.tau2 == pytest.approx(tau2, rel=1e-4)
    assert found.q == pytest.approx(4066.5373, rel=1e-6)
    if method == "dl":
        assert found.i2 == pytest.approx(90.557, abs=1e-3)


def test_m4_knapp_hartung_and_where_the_next_study_lies(wilson):
    found = random_effects(*pair(wilson, "LOR1", "varLOR"))
    assert (found.mean.se, found.mean.low, found.mean.high) == pytest.approx((0.043622, 0.407054, 0.578591), rel=1e-4)
    plain = random_effects(*pair(wilson, "LOR1", "varLOR"), knapp_hartung=False)
    assert (plain.next_low, plain.next_high) == pytest.approx((-0.7011, 1.6867), abs=5e-5)


@pytest.mark.parametrize(
    ("design", "rows", "odds"),
    [
        ("Randomized", 165, (1.344, 1.227, 1.472)),
        ("Matched", 126, (1.802, 1.504, 2.159)),
        ("Non-random, non-matched", 94, (2.178, 1.761, 2.694)),
    ],
)
def test_m5_weaker_designs_promise_more(wilson, design, rows, odds):
    some = wilson.filter(pl.col("study_design") == design)
    found = random_effects(*pair(some, "LOR1", "varLOR"), knapp_hartung=False).mean
    assert len(some) == rows
    assert tuple(exp(each) for each in (found.value, found.low, found.high)) == pytest.approx(odds, abs=1e-3)


def test_m6_robust_variance_with_correlated_weights(wilson):
    found = correlated(blocks_of(*pair(wilson, "LOR1", "varLOR"), codes(wilson["studyID"])), rho=0.8)
    mean, believed = robust(found.gls, FIRST)
    assert believed
    assert (mean.value, mean.se, mean.df) == pytest.approx((0.51268084, 0.06685486, 135.0255), rel=1e-6)
    assert found.tau2 == pytest.approx(1.0185728, rel=1e-7)


def test_m7_robust_variance_with_hierarchical_weights(wilson):
    found = hierarchical(blocks_of(*pair(wilson, "LOR1", "varLOR"), codes(wilson["studyID"])))
    mean, _ = robust(found.gls, FIRST)
    assert (mean.value, mean.se, mean.df) == pytest.approx((0.50138414, 0.07219540, 55.8265), rel=1e-6)
    assert (found.tau2, found.omega2) == pytest.approx((0.0271026, 0.5087533), rel=1e-6)


def test_m8_three_levels_with_samples_within_studies(wilson):
    study = codes(wilson["studyID"])
    blocks = blocks_of(*pair(wilson, "LOR1", "varLOR"), study)
    found = three_level(blocks, inner=same_inner(study, codes(wilson["studySample"])))
    mean, _ = robust(found.gls, FIRST)
    assert mean.value == pytest.approx(0.516971, rel=1e-4)
    assert model_error(found)[0] == pytest.approx(0.061269, rel=1e-3)
    assert (found.between, found.within) == pytest.approx((0.256449, 0.127580), rel=1e-3)
    assert (mean.se, mean.df) == (pytest.approx(0.0613, abs=5e-5), pytest.approx(122, abs=0.5))


def test_m9_correlated_and_hierarchical_effects(wilson):
    found = three_level(blocks_of(*pair(wilson, "LOR1", "varLOR"), codes(wilson["studyID"])), rho=0.8)
    mean, _ = robust(found.gls, FIRST)
    assert mean.value == pytest.approx(0.510666, rel=1e-4)
    assert model_error(found)[0] == pytest.approx(0.065283, rel=1e-3)
    assert (found.between, found.within) == pytest.approx((0.144468, 0.373434), rel=1e-3)
    assert mean.df == pytest.approx(109, abs=0.5)


STUDY = ["study_design", "attrition", "group_equivalence", "adjusted", "outcome", "evaluator_independence"]
PUPILS = ["male_pct", "white_pct", "average_age"]
DELIVERY = ["implementation_quality", "program_site", "duration", "service_hrs"]


def test_m10_who_evaluated_tested_in_a_regression_of_twenty_one_moderators(wilson):
    """clubSandwich's vignette on meta-analysis; the test is Tipton & Pustejovsky (2015)."""
    names, x = ["constant"], [np.ones(len(wilson))]
    for name in STUDY + PUPILS + DELIVERY:
        if wilson[name].dtype == pl.String:
            levels = sorted(wilson[name].unique())[1:]
            names += [f"{name}: {level}" for level in levels]
            x += [(wilson[name] == level).to_numpy().astype(float) for level in levels]
        else:
            names.append(name)
            x.append(wilson[name].to_numpy().astype(float))
    found = hierarchical(blocks_of(*pair(wilson, "LOR1", "varLOR"), codes(wilson["studyID"]), np.column_stack(x)))
    each = np.eye(22)
    test = joint_test(found.gls, each[[i for i, name in enumerate(names) if name.startswith("evaluator")]])
    assert (round(test.f, 2), test.df, round(test.df_below, 1), round(test.p, 4)) == (2.78, 3, 16.8, 0.0732)
    alike, _ = robust(found.gls, each[names.index("group_equivalence")])
    assert (alike.value, alike.se, alike.df) == pytest.approx((0.502463, 0.195838, 28.69), abs=5e-3)
    assert (alike.value, alike.se) == pytest.approx((0.502463, 0.195838), abs=1e-6)
    drawn, _ = robust(found.gls, each[names.index("study_design: Randomized")])
    assert (drawn.value, drawn.se) == pytest.approx((-0.086872, 0.140044), abs=1e-6)


@pytest.mark.parametrize("which", ["corrdat", "hierdat"])
def test_m11_m12_the_tutorials_own_data(published, which):
    """Tanner-Smith & Tipton (2014); the digits are robumeta's own tests."""
    rows = published(f"robumeta_{which}")
    x = np.column_stack([np.ones(len(rows)), rows["followup"].to_numpy()])
    blocks = blocks_of(*pair(rows, "effectsize", "var"), codes(rows["studyid"]), x)
    found = correlated(blocks, rho=1.0) if which == "corrdat" else hierarchical(blocks)
    (one, sure), (other, sure_too) = (robust(found.gls, each) for each in np.eye(2))
    got = (found.tau2, found.omega2, one.value, other.value, one.df, other.df)
    assert got == pytest.approx(
        (0.12361243, 0.0, 0.334200417, -0.002179469, 22.94691, 1.85370)
        if which == "corrdat"
        else (0.06541402, 0.16360794, 0.2610277, -0.0001810645, 3.1683, 1.5765),
        rel=3e-5,
    )
    assert (sure, sure_too) == (which == "corrdat", False)


@pytest.mark.parametrize(
    ("name", "study", "mu", "se", "variances"),
    [
        ("konstantopoulos2011", "district", 0.184713, 0.084556, (0.065062, 0.032737)),
        ("assink2016", "study", 0.426799, 0.118429, (0.187870, 0.111992)),
        ("tannersmith2016", "studyid", 0.102359, 0.022400, (0.006896, 0.002796)),
    ],
)
def test_m13_m16_three_levels(published, name, study, mu, se, variances):
    rows = published(f"metadat_{name}")
    found = three_level(blocks_of(*pair(rows), codes(rows[study])))
    assert found.gls.coefficients[0] == pytest.approx(mu, rel=1e-4)
    assert model_error(found)[0] == pytest.approx(se, rel=1e-3)
    assert (found.between, found.within) == pytest.approx(variances, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "method", "mu", "se", "tau2"),
    [
        ("raudenbush1985", "reml", 0.083708, 0.051646, 0.018826),
        ("raudenbush1985", "dl", 0.089322, 0.055794, 0.025904),
        ("bcg", "reml", -0.714532, 0.179782, 0.313243),
        ("bcg", "dl", -0.714117, 0.178742, 0.308760),
        ("bcg", "pm", -0.714970, 0.180898, 0.318094),
    ],
)
def test_m14_m15_classics(published, name, method, mu, se, tau2):
    found = random_effects(*pair(published(f"metadat_{name}")), method=method, knapp_hartung=False)
    assert found.mean.value == pytest.approx(mu, rel=1e-4)
    assert (found.mean.se, found.tau2) == pytest.approx((se, tau2), rel=1e-3)


def test_m14_knapp_hartung(published):
    assert random_effects(*pair(published("metadat_raudenbush1985"))).mean.se == pytest.approx(0.061582, rel=1e-3)


def test_m17_eight_schools_with_a_flat_prior(schools):
    """Gelman et al., Bayesian Data Analysis, table 5.3 prints -2, 7, 10, 16, 31 for school A, from draws."""
    fixed = random_effects(*schools, method="fixed", knapp_hartung=False)
    assert (fixed.mean.value, fixed.mean.se, fixed.q) == pytest.approx((7.686, 4.072, 4.707), abs=1e-3)
    found = partial_pooling(*schools, tau_scale=None)
    assert (found.mean.mean, found.mean.sd) == pytest.approx((7.93, 5.18), abs=5e-3)
    # The printed 5.22 is the grid point below a median that lies at 5.23 as the grid is made finer and longer.
    assert found.tau_median == pytest.approx(5.22, abs=0.02)
    assert found.sites[0].quantiles == pytest.approx((-2.1, 6.0, 10.2, 15.5, 31.6), abs=0.05)
    assert found.sites[2].quantiles == pytest.approx((-11.5, 2.0, 6.7, 10.9, 20.5), abs=0.06)


def test_m18_eight_schools_with_a_prior_for_how_much_they_differ(schools):
    found = partial_pooling(*schools, tau_scale=5.0)
    low, *_, high = found.mean.quantiles
    assert (found.mean.mean, found.mean.sd, low, high) == pytest.approx((7.79, 4.36, -0.76, 16.38), abs=5e-3)
    assert found.mean.above_zero == pytest.approx(0.963, abs=5e-4)
    assert found.sites[0].quantiles[2] == pytest.approx(8.7, abs=0.05)
