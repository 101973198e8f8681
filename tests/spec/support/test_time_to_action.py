"""From the first signal of a spell to the first real action, worked out by hand."""

from datetime import date

import pytest

from pluginnovation.support.delay import (
    HOLIDAY,
    IN_QUEUE,
    NO_MENTOR,
    ONLY_SEEN,
    UNANSWERED,
    Around,
    is_late,
    reason_for_delay,
    school_days_between,
)
from pluginnovation.support.time_to_action import (
    ACTED,
    JUDGED_WRONG,
    PASSED,
    REAL_ACTIONS,
    SEEN,
    WAITS,
    WRONG,
    Act,
    Change,
    Spell,
    Wait,
    spells,
    waits,
)
from tests.spec.drawn import rows

MIRA = ("mira", "lessons")


def march(day: str | int) -> date:
    return date(2026, 3, int(day))


def changes(drawing: str) -> list[Change]:
    return [
        Change((row["pupil"], row["rests on"]), row["signal"], march(row["day"]), int(row["before"]), int(row["after"]))
        for row in rows(drawing)
    ]


def acts(text: str, rests_on: str = "lessons") -> list[Act]:
    """`6 talked, 9 wrong` about Mira."""
    said = [one.split() for one in text.split(",") if one.strip()]
    return [Act("mira", rests_on, march(day), what) for day, what in said]


def test_a_spell_lasts_from_the_first_signal_until_none_stands() -> None:
    found = spells(
        changes(
            """
            pupil | rests on | signal       | day | before | after
            ------+----------+--------------+-----+--------+------
            mira  | lessons  | absence_28d  | 2   | 0      | 1
            mira  | lessons  | absence_term | 4   | 0      | 2
            mira  | lessons  | absence_28d  | 6   | 1      | 0
            mira  | lessons  | absence_term | 9   | 2      | 0
            mira  | lessons  | absence_28d  | 16  | 0      | 1
            mira  | grades   | merit_drop   | 5   | 0      | 1
            """,
        )
    )
    assert found == (
        Spell(("mira", "grades"), march(5), None),
        Spell(MIRA, march(2), march(9)),
        Spell(MIRA, march(16), None),
    )


def test_one_that_climbs_goes_on_and_one_that_gives_way_to_another_the_same_day_too() -> None:
    found = spells(
        changes(
            """
            pupil | rests on | signal       | day | before | after
            ------+----------+--------------+-----+--------+------
            mira  | lessons  | absence_28d  | 2   | 0      | 1
            mira  | lessons  | absence_28d  | 4   | 1      | 3
            mira  | lessons  | absence_28d  | 6   | 3      | 0
            mira  | lessons  | absence_term | 6   | 0      | 1
            """,
        )
    )
    assert found == (Spell(MIRA, march(2), None),)


def test_a_signal_that_becomes_unknown_stands_no_longer() -> None:
    found = spells([Change(MIRA, "a", march(2), 0, 1), Change(MIRA, "a", march(4), 1, None)])
    assert found == (Spell(MIRA, march(2), march(4)),)


@pytest.mark.parametrize(
    ("ended", "done", "days", "outcome", "what"),
    [
        ("", "6 talked", 4, ACTED, "talked"),
        ("", "2 guardian", 0, ACTED, "guardian"),
        ("", "4 seen, 12 measure, 13 case", 10, ACTED, "measure"),
        ("", "1 talked", 18, WAITS, ""),  # before the signal: about something else
        ("", "", 18, WAITS, ""),
        ("", "4 seen", 18, WAITS, ""),
        ("9", "", 7, PASSED, ""),
        ("9", "9 adapted", 7, ACTED, "adapted"),
        ("9", "11 talked", 7, PASSED, ""),  # too late to be about this spell
        ("", "5 wrong", 3, JUDGED_WRONG, ""),
        ("", "5 wrong, 8 talked", 3, JUDGED_WRONG, ""),
        ("", "5 wrong, 5 talked", 3, ACTED, "talked"),
    ],
)
def test_how_long_a_spell_waited(ended: str, done: str, days: int, outcome: str, what: str) -> None:
    # The signal began on 2 March; the last day that is known about is 20 March.
    spell = Spell(MIRA, march(2), march(ended) if ended else None)
    (found,) = waits([spell], acts(done), as_of=march(20))
    assert (found.days, found.outcome, found.what) == (days, outcome, what)
    assert found.watched.came == (outcome == ACTED)


