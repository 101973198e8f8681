"""School years"""

from datetime import date

import pytest

from pluginnovation.reference.calendar import school_year_of
from pluginnovation.reference.cohorts import cohort_of, completed, within_is_known
from pluginnovation.reference.entry_rules import last_day_to_begin
from pluginnovation.reference.year_models import (
    NINE_YEAR,
    TEN_YEAR,
    YearOutsideModel,
    next_year,
    year_in,
    year_model_on,
    years_before_leaving,
)
from tests.spec.reference.drawing import rows


def test_a_school_year_is_counted_from_july():
    for row in rows("""
        day        | school year | terms
        -----------+-------------+--------------
        2026-06-30 | 2025/26     | 2025HT 2026VT
        2026-07-01 | 2026/27     | 2026HT 2027VT
        2027-01-01 | 2026/27     | 2026HT 2027VT
        1999-12-31 | 1999/00     | 1999HT 2000VT
    """):
        year = school_year_of(date.fromisoformat(row["day"]))
        assert (year.label, " ".join(year.terms)) == (row["school year"], row["terms"]), row
        assert year.first <= date.fromisoformat(row["day"]) <= year.last


def test_from_the_autumn_of_2028_compulsory_school_has_ten_years():
    """The preschool class becomes year 1, and every number is one higher. How many years are left is the same."""
    for row in rows("""
        nine years | ten years | left
        -----------+-----------+-----
        0          | 1         | 9
        1          | 2         | 8
        5          | 6         | 4
        9          | 10        | 0
    """):
        nine, ten = int(row["nine years"]), int(row["ten years"])
        assert (year_in(nine, NINE_YEAR, to=TEN_YEAR), year_in(ten, TEN_YEAR, to=NINE_YEAR)) == (ten, nine)
        assert years_before_leaving(nine, NINE_YEAR) == years_before_leaving(ten, TEN_YEAR) == int(row["left"])
    assert [year_in(year, NINE_YEAR, to=TEN_YEAR) for year in range(5, 10)] == [6, 7, 8, 9, 10]


def test_the_model_is_that_of_the_day():
    for row in rows("""
        day        | model
        -----------+----------
        2026-10-01 | nine_year
        2028-06-30 | nine_year
        2028-07-01 | ten_year
    """):
        assert year_model_on(date.fromisoformat(row["day"])).name == row["model"], row


def test_pupils_move_up_over_the_change_too():
    """Whoever was in the preschool class in the spring of 2028 begins year 2."""
    for row in rows("""
        year | ended      | begins     | next
        -----+------------+------------+-----
        0    | 2028-06-10 | 2028-08-20 | 2
        8    | 2028-06-10 | 2028-08-20 | 10
        8    | 2027-06-10 | 2027-08-20 | 9
        9    | 2028-06-10 | 2028-08-20 |
        9    | 2029-06-10 | 2029-08-20 | 10
        10   | 2029-06-10 | 2029-08-20 |
    """):
        ended, begins = (date.fromisoformat(row[name]) for name in ("ended", "begins"))
        found = next_year(int(row["year"]), ended=ended, begins=begins)
        assert found == (int(row["next"]) if row["next"] else None), row


@pytest.mark.parametrize(("year", "model"), [(10, NINE_YEAR), (-1, NINE_YEAR), (0, TEN_YEAR), (11, TEN_YEAR)])
def test_a_number_that_the_model_does_not_have_is_refused(year, model):
    with pytest.raises(YearOutsideModel, match=f"Year {year} is not one of"):
        years_before_leaving(year, model)


def test_a_cohort_is_the_school_year_of_the_first_start():
    starts = [date(2025, 1, 8), date(2023, 8, 21), date(2024, 8, 19)]
    assert cohort_of(starts).label == "2023/24"
    assert cohort_of([]) is None


def test_within_so_many_years_is_before_the_first_of_july_and_the_autumn_after_is_told_apart():
    cohort = school_year_of(date(2023, 8, 21))
    for row in rows("""
        issued     | years | within | autumn after
        -----------+-------+--------+-------------
        2026-06-10 | 3     | yes    | no
        2026-06-30 | 3     | yes    | no
        2026-07-01 | 3     | no     | yes
        2026-12-31 | 3     | no     | yes
        2027-01-01 | 3     | no     | no
        2027-01-01 | 4     | yes    | no
                   | 4     | no     | no
    """):
        issued = date.fromisoformat(row["issued"]) if row["issued"] else None
        found = completed(cohort, issued, years=int(row["years"]))
        assert (found.within, found.autumn_after) == (row["within"] == "yes", row["autumn after"] == "yes"), row
    assert not within_is_known(cohort, years=3, as_of=date(2026, 6, 30))
    assert within_is_known(cohort, years=3, as_of=date(2026, 7, 1))


def test_upper_secondary_school_begins_at_the_latest_in_the_spring_one_turns_twenty():
    assert last_day_to_begin(date(2008, 1, 1)) == last_day_to_begin(date(2008, 12, 31)) == date(2028, 6, 30)
    assert last_day_to_begin(date(2008, 2, 29)) == date(2028, 6, 30)
