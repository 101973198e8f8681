"""When documents are due, which decision applies, and how the 72 hours of an incident run."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.fields import FIELDS
from pluginnovation.privacy.incidents import CLOSED, NO_REPORT, OPEN, REPORT, REPORTED, clock_of, state_of
from pluginnovation.privacy.processing import CATEGORIES, OTHER, record_of_processing
from pluginnovation.privacy.retention import BY_NAME, DECIDED, LESSONS, PUPILS, Left, Rule, back, is_due, months_on

DAY = date(2026, 4, 23)
GROWN = date(2000, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 4, 23), 12, date(2025, 4, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_months_last(day, months, before):
    assert back(day, months) == before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_counting_back_never_goes_forward_and_more_months_never_less_far(day, months):
    assert back(day, months + 1) <= back(day, months) < day


def test_a_pupil_is_due_after_the_months_and_not_before():
    assert is_due(Left(date(2021, 4, 22), GROWN), DAY, 60) is True
    assert is_due(Left(date(2021, 4, 23), GROWN), DAY, 60) is False


@pytest.mark.parametrize(("born", "due"), [(date(2006, 4, 23), True), (date(2006, 4, 24), False)])
def test_nobody_goes_before_the_age_of_twenty(born, due):
    assert is_due(Left(date(2010, 6, 1), born), DAY, 60) is due


@pytest.mark.parametrize("left", [Left(None, GROWN), Left(date(2010, 1, 1), None)])
def test_who_has_no_date_can_not_be_decided_about(left):
    assert is_due(left, DAY, 60) is None


def test_the_latest_decision_that_has_begun_applies_and_the_default_until_then():
    decided = [
        Rule(LESSONS, 24, date(2026, 1, 1)),
        Rule(LESSONS, 12, date(2026, 5, 1)),
        Rule(LESSONS, 30, date(2025, 1, 1)),
    ]
    assert months_on(DAY, decided)[LESSONS] == 24
    assert months_on(DAY, decided)[PUPILS] == BY_NAME[PUPILS].months
    assert set(months_on(DAY, [])) == set(DECIDED)


AWARE = datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "left", "late"), [(0, 72, False), (71.5, 0, False), (72, 0, False), (72.5, -1, True), (100, -28, True)]
)
def test_the_clock_runs_for_72_hours_from_when_the_authority_knew(hours, left, late):
    clock = clock_of(AWARE, AWARE + timedelta(hours=hours), reported_at=None, to_report=None)
    assert (clock.hours, clock.late, clock.due) == (left, late, AWARE + timedelta(hours=72))


def test_a_report_stops_the_clock_and_says_whether_it_came_in_time():
    now = AWARE + timedelta(days=30)
    assert clock_of(AWARE, now, reported_at=AWARE + timedelta(hours=72), to_report=True).late is False
    assert clock_of(AWARE, now, reported_at=AWARE + timedelta(hours=73), to_report=True).late is True
    assert clock_of(AWARE, now, reported_at=None, to_report=False).hours is None


@pytest.mark.parametrize(
    ("to_report", "reported", "closed", "state"),
    [
        (None, False, False, OPEN),
        (True, False, False, REPORT),
        (True, True, False, REPORTED),
        (False, False, False, NO_REPORT),
        (True, True, True, CLOSED),
    ],
)
def test_an_incident_is_in_one_state(to_report, reported, closed, state):
    at = AWARE if reported else None
    assert state_of(to_report=to_report, reported_at=at, closed_at=AWARE if closed else None) == state


def test_every_classified_table_is_in_the_record_of_processing_once():
    listed = [table for entry in record_of_processing() for table in entry.fields]
    assert sorted(listed) == sorted(FIELDS)
    assert OTHER not in [entry.category for entry in record_of_processing()]


def test_every_category_says_why_and_how_long_in_both_languages():
    for category in CATEGORIES:
        for text in (category.title, category.about, category.purpose, category.basis, category.recipients):
            assert all(text), category.name
        assert category.retention in BY_NAME or all(category.kept), category.name


def test_a_table_that_nobody_has_placed_is_seen():
    (entry,) = record_of_processing({"unheard.Of": {"keep": "id"}})
    assert entry.category is OTHER
