"""Several outcomes at once: intervals that all hold together, 95 times in 100.

Who looks at ten outcomes finds something in one of them. Outcomes that go together leave less room for that than
outcomes that don't, so the correction is drawn from how they go together rather than from how many they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from pluginnovation.records.refusals import Refusal

from .doubt import SURE
from .result import Figure
from .table import Floats

DRAWS: Final = 20_000


def simultaneous(figures: Sequence[Figure], correlation: Floats, *, seed: int) -> tuple[Figure, ...]:
    """The figures with wider intervals, and p as the largest of them all would have it by chance.

    Takes   figures       with estimate and standard error; those without a number are passed over
            correlation   of the estimates that have one, in their order, from their influence functions
            seed          the plan's
    Raises  Refusal 'not_a_correlation'
    Source  Hothorn, Bretz & Westfall (2008), Biometrical Journal 50(3): the largest |t| of a multivariate normal
    """
    told = [one for one in figures if one.estimate is not None and one.se]
    largest = _largest(correlation, len(told), seed) if told else np.zeros(1)
    away = float(np.quantile(largest, SURE))
    return tuple(_wider(one, away, largest) for one in figures)


def from_influence(influence: Floats) -> Floats:
    """How estimates go together: the correlation of their influences, one row per school, one column per estimate."""
    sums = influence.T @ influence
    size = np.sqrt(np.diag(sums))
    return np.asarray(sums / np.outer(size, size))


def _wider(one: Figure, away: float, largest: Floats) -> Figure:
    if one.estimate is None or not one.se:
        return one
    beaten = (1 + int((largest >= abs(one.estimate) / one.se).sum())) / (1 + len(largest))
    return replace(one, low=one.estimate - away * one.se, high=one.estimate + away * one.se, p_adjusted=beaten)


def _largest(correlation: Floats, size: int, seed: int) -> Floats:
    """Draws of the largest absolute value among `size` normal numbers that go together so."""
    wrong = correlation.shape != (size, size) or not np.allclose(correlation, correlation.T)
    values, vectors = np.linalg.eigh(correlation) if not wrong else (np.array([-1.0]), np.eye(1))
    if wrong or values.min() < -1e-8 or not np.allclose(np.diag(correlation), 1):
        raise Refusal(
            "not_a_correlation",
            what=("Sambanden mellan utfallen stämmer inte.", "The outcomes' correlations don't fit."),
            todo=("Räkna om dem ur samma elever.", "Compute them again from the same pupils."),
        )
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    drawn = np.random.default_rng(seed).normal(size=(DRAWS, size)) @ root.T
    return np.asarray(np.abs(drawn).max(axis=1))
