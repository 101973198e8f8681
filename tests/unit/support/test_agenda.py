"""The agenda builds itself: environment, passed dates, new, follow-up; everyone once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.support.agenda import (
    FOLLOW_UP_DUE,
    GROUP,
    PART_OF,
    PARTS,
    PATTERN,
    PUPIL,
    RAISED,
    SCHOOL,
    STEP_PASSED,
    UNANSWERED,
    WHYS,
    Reason,
    agenda_of,
    next_number,
    proposed_date,
)

NOW = date(2026, 4, 23)


def reason(code: str, why: str, days: int = 0, about: str = PUPIL) -> Reason:
    return Reason(about, code, why, NOW - timedelta(days=days))


def test_the_environment_comes_first_then_passed_dates_new_and_follow_ups() -> None:
    points = agenda_of(
        [
            reason("saga", RAISED, 3),
            reason("tuva", FOLLOW_UP_DUE, 0),
            reason("noel", STEP_PASSED, 6),
            reason("9B", PATTERN, 1, GROUP),
        ]
    )
    assert [(point.number, point.part, point.code) for point in points] == [
        (1, "environment", "9B"),
        (2, "passed", "noel"),
        (3, "new", "saga"),
        (4, "follow_up", "tuva"),
    ]


def test_within_a_part_the_one_that_has_waited_longest_comes_first() -> None:
    points = agenda_of([reason("b", RAISED, 2), reason("a", UNANSWERED, 1), reason("c", RAISED, 9)])
    assert [point.code for point in points] == ["c", "b", "a"]


def test_a_pupil_with_several_reasons_stands_once_with_all_of_them() -> None:
    points = agenda_of([reason("noel", FOLLOW_UP_DUE, 40), reason("noel", STEP_PASSED, 1), reason("noel", RAISED, 3)])
    assert len(points) == 1
    assert [each.why for each in points[0].reasons] == [STEP_PASSED, RAISED, FOLLOW_UP_DUE]
    assert (points[0].part, points[0].since) == ("passed", NOW - timedelta(days=1))


@given(
    st.lists(
        st.builds(
            reason,
            st.sampled_from("abcdef"),
            st.sampled_from(WHYS),
            st.integers(0, 400),
            st.sampled_from((PUPIL, GROUP, SCHOOL)),
        )
    )
)
def test_nobody_is_left_out_nobody_stands_twice_and_parts_come_in_order(reasons: list[Reason]) -> None:
    points = agenda_of(reasons)
    assert {(point.about, point.code) for point in points} == {(each.about, each.code) for each in reasons}
    assert len({(point.about, point.code) for point in points}) == len(points)
    assert [point.number for point in points] == list(range(1, len(points) + 1))
    places = [PARTS.index(point.part) for point in points]
    assert places == sorted(places)
    assert sorted(map(repr, reasons)) == sorted(repr(each) for point in points for each in point.reasons)
    assert all(point.part == PART_OF[point.why] for point in points)
    assert points == agenda_of(reversed(reasons)) or len({repr(each) for each in reasons}) < len(reasons)


@pytest.mark.parametrize(
    ("decided", "after", "found"),
    [(set(), 1, 2), ({2}, 1, 3), ({3}, 2, 1), ({1, 2}, 3, None), ({1, 2, 3}, 3, None), ({2, 3}, 3, 1)],
)
def test_one_goes_on_to_the_next_undecided_point_and_round_again(decided: set[int], after: int, found: int) -> None:
    assert next_number([1, 2, 3], decided, after) == found


def test_the_next_meeting_is_proposed_as_often_as_the_school_meets_and_never_in_a_weekend() -> None:
    tuesdays = [date(2026, 4, 7), date(2026, 4, 14)]
    assert proposed_date(tuesdays, date(2026, 4, 14)) == date(2026, 4, 21)
    assert proposed_date([], NOW) == NOW + timedelta(days=14)
    assert proposed_date([date(2026, 4, 14)], NOW) == date(2026, 4, 28)
    assert proposed_date([], date(2026, 4, 25)).weekday() < 5


@given(st.lists(st.dates(date(2025, 1, 1), NOW), max_size=5))
def test_a_proposed_day_always_lies_ahead_on_a_weekday(held: list[date]) -> None:
    day = proposed_date(held, NOW)
    assert day > NOW
    assert day.weekday() < 5
