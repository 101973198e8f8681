"""Whole lives: the same again, apart from one another, and changed by help alone."""

from dataclasses import fields

import numpy as np
import pytest

from pluginnovation.simulation.lives import Seen, Shifts, live, make_people, some_people
from pluginnovation.simulation.lives.entry import CODES, KIND, YR
from pluginnovation.simulation.lives.people import independent, people_of
from pluginnovation.simulation.lives.record import Lives
from pluginnovation.simulation.lives.seam import TERMS, People
from pluginnovation.simulation.lives.state import COMPULSORY, DEGREE, INTRODUCTORY, NATIONAL

PEOPLE = some_people(2_000, 5, seed=3)
LIVES = live(PEOPLE, seed=3)


class Nudge:
    """Help that adds one number to something, for some pupils, from a term on."""

    def __init__(self, what: str, much: float, whom: np.ndarray, since: int = 0) -> None:
        self.what, self.much, self.whom, self.since, self.seen = what, much, whom, since, []

    def before(self, term: int, seen: Seen) -> Shifts:
        self.seen.append(seen)
        added = {name: np.zeros(len(self.whom)) for name in ("absence", "passing", "leaving", "returning")}
        if term >= self.since:
            added[self.what] = self.much * self.whom
        return Shifts(**added)


def same(one: Lives, other: Lives, among: np.ndarray) -> bool:
    """Whether some pupils' lives are the same in everything."""
    names = [each.name for each in fields(Lives) if each.name != "open"]
    return all(
        np.array_equal(
            getattr(one, name)[..., among],
            getattr(other, name)[..., among],
            equal_nan=getattr(one, name).dtype.kind == "f",
        )
        for name in names
    )


EVERYBODY = np.ones(len(PEOPLE), dtype=bool)


def test_the_same_seed_gives_the_same_lives_and_another_seed_others():
    assert same(LIVES, live(some_people(2_000, 5, seed=3), seed=3), EVERYBODY)
    assert not same(LIVES, live(PEOPLE, seed=4), EVERYBODY)


def test_a_further_municipality_changes_nothing_in_the_others():
    sizes = (300, 200, 120)
    few, more = make_people(sizes, seed=5), make_people((*sizes, 80, 60), seed=5)
    members = np.arange(len(few))
    for each in fields(People):
        assert np.array_equal(getattr(few, each.name), getattr(more, each.name)[members]), each.name
    one, other = live(few, seed=5), live(more, seed=5)
    for each in fields(Lives):
        if each.name != "open":
            a, b = getattr(one, each.name), getattr(other, each.name)[..., members]
            assert np.array_equal(a, b, equal_nan=a.dtype.kind == "f"), each.name


def test_help_that_does_nothing_changes_nothing():
    assert same(LIVES, live(PEOPLE, 3, Nudge("leaving", 0.0, EVERYBODY)), EVERYBODY)


@pytest.mark.parametrize("what", ["absence", "passing", "leaving", "returning"])
def test_help_changes_only_those_it_is_given_to(what):
    """Common random numbers: whoever gets nothing lives exactly the same life."""
    whom = np.arange(len(PEOPLE)) % 2 == 0
    helped = live(PEOPLE, 3, Nudge(what, -1.5 if what in ("absence", "leaving") else 1.5, whom))
    assert same(LIVES, helped, ~whom)
    assert not same(LIVES, helped, whom)


def test_help_changes_nothing_before_it_begins():
    helped = live(PEOPLE, 3, Nudge("absence", -2.0, EVERYBODY, since=7))
    assert np.array_equal(LIVES.missed[:7], helped.missed[:7], equal_nan=True)
    assert np.nanmean(helped.missed[7]) < np.nanmean(LIVES.missed[7]) - 0.03


def test_help_against_absence_brings_fewer_failed_subjects_and_more_degrees():
    helped = live(PEOPLE, 3, Nudge("absence", -1.5, EVERYBODY))
    assert (helped.failed[9] <= LIVES.failed[9]).all()
    assert (helped.degree_term >= 0).sum() > (LIVES.degree_term >= 0).sum() + 20


def test_help_with_passing_never_fails_anybody_in_the_same_term():
    helped = live(PEOPLE, 3, Nudge("passing", 2.0, EVERYBODY, since=9))
    assert (helped.failed[9] <= LIVES.failed[9]).all()
    assert helped.open["YR"].sum() > LIVES.open["YR"].sum()


