"""After the end: what is asked, what is known when nobody answers, and when a silence is too long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.projects.follow_up import Asked, due_on, standing, still_going, to_ask
from pluginnovation.projects.silence import JULY, bounds, days_silent, is_silent

ENDED = date(2025, 8, 31)


@pytest.mark.parametrize(("months", "day"), [(6, date(2026, 2, 28)), (12, date(2026, 8, 31)), (24, date(2027, 8, 31))])
def test_follow_ups_fall_due_so_many_months_later_on_the_last_day_when_the_month_is_shorter(months, day):
    assert due_on(ENDED, months) == day


def test_what_is_due_is_asked_once():
    assert to_ask(ENDED, (), date(2026, 2, 27)) == ()
    assert to_ask(ENDED, (), date(2026, 2, 28)) == (6,)
    assert to_ask(ENDED, (6,), date(2026, 12, 1)) == (12,)
    assert to_ask(ENDED, (), date(2028, 1, 1)) == (6, 12, 24)


DUE = date(2026, 2, 28)


@pytest.mark.parametrize(
    ("asked", "after", "known_by", "goes_on"),
    [
        (Asked(6, DUE, "ordinary"), 90, "answered", True),
        (Asked(6, DUE, "partly", 0), 90, "answered", True),
        (Asked(6, DUE, "stopped", 4), 90, "answered", False),
        (Asked(6, DUE, "", 4), 90, "in_records", True),
        (Asked(6, DUE, "", 0), 42, "waiting", None),
        (Asked(6, DUE, "", 0), 43, "unknown", None),
        (Asked(6, DUE), 43, "unknown", None),
    ],
)
def test_an_answer_comes_before_the_records_and_no_records_tell_nothing(asked, after, known_by, goes_on):
    found = standing(asked, DUE + timedelta(days=after))
    assert (found.known_by, found.goes_on) == (known_by, goes_on)


def test_a_silent_neighbour_is_counted_as_unknown_and_widens_the_bounds():
    found = still_going([Asked(6, DUE, "ordinary"), Asked(6, DUE, "stopped"), Asked(6, DUE)], DUE + timedelta(days=60))
    assert (found.yes, found.no, found.unknown, found.of) == (1, 1, 1, 3)
    assert (found.low, found.high) == (33, 67)


@given(yes=st.integers(0, 50), no=st.integers(0, 50), unknown=st.integers(0, 50), truth=st.integers(0, 50))
def test_the_truth_lies_within_the_bounds_whatever_the_silent_would_have_said(yes, no, unknown, truth):
    found = bounds(yes=yes, no=no, unknown=unknown)
    if found.low is None or found.high is None:
        assert found.of == 0
        return
    true_share = 100 * (yes + min(truth, unknown)) / found.of
    assert found.low <= true_share <= found.high


def test_july_does_not_count_as_silence():
    assert days_silent(date(2026, 6, 30), date(2026, 8, 2)) == 2
    assert days_silent(date(2026, 3, 1), date(2026, 2, 1)) == 0
    assert not is_silent(date(2026, 3, 1), date(2026, 4, 15))
    assert is_silent(date(2026, 3, 1), date(2026, 4, 16))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(min_value=-40, max_value=1_200))
def test_days_of_silence_are_those_of_the_calendar_without_july(last, days):
    counted = [last + timedelta(days=each) for each in range(1, days + 1)]
    assert days_silent(last, last + timedelta(days=days)) == sum(one.month != JULY for one in counted)
