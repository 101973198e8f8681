"""A roll-out's arithmetic: what the help had done to each group that began together, at each time.

Two-way fixed effects compare those who began late with those who began early, whose effect is still growing; that gives
the wrong answer, also in sign. Here everybody is compared with those who have not begun.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from .linear import least_squares, logistic, sums
from .table import Bools, Floats, Ints

NEVER: Final = 1 << 20  # a period that never comes
NEVER_TREATED, NOT_YET = "never_treated", "not_yet"


@dataclass(frozen=True, slots=True)
class Panel:
    """Units (schools, or pupils) over periods.

    outcome     units x periods, in its natural unit; nan: not known
    first       the period (0, 1, …) in which each unit began; NEVER for those who never do
    weight      pupils in the unit
    cluster     number of the school, or of what else began together, 0..
    covariates  units x k, known before the first of all began
    """

    outcome: Floats
    first: Ints
    weight: Floats
    cluster: Ints
    covariates: Floats

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.outcome.shape[1])


@dataclass(frozen=True, slots=True)
class Began:
    """What the help had done in period `at` to those who began in `first`. units: of them, and those compared with."""

    first: int
    at: int
    effect: float
    units: int
    compared: int


@dataclass(frozen=True, slots=True)
class Effects:
    """Every group's effect at every time, and what each unit adds to each estimate's error.

    parts    units x cells: the estimate less the truth is their sum over units
    share    share of all weight in each cell's group
    shifts   units x cells: the same for the shares
    """

    cells: tuple[Began, ...]
    parts: Floats
    share: Floats
    shifts: Floats

    @property
    def effect(self) -> Floats:
        """One effect per cell."""
        return np.array([cell.effect for cell in self.cells])


@dataclass(frozen=True, slots=True)
class Told:
    """Some of the effects put together. parts: what each unit adds to its error."""

    estimate: float
    parts: Floats

    @property
    def se(self) -> float:
        """Standard error with units taken as they come, without a correction for how few they are."""
        return float(np.sqrt(self.parts @ self.parts))


def effects_of(panel: Panel, *, against: str = NEVER_TREATED, one_base: bool = False) -> Effects:
    """Each group's effect at each time from the second on.

    against    'never_treated', or 'not_yet': those who haven't begun at that time either
    one_base   every time is held against the last before the start; False: before the start, against the time before
               it, which is what the first publication prints
    Gives      cells where neither side is empty; with covariates, doubly robust
    Source     Callaway & Sant'Anna 2021, Journal of Econometrics 225(2); Sant'Anna & Zhao 2020 for the parts
    """
    cells, parts = [], []
    for first in sorted(set(panel.first[(panel.first > 0) & (panel.first < panel.periods)].tolist())):
        for at in range(panel.periods):
            base = first - 1 if one_base or at >= first else at - 1
            if base < 0 or base == at:
                continue
            found = _cell(panel, first, at, base, against)
            if found is not None:
                cells.append(found[0])
                parts.append(found[1])
    total = panel.weight.sum()
    inside = np.array([panel.first == cell.first for cell in cells], float).reshape(len(cells), -1).T
    share = panel.weight @ inside / total
    shifts = panel.weight[:, None] * (inside - share) / total
    return Effects(tuple(cells), np.array(parts).reshape(len(cells), -1).T, share, shifts)


def _cell(panel: Panel, first: int, at: int, base: int, against: str) -> tuple[Began, Floats] | None:
    change = panel.outcome[:, at] - panel.outcome[:, base]
    known = ~np.isnan(change)
    helped = known & (panel.first == first)
    others = known & (panel.first >= NEVER)
    if against == NOT_YET:
        others = known & (panel.first > max(at, base)) & (panel.first != first)
    if not helped.any() or not others.any():
        return None
    used = helped | others
    if panel.covariates.shape[1]:
        effect, inner = _doubly_robust(panel, change, helped, used)
    else:
        effect, inner = _plain(panel.weight[used], change[used], helped[used])
    parts = np.zeros(len(change))
    parts[used] = inner
    return Began(first, at, effect, int(helped.sum()), int(others.sum())), parts


def _plain(weight: Floats, change: Floats, helped: Bools) -> tuple[float, Floats]:
    sides = [np.where(helped == side, weight, 0.0) for side in (True, False)]
    shares = [side / side.sum() for side in sides]
    gap = [share @ change for share in shares]
    return float(gap[0] - gap[1]), shares[0] * (change - gap[0]) - shares[1] * (change - gap[1])


def _doubly_robust(panel: Panel, change: Floats, helped: Bools, used: Bools) -> tuple[float, Floats]:
    """As in Sant'Anna & Zhao's panel estimator, with what the two models' own estimation adds."""
    weight = panel.weight[used] / panel.weight[used].sum()
    x = np.column_stack([np.ones(int(used.sum())), panel.covariates[used]])
    side, grown = helped[used], change[used]
    chance = np.minimum(logistic(x, side, weight * len(weight)).fitted, 1 - 1e-6)
    model = least_squares(x[~side], grown[~side], weight[~side])
    left = grown - x @ model.coefs
    mine, theirs = weight * side, weight * np.where(side, 0.0, chance / (1 - chance))
    mine, theirs = mine / mine.sum(), theirs / theirs.sum()
    gap, rest = float(mine @ left), float(theirs @ left)
    by_model = (weight * ~side * left)[:, None] * x @ model.bread
    bend = np.linalg.inv((x * (weight * chance * (1 - chance))[:, None]).T @ x)
    by_chance = (weight * (side - chance))[:, None] * x @ bend
    one = mine * (left - gap) - by_model @ (mine @ x)
    two = theirs * (left - rest) + by_chance @ ((theirs * (left - rest)) @ x) - by_model @ (theirs @ x)
    return gap - rest, one - two


