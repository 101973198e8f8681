"""What an adult's day holds, and in which order."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from pluginnovation.support.my_day import (
    FOLLOW_UP,
    LATER,
    NO_DAY,
    PASSED,
    SIGNAL,
    STEP,
    THIS_WEEK,
    TODAY,
    Task,
    clock_of,
    day_of,
)

# A Thursday.
NOW = date(2026, 4, 23)


def after(days: int) -> date:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "clock"),
    [(-1, PASSED), (0, TODAY), (1, THIS_WEEK), (3, THIS_WEEK), (4, LATER), (300, LATER)],
)
def test_the_clock_fills_as_the_day_comes_nearer(days: int, clock: str) -> None:
    assert clock_of(after(days), NOW) == clock


def test_without_a_day_there_is_no_clock_and_none_is_invented() -> None:
    assert clock_of(None, NOW) == NO_DAY


def test_on_a_sunday_tomorrow_is_another_week() -> None:
    sunday = date(2026, 4, 26)
    assert clock_of(sunday + timedelta(days=1), sunday) == LATER


TASKS = [
    Task(STEP, "1", after(-9), after(-1)),
    Task(STEP, "2", after(-2), NOW),
    Task(SIGNAL, "a", after(-6)),
    Task(SIGNAL, "b", after(-3)),
    Task(FOLLOW_UP, "3", after(-30), after(1)),
    Task(STEP, "4", after(-5), after(20)),
    Task(STEP, "5", after(-1)),
]


def test_promises_come_before_signals_and_each_by_its_day_whatever_order_they_were_found_in() -> None:
    for found in list(permutations(TASKS))[::97]:
        day = day_of(found, NOW)
        assert [task.key for task in day.now] == ["1", "2", "a", "b"]
        assert [task.key for task in day.ahead] == ["3", "4", "5"]


def test_the_day_tells_how_long_the_oldest_has_waited_what_has_passed_and_what_comes() -> None:
    day = day_of(TASKS, NOW)
    assert (day.oldest_days, day.passed, day.next_date) == (9, 1, after(1))


def test_an_empty_day_has_no_next_date_and_nobody_waits() -> None:
    day = day_of([], NOW)
    assert (day.now, day.ahead, day.oldest_days, day.passed, day.next_date) == ((), (), 0, 0, None)


def test_a_promise_without_a_day_waits_ahead_and_gives_no_date() -> None:
    day = day_of([Task(STEP, "5", after(-1))], NOW)
    assert (len(day.now), len(day.ahead), day.next_date) == (0, 1, None)


def test_a_signal_has_waited_until_the_day_that_is_known_about_and_not_longer() -> None:
    old = Task(SIGNAL, "a", after(-40), known=after(-30))
    fresh = Task(SIGNAL, "b", after(-6), known=NOW)
    assert (old.waited(NOW), fresh.waited(NOW)) == (10, 6)
    assert day_of([old, fresh], NOW).oldest_days == 10
    # Never longer than until today, and never less than nothing.
    assert Task(SIGNAL, "c", after(-2), known=after(3)).waited(NOW) == 2
    assert Task(SIGNAL, "d", after(-2), known=after(-5)).waited(NOW) == 0
