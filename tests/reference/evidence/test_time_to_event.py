"""Identities of the discrete-time hazard: they need no published number, only to be exactly true."""

import numpy as np
import pytest

from pluginnovation.evidence.designs.life_tables import Spells, counted, hazards, left_by
from pluginnovation.evidence.designs.time_to_event import grouped
from pluginnovation.evidence.linear import logistic


def spells(n: int, kinds: int = 3, terms: int = 8) -> Spells:
    """Pupils who leave (1), move (2) or are still there, term by term."""
    rng = np.random.default_rng(n)
    treated, cell = rng.random(n) < 0.4, rng.integers(0, kinds, n)
    last, ending = np.full(n, terms), np.zeros(n, dtype=np.int64)
    there = np.ones(n, bool)
    for term in range(1, terms + 1):
        leaves = there & (rng.random(n) < 0.05 + 0.01 * cell - 0.015 * treated)
        moves = there & ~leaves & (rng.random(n) < 0.02)
        last[leaves | moves] = term
        ending[leaves], ending[moves] = 1, 2
        there &= ~(leaves | moves)
    return Spells(last, ending, treated, rng.integers(0, 20, n), cell)


def rows_of(some: Spells) -> tuple[np.ndarray, np.ndarray]:
    """A row per pupil and term: constant, helped, terms, kinds; and whether the pupil left in it."""
    pupil = np.repeat(np.arange(len(some)), some.terms)
    term = np.arange(len(pupil)) - np.repeat(np.cumsum(some.terms) - some.terms, some.terms)
    x = [np.ones(len(pupil)), some.treated[pupil]]
    x += [term == each for each in range(1, some.terms.max())]
    x += [some.cell[pupil] == each for each in range(1, some.cell.max() + 1)]
    return np.column_stack(x).astype(float), (some.ending[pupil] == 1) & (term == some.terms[pupil] - 1)


def test_h1_the_saturated_hazard_is_the_life_table_and_its_survival_is_kaplan_meiers():
    some = spells(4000, kinds=1)
    counts = counted(some, np.zeros(len(some), int))[0]
    for side in (0, 1):
        own = some.treated == bool(side)
        stays, hazard, curve = 1.0, [], []
        for term in range(1, 9):
            left = own & (some.terms >= term)
            ended = left & (some.terms == term) & (some.ending > 0)
            hazard.append(ended.sum() / left.sum())
            stays *= 1 - hazard[-1]
            curve.append(stays)
        both = hazards(counts)[side].sum(axis=-1)
        assert both == pytest.approx(hazard, rel=1e-12)
        assert np.cumprod(1 - both) == pytest.approx(curve, rel=1e-12)
    x, ended, stayed = grouped(counts)
    x = np.column_stack([x, x[:, 1:2] * x[:, 2:]])
    fit = logistic(np.vstack([x, x]), np.repeat([True, False], len(x)), np.concatenate([ended, stayed]))
    assert fit.fitted[: len(x)] == pytest.approx(hazards(counts)[..., 1].reshape(-1), rel=1e-12)


def test_h1_who_has_left_and_who_has_not_are_everybody():
    some = spells(4000)
    leave = left_by(counted(some, np.zeros(len(some), int))[0])
    turned = Spells(some.terms, np.array([0, 2, 1])[some.ending], some.treated, some.school, some.cell)
    move = left_by(counted(turned, np.zeros(len(some), int))[0])
    both = hazards(counted(some, np.zeros(len(some), int))[0]).sum(axis=-1)
    assert leave + move + np.cumprod(1 - both, axis=-1) == pytest.approx(np.ones((2, 8)), rel=1e-12)


def test_h2_cells_give_the_coefficients_that_a_row_per_pupil_and_term_gives():
    some = spells(20000)
    counts = counted(some, np.zeros(len(some), int))[0]
    x, ended, stayed = grouped(counts)
    few = logistic(np.vstack([x, x]), np.repeat([True, False], len(x)), np.concatenate([ended, stayed]))
    rows, left = rows_of(some)
    assert (len(x), len(rows) > 100_000) == (48, True)
    assert few.coefs == pytest.approx(logistic(rows, left).coefs, abs=1e-8)
