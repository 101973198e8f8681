"""`plug simulate`: earlier years and trouble on request, and requests that can't be met."""

import json

import pytest

from tests.web.cli.commands import own_home


@pytest.fixture(scope="module")
def home():
    with own_home() as own:
        yield own


def test_years_and_trouble_are_written_and_told(home, tmp_path):
    out = tmp_path / "out"
    said = home.plug(
        "simulate", str(out), "--pupils", "120", "--municipalities", "2", "--no-ss12000", "--years", "3",
        "--trouble", "rows,duplicates", "--workers", "2", "--json",
    )  # fmt: skip

    assert said.code == 0
    assert {"attendance_sums.csv", "truth/trouble.csv", "lessons.csv"} <= set(said.document["files"])
    assert json.loads((out / "simulation.json").read_text())["simulated"] is True


@pytest.mark.parametrize(
    ("options", "code", "where"),
    [
        (("--years", "0"), "simulation_years", "--years"),
        (("--years", "99"), "simulation_years", "--years"),
        (("--trouble", "gremlins"), "simulation_trouble", "--trouble"),
        (("--municipalities", "291"), "simulation_municipalities", "--municipalities"),
        (("--pupils", "3", "--municipalities", "1"), "simulation_pupils", "--pupils"),
    ],
)
def test_what_cannot_be_made_up_is_refused_with_what_and_where(home, tmp_path, options, code, where):
    said = home.plug("simulate", str(tmp_path / "out"), *options, "--json")

    assert said.code == 3
    assert said.document["error"]["code"] == code
    assert said.err.splitlines()[-1].startswith(f"{where}: ")
    assert not (tmp_path / "out").exists()


def test_no_pupils_at_all_are_wrong_usage(home, tmp_path):
    said = home.plug("simulate", str(tmp_path / "out"), "--pupils", "0")
    assert said.code == 2
    assert "--pupils" in said.err
