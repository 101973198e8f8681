"""What is ticked widens within a filter and narrows between them, and an address from anywhere opens a list."""

import pytest

from pluginnovation.knowledge.filters import FILTERS, HIGH_FROM, LOW_UNDER, Filter, cost_of

METHOD = {
    "problems": ("absence",), "obstacles": ("worry", "adults"), "years": ("7_9",), "target_groups": ("at_risk",),
    "settings": ("school",), "intents": ("preventive",), "reaches": ("targeted",), "levels": ("individual",),
    "costs": ("middle",), "certainties": ("1",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({}, True),
        ({"problem": ["absence"]}, True),
        ({"problem": ["grades"]}, False),
        ({"problem": ["grades", "absence"]}, True),
        ({"problem": ["absence"], "year": ["upper"]}, False),
        ({"obstacle": ["worry"], "year": ["7_9"], "cost": ["middle"], "certainty": ["1", "2"]}, True),
        ({"certainty": ["4"]}, False),
    ],
)
def test_values_of_a_filter_widen_and_filters_narrow(query, fits):
    assert Filter.read(query).fits(METHOD) is fits


def test_what_an_address_says_that_nobody_knows_is_left_out():
    read = Filter.read({"problem": ["absence", "<script>"], "nonsense": ["1"], "year": ["99"], "certainty": ["5"]})
    assert read == Filter(problems=("absence",))
    assert read.any()
    assert not Filter.read({"year": ["99"]}).any()


def test_an_address_says_the_same_whichever_way_it_was_typed():
    one, other = (Filter.read({"year": years, "problem": ["grades"]}) for years in (["upper", "7_9"], ["7_9", "upper"]))
    assert one.query() == other.query() == "problem=grades&year=7_9&year=upper"
    assert Filter().query() == ""


def test_opening_one_filter_keeps_the_others():
    chosen = Filter(problems=("absence",), years=("7_9",))
    assert chosen.without("problems") == Filter(years=("7_9",))


@pytest.mark.parametrize(
    ("low", "high", "order"),
    [
        (None, None, "unknown"),
        (None, LOW_UNDER - 1, "low"),
        (LOW_UNDER, None, "middle"),
        (0, HIGH_FROM - 1, "middle"),
        (0, HIGH_FROM, "high"),
        (0, 0, "low"),
    ],
)
def test_a_cost_is_sorted_by_its_upper_end(low, high, order):
    assert cost_of(low, high) == order


def test_every_filter_has_values_in_both_languages():
    for field, words in FILTERS.values():
        assert words, field
        assert all(sv and en for sv, en in words.values())
