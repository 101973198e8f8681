"""Least squares and logistic regression on plain arrays, with the sandwich that a small sample needs."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .table import Bools, Floats, Ints

SMALL: Final = 1e-9
STEPS: Final = 60
FAR: Final = 30.0  # a log odds that far from nought is a sure thing, and nothing in a school is


@dataclass(frozen=True, slots=True)
class Fit:
    """A least-squares fit.

    coefs      one per column; a column that the others make up has nought
    residuals  one per row
    leverage   one per row, 0..1
    bread      inverse of X'WX, columns x columns; noughts for a column that was left out
    x          the columns times the root of the weights
    kept       which columns the fit could tell apart
    """

    coefs: Floats
    residuals: Floats
    leverage: Floats
    bread: Floats
    x: Floats
    kept: Bools

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return len(self.residuals) - int(self.kept.sum())


def least_squares(x: Floats, y: Floats, weights: Floats | None = None, *, lost: Floats | float = 0.0) -> Fit:
    """Least squares of y on x (rows x columns), weighted or not.

    lost    leverage that was used up before, by taking a mean per stratum away: 1 / size of the row's stratum
    """
    root = np.ones(len(y)) if weights is None else np.sqrt(weights)
    scaled, target = x * root[:, None], y * root
    kept = independent(scaled)
    used = scaled[:, kept]
    inverse = np.linalg.inv(used.T @ used) if kept.any() else np.zeros((0, 0))
    coefs, bread = np.zeros(x.shape[1]), np.zeros((x.shape[1], x.shape[1]))
    coefs[kept] = inverse @ (used.T @ target)
    bread[np.ix_(kept, kept)] = inverse
    leverage = np.einsum("ij,jk,ik->i", used, inverse, used) + lost
    return Fit(coefs, target - used @ coefs[kept], np.minimum(leverage, 1.0), bread, scaled, kept)


def independent(x: Floats) -> Bools:
    """Which columns say something that those before them don't (Gram-Schmidt on the cross-products)."""
    cross = x.T @ x
    size = np.sqrt(np.diag(cross))
    scaled = cross / np.outer(np.where(size > 0, size, 1), np.where(size > 0, size, 1))
    kept = np.zeros(len(size), bool)
    for column in np.flatnonzero(size > 0):
        before = np.flatnonzero(kept)
        part = scaled[before, column]
        left = scaled[column, column] - (
            part @ np.linalg.solve(scaled[np.ix_(before, before)], part) if kept.any() else 0
        )
        kept[column] = left > SMALL
    return kept


def hc1(fit: Fit) -> Floats:
    """Covariance of the coefficients, robust to unequal spread, with n / (n - k)."""
    return _sandwich(fit, fit.residuals) * len(fit.residuals) / fit.df


def hc2(fit: Fit) -> Floats:
    """Covariance of the coefficients, robust to unequal spread and right in small samples. A row that alone decides a
    coefficient (leverage 1) has no residual, and adds nothing."""
    room = 1 - fit.leverage
    return _sandwich(fit, np.where(room > SMALL, fit.residuals / np.sqrt(np.maximum(room, SMALL)), 0.0))


def by_group(fit: Fit, group: Ints) -> Floats:
    """Covariance of the coefficients with scores summed per group, times G / (G - 1) · (n - 1) / (n - k) (CR1)."""
    scores = sums(fit.x * fit.residuals[:, None], group)
    groups, rows = len(scores), len(fit.residuals)
    return fit.bread @ (scores.T @ scores) @ fit.bread * groups / (groups - 1) * (rows - 1) / fit.df


def sums(values: Floats, group: Ints) -> Floats:
    """Sums per group of each column; groups x columns."""
    columns = values.reshape(len(group), -1)
    size = int(group.max()) + 1 if len(group) else 0
    found = np.zeros((size, columns.shape[1]))
    for place, column in enumerate(columns.T):
        found[:, place] = np.bincount(group, column, size)
    return found


def without_means(values: Floats, group: Ints) -> Floats:
    """Each column less its group's mean."""
    columns = values.reshape(len(group), -1)
    size = np.maximum(np.bincount(group), 1)
    return (columns - (sums(columns, group) / size[:, None])[group]).reshape(values.shape)


def _sandwich(fit: Fit, residuals: Floats) -> Floats:
    scores = fit.x * residuals[:, None]
    return np.asarray(fit.bread @ (scores.T @ scores) @ fit.bread)


@dataclass(frozen=True, slots=True)
class Chances:
    """A logistic regression. `separated`: the columns tell the two sides apart without doubt, so there is no fit."""

    coefs: Floats
    fitted: Floats
    separated: bool


def logistic(x: Floats, side: Bools, weights: Floats | None = None) -> Chances:
    """The chance of `side` from x (rows x columns, the constant among them), by Newton's method."""
    kept = independent(x)
    scale = np.maximum(np.abs(x).max(axis=0), SMALL)  # earnings in kronor beside noughts and ones
    used = (x / scale)[:, kept]
    weight = np.ones(len(side)) if weights is None else weights
    coefs, settled = np.zeros(used.shape[1]), False
    for _ in range(STEPS):
        chance = _expit(used @ coefs)
        slope = used.T @ (weight * (side - chance))
        bend = (used * (weight * chance * (1 - chance))[:, None]).T @ used
        try:
            step = np.linalg.solve(bend, slope)
        except np.linalg.LinAlgError:
            break
        coefs = coefs + step
        if np.abs(step).max(initial=0.0) < 1e-10 * max(1.0, np.abs(coefs).max(initial=0.0)):
            settled = True
            break
    log_odds = used @ coefs
    told = np.zeros(x.shape[1])
    told[kept] = coefs
    apart = not settled or not np.isfinite(log_odds).all() or bool(np.abs(log_odds).min(initial=np.inf) > FAR)
    return Chances(told / scale, _expit(log_odds), apart)


def _expit(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -500, 500))))