@pytest.mark.parametrize("what", REAL_ACTIONS)
def test_every_real_action_ends_the_wait_and_seeing_does_not(what: str) -> None:
    spell = Spell(MIRA, march(2), None)
    assert waits([spell], acts(f"5 {what}"), as_of=march(20))[0].outcome == ACTED
    assert waits([spell], acts(f"5 {SEEN}"), as_of=march(20))[0].outcome == WAITS


def test_an_action_about_grades_does_not_answer_absence_but_one_about_the_pupil_does() -> None:
    spell = Spell(MIRA, march(2), None)
    assert waits([spell], acts("5 talked", "grades"), as_of=march(20))[0].outcome == WAITS
    assert waits([spell], acts("5 case", ""), as_of=march(20))[0].days == 3
    assert waits([spell], [Act("noor", "", march(5), "case")], as_of=march(20))[0].outcome == WAITS


def test_what_lies_after_the_last_known_day_is_not_known() -> None:
    late, passed = Spell(MIRA, march(12), None), Spell(MIRA, march(2), march(15))
    found = waits([late, passed], acts("14 talked"), as_of=march(10))
    assert [(one.spell, one.days, one.outcome) for one in found] == [(passed, 8, WAITS)]


@pytest.mark.parametrize(
    ("days", "seen", "around", "reason"),
    [
        (20, False, Around(False, True, 14), NO_MENTOR),
        (20, True, Around(True, True, 14), IN_QUEUE),
        (20, True, Around(True, False, 14), ONLY_SEEN),
        (20, False, Around(None, False, 4), HOLIDAY),
        (20, False, Around(True, False, 14), UNANSWERED),
    ],
)
def test_a_late_one_has_one_reason(days: int, seen: bool, around: Around, reason: str) -> None:
    wait = Wait(Spell(MIRA, march(2), None), days, WAITS, "", seen)
    assert is_late(wait)
    assert reason_for_delay(wait, around) == reason


@pytest.mark.parametrize(
    ("days", "outcome", "late"),
    [(14, WAITS, False), (15, WAITS, True), (15, ACTED, True), (15, JUDGED_WRONG, False), (15, PASSED, False)],
)
def test_two_weeks_are_not_late(days: int, outcome: str, late: bool) -> None:
    wait = Wait(Spell(MIRA, march(2), None), days, outcome, "", seen=False)
    assert (is_late(wait), wait.overdue) == (late, late and outcome == WAITS)


def test_school_days_are_weekdays_outside_summer_and_christmas() -> None:
    # 2 March 2026 is a Monday: five school days in the week, and the day it is counted to isn't one of them.
    assert [school_days_between(march(2), march(day)) for day in (2, 3, 7, 9, 16)] == [0, 1, 5, 5, 10]
    assert school_days_between(march(9), march(2)) == 0
    # From Friday 12 June to Monday 17 August there is that Friday; from 18 December to 9 January two, and the 8th.
    assert school_days_between(date(2026, 6, 12), date(2026, 8, 17)) == 1
    assert school_days_between(date(2025, 12, 18), date(2026, 1, 9)) == 3


def test_a_wrong_one_is_counted_apart_from_those_who_were_answered() -> None:
    (found,) = waits([Spell(MIRA, march(2), None)], acts("5 wrong"), as_of=march(20))
    assert (found.outcome, found.watched.days, found.watched.came) == (JUDGED_WRONG, 3, False)
    assert WRONG not in REAL_ACTIONS
