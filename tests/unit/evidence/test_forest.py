"""The forest plot: everyone is on it, on one scale."""

import xml.etree.ElementTree as ET

import pytest

from pluginnovation.evidence.forest import WIDTH, figures, forest, standalone
from pluginnovation.evidence.pool import pool
from tests.unit.evidence.sites import site

ROWS = [
    site(1, -5.1, 2.0),
    site(2, 0.4, 1.0),
    site(3, -3.0, 1.5),
    site(4, -3.0, 2.5, about={"running": True}),
    site(5, None, cannot_tell="too_few", treated=None),
    site(6, -9.0, 1.0, about={"external": True}),
    site(7, -4.0, 30.0, design="comparison", cap=2),
]


def drawn(line):
    return ET.fromstring(f"<svg>{line.drawn}</svg>")


def test_every_site_has_its_line_also_those_that_found_nothing_or_nothing_yet():
    found = forest(pool(ROWS))
    assert [line.kind for line in found.lines] == [
        "pooled_in", "pooled_in", "pooled_in", "shown_only", "running", "untold", "external", "together",
    ]  # fmt: skip
    assert [line.why for line in found.lines] == ["", "", "", "weaker_design", "running", "too_few", "external", ""]
    untold = found.lines[5]
    assert (untold.drawn, untold.pupils, untold.estimate) == ("", None, None)


def test_all_stand_on_one_scale_around_the_line_of_no_difference():
    found = forest(pool(ROWS))
    zero = found.zero / 100 * WIDTH
    for line in found.lines:
        if line.kind in ("untold", "together"):
            continue
        square = drawn(line).find("rect")
        middle = float(square.get("x")) + float(square.get("width")) / 2
        assert (middle < zero) == (line.estimate < 0)
    assert 0.0 in [tick.value for tick in found.ticks]
    assert next(tick.at for tick in found.ticks if tick.value == 0) == pytest.approx(found.zero)
    assert 3 <= len(found.ticks) <= 8


def test_squares_grow_with_weight_and_only_pooled_ones_are_filled():
    found = forest(pool(ROWS))
    sides = [float(drawn(line).find("rect").get("width")) for line in found.lines[:3]]
    weights = [line.weight for line in found.lines[:3]]
    assert sorted(range(3), key=sides.__getitem__) == sorted(range(3), key=weights.__getitem__)
    names = [drawn(line).find("rect").get("class") for line in found.lines if line.estimate and line.kind != "together"]
    assert names == ["forest-site"] * 3 + ["forest-hollow"] * 3


def test_an_interval_far_too_wide_ends_in_arrows_instead_of_squeezing_the_others():
    found = forest(pool(ROWS))
    wide = next(line for line in found.lines if line.why == "weaker_design")
    assert drawn(wide).find("path").get("d").count("L") == 4
    narrow = found.lines[0]
    assert drawn(narrow).find("path").get("d").count("L") == 0


def test_the_mean_is_a_diamond_with_a_line_for_the_next_site():
    line = forest(pool(ROWS)).lines[-1]
    kinds = [each.get("class") for each in drawn(line).findall("path")]
    assert kinds == ["forest-next", "forest-mean"]
    assert "forest-mean" not in "".join(each.drawn for each in forest(pool(ROWS[:1])).lines)


def test_the_picture_is_well_formed_says_every_number_and_escapes_names():
    rows = [*ROWS[:3], site(8, -2.0, about={"project": "<b>A & B</b>"})]
    text = standalone(forest(pool(rows)), title="Frånvaro, procentenheter", together="Sammanvägt", language="sv")
    root = ET.fromstring(text)
    words = " ".join("".join(each.itertext()) for each in root.iter())
    assert "−5,1 (−9,0 till −1,2)" in words
    assert "<b>A & B</b>, site-8" in words
    assert "Sammanvägt" in words
    assert "<b>" not in text


def test_what_cannot_be_told_says_so_in_both_languages():
    untold = forest(pool(ROWS)).lines[5]
    assert (figures(untold, "sv"), figures(untold, "en")) == ("går inte att avgöra", "can't be decided")
    assert figures(forest(pool(ROWS)).lines[0], "en") == "−5.1 (−9.0 to −1.2)"


def test_it_is_drawn_the_same_each_time():
    assert forest(pool(ROWS)) == forest(pool(ROWS))
