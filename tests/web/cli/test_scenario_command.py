"""`plug simulate --scenario`: what adults do is lived and written, and a scenario that can't be is refused."""

import json
from pathlib import Path

import pytest

from pluginnovation.simulation.help.event_checks import agreeing_events
from tests.web.cli.commands import own_home

SCENARIO = """
name = "coach"
[sub_projects.coach]
method = "study_coach"
assignment = "lottery"
[sub_projects.coach.effect]
passing = 1
"""


@pytest.fixture(scope="module")
def home():
    with own_home() as own:
        yield own


@pytest.fixture
def scenario(tmp_path) -> Path:
    path = tmp_path / "coach.toml"
    path.write_text(SCENARIO)
    return path


def test_a_scenario_is_lived_and_its_true_effects_are_told(home, scenario, tmp_path):
    out = tmp_path / "out"
    said = home.plug(
        "simulate", str(out), "--no-lessons", "--scenario", str(scenario), "--pupils", "300", "--municipalities", "2",
        "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert said.document["scenario"] == "coach"
    assert said.document["events"] == len((out / "help" / "events.jsonl").read_text().splitlines()) > 100
    passed = [row for row in said.document["effects"] if (row["outcome"], row["among"]) == ("passed", "offered")]
    assert passed[0]["effect"] > 0.005
    assert json.loads((out / "simulation.json").read_text())["simulated"] is True
    assert not (out / "lessons.csv").exists()


def test_a_scenario_is_lived_in_the_region_of_files(home, scenario, tmp_path):
    out = tmp_path / "out"
    said = home.plug(
        "simulate", str(out), "--scenario", str(scenario), "--pupils", "200", "--municipalities", "2", "--years", "4",
        "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert said.document["scenario"] == "coach"
    assert {row["sub_project"] for row in said.document["effects"]} == {"coach"}
    events = list(agreeing_events(out))
    assert {event["sub_project"] for event in events if "sub_project" in event} == {"coach"}
    assert len(events) == said.document["events"]
    assert (out / "scenario.toml").read_text() == SCENARIO
    assert (out / "lessons.csv").exists()


@pytest.mark.parametrize(
    ("text", "more", "where"),
    [
        (
            SCENARIO.replace("passing = 1", "passing = 1\nwishing = 2"),
            [],
            "coach.toml, 8, sub_projects.coach.effect.wishing",
        ),
        (SCENARIO + "[noticing]\nnotice_chance = 1.5\n", [], "coach.toml, 9, noticing.notice_chance"),
        (SCENARIO, ["--no-lessons", "--ss12000"], "--ss12000"),
        (SCENARIO, ["--no-lessons", "--years", "2"], "--years"),
        (SCENARIO, ["--no-lessons", "--trouble", "rows"], "--trouble"),
        (SCENARIO, ["--no-lessons", "--workers", "2"], "--workers"),
        (SCENARIO, ["--pupils", "3"], "--pupils"),
        (SCENARIO.replace('"lottery"', '"lottery"\nmunicipalities = [9]'), ["--municipalities", "2"], "coach"),
        (SCENARIO.replace('"lottery"', '"one_municipality"'), ["--municipalities", "1"], "coach, coach"),
        (
            SCENARIO.replace('"lottery"', '"one_municipality"'),
            ["--municipalities", "1", "--no-lessons"],
            "coach, coach",
        ),
    ],
)
def test_what_cannot_be_lived_is_refused_and_nothing_is_written(home, scenario, tmp_path, text, more, where):
    scenario.write_text(text)
    said = home.plug("simulate", str(tmp_path / "out"), "--scenario", str(scenario), *more)
    assert said.code == 3
    assert where in said.err
    assert not (tmp_path / "out").exists()


def test_a_scenario_that_is_not_there_is_refused(home, tmp_path):
    said = home.plug("simulate", str(tmp_path / "out"), "--scenario", str(tmp_path / "none.toml"))
    assert said.code == 3
    assert "none.toml" in said.err
