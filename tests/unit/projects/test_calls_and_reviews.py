"""When a call is open, what an application lacks, and who reads which review."""

from datetime import UTC, datetime, timedelta

import pytest

from pluginnovation.projects.calls import Asked, Times, time_of, unanswered
from pluginnovation.projects.reviews import (
    Asked as Review,
)
from pluginnovation.projects.reviews import all_in, may_read_others, missing_points, share_of_points, weighed

OPENS, CLOSES = datetime(2026, 9, 1, 6, tzinfo=UTC), datetime(2026, 10, 1, 14, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("published", "at", "time"),
    [
        (None, OPENS, "draft"),
        (OPENS, OPENS - SECOND, "upcoming"),
        (OPENS, OPENS, "open"),
        (OPENS, CLOSES - SECOND, "open"),
        (OPENS, CLOSES, "closed"),
    ],
)
def test_a_call_is_open_from_its_first_moment_and_not_at_its_last(published, at, time):
    assert time_of(Times(published, OPENS, CLOSES), at) == time


def test_questions_that_must_be_answered_are_missed_and_so_are_too_long_answers():
    asked = [
        Asked(1, required=True, longest=10),
        Asked(2, required=False, longest=3),
        Asked(3, required=True, longest=5),
    ]
    assert unanswered(asked, {1: " \n", 2: "abcd", 3: "svar"}) == (1, 2)
    assert unanswered(asked, {1: "svar", 3: "svara"}) == ()


DONE, WAITED, BIASED = Review(False, True), Review(False, False), Review(True, False)


@pytest.mark.parametrize(
    ("reviews", "enough"),
    [
        ([DONE, DONE], True),
        ([DONE], False),
        ([DONE, WAITED], False),
        ([DONE, Review(None, False)], False),
        ([DONE, BIASED], False),
        ([DONE, DONE, BIASED], True),
        ([DONE, DONE, WAITED], False),
        ([DONE, DONE, Review(False, False, withdrawn=True)], True),
        ([], False),
    ],
)
def test_two_reviews_without_conflict_are_needed_and_no_one_is_still_waited_for(reviews, enough):
    assert all_in(reviews) is enough


def test_nobody_reads_anothers_review_before_all_are_in_nor_with_a_conflict():
    assert may_read_others(role="regional_lead", own=None, all_are_in=True)
    assert not may_read_others(role="regional_lead", own=DONE, all_are_in=False)
    assert not may_read_others(role="process_leader", own=BIASED, all_are_in=True)
    assert not may_read_others(role="principal", own=None, all_are_in=True)


def test_a_sheet_gives_points_on_every_criterion():
    assert missing_points([1, 2, 3], {1: 0, 2: 5}) == (2, 3)


def test_sheets_are_laid_side_by_side_and_two_far_apart_are_noticed():
    rows = weighed([1, 2], [{1: 4, 2: 2}, {1: 2, 2: 3}])
    assert [(row.points, row.apart) for row in rows] == [((4, 2), True), ((2, 3), False)]
    assert share_of_points({1: 3, 2: 1}, [{1: 4, 2: 2}, {1: 2, 2: 3}]) == (23, 32)
    assert share_of_points({1: 3}, []) is None
