"""A small `make calibrate`: sub-projects in made-up lives, whose truth is known. The large one is run by hand."""

import numpy as np
import pytest

from benchmarks.calibrate import ARMS, NULL, line, summary, verdicts
from benchmarks.calibrate_worlds import Arm, replicate

ARM = {arm.name: arm for arm in (*ARMS, *NULL)}


def tried(name: str, times: int) -> tuple[Arm, list]:
    """Replications with different pupils each."""
    arm = ARM[name]
    return arm, [replicate(arm, 25 * number + 3) for number in range(times)]


def test_intervals_cover_the_truth_where_the_designs_hold():
    covered, times = 0.0, 10
    for name in ("lottery", "threshold, 6 schools", "leaving, lottery"):
        told = summary(*tried(name, times))
        assert told.told == times
        assert line(told).startswith(name)
        covered += told.covered / 3
    assert covered >= 0.85


def test_before_and_after_says_that_help_did_wonders_and_the_draw_tells_the_truth():
    """Those who have been away much are away less next term whatever anybody does."""
    told = summary(*tried("lottery", 10))
    assert told.before_after_bias < -8
    assert abs(told.bias) < 0.1 * abs(told.before_after_bias)


@pytest.mark.parametrize("name", ["lottery, lost from sight", "threshold, heaped", "schools that were drifting"])
def test_certainty_falls_where_the_design_does_not_hold(name):
    told = summary(*tried(name, 5))
    assert told.one_dot_or_none >= 0.9
    assert dict(verdicts(told)) == {"certainty falls": True}


def test_nothing_is_found_where_nothing_was_planted():
    arm, found = tried("lottery, no effect", 10)
    assert np.mean([one.truth for one in found]) == 0
    assert summary(arm, found).found <= 0.3


def test_a_promise_that_is_broken_is_shown():
    arm, found = tried("lottery, lost from sight", 3)
    held = Arm(**{**{name: getattr(arm, name) for name in arm.__slots__}, "holds": True})
    assert dict(verdicts(summary(held, found)))["covers"] is False
    assert "✗ covers" in line(summary(held, found))


def test_the_same_replication_is_the_same():
    arm = ARM["12 schools drawn"]
    assert replicate(arm, 3) == replicate(arm, 3)