def test_help_to_stay_keeps_more_in_school_and_help_to_return_brings_more_back():
    stays = live(PEOPLE, 3, Nudge("leaving", -2.0, EVERYBODY))
    back = live(PEOPLE, 3, Nudge("returning", 2.0, EVERYBODY))
    assert stays.attended[14].sum() > LIVES.attended[14].sum()
    came = [(~each.in_school & each.attended)[10:].sum() for each in (LIVES, back)]
    assert came[1] > 2 * came[0] > 0


def test_what_is_seen_before_a_term_is_last_terms_and_no_more():
    adults = Nudge("leaving", 0.0, EVERYBODY)
    live(PEOPLE, 3, adults)
    assert [seen.term for seen in adults.seen] == list(range(TERMS))
    assert np.isnan(adults.seen[0].absence).all()
    for term in (1, 5, 11, 15):
        seen = adults.seen[term]
        assert np.array_equal(seen.absence, LIVES.absence[term - 1], equal_nan=True)
        assert np.array_equal(seen.failed, LIVES.failed[term - 1])
        assert np.array_equal(seen.in_school, LIVES.in_school[term])
    assert (adults.seen[9].programme == -1).all()
    assert np.array_equal(adults.seen[0].half_year, 2 * (PEOPLE.born + 11) + 1)


def test_nobody_is_in_school_after_the_degree_and_terms_follow_each_other():
    states = LIVES.status
    for term in range(1, TERMS):
        done = states[term - 1] == DEGREE
        assert (states[term][done] == DEGREE).all()
        assert not (np.isin(states[term - 1], (NATIONAL, INTRODUCTORY)) & (states[term] == COMPULSORY)).any()
    taken = LIVES.degree_term[LIVES.degree_term >= 0]
    assert taken.min() >= 15, "six terms of a national programme come first"


def test_national_programmes_begin_with_those_who_are_eligible():
    begins = (LIVES.began == 10) & (KIND[LIVES.first_programme] != 2)
    vocational = begins & (KIND[LIVES.first_programme] == YR)
    assert LIVES.open["YR"][begins].all()
    science = begins & np.isin(LIVES.first_programme, [CODES.index("NA"), CODES.index("TE")])
    assert LIVES.open["NA-TE"][science].all() and science.any() and vocational.any()
    introductory = (LIVES.began == 10) & (KIND[LIVES.first_programme] == 2)
    assert not LIVES.open["YR"][introductory].any()
    four = {CODES[each] for each in np.unique(LIVES.first_programme[introductory])}
    assert four == {"IMV", "IMY", "IMA", "IMS"}


def test_what_is_not_recorded_is_unknown_and_not_nothing():
    there = LIVES.attended
    unknown = there & np.isnan(LIVES.absence)
    assert 0 < unknown.sum() < 0.03 * there.sum()
    assert (LIVES.reported[unknown] == 0).all()
    assert np.isnan(LIVES.absence[~there]).all()
    assert np.isnan(LIVES.passed[:2]).all(), "years without grades"


def test_people_live_in_schools_with_classes_of_about_twenty_four():
    people = make_people((5_000,), seed=1, born=(2009, 2010))
    _, sizes = np.unique(people.class_no, return_counts=True)
    assert 18 < sizes.mean() < 28
    assert set(people.born.tolist()) == {2009, 2010}
    for unit in np.unique(people.class_no)[:20]:
        inside = people.class_no == unit
        assert len(set(people.school[inside].tolist())) == len(set(people.born[inside].tolist())) == 1
    _, schools = np.unique(people.school, return_counts=True)
    assert np.log(schools).std() > 0.3
    assert 0.1 < independent(people.school).mean() < 0.3


@pytest.mark.parametrize(("sizes", "born"), [((), (2009,)), ((0, 0), (2009,)), ((5, -1), (2009,)), ((10,), ())])
def test_people_who_cannot_be_are_refused(sizes, born):
    with pytest.raises(ValueError, match="no people"):
        make_people(sizes, 1, born)


def test_an_empty_municipality_has_no_pupils():
    assert len(make_people((30, 0, 20), seed=1)) == 50
    assert len(people_of(1, 1, 1, (2009,))) == 1
    live(make_people((1,), seed=1), 1)
