"""A decision has an owner, a day that is to come, and words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pluginnovation.support.meeting_decisions import KINDS, LONGEST_TEXT, ONLY_PUPILS, OWNED, Deciding, refused

NOW = date(2026, 4, 23)
GOOD = Deciding("pupil", "step", "Samir ringer hemmet", "mentor_talk", "samirxxxxxxxxxxx", "", NOW)


@pytest.mark.parametrize("what", KINDS)
def test_a_whole_decision_is_taken(what: str) -> None:
    assert refused(replace(GOOD, what=what), NOW) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": "ranka"}, "decision_unknown"),
        ({"what": "investigate", "about": "group"}, "decision_unknown"),
        ({"owner": ""}, "decision_without_owner"),
        ({"due": None}, "date_missing"),
        ({"due": NOW - timedelta(days=1)}, "date_passed"),
        ({"due": NOW + timedelta(days=401)}, "date_far_off"),
        ({"text": "  "}, "text_missing"),
        ({"what": "end", "text": ""}, "text_missing"),
        ({"what": "measure", "measure": ""}, "measure_missing"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text_too_long"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(changes: dict[str, object], code: str) -> None:
    told = refused(replace(GOOD, **changes), NOW)  # type: ignore[arg-type]
    assert told is not None
    assert told.code == code
    assert told.todo_sv
    assert told.todo_en


def test_a_role_may_own_a_decision_when_nobody_is_named() -> None:
    assert refused(replace(GOOD, owner="", owner_role="mentor"), NOW) is None


def test_only_pupils_are_investigated_and_what_is_put_off_needs_no_owner() -> None:
    assert ONLY_PUPILS < OWNED
    assert refused(Deciding("group", "next_time"), NOW) is None
