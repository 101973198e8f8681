"""What holds for any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.reference.calendar import school_year_of, term_named, term_of
from pluginnovation.reference.holidays import easter_day, public_holidays
from pluginnovation.reference.school_calendar import HOLIDAY, STUDY_DAY, TERM, Period, SchoolCalendar
from pluginnovation.reference.year_models import NINE_YEAR, TEN_YEAR, next_year, year_in, year_model_on

days = st.dates(date(1994, 1, 1), date(2060, 12, 31))
years = st.integers(NINE_YEAR.first, NINE_YEAR.last)


@given(days)
def test_a_day_is_in_its_school_year_and_its_term_and_their_names_lead_back(day):
    year, term = school_year_of(day), term_of(day)
    assert year.first <= day <= year.last
    assert term.first <= day <= term.last
    assert term_named(term.name) == term
    assert day.month == 7 or term.name in year.terms


@given(years)
def test_a_year_under_the_other_model_leads_back(year):
    assert year_in(year_in(year, NINE_YEAR, to=TEN_YEAR), TEN_YEAR, to=NINE_YEAR) == year


@given(years, days)
def test_moving_up_every_autumn_leads_to_the_final_year_whenever_one_began(year, spring):
    ended = spring.replace(month=6, day=1)
    year = year_in(year, NINE_YEAR, to=year_model_on(ended))
    left = year_model_on(ended).last - year
    for _ in range(left):
        year = next_year(year, ended=ended, begins=ended.replace(month=8))
        ended = ended.replace(year=ended.year + 1)
    assert year == year_model_on(ended).last
    assert next_year(year, ended=ended, begins=ended.replace(month=8)) is None


@given(st.integers(1900, 2400))
def test_easter_is_a_sunday_from_22_march_to_25_april(year):
    easter = easter_day(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    assert len({holiday.day for holiday in public_holidays(year)}) >= 12


periods = st.builds(
    lambda kind, first, length: Period(kind, first, first + timedelta(days=length)),
    st.sampled_from((TERM, TERM, HOLIDAY, STUDY_DAY)),
    st.dates(date(2025, 8, 1), date(2026, 6, 30)),
    st.integers(0, 120),
)


@given(
    st.lists(periods, max_size=6), st.dates(date(2025, 8, 1), date(2026, 9, 1)), st.integers(0, 90), st.integers(0, 90)
)
def test_school_days_of_two_stretches_add_up(made, first, one, two):
    calendar = SchoolCalendar(tuple(made))
    middle, last = first + timedelta(days=one), first + timedelta(days=one + 1 + two)
    parts = calendar.school_days(first, middle), calendar.school_days(middle + timedelta(days=1), last)
    whole = calendar.school_days(first, last)
    assert whole == (None if None in parts else sum(parts))
    assert calendar.school_days(last, first - timedelta(days=1)) == 0
    assert SchoolCalendar(tuple(reversed(made))).school_days(first, last) == whole
    assert SchoolCalendar(tuple(reversed(made))).term(first) == calendar.term(first)
