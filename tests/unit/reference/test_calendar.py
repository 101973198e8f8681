"""Terms, months, weeks and school years of a day."""

from datetime import date

import pytest

from pluginnovation.reference.calendar import month_end, school_year_start, term_of, week_start


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 1, 1), "2026VT", date(2026, 1, 1), date(2026, 7, 31)),
        (date(2026, 7, 31), "2026VT", date(2026, 1, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), "2026HT", date(2026, 8, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), "2026HT", date(2026, 8, 1), date(2026, 12, 31)),
    ],
)
def test_july_belongs_to_the_spring_term(day: date, name: str, first: date, last: date):
    term = term_of(day)
    assert (term.name, term.first, term.last) == (name, first, last)


def test_the_school_year_begins_in_august():
    assert school_year_start(date(2026, 7, 31)) == date(2025, 8, 1)
    assert school_year_start(date(2026, 8, 1)) == date(2026, 8, 1)


@pytest.mark.parametrize(("day", "last"), [(date(2024, 2, 1), 29), (date(2025, 2, 28), 28), (date(2025, 12, 31), 31)])
def test_a_month_ends_on_its_own_last_day(day: date, last: int):
    assert month_end(day) == day.replace(day=last)


def test_a_week_begins_on_monday():
    assert week_start(date(2026, 4, 20)) == date(2026, 4, 20)
    assert week_start(date(2026, 4, 26)) == date(2026, 4, 20)