def together(found: Effects, chosen: Bools) -> Told:
    """The mean of the chosen cells, each group by its share, with what not knowing the shares exactly adds."""
    share, effect = found.share[chosen], found.effect[chosen]
    total = share.sum()
    mean = float(share @ effect / total)
    parts = (found.parts[:, chosen] @ share + found.shifts[:, chosen] @ (effect - mean)) / total
    return Told(mean, parts)


def overall(found: Effects) -> Told:
    """Over all groups and times after the start: larger groups and those helped for longer count for more."""
    return together(found, _after(found))


def by_time(found: Effects) -> dict[int, Told]:
    """By time since the start; below nought, before it."""
    since = np.array([cell.at - cell.first for cell in found.cells])
    return {int(one): together(found, since == one) for one in sorted(set(since.tolist()))}


def by_group(found: Effects) -> dict[int, Told]:
    """Each group's mean effect over its times, by the period in which it began."""
    first = np.array([cell.first for cell in found.cells])
    return {int(one): together(found, (first == one) & _after(found)) for one in sorted(set(first.tolist()))}


def by_period(found: Effects) -> dict[int, Told]:
    """By period on the calendar, over those who had begun."""
    at = np.array([cell.at for cell in found.cells])
    return {int(one): together(found, (at == one) & _after(found)) for one in sorted(set(at[_after(found)].tolist()))}


def mean_of(some: list[Told]) -> Told:
    """Their plain mean: the headline of the dynamic and calendar summaries."""
    return Told(float(np.mean([one.estimate for one in some])), np.mean([one.parts for one in some], axis=0))


def mean_of_groups(found: Effects) -> Told:
    """Groups' mean effects, each by its share: the headline of the group summary."""
    groups = by_group(found)
    share = np.array([found.share[[c.first for c in found.cells].index(one)] for one in groups])
    shifts = np.column_stack([found.shifts[:, [c.first for c in found.cells].index(one)] for one in groups])
    effect = np.array([one.estimate for one in groups.values()])
    mean, inner = float(share @ effect / share.sum()), np.column_stack([one.parts for one in groups.values()])
    return Told(mean, (inner @ share + shifts @ (effect - mean)) / share.sum())


def before_p(found: Effects, cluster: Ints) -> float | None:
    """Joint p that nothing moved before the start (Wald test over all cells before it). None: it can't be tried."""
    before = ~_after(found)
    if not before.any():
        return None
    parts, effect = sums(found.parts[:, before], cluster), found.effect[before]
    if len(parts) <= len(effect):
        return None
    cross = parts.T @ parts
    if np.linalg.matrix_rank(cross) < len(effect):
        return None
    return float(stats.chi2.sf(effect @ np.linalg.solve(cross, effect), len(effect)))


def doubt(told: Told, panel: Panel) -> tuple[float, float]:
    """Standard error with clusters counted within those who began together, and Welch's degrees of freedom.

    Each such group has a mean of its own, so n / (n - 1) is its own too: few schools in a group are few, however many
    stand elsewhere. Units of a cluster begin together.
    """
    parts, group = sums(told.parts, panel.cluster)[:, 0], _begins(panel)
    size = np.maximum(np.bincount(group), 2)
    spread = np.bincount(group, parts**2) * size / (size - 1)
    total = float(spread.sum())
    if not total > 0:
        return 0.0, 1.0
    return float(np.sqrt(total)), total**2 / float((spread**2 / (size - 1)).sum())


def moved_before(found: Effects, panel: Panel) -> float | None:
    """Joint p that nothing moved at any time before the start, right also with few schools. None: it can't be tried.

    By time since the start rather than by cell, and Hotelling's F rather than chi-square, which with ten schools in a
    group cries wolf two times in five.
    """
    times = [one for since, one in by_time(found).items() if since < 0]
    if not times:
        return None
    group = _begins(panel)
    size = np.maximum(np.bincount(group), 2)
    parts = (
        sums(np.column_stack([one.parts for one in times]), panel.cluster) * np.sqrt(size / (size - 1))[group][:, None]
    )
    cross, effect = parts.T @ parts, np.array([one.estimate for one in times])
    df, k = float(np.mean([doubt(one, panel)[1] for one in times])), len(times)
    if df <= k or np.linalg.matrix_rank(cross) < k:
        return None
    ratio = float(effect @ np.linalg.solve(cross, effect)) * (df - k + 1) / (k * df)
    return float(stats.f.sf(ratio, k, df - k + 1))


def _begins(panel: Panel) -> Ints:
    """Which group each cluster begins with, 0, 1, …"""
    first = np.full(int(panel.cluster.max()) + 1, NEVER)
    first[panel.cluster] = panel.first
    return np.unique(first, return_inverse=True)[1].reshape(-1)


def _after(found: Effects) -> Bools:
    return np.array([cell.at >= cell.first for cell in found.cells], bool)
