"""`plug records profile`, in this process."""

import json
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from pluginnovation.cli import profiles
from tests.unit.records.test_read_with_profiles import NAME, VKLASS


@pytest.fixture
def plug(db, monkeypatch):
    @contextmanager
    def opened(answer):
        yield None

    monkeypatch.setattr(profiles, "opened", opened)

    def run(*words):
        return CliRunner().invoke(profiles.profile, [str(word) for word in words])

    return run


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('name = "own"\ndelimiter = ";"\n', "utf-8")
    return path


def test_a_text_is_a_profile_or_is_refused_with_its_line(plug, text):
    assert json.loads(plug("check", text, "--json").stdout) == {"name": "own", "version": 1, "files": []}
    text.write_text('name = "own"\ncolour = 1\n', "utf-8")
    refused = plug("check", text, "--json")
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["error"]["where"] == "own.toml, 2"


def test_a_saved_profile_is_listed_shown_and_counted(plug, text):
    first = plug("save", text, "--source", "bjorkeby", "--why", "Nytt system", "--since", "2026-01-07", "--json")
    assert json.loads(first.stdout) == {"name": "own", "version": 1, "source": "bjorkeby", "since": "2026-01-07"}
    assert plug("save", text, "--source", "bjorkeby", "--why", "x", "--since", "2026-01-07").exit_code == 3
    assert "own" in plug("list").stdout
    shown = json.loads(plug("show", "own", "--source", "bjorkeby", "--json").stdout)
    assert (shown["version"], shown["toml"]) == (1, text.read_text())
    assert plug("show", "own").exit_code == 3


def test_what_show_gives_of_any_built_in_profile_is_a_text_to_begin_from(plug, tmp_path):
    for one in json.loads(plug("list", "--json").stdout)["profiles"]:
        path = tmp_path / "shown.toml"
        path.write_text(plug("show", one["name"]).stdout, "utf-8")
        assert plug("check", path).exit_code == 0


def test_a_preview_says_what_is_read_and_what_is_not_without_a_name(plug, tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / NAME).write_text(VKLASS.replace("900;60", "x;60"), "utf-8")
    said = plug("preview", tmp_path / "s", "--profile", "vklass")
    assert said.exit_code == 0
    assert "Undv. tid → offered_sum" in said.stdout and "Namn" in said.stdout
    assert "not_a_whole_number" in said.stdout
    assert "Påhittad" not in said.stdout and "mira" not in said.stdout
    document = json.loads(plug("preview", tmp_path / "s", "--profile", "vklass", "--json").stdout)
    assert (document["read"], document["turned_away"]) == (2, 1)
