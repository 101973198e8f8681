"""Whatever a design tells has a name in both languages: none is a word of the program's."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

import pluginnovation.evidence.designs as designs
from pluginnovation.evidence import labels
from pluginnovation.web.evidence.words import figure_word

# Names that are put together: how each begins, and one of them.
TOGETHER = {"since_": "since_3", "start_": "start_2_earlier", "trends_part_": "trends_part_0.5", "gap_": "gap_1",
            "event_time_": "event_time_1", "term_": "term_2", "year_": "year_7"}  # fmt: skip


def named_in_the_designs() -> tuple[set[str], set[str]]:
    """The names of figures in the designs' source: whole ones, and how those begin that are put together."""
    whole, begins = set(), set()
    for file in sorted(Path(designs.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Figure", "_figure"):
                for one in call.args[:2]:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        whole.add(one.value)
                    elif isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
                        begins.add(str(one.values[0].value))
    return whole, begins


def test_every_figure_of_a_design_has_a_name():
    whole, begins = named_in_the_designs()
    assert len(whole) > 15
    assert sorted(whole - set(labels.FIGURES) - {"step"}) == []
    assert sorted(begins - set(TOGETHER)) == []


@pytest.mark.parametrize("name", [*TOGETHER.values(), "since_0", "start_1_earlier"])
def test_a_name_that_is_put_together_is_said_in_words(name):
    said = {}
    for language in ("sv", "en"):
        with override(language):
            said[language] = figure_word(name)
    assert said["sv"] != said["en"] or name == "gap_1"
    assert all("_" not in one and name.replace("_", " ") != one for one in said.values())
