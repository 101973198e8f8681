"""What California's tobacco law of 1989 did to cigarette sales, against the synthdid package and its paper.

Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111(12), table 1 (-15.6, -27.3, -19.6).
Tolerance 1e-4 relative on the first two. For synthetic control the package stops its search early and prints -19.6;
the least squares have one minimum, at -19.5.
"""

import numpy as np
import pytest

from pluginnovation.evidence.designs.mixtures import Panel, plain_difference, synthetic_control, synthetic_difference


@pytest.fixture(scope="module")
def smoking(published) -> Panel:
    rows = published("prop99_smoking", separator=";").sort("State", "Year")
    wide = rows.pivot(on="Year", index="State", values="PacksPerCapita")
    began = rows.filter(rows["treated"] == 1)["Year"].min() - rows["Year"].min()
    y = wide.drop("State").to_numpy()
    return Panel(y, (wide["State"] == "California").to_numpy(), began, np.full(len(y), 1e6))


@pytest.mark.parametrize(
    ("method", "effect", "tolerance"),
    [(synthetic_difference, -15.604, 1.6e-3), (plain_difference, -27.349, 5e-4), (synthetic_control, -19.5, 0.05)],
)
def test_s1_packs_per_head_that_were_not_sold(smoking, method, effect, tolerance):
    assert method(smoking).effect == pytest.approx(effect, abs=tolerance)
