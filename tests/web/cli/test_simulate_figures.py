"""The figures that `plug simulate` tells: every one, in both languages, unknown where there is nobody."""

import json

import pytest

from pluginnovation.cli import answers, simulate_figures
from pluginnovation.cli.simulate_figures import SWEDISH, as_rows, figure_lines, lived_figures
from pluginnovation.simulation import simulate
from pluginnovation.simulation.lives.published import TARGETS


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    truth = simulate(tmp_path_factory.mktemp("figures") / "region", pupils=60, municipalities=2, seed=1)
    return truth.targets, lived_figures(60, 2, 1)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_figure_has_a_line_in_the_language_of_the_command(told, monkeypatch, language):
    monkeypatch.setattr(answers, "LANGUAGE", language)
    files, lives = told
    lines = figure_lines(files, lives)
    for target in TARGETS:
        assert any(line.startswith(getattr(target, language)) for line in lines), target.key
    for each in files:
        assert any(line.startswith(SWEDISH[each.name] if language == "sv" else each.name) for line in lines), each.name
    assert any(("228,7" if language == "sv" else "228.7") in line for line in lines)


def test_a_figure_about_nobody_is_unknown_and_never_nought(told):
    _, lives = told
    nobody = [each for each in lives if each.measured.number == 0]
    assert nobody, "sixty pupils leave some figures without anybody"
    rows = {row["key"]: row for row in as_rows((), lives)["lives"]}
    for each in nobody:
        assert rows[each.target.key]["achieved"] is None
        assert not rows[each.target.key]["holds"]
    json.dumps(as_rows(*told), allow_nan=False)


def test_the_lives_are_as_many_as_the_pupils_up_to_a_limit(told, monkeypatch):
    assert {each.target.key: each.measured.number for each in told[1]}["girls"] == 60
    monkeypatch.setattr(simulate_figures, "UNTIL", 40)
    assert {each.target.key: each.measured.number for each in lived_figures(60, 2, 1)}["girls"] == 40
