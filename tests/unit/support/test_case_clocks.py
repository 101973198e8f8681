"""The law's steps and clocks: nothing is overdue without a day that somebody set, and no length is invented."""

from datetime import date, timedelta

import pytest

from pluginnovation.support import case_clocks
from pluginnovation.support.case_clocks import (
    COMPULSORY,
    DONE_BY,
    STEPS,
    UPPER,
    WHILE,
    appeal_until,
    days_gone,
    is_overdue,
    next_actor,
    steps_of,
)
from pluginnovation.support.case_states import (
    ABSENCE,
    CLOSED,
    INVESTIGATION,
    KINDS,
    MOVES,
    STATES_OF,
    SUPPORT,
    Standing,
    moves_from,
)
from pluginnovation.support.follow_ups import after_closing, months_after

DAY = date(2026, 4, 23)


def keys(kind: str, school: str) -> set[str]:
    return {step.key for step in steps_of(kind, school)}


def test_the_report_to_the_organiser_is_asked_for_in_compulsory_school_only():
    assert "report_organiser" in keys(ABSENCE, COMPULSORY)
    assert "report_organiser" not in keys(ABSENCE, UPPER)
    assert {"talk_pupil", "talk_guardians", "with_pupil_health"} <= keys(ABSENCE, COMPULSORY)
    assert not {"talk_pupil", "talk_guardians", "with_pupil_health"} & keys(ABSENCE, UPPER)


def test_special_support_is_looked_into_in_every_absence_case_and_support_alone_has_no_steps():
    for school in (COMPULSORY, UPPER):
        assert "consider_support" in keys(ABSENCE, school)
        assert len(keys(ABSENCE, school)) == len(steps_of(ABSENCE, school))
        assert not steps_of(SUPPORT, school)
        assert {"begin", "let_take_part", "tell_decision"} <= keys(INVESTIGATION, school)


def test_each_step_names_its_law_and_its_time_and_no_step_names_a_number_of_days():
    for step in STEPS:
        assert step.law and step.time in case_clocks.TIMES
        assert not hasattr(step, "days")


@pytest.mark.parametrize(
    ("due", "done", "overdue"),
    [(None, None, False), (DAY - timedelta(days=400), DAY, False), (DAY, None, False),
     (DAY - timedelta(days=1), None, True)],
)  # fmt: skip
def test_something_is_overdue_only_by_a_day_that_somebody_set(due, done, overdue):
    assert is_overdue(due, done, DAY) is overdue


def test_the_time_to_appeal_is_three_weeks_from_the_day_one_was_told():
    assert appeal_until(date(2026, 4, 30)) == date(2026, 5, 21)


def test_days_gone_never_count_backwards():
    assert (days_gone(DAY, DAY), days_gone(DAY, DAY + timedelta(days=9)), days_gone(DAY + timedelta(days=1), DAY)) == (
        0, 9, 0,
    )  # fmt: skip


def test_the_laws_step_that_is_left_comes_before_the_move_and_one_that_only_may_be_needed_never_does():
    steps = steps_of(ABSENCE, COMPULSORY)
    done = dict.fromkeys((step.key for step in steps), None)
    first = next_actor(ABSENCE, "assessed", Standing(), steps, done)
    assert first is not None and (first.step, first.role) == ("assess", "principal")
    done = {key: None if key == "tell_home" else DAY for key in done}
    after = next_actor(ABSENCE, "investigated", Standing(), steps, done)
    assert after is not None and (after.step, after.label[1]) == ("", "Write the conclusions")


def test_somebody_is_next_in_every_open_state_of_every_kind_and_nobody_when_closed():
    for kind in KINDS:
        for state in STATES_OF[kind]:
            who = next_actor(kind, state, Standing(), (), {})
            assert (who is None) == (state == CLOSED), (kind, state)


def test_with_everything_in_place_the_move_itself_is_next():
    everything = Standing(frozenset({"assessment", "findings"}), 1, 1, {"special_support": "granted"})
    for kind, moves in MOVES.items():
        for state in STATES_OF[kind][:-1]:
            who = next_actor(kind, state, everything, (), {})
            labels = [move.label for move in moves if move.before == state]
            assert who is not None and (who.label in labels or who.label == WHILE[state]), (kind, state)


def test_the_first_move_goes_forward_and_the_way_back_stands_last():
    assert [move.after for move in moves_from(INVESTIGATION, "deciding")] == ["programme", CLOSED, "investigated"]
    assert {step.key for step in STEPS} >= {key for keys in DONE_BY.values() for key in keys}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2023, 11, 30), 3, date(2024, 2, 29)),
     (date(2026, 1, 15), 12, date(2027, 1, 15)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
     (date(2026, 12, 1), 6, date(2027, 6, 1))],
)  # fmt: skip
def test_months_end_where_the_month_does(day, months, then):
    assert months_after(day, months) == then


def test_a_closed_case_is_looked_back_at_three_times():
    assert list(after_closing(DAY).values()) == [date(2026, 7, 23), date(2026, 10, 23), date(2027, 4, 23)]
