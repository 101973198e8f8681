"""The region's files with adults in it: what they did is about exactly those pupils, and changed what is written."""

from pathlib import Path

import polars as pl
import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation import Wanted, write_region
from pluginnovation.simulation.help.event_checks import agreeing_events
from pluginnovation.simulation.scenario_ordinary import ordinary_help
from pluginnovation.simulation.scenario_read import parsed_scenario, read_scenario

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "scenarios").glob("*.toml"))
SIZES = (130, 90)
LOUD = """
name = "loud"
[noticing]
notice_chance = 1
delay_days = 0
judged_wrong = 0
absence_from = 0
[everyday]
measure_chance = 1
take_up = 1
delivered = 1
drop_out = 0
[everyday.effect]
absence = -2
"""


def read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.csv", infer_schema=False)


def written(folder: Path, sizes: tuple[int, ...] = SIZES, **more) -> Path:
    write_region(folder, Wanted(sizes, 4, **({"scenario": ordinary_help(), "both_worlds": False} | more)))
    return folder


@pytest.fixture(scope="module")
def region(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("helped") / "out", years=4)


def test_the_files_agree_with_what_adults_did(region):
    events = list(agreeing_events(region))
    assert len(events) > 300
    this_year = [event for event in events if event["type"] == "answer" and event["at"] > "2025-08-18"]
    mentors = set(read(region, "duties").filter(pl.col("assignment_type") == "Mentor")["person_id"])
    at_school = [event for event in this_year if event["signal"] != "left_without_enrolment"]
    assert len(at_school) > 20
    assert sum(event["by"] in mentors for event in at_school) > 0.9 * len(at_school)


def test_the_bytes_are_the_same_whoever_writes_and_whatever_else_is_there(region, tmp_path):
    again = written(tmp_path / "again", years=4, workers=2)
    more = written(tmp_path / "more", (*SIZES, 60), years=4)
    for path in sorted(region.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(region)).read_bytes(), path.name
    own = [event for event in agreeing_events(region) if "pupil" in event]
    of_all = {event["id"]: event for event in agreeing_events(more)}
    assert all(of_all[event["id"]] == event for event in own)


def test_help_changes_the_lessons_that_are_written(tmp_path):
    quiet = LOUD.replace("measure_chance = 1", "measure_chance = 0")
    shares = []
    for name, text in (("loud", LOUD), ("quiet", quiet)):
        folder = written(tmp_path / name, (300,), scenario=parsed_scenario(text))
        minutes = pl.read_csv(folder / "truth" / "shares.csv").select("absent", "reported").sum().row(0)
        shares.append(minutes[0] / minutes[1])
    assert shares[0] < 0.7 * shares[1]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_lived_in_a_region(path, tmp_path):
    folder = written(tmp_path / "out", (60, 50, 40), scenario=read_scenario(path), years=3)
    assert list(agreeing_events(folder))


def test_a_scenario_that_the_region_cannot_have_leaves_nothing(tmp_path):
    text = 'name = "far"\n[sub_projects.a]\nmethod = "outreach"\nassignment = "lottery"\nmunicipalities = [9]\n'
    with pytest.raises(Refusal) as refusal:
        written(tmp_path / "out", scenario=parsed_scenario(text))
    assert refusal.value.code == "scenario_municipality"
    assert not (tmp_path / "out").exists()
