"""Ways through upper secondary school: everything that can happen does, and in its order."""

import numpy as np

from pluginnovation.simulation.lives import live, some_people
from pluginnovation.simulation.lives.entry import KIND
from pluginnovation.simulation.lives.notes import OCCUPATIONS
from pluginnovation.simulation.lives.people import independent
from pluginnovation.simulation.lives.state import (
    ABROAD,
    CAUSES,
    CERTIFICATE,
    DEGREE,
    INTRODUCTORY,
    LEFT,
    NATIONAL,
    NOT_STARTED,
    PAUSED,
    STATES,
)

PEOPLE = some_people(20_000, 13, 2)
LIVES = live(PEOPLE, 2)
UPPER = range(11, 20)


def steps(before: int, after: int) -> int:
    """How many went from one state to another between two terms of upper secondary age."""
    return sum(int(((LIVES.status[t - 1] == before) & (LIVES.status[t] == after)).sum()) for t in UPPER)


def test_everything_that_can_happen_does():
    for before, after in (
        (NATIONAL, LEFT), (INTRODUCTORY, LEFT), (INTRODUCTORY, NATIONAL), (NATIONAL, PAUSED), (PAUSED, NATIONAL),
        (LEFT, NATIONAL), (NATIONAL, DEGREE), (NATIONAL, CERTIFICATE), (NOT_STARTED, NATIONAL),
    ):  # fmt: skip
        assert steps(before, after) > 0, f"{STATES[before]} to {STATES[after]}"


def test_nothing_that_cannot_happen_does():
    for before in (DEGREE, CERTIFICATE):
        assert all(steps(before, after) == 0 for after in range(len(STATES)) if after != before)
    assert steps(NATIONAL, INTRODUCTORY) == steps(INTRODUCTORY, DEGREE) == steps(LEFT, DEGREE) == 0


def test_programmes_are_changed_to_such_as_stand_open():
    on = (LIVES.status[11:-1] == NATIONAL) & (LIVES.status[12:] == NATIONAL)
    changed = on & (LIVES.programme[11:-1] != LIVES.programme[12:])
    assert 0.02 < changed.any(axis=0).sum() / (LIVES.status[11] == NATIONAL).sum() < 0.15
    science = np.isin(LIVES.programme[12:], [1, 3]) & changed
    assert LIVES.open["NA-TE"][science.any(axis=0)].all()


def test_every_cause_occurs_and_only_those_who_leave_have_one():
    told = LIVES.cause >= 0
    assert set(np.unique(LIVES.cause[told])) == set(range(len(CAUSES)))
    back_at_once = LIVES.attended[1:] & ~LIVES.in_school[1:]
    assert ((LIVES.status[1:] == LEFT) | back_at_once)[told[:-1]].all()
    assert (told[:-1] | ~LIVES.attended[:-1])[LIVES.status[1:] == LEFT].all(), "whoever is out left for a cause"
    abroad = (LIVES.cause == ABROAD).any(axis=0)
    assert not LIVES.attended[19][abroad].any(), "who has moved abroad doesn't come back"


def test_nobody_is_under_the_responsibility_in_school_with_a_degree_or_at_twenty():
    assert not (LIVES.registered & LIVES.attended).any()
    assert not (LIVES.registered & (LIVES.status == DEGREE)).any()
    assert not LIVES.registered[:10].any()
    assert not LIVES.registered[19].any()
    assert (LIVES.reached[~LIVES.registered] == 0).all()


def test_those_out_of_school_do_something_and_those_in_school_nothing_else():
    out = (LIVES.status >= PAUSED) & (np.arange(20)[:, None] >= 10)
    assert (LIVES.occupation[out] > 0).all()
    assert (LIVES.occupation[~out] == 0).all()
    work, neither = OCCUPATIONS.index("work"), OCCUPATIONS.index("neither")
    last, degree = LIVES.occupation[19], LIVES.status[19] == DEGREE
    left = LIVES.status[19] == LEFT
    assert (last[degree] == work).mean() > (last[left] == work).mean()
    assert (last[degree] == neither).mean() < (last[left] == neither).mean()


def test_grants_are_stopped_in_upper_secondary_school_alone_and_programmes_are_of_compulsory_school():
    assert not LIVES.grant_stopped[:10].any()
    assert not (LIVES.grant_stopped & ~LIVES.attended).any()
    assert not LIVES.programmed[10:].any()


def test_units_of_upper_secondary_school_are_in_the_own_municipality_or_the_largest():
    there = LIVES.attended[10]
    place = LIVES.unit[10][there] // 10_000
    assert ((place == PEOPLE.municipality[there]) | (place == 1)).all()
    assert 0.2 < independent(LIVES.unit[10][there]).mean() < 0.4
    assert (KIND[LIVES.programme[10][there]] >= 0).all()
