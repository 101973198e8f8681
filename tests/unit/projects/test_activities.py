"""Activities planned and held, and how participants came and went."""

from datetime import date

from pluginnovation.projects.activities import (
    Flow,
    TakingPart,
    Times,
    delivered,
    flow,
    outside,
    overlaps,
    wrong_axis,
)

START, MAY, TODAY = date(2026, 1, 12), date(2026, 5, 4), date(2026, 6, 1)


def test_the_three_axes_have_words_of_their_own():
    assert wrong_axis("preventive", "targeted", "group") == ""
    assert wrong_axis("targeted", "targeted", "group") == "intent"
    assert wrong_axis("preventive", "targeted", "preventive") == "level"


def test_what_was_held_is_told_of_what_was_planned():
    assert delivered([Times(10, 7, 3), Times(4, 3)]).share == 71
    assert delivered([]).share is None


def test_a_mistake_was_never_a_participant_and_who_begins_later_is_not_there_yet():
    stays = [TakingPart(START), TakingPart(START, MAY, "completed"), TakingPart(START, MAY, "dropped_out"),
             TakingPart(START, MAY, "mistake"), TakingPart(date(2026, 8, 20))]  # fmt: skip
    assert flow(stays, TODAY) == Flow(came=3, going_on=1, completed=1, early=1, moved=0)
    assert flow(stays, MAY).going_on == 3


def test_those_who_see_no_pupil_see_no_small_number_also_not_by_subtraction():
    assert outside(Flow(9, 9, 0, 0, 0)) == Flow(None, None, None, None, None)
    assert outside(Flow(40, 20, 14, 6, 0)) == Flow(40, 20, None, None, 0)
    assert outside(Flow(40, 20, 20, 0, 0)) == Flow(40, 20, 20, 0, 0)


def test_nobody_takes_part_twice_at_once():
    stays = [TakingPart(START, MAY, "completed"), TakingPart(START, TODAY, "mistake")]
    assert overlaps(stays, MAY)
    assert not overlaps(stays, date(2026, 5, 5))
    assert overlaps(stays, date(2025, 1, 1), None)
    assert not overlaps(stays, date(2025, 1, 1), date(2026, 1, 11))
