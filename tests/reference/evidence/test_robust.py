"""CR2 with Satterthwaite against clubSandwich, on a trial in which Israeli schools were drawn.

Data: Angrist & Lavy (2009), American Economic Review 99(4). Values: clubSandwich 0.5.8 in R, the same as diff-diff 3.13
and, rounded, the article's table 2. Relative tolerance 1e-4 on estimates and 1e-3 on standard errors, but never finer
than the last digit printed.
"""

import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.robust import SchoolSums, contrast, least_squares, school_sums, together


def columns(rows: pl.DataFrame, *more: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Constant, treated, school types and more columns; whether the certificate was taken; the school."""
    types = sorted(rows["school_type"].unique())[1:]
    x = [np.ones(len(rows)), rows["treated"].to_numpy()]
    x += [(rows["school_type"] == each).to_numpy() for each in types]
    for name in more:
        levels = sorted(rows[name].unique())[1:] if name == "qrtl" else []
        x += [(rows[name] == each).to_numpy() for each in levels] or [rows[name].to_numpy()]
    y = rows["Bagrut_status"].to_numpy().astype(float)
    return np.column_stack(x).astype(float), y, np.unique(rows["school_id"], return_inverse=True)[1]


def effect(sums: SchoolSums):
    return contrast(least_squares(sums), np.eye(sums.xx.shape[1])[1])


@pytest.fixture(scope="module")
def trial(published) -> pl.DataFrame:
    return published("achievement_awards_rct")


C1 = {
    "all": (0.056097, 0.048937, 25.107, 0.046681),
    "Girl": (0.104603, 0.060723, 21.077, 0.057863),
    "Boy": (-0.010375, 0.052112, 20.594, 0.049114),
}


@pytest.mark.parametrize("sex", C1)
def test_c1_the_treated_year(trial, sex):
    rows = trial.filter((pl.col("year") == 2001) & ((pl.col("sex") == sex) | (sex == "all")))
    found = effect(school_sums(*columns(rows)))
    value, se, df, cr1 = C1[sex]
    assert found.value == pytest.approx(value, rel=1e-4)
    assert found.se == pytest.approx(se, rel=1e-3)
    assert found.df == pytest.approx(df, abs=1e-3)
    assert found.se_cr1 == pytest.approx(cr1, rel=1e-4)


def test_c2_with_what_was_known_before(trial):
    """Rows without a quartile or a background are left out, as there."""
    more = ("qrtl", "father_ed", "mother_ed", "siblings", "immigrant")
    rows = trial.filter(pl.col("year") == 2001).drop_nulls(list(more))
    girls = effect(school_sums(*columns(rows.filter(pl.col("sex") == "Girl"), *more)))
    boys = effect(school_sums(*columns(rows.filter(pl.col("sex") == "Boy"), *more)))
    assert (girls.value, girls.se) == pytest.approx((0.0998, 0.0472), abs=5e-5)
    assert (girls.df, girls.p) == pytest.approx((20.8, 0.0465), abs=0.05)
    assert girls.p == pytest.approx(0.0465, abs=5e-5)
    assert (boys.value, boys.se) == pytest.approx((-0.0232, 0.0436), abs=5e-5)


@pytest.mark.parametrize(
    ("year", "value", "se"),
    [(1999, -0.0249, 0.0485), (2000, 0.0502, 0.0557), (2001, 0.0561, 0.0489), (2002, -0.0185, 0.0706)],
)
def test_c3_years_in_which_nothing_was_given(trial, year, value, se):
    found = effect(school_sums(*columns(trial.filter(pl.col("year") == year))))
    assert (found.value, found.se) == pytest.approx((value, se), abs=5e-5)


def test_f1_schools_that_keep_their_rows_give_the_same_answer(trial):
    """The federation identity, to 1e-12: each school sends only its cross-products."""
    x, y, school = columns(trial.filter(pl.col("year") == 2001))
    alone = [
        school_sums(x[school == each], y[school == each], np.zeros((school == each).sum(), dtype=int))
        for each in set(school)
    ]
    whole, put_together = effect(school_sums(x, y, school)), effect(together(alone))
    for name in ("value", "se", "df", "low", "high", "p", "se_cr1"):
        assert getattr(put_together, name) == pytest.approx(getattr(whole, name), rel=1e-12)


def test_f1_sums_give_what_rows_give(trial):
    """Written out with each school's whole hat matrix, as the definition of CR2 stands."""
    rows = trial.filter((pl.col("year") == 2001) & (pl.col("sex") == "Girl"))
    x, y, school = columns(rows)
    m = np.linalg.inv(x.T @ x)
    e = y - x @ (m @ x.T @ y)
    total = 0.0
    for each in set(school):
        own = school == each
        values, vectors = np.linalg.eigh(np.eye(own.sum()) - x[own] @ m @ x[own].T)
        half = (vectors / np.sqrt(values)) @ vectors.T
        total += float(m[1] @ x[own].T @ half @ e[own]) ** 2
    assert effect(school_sums(x, y, school)).se == pytest.approx(total**0.5, rel=1e-10)
