"""Figures that goals are told by, the catalogue's three axes, obstacles, and classes of secrecy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.privacy.secrecy import CLASSED, CLASSES, IN_CASES, READ_BY, reads, writes
from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.simulation.help.catalogue import METHODS
from pluginnovation.support import catalogue, obstacles
from pluginnovation.support.goals import (
    CLOSER,
    FURTHER,
    INDICATORS,
    REACHED,
    SAME,
    UNKNOWN,
    Figure,
    figure_of,
    progress,
    whole_percent,
)

DAY = date(2026, 4, 23)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(0, 7, 0), (1, 8, 13), (1, 200, 1), (1, 201, 0), (3, 3, 100), (1, 0, None)],
)
def test_a_share_is_whole_percent_with_halves_upwards(numerator, denominator, percent):
    assert whole_percent(numerator, denominator) == percent


def test_a_share_without_minutes_behind_it_is_unknown_and_a_count_has_no_denominator():
    assert figure_of("absence_28d", (0.2, 360, 1_800), DAY) == Figure(20, DAY, 1_800)
    assert figure_of("absence_28d", (None, None, None), DAY) == Figure(None, DAY)
    assert figure_of("absence_28d", (0.2, 360, 0), DAY) == Figure(None, DAY)
    assert figure_of("passes_needed", (3.0, 5, 8), DAY) == Figure(3, DAY)


@pytest.mark.parametrize(
    ("baseline", "target", "now", "word"),
    [(22, 10, 10, REACHED), (22, 10, 9, REACHED), (22, 10, 15, CLOSER), (22, 10, 22, SAME), (22, 10, 30, FURTHER),
     (22, 10, None, UNKNOWN), (None, 10, 15, UNKNOWN), (None, 10, 8, REACHED), (None, None, 8, UNKNOWN),
     (22, None, 20, CLOSER)],
)  # fmt: skip
def test_progress_against_the_baseline(baseline, target, now, word):
    assert progress(baseline, target, Figure(now, DAY)) == word


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_less_is_never_further_than_more(baseline, target, now):
    order = [REACHED, CLOSER, SAME, FURTHER]
    words = [progress(baseline, target, Figure(value, DAY)) for value in range(now, 101)]
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)


def test_each_indicator_is_a_signal():
    assert set(INDICATORS) <= set(CATALOGUE)


def test_the_three_axes_are_three_and_every_kind_stands_on_each():
    for kind in catalogue.MEASURES:
        assert kind.intent in catalogue.INTENTS and kind.reach in catalogue.REACHES and kind.level in catalogue.LEVELS
        assert kind.dose >= 1 and set(kind.obstacles) <= set(obstacles.BY_KEY)
    axes = [set(catalogue.INTENTS), set(catalogue.REACHES), set(catalogue.LEVELS)]
    assert not axes[0] & axes[1] and not axes[1] & axes[2] and not axes[0] & axes[2]
    assert len(catalogue.BY_KEY) == len(catalogue.MEASURES)


def test_the_made_up_adults_know_a_part_of_the_catalogue_with_its_words():
    assert all(catalogue.BY_KEY[method.key] is method for method in METHODS)


def test_every_obstacle_has_something_that_may_answer_it_and_the_best_fit_comes_first():
    for key in obstacles.BY_KEY:
        assert catalogue.for_obstacles((key,)), key
    first, *others = catalogue.for_obstacles(("worry", "peers", "home", "conflict"))
    assert first.key == "counsellor" and others
    assert catalogue.for_obstacles(()) == ()


def test_a_class_of_secrecy_is_read_by_those_named_and_by_the_writer():
    for name in CLASSES:
        for role in ROLES:
            assert reads(role, name) == (role in READ_BY[name]) == writes(role, name)
            assert reads(role, name, own=True)
    assert READ_BY["pupil_health"] == ("pupil_health",)
    assert set(CLASSED) < set(CLASSES) and not reads("principal", "pupil_health")
    assert not reads("mentor", "no such class") and not writes("teacher", "special_support")
    assert "teacher" not in IN_CASES
