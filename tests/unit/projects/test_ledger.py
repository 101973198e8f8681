"""Money that adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.projects.ledger import (
    Entry,
    Line,
    Rules,
    account,
    faults,
    kronor,
    least_own,
    ore_of,
    worth,
)

HALF = Rules(own_share=5_000)


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("12 500", 1_250_000), ("12\u00a0500 kr", 1_250_000), ("1 200,5", 120_050), ("0", 0), ("-3,25", -325),
        ("12500.50", 1_250_050), ("", None), ("tolv", None), ("1,234", None), ("1e5", None), ("99999999999", None),
    ],
)  # fmt: skip
def test_kronor_are_read_as_they_are_written(text, ore):
    assert ore_of(text) == ore


@given(st.integers(-100_000_000_000, 100_000_000_000))
def test_an_amount_that_is_written_is_read_back_the_same(ore):
    assert ore_of(kronor(ore)) == ore


def test_a_budget_that_adds_up_with_half_by_the_own_side_has_no_fault():
    assert faults([Line("staff", "", 100_000), Line("travel", "", 1)], 50_000, 50_001, HALF) == ()


def test_a_budget_that_does_not_add_up_is_told_by_how_much():
    ((swedish, english),) = faults([Line("staff", "", 100_000)], 40_000, 50_000, HALF)
    assert "1\u00a0000\u00a0kr" in swedish and "900\u00a0kr" in swedish and "skiljer 100\u00a0kr" in swedish
    assert "100\u00a0kr" in english


@pytest.mark.parametrize(
    ("grant", "own", "words"),
    [(50_001, 49_999, "kräver minst 500"), (60_000, 40_000, "högst 500")],
)
def test_too_little_of_the_own_or_too_much_asked_for_is_told(grant, own, words):
    found = faults([Line("staff", "", 100_000)], grant, own, Rules(5_000, most=50_001))
    assert any(words in swedish for swedish, _english in found)


def test_an_empty_budget_is_a_fault_and_not_a_budget_of_nothing():
    assert len(faults([], 0, 0, HALF)) == 1


@given(st.integers(0, 10**10), st.integers(0, 10_000))
def test_the_least_share_is_enough_and_one_ore_less_is_not(total, share):
    due = least_own(total, share)
    assert due * 10_000 >= total * share
    assert due == 0 or (due - 1) * 10_000 < total * share


def test_the_account_tells_each_category_and_what_the_own_side_still_owes():
    told = account(
        [Entry("staff", "own", 30_000, 60), Entry("staff", "grant", 50_000), Entry("travel", "grant", 20_000),
         Entry("travel", "grant", -20_000)],
        [Line("staff", "", 90_000), Line("premises", "", 10_000)], 5_000,
    )  # fmt: skip
    assert [(row.category, row.planned, row.grant, row.own) for row in told.rows] == [
        ("staff", 90_000, 50_000, 30_000), ("travel", None, 0, 0), ("premises", 10_000, 0, 0),
    ]  # fmt: skip
    assert (told.total, told.minutes, told.own_due, told.own_lacks) == (80_000, 60, 40_000, 10_000)


def test_hours_are_worth_minutes_times_the_rate_to_the_nearest_ore():
    assert worth(90, 40_000) == 60_000
    assert worth(1, 100) == 2
    assert worth(1, 30) == 1
    assert worth(1, 29) == 0
