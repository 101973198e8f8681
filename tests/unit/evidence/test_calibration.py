"""A small `make calibrate`: sub-projects in made-up lives, whose truth is known. The large one is run by hand."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.calibrate import asked, line, main, summary, verdicts
from benchmarks.calibrate_arms import ARMS
from benchmarks.calibrate_designs import Tried, replicate
from benchmarks.calibrate_worlds import Arm, lived, planned

ARM = {arm.name: arm for arm in ARMS}


def tried(name: str, times: int) -> tuple[Arm, list[Tried]]:
    """Replications, each with its own pupils."""
    arm = ARM[name]
    return arm, [replicate(arm, number) for number in range(times)]


def test_intervals_cover_the_truth_where_the_designs_hold():
    covered, times = 0.0, 10
    for name in ("lottery", "threshold, 25 schools", "leaving, lottery"):
        told = summary(*tried(name, times))
        assert told.told == times
        assert line(told).startswith(name)
        covered += told.covered / 3
    assert covered >= 0.85


def test_before_and_after_says_that_help_did_wonders_and_the_draw_tells_the_truth():
    """Those who have been away much are away less next term whatever anybody does."""
    told = summary(*tried("lottery", 15))
    assert told.before_after_bias < -1.5
    assert abs(told.bias) < 0.4 * abs(told.before_after_bias)
    fooled = summary(*tried("before and after", 12))
    assert dict(verdicts(fooled)) == {"is shown to fail": True, "certainty falls": True}


@pytest.mark.parametrize(
    "name",
    ["lottery, lost from sight", "lottery, those who waited missing", "threshold, heaped", "staff's choice, flattering",
     "staff's choice by what isn't, half as much", "schools that were drifting", "schools that began beforehand"],
)  # fmt: skip
def test_certainty_falls_where_the_design_does_not_hold(name):
    told = summary(*tried(name, 5))
    assert told.one_dot_or_none >= 0.9
    assert dict(verdicts(told)) == {"certainty falls": True}


@pytest.mark.parametrize("name", ["six places together", "threshold, not always followed", "lottery, movers"])
def test_places_together_and_what_spoils_nothing_have_numbers(name):
    told = summary(*tried(name, 3))
    assert told.told == told.of == 3
    assert abs(told.bias) < 6


def test_the_planner_promises_what_is_found():
    """From the terms before the start, of pupils like those who could be offered help."""
    told = summary(*tried("lottery, small effect", 25))
    assert told.planned == pytest.approx(told.forecast, abs=0.1)
    assert told.found == pytest.approx(told.planned, abs=0.3)


def test_the_planner_is_asked_nothing_it_cannot_plan():
    arm = ARM["threshold, 25 schools"]
    assert np.isnan(planned(arm, lived(arm, 1), -4.0))


def test_what_lasts_of_a_pupil_and_a_school_lasts_when_the_help_begins():
    """Absence before the start says much of absence after it; it did not when chance was drawn anew at the start."""
    arm = replace(ARM["lottery"], switches='assignment = "lottery"')
    lives = lived(arm, 2).without
    known = ~np.isnan(lives.missed[5:8]).any(axis=0)
    before, after = lives.missed[6][known], lives.missed[7][known]
    earlier = lives.missed[5][known]
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(np.corrcoef(earlier, before)[0, 1], abs=0.1)


def test_nothing_is_found_where_nothing_was_planted():
    arm, found = tried("lottery, no effect", 10)
    assert np.mean([one.truth for one in found]) == 0
    assert summary(arm, found).found <= 0.3


def test_a_promise_that_is_broken_is_shown():
    arm, found = tried("lottery, lost from sight", 20)
    told = verdicts(summary(replace(arm, holds=True), found))
    assert dict(told)["reaches its cap"] is False
    assert "✗ reaches its cap" in line(summary(replace(arm, holds=True), found))
    assert verdicts(summary(replace(arm, holds=None), found)) == []


@pytest.mark.parametrize("schools", [6, 12, 40])
def test_as_many_schools_are_drawn_as_the_name_says(schools):
    offer = lived(ARM[f"{schools} schools drawn"], 4).offer
    assert len(np.unique(offer.site[offer.candidate])) == schools


def test_every_way_to_assign_and_every_switch_is_tried():
    """Those of the plan of simulation. What a pool does with a message sent twice is its own test."""
    said = "\n".join(f"{arm.switches}\n{arm.around}" for arm in ARMS)
    ways = ("lottery", "school_draw", "threshold", "staggered", "staff_choice", "one_municipality")
    assert [way for way in ways if f'"{way}"' not in said] == []
    switches = (
        "icc attrition attrition_by_outcome attrition_by_arm spill_over anticipation pre_trend recording_change movers "
        "tiny_sites fabricating_sites resending_sites fuzz heaping gamma take_up delivered drop_out lock_in by_absence "
        "between_sites build_up_terms"
    )
    assert [switch for switch in switches.split() if f"{switch} =" not in said and f".{switch}]" not in said] == []
    assert any(arm.start < arm.last for arm in ARMS)


def test_the_same_replication_is_the_same():
    arm = ARM["12 schools drawn"]
    assert replicate(arm, 3) == replicate(arm, 3)


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, capsys, monkeypatch):
    kept = tmp_path / "kept.jsonl"
    assert asked(["2", "--kept", str(kept), "6 schools drawn, no"]) == (2, ["6 schools drawn, no"], kept)
    assert asked([]) == (1000, [], None)
    main(2, ["6 schools drawn, no effect"], kept)
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("6 schools drawn, no effect")
    monkeypatch.setattr("benchmarks.calibrate._told", lambda *_: pytest.fail("it was done already"))
    main(2, ["6 schools drawn, no effect"], kept)
    assert capsys.readouterr().out.splitlines()[0] == first
    assert len(kept.read_text().splitlines()) == 1
    monkeypatch.setattr(
        "benchmarks.calibrate._told", lambda *_: {"line": "anew", "broken": 1, "seconds": 0.0, "worked": 4.0}
    )
    assert main(3, ["6 schools drawn, no effect"], kept) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("anew") and "worked 2 s each" in told[1]
