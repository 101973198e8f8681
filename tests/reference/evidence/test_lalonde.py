"""LaLonde's job training: a drawn comparison tells the truth, and two that weren't drawn are held against it.

Imbens & Xu (2024, "LaLonde (1986) after nearly four decades", table A1) print what each estimator gives. The two
samples of others are CPS-1 (15,992) and PSID-1 (2,490), each beside the 185 whom Dehejia & Wahba (1999) kept.
"""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.designs.comparison import comparison, doubly_robust, opinions
from pluginnovation.evidence.designs.waiting_list import difference, waiting_list
from pluginnovation.evidence.linear import hc1, least_squares
from pluginnovation.evidence.result import FAILED, HELD, Result
from pluginnovation.evidence.table import Table, make_table
from tests.reference.evidence.plans import a_plan

# Estimates to 1e-4 and standard errors to 1e-3 of themselves, where nothing else is said.
CLOSE, CLOSE_SE = 1e-4, 1e-3
KNOWN = ("age", "education", "black", "hispanic", "married", "nodegree", "re74", "re75", "u74", "u75")


@pytest.fixture(scope="module")
def observed(published: Callable[..., pl.DataFrame]) -> dict[str, Table]:
    def beside(name: str) -> Table:
        drawn = published("lalonde_nsw_dw").filter(pl.col("treat") == 1)
        rows = pl.concat([one.select("treat", "re78", *KNOWN[:8]).cast(pl.Float64) for one in (drawn, published(name))])
        rows = rows.with_columns(u74=(pl.col("re74") == 0).cast(float), u75=(pl.col("re75") == 0).cast(float))
        covariates = {one: rows[one].to_numpy() for one in KNOWN}
        return make_table(rows["re78"].to_numpy(), rows["treat"].to_numpy() == 1, covariates=covariates)

    return {"cps": beside("lalonde_cps_controls"), "psid": beside("lalonde_psid_controls")}


@pytest.mark.parametrize(
    ("name", "estimate", "hc2"), [("lalonde_nsw_dw", 1794.342, 671.0), ("lalonde_nsw", 886.30, None)]
)
def test_the_draw_gives_the_published_effect(published, name, estimate, hc2):
    """L1. Published: 1,794 and 886."""
    rows = published(name)
    found = difference(rows["re78"].to_numpy().astype(float), rows["treat"].to_numpy() == 1)
    assert found.estimate == pytest.approx(estimate, rel=CLOSE)
    assert hc2 is None or found.se == pytest.approx(hc2, rel=CLOSE_SE)


@pytest.mark.parametrize(("name", "classical"), [("lalonde_nsw_dw", 632.85), ("lalonde_nsw", 472.09)])
def test_the_draw_gives_the_published_classical_standard_error(published, name, classical):
    """L1, the figure in brackets: one spread for everybody."""
    rows = published(name)
    side = rows["treat"].to_numpy().astype(float)
    fit = least_squares(np.column_stack([np.ones(len(side)), side]), rows["re78"].to_numpy().astype(float))
    assert np.sqrt(fit.residuals @ fit.residuals / fit.df * fit.bread[1, 1]) == pytest.approx(classical, rel=CLOSE_SE)


# L2 and L3. They print 1406.27 and 2420.49 for entropy balancing: their tolerance was looser than ours.
PUBLISHED = {
    "cps": {
        "difference": -8497.52, "regression": 1066.38, "outcome_model": 1133.28, "entropy_balancing": 1406.3,
        "nearest_neighbours": 1729.12,
    },
    "psid": {"difference": -15204.78, "regression": 4.158, "outcome_model": 687.82, "entropy_balancing": 2424.7},
}  # fmt: skip
ERRORS = {("cps", "regression"): 626.85, ("cps", "entropy_balancing"): 656.7, ("psid", "regression"): 854.15}


@pytest.fixture(scope="module")
def answers(observed: dict[str, Table]) -> dict[str, dict[str, tuple[float, float | None]]]:
    return {name: {o.name: (o.estimate, o.se) for o in opinions(table)} for name, table in observed.items()}


@pytest.mark.parametrize("name", ["cps", "psid"])
def test_each_estimator_gives_what_was_published(answers, name):
    """L2, L3."""
    for one, estimate in PUBLISHED[name].items():
        assert answers[name][one][0] == pytest.approx(estimate, rel=CLOSE), one
    for (where, one), se in ERRORS.items():
        if where == name:
            assert answers[name][one][1] == pytest.approx(se, rel=CLOSE_SE), one


@pytest.mark.parametrize(("name", "estimate", "effective"), [("cps", 1488.9, 258.0), ("psid", 3090.0, 9.7)])
def test_doubly_robust_gives_what_was_computed(observed, name, estimate, effective):
    """L4 and L5, without leaving anybody out: the logistic model and least squares among the others."""
    found = doubly_robust(observed[name]) if name == "cps" else _everybody(observed[name])
    assert found.estimate == pytest.approx(estimate, rel=CLOSE)
    assert found.weights.sum() ** 2 / (found.weights**2).sum() == pytest.approx(effective, rel=5e-3)


def _everybody(table: Table) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pluginnovation.evidence.designs.comparison.MOST_LIKELY", 1.0)
        return doubly_robust(table)


def test_the_one_that_nobody_is_alike_in_is_called_very_uncertain(observed):
    """L5: an effective number of ten. With those left out whom nobody is like, the rest is still not enough."""
    plan = a_plan("comparison")
    found = comparison(plan, observed["psid"])
    assert found.diagnostic("overlap_ess").outcome == FAILED
    assert found.estimand == "att_overlap"
    assert found.cap <= 1
    assert comparison(plan, observed["cps"]).diagnostic("overlap_ess").outcome == HELD


def test_what_was_earned_the_year_before_says_that_the_two_differed(observed):
    """Earnings of 1975 as the placebo: nobody was trained then, and in PSID they differ all the same."""
    table = observed["psid"]
    tried = make_table(
        table.outcome, table.treated, placebos={"re75": table.covariates[:, 7]},
        covariates={name: table.covariates[:, place] for place, name in enumerate(table.names) if name != "u75"},
    )  # fmt: skip
    assert comparison(a_plan("comparison"), tried).diagnostic("placebo_outcome").outcome == FAILED


def test_the_draw_earns_the_most_and_says_so_with_its_interval(published):
    """The waiting-list design on the same trial: the plain difference is one of its opinions."""
    rows = published("lalonde_nsw_dw")
    known = {one: rows[one].to_numpy() for one in KNOWN[:8]}
    side, earned = rows["treat"].to_numpy() == 1, rows["re78"].to_numpy().astype(float)
    found = waiting_list(a_plan("waiting_list"), make_table(earned, side, covariates=known))
    assert found.cap == 5
    assert found.opinions[0].estimate == pytest.approx(1794.342, rel=CLOSE)
    assert found.low < 1794 < found.high
    line = least_squares(np.column_stack([np.ones(445), side, *known.values()]), earned)
    assert found.se == pytest.approx(np.sqrt(hc1(line)[1, 1]), rel=0.05)  # the same question, nearly the same doubt
