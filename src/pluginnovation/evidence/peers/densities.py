"""The density test for scores with very many values: whether the number of pupils takes a step at the threshold."""

from dataclasses import dataclass

from ..table import Floats


@dataclass(frozen=True, slots=True)
class Density:
    """The test's t and p, and the bandwidths on the two sides, in the score's unit."""

    t: float
    p: float
    below: float
    above: float


def density_step(at: Floats) -> Density:
    """A step in the density of the scores at nought.

    Takes   at   the score less the threshold; many different values (whole per cents are for `heaping`)
    Source  Cattaneo, Jansson & Ma (2020), JASA 115(531), by diff-diff
    """
    import warnings

    import pandas as pd
    from diff_diff import RDDensityTest

    with warnings.catch_warnings():
        # Scores that occur twice are allowed for, as the paper says; it need not be told each time.
        warnings.simplefilter("ignore", UserWarning)
        found = RDDensityTest(cutoff=0.0).fit(pd.DataFrame({"at": at}), "at")
    return Density(float(found.t_stat), float(found.p_value), float(found.h_left), float(found.h_right))
