"""A mixture of others that goes as one's own went before: the weights of synthetic control and synthetic difference."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import nnls

from ..table import Bools, Floats

_SUM_TO_ONE: Final = 1e4  # how hard the weights are held to a sum of one; they are then divided by what is left


@dataclass(frozen=True, slots=True)
class Panel:
    """An outcome for units (municipalities, schools) over periods, some of whom began with the help.

    y        (U, T) in natural units, nothing missing
    treated  (U,) who began
    starts   the first period with the help: periods 0 … starts - 1 are before
    pupils   (U,) fewest pupils behind any of the unit's values
    """

    y: Floats
    treated: Bools
    starts: int
    pupils: Floats

    def without(self, unit: int) -> "Panel":
        """The same panel without one unit."""
        rest = np.arange(len(self.y)) != unit
        return Panel(self.y[rest], self.treated[rest], self.starts, self.pupils[rest])

    def before(self, starts: int) -> "Panel":
        """Only what was before the help, as if it had started then."""
        return Panel(self.y[:, : self.starts], self.treated, starts, self.pupils)


@dataclass(frozen=True, slots=True)
class Mixed:
    """An effect and what it is made of.

    effect   mean over the periods with the help and the units that began
    units    (U0,) weights of those who didn't begin, sum 1
    periods  (T0,) weights of the periods before, sum 1
    gaps     (T,) those who began less their mixture, less what the gap was before
    misfit   root mean square of the gaps before
    without  what the mixture says it would have been, mean over the periods with the help
    """

    effect: float
    units: Floats
    periods: Floats
    gaps: Floats
    misfit: float
    without: float


def synthetic_difference(panel: Panel) -> Mixed:
    """Weights on units and on periods, and a level of its own for each: synthetic difference in differences.

    Source  Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111(12)
    """
    others, own = panel.y[~panel.treated], panel.y[panel.treated].mean(axis=0)
    t0 = panel.starts
    after = panel.y.shape[1] - t0
    noise = float(np.diff(others[:, :t0], axis=1).std(ddof=1))
    ridge = (panel.treated.sum() * after) ** 0.25 * noise
    units = mixture(_centred(others[:, :t0].T), _centred(own[:t0]), ridge * t0**0.5)
    level = others[:, t0:].mean(axis=1)
    periods = mixture(_centred(others[:, :t0]), _centred(level), 1e-6 * noise * len(others) ** 0.5)
    return _mixed(panel, units, periods)


def synthetic_control(panel: Panel) -> Mixed:
    """Weights on units only, with their own levels: as near as they come before, period by period.

    Source  Abadie, Diamond & Hainmueller (2010), JASA 105(490), with the outcome's own past as what is matched
    """
    others, own = panel.y[~panel.treated], panel.y[panel.treated].mean(axis=0)
    found = mixture(others[:, : panel.starts].T, own[: panel.starts], 0.0)
    return _mixed(panel, found, np.zeros(panel.starts))


def plain_difference(panel: Panel) -> Mixed:
    """Difference in differences: all others and all periods weigh the same."""
    others = len(panel.y) - int(panel.treated.sum())
    return _mixed(panel, np.full(others, 1 / others), np.full(panel.starts, 1 / panel.starts))


def mixture(columns: Floats, target: Floats, ridge: float) -> Floats:
    """Weights, none below nought, sum 1, that bring the columns nearest the target.

    Takes   ridge   spreads the weights out: |columns w - target|² + ridge² |w|²
    """
    size = float(np.abs(columns).max()) or 1.0
    k = columns.shape[1]
    left = np.vstack([columns / size, ridge / size * np.eye(k), np.full((1, k), _SUM_TO_ONE)])
    right = np.concatenate([target / size, np.zeros(k), [_SUM_TO_ONE]])
    found: Floats = nnls(left, right)[0]
    return np.asarray(found / found.sum())


def _centred(values: Floats) -> Floats:
    return np.asarray(values - values.mean(axis=0))


def _mixed(panel: Panel, units: Floats, periods: Floats) -> Mixed:
    others, own = panel.y[~panel.treated], panel.y[panel.treated].mean(axis=0)
    blend = units @ others
    raw = own - blend
    gaps = raw - raw[: panel.starts] @ periods
    before = raw[: panel.starts] - (raw[: panel.starts].mean() if periods.any() else 0.0)
    effect = float(gaps[panel.starts :].mean())
    return Mixed(
        effect, units, periods, gaps, float(np.sqrt((before**2).mean())), float(own[panel.starts :].mean()) - effect
    )
