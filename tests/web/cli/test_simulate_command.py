"""`plug simulate`: a region with what adults did in it, more on request, and requests that can't be met."""

import json
import re

import pytest

from pluginnovation.simulation.help.event_checks import agreeing_events
from tests.web.cli.commands import own_home


@pytest.fixture(scope="module")
def home():
    with own_home() as own:
        yield own


def test_years_and_trouble_are_written_and_told(home, tmp_path):
    out = tmp_path / "out"
    said = home.plug(
        "simulate", str(out), "--pupils", "120", "--municipalities", "2", "--years", "3",
        "--trouble", "rows,duplicates", "--workers", "2", "--json",
    )  # fmt: skip

    assert said.code == 0
    assert {"attendance_sums.csv", "truth/trouble.csv", "lessons.csv"} <= set(said.document["files"])
    assert json.loads((out / "simulation.json").read_text())["simulated"] is True
    # Without a word about a scenario, adults help as they do.
    assert said.document["scenario"] == "ordinary help"
    events = list(agreeing_events(out))
    assert len(events) == said.document["events"] > 50
    # Long work says how far it has come, to the end.
    assert "part 8 of 8" in said.err
    assert {"help/events.jsonl", "scenario.toml", "truth/terms.csv", "truth/effects.csv"} <= set(said.document["files"])


def test_one_more_municipality_leaves_what_happened_in_the_others_as_it_was(home, tmp_path):
    for name, pupils in (("two", "90,60"), ("three", "90,60,40")):
        assert home.plug("simulate", str(tmp_path / name), "--pupils", pupils).code == 0

    of_the_third = re.compile(r"(^|,)(g-|m-)?[fhkpstv]03")
    for name in ("persons", "grades", "lessons", "enrolments", "duties", "truth/individual_effects", "truth/risk"):
        before, after = ((tmp_path / folder / f"{name}.csv").read_text().splitlines() for folder in ("two", "three"))
        assert [line for line in after if not of_the_third.search(line)] == before, name
        assert len(after) > len(before), name


@pytest.mark.parametrize(
    ("options", "code", "where"),
    [
        (("--years", "0"), "simulation_years", "--years"),
        (("--years", "99"), "simulation_years", "--years"),
        (("--trouble", "gremlins"), "simulation_trouble", "--trouble"),
        (("--municipalities", "291"), "simulation_municipalities", "--municipalities"),
        (("--municipalities", "0"), "simulation_municipalities", "--municipalities"),
        (("--pupils", "3", "--municipalities", "1"), "simulation_pupils", "--pupils"),
        (("--pupils", "0"), "simulation_pupils", "--pupils"),
        (("--pupils", "60,0"), "simulation_pupils", "--pupils"),
        (("--pupils", "60,40", "--municipalities", "3"), "simulation_pupils", "--pupils"),
        (("--pupils", "-5", "--no-lessons"), "simulation_pupils", "--pupils"),
        (("--seed", "-1"), "simulation_seed", "--seed"),
        (("--seed", "-1", "--no-lessons"), "simulation_seed", "--seed"),
    ],
)
def test_what_cannot_be_made_up_is_refused_with_what_and_where(home, tmp_path, options, code, where):
    said = home.plug("simulate", str(tmp_path / "out"), *options, "--json")

    assert said.code == 3
    assert said.document["error"]["code"] == code
    assert said.err.splitlines()[-1].startswith(f"{where}: ")
    assert not (tmp_path / "out").exists()
