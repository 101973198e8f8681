"""A scenario file says what adults do; what isn't understood, or would do nothing, is refused with its line."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation import scenario_read, scenario_switches
from pluginnovation.simulation.lives.people import make_people
from pluginnovation.simulation.scenario import Scenario, SubProject
from pluginnovation.simulation.scenario_read import ordinary, parsed_scenario, read_scenario
from pluginnovation.simulation.scenario_switches import ASSIGNMENTS, SECTIONS, SUB_PROJECT, Switch
from pluginnovation.simulation.worlds import live_worlds, lives_of

EXAMPLES = Path(__file__).parents[3] / "docs" / "scenarios"
LOTTERY = 'name = "a"\n[sub_projects.a]\nmethod = "study_coach"\nassignment = "lottery"\n'


def refused(text: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        parsed_scenario(text, "mine.toml")
    return refusal.value


def test_what_is_not_said_is_the_default():
    assert ordinary().sub_projects == {}
    assert ordinary().noticing.notice_chance == 0.6
    assert parsed_scenario(LOTTERY).sub_projects["a"].share == 0.5


def test_what_is_said_is_read():
    said = parsed_scenario(
        LOTTERY + "share = 0.25\nmunicipalities = [2, 3]\n[sub_projects.a.effect]\nabsence = -0.5\n"
        "[sub_projects.a.by_absence]\nfrom_20 = 0\n[noticing]\nnotice_chance = 1\n[everyday.effect]\npassing = 0.4\n"
    )
    tried = said.sub_projects["a"]
    assert (tried.share, tried.municipalities, tried.effect.absence, tried.by_absence.from_20) == (
        0.25,
        (2, 3),
        -0.5,
        0,
    )
    assert (said.noticing.notice_chance, said.everyday.effect.passing) == (1, 0.4)


def test_every_switch_of_a_sub_project_has_its_field():
    named = {each.name for each in fields(SubProject)}
    assert named == {each.name for each in SUB_PROJECT} | {"key", "effect", "between_sites", "by_absence"}


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("about = 'x'", "scenario_switch_missing", "mine.toml, 1"),
        ("name = 3", "scenario_type_wrong", "mine.toml, 1, name"),
        ('name = ""', "scenario_value_wrong", "mine.toml, 1, name"),
        ('name = "a"\nnotise_chance = 1', "scenario_switch_unknown", "mine.toml, 2, notise_chance"),
        (
            'name = "a"\n[noticing]\nnotice_chance = 1.2',
            "scenario_value_outside",
            "mine.toml, 3, noticing.notice_chance",
        ),
        ('name = "a"\n[noticing]\nnotice_chance = -0.1', "scenario_value_outside", "mine.toml, 3"),
        ('name = "a"\n[noticing]\nnotice_chance = nan', "scenario_value_outside", "mine.toml, 3"),
        ('name = "a"\n[noticing]\nnotice_chance = "often"', "scenario_type_wrong", "mine.toml, 3"),
        ('name = "a"\n[noticing]\nnotice_chance = true', "scenario_type_wrong", "mine.toml, 3"),
        ('name = "a"\n[noticing]\nfailed_from = 1.5', "scenario_type_wrong", "mine.toml, 3"),
        ('name = "a"\nnoticing = 3', "scenario_type_wrong", "mine.toml, 2, noticing"),
        ('name = "a"\n[world]\nicc = 1.0', "scenario_value_outside", "mine.toml, 3, world.icc"),
        ('name = "a"\ndefaults_of = 2020-01-01', "scenario_value_wrong", "mine.toml, 2, defaults_of"),
        ('name = "a"\ndefaults_of = 2026-11-22T10:00:00', "scenario_type_wrong", "mine.toml, 2, defaults_of"),
        ('name = "a"\n[sub_projects.A]\nmethod = "x"', "scenario_value_wrong", "mine.toml, 2, sub_projects.A"),
        (LOTTERY + "cutoff = 0.2", "scenario_switch_idle", "mine.toml, 5, sub_projects.a.cutoff"),
        (LOTTERY + "gamma = 0.2", "scenario_switch_idle", "mine.toml, 5, sub_projects.a.gamma"),
        (LOTTERY + "take_up = 2", "scenario_value_outside", "mine.toml, 5, sub_projects.a.take_up"),
        (LOTTERY + "municipalities = [0]", "scenario_value_outside", "mine.toml, 5"),
        (LOTTERY + "municipalities = 1", "scenario_type_wrong", "mine.toml, 5"),
        (LOTTERY + "start = 0\nanticipation = 0.5", "scenario_value_wrong", "mine.toml, 6"),
        (LOTTERY + 'who = "out_of_school"\nfailed_from = 1', "scenario_value_wrong", "mine.toml, 5"),
        (LOTTERY + 'who = "out_of_school"\nstart = 9', "scenario_value_outside", "mine.toml, 6, sub_projects.a.start"),
        (LOTTERY + 'who = "out_of_school"\nstart = 18', "scenario_value_outside", "mine.toml, 6, sub_projects.a.start"),
        (LOTTERY + "[sub_projects.a.effect]\nabsense = -1", "scenario_switch_unknown", "mine.toml, 6"),
        (LOTTERY.replace("study_coach", "magic"), "scenario_value_wrong", "mine.toml, 3, sub_projects.a.method"),
        (LOTTERY.replace("lottery", "draw"), "scenario_value_wrong", "mine.toml, 4, sub_projects.a.assignment"),
        (LOTTERY.replace("lottery", "staggered") + "starts = [8, 6]", "scenario_value_wrong", "mine.toml, 5"),
        (LOTTERY.replace("lottery", "staggered") + "start = 6", "scenario_switch_idle", "mine.toml, 5"),
        ('name = "a', "scenario_not_toml", "mine.toml, 1"),
        ("a = " + "[" * 50_000, "scenario_not_toml", "mine.toml"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(text, code, where):
    refusal = refused(text)
    assert refusal.code == code
    assert refusal.where.startswith(where)
    assert refusal.text("sv") != refusal.text("en")


def test_a_file_that_is_not_there_or_is_something_else_is_refused(tmp_path):
    large, binary = tmp_path / "large.toml", tmp_path / "binary.toml"
    large.write_text("# nothing\n" * 20_000)
    binary.write_bytes(b'name = "a"\nabout = "\xff"\n')
    for path, code in ((tmp_path / "none.toml", "scenario_missing"), (tmp_path, "scenario_missing"),
                       (large, "scenario_too_large"), (binary, "scenario_not_toml")):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            read_scenario(path)
        assert refusal.value.code == code
        assert str(tmp_path) not in refusal.value.text("en")


def test_a_file_from_another_system_is_read(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LOTTERY.replace("\n", "\r\n").encode())
    assert replace(read_scenario(path), source="") == replace(parsed_scenario(LOTTERY), source="")


def test_a_scenario_keeps_the_defaults_of_its_day(monkeypatch):
    changed = Switch("take_up", "share", "", ((scenario_switches.FIRST, 1.0), (date(2027, 8, 1), 0.8)))
    monkeypatch.setattr(
        scenario_read, "SUB_PROJECT", tuple(changed if each.name == "take_up" else each for each in SUB_PROJECT)
    )
    later = LOTTERY.replace('name = "a"\n', 'name = "a"\ndefaults_of = 2027-09-01\n')
    assert parsed_scenario(LOTTERY).sub_projects["a"].take_up == 1.0
    assert parsed_scenario(later).sub_projects["a"].take_up == 0.8


def test_every_default_may_be_said():
    for section, switches in SECTIONS.items():
        for switch in switches:
            if switch.kind in {"share", "number", "whole"}:
                least, most = switch.ends
                value = switch.default(scenario_switches.FIRST)
                assert least <= value <= most, f"{section}.{switch.name}"


def test_there_is_an_example_of_every_design():
    said = [read_scenario(path) for path in sorted(EXAMPLES.glob("*.toml"))]
    assert {each.assignment for one in said for each in one.sub_projects.values()} == set(ASSIGNMENTS)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_can_be_lived_and_somebody_is_offered_help(path):
    people, said = make_people([80, 60, 40], 1), read_scenario(path)
    worlds = live_worlds(said, people, lives_of(people, 1), 1, contrasts=False)
    for trial in worlds.lived.help.trials.values():
        assert 0 < trial.offer.offered.sum() <= trial.offer.candidate.sum()
        assert trial.begun.any()


VALUES = st.one_of(
    st.booleans(),
    st.integers(-3, 400),
    st.floats(width=32),
    st.text(max_size=5),
    st.lists(st.integers(-2, 30), max_size=3),
)


def read_or_refused(text: str) -> Scenario | Refusal:
    try:
        return parsed_scenario(text)
    except Refusal as refusal:
        return refusal


def as_toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | float) else json.dumps(value)


@settings(max_examples=150, deadline=None)
@given(
    assignment=st.sampled_from(ASSIGNMENTS),
    said=st.dictionaries(st.sampled_from([each.name for each in SUB_PROJECT[2:]]), VALUES, max_size=3),
)
def test_whatever_a_sub_project_says_it_is_read_or_refused_with_its_line(assignment, said):
    lines = [f"{name} = {as_toml(value)}" for name, value in said.items()]
    text = LOTTERY.replace("lottery", assignment) + "\n".join(lines)
    found = read_or_refused(text)
    if isinstance(found, Refusal):
        assert re.match(r"scenario\.toml, \d", found.where)
        return
    for name, value in said.items():
        assert getattr(found.sub_projects["a"], name) == (tuple(value) if isinstance(value, list) else value)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    found = read_or_refused(text)
    assert isinstance(found, Scenario) or found.code.startswith("scenario_")
