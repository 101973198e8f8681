"""The threshold design against what rdrobust and rddensity print for elections to the Senate of the United States.

Cattaneo, Frandsen & Titiunik (2015), Journal of Causal Inference 3(1). Values: rdrobust 2.1.1 and rddensity 3.0; the
tolerance is the last digit printed.
"""

import numpy as np
import pytest

from pluginnovation.evidence.designs.bandwidth import bandwidths
from pluginnovation.evidence.designs.local_lines import cells_of, jump_at


@pytest.fixture(scope="module")
def elections(published) -> tuple[np.ndarray, np.ndarray]:
    rows = published("rd_senate").drop_nulls(["margin", "vote"])
    return rows["margin"].to_numpy(), rows["vote"].to_numpy()


def test_r1_the_advantage_of_having_won_last_time(elections):
    margin, vote = elections
    cells = cells_of(margin, margin >= 0, vote)
    width = bandwidths(cells)
    found = jump_at(cells, width.h, width.b)
    assert (width.h, width.b) == pytest.approx((17.754, 28.028), abs=5e-4)
    assert (found.value, found.se) == pytest.approx((7.414, 1.459), abs=5e-4)
    ends = [found.corrected + away * found.robust_se for away in (-1.959964, 1.959964)]
    assert ends == pytest.approx([4.094, 10.919], abs=5e-4)
    assert (found.n_not, found.n_offered) == (360, 323)


def test_r2_no_step_in_how_many_elections_there_are(published):
    from pluginnovation.evidence.peers.densities import density_step

    found = density_step(published("rd_senate").drop_nulls(["margin"])["margin"].to_numpy())
    assert (found.t, found.p) == pytest.approx((-0.8753, 0.3814), abs=5e-5)
    assert (found.below, found.above) == pytest.approx((19.841, 27.119), abs=5e-4)
