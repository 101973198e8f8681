"""School calendars"""

from datetime import date

from pluginnovation.reference.calendar import term_named
from pluginnovation.reference.holidays import is_public_holiday, public_holidays
from pluginnovation.reference.school_calendar import SchoolCalendar, calendar_of
from tests.spec.reference.drawing import rows

CALENDAR = """
    kind      | first      | last
    ----------+------------+-----------
    term      | 2025-08-18 | 2025-12-19
    term      | 2026-01-08 | 2026-06-12
    holiday   | 2025-10-27 | 2025-10-31
    study_day | 2026-03-13 | 2026-03-13
"""
SAID = {True: "yes", False: "no", None: "?"}


def calendar() -> SchoolCalendar:
    drawn = rows(CALENDAR)
    return calendar_of((r["kind"], date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in drawn)


def test_a_school_day_is_a_weekday_in_a_term_that_is_no_holiday_and_no_study_day():
    """Beyond what the calendar reaches it is unknown, but for days on which no school is open."""
    for row in rows("""
        day        | open
        -----------+-----
        2025-08-18 | yes
        2025-08-17 | no
        2025-08-15 | ?
        2025-10-27 | no
        2025-10-31 | no
        2025-11-03 | yes
        2025-12-19 | yes
        2025-12-22 | no
        2026-01-06 | no
        2026-01-07 | no
        2026-01-08 | yes
        2026-03-13 | no
        2026-04-03 | no
        2026-05-14 | no
        2026-06-12 | yes
        2026-06-15 | ?
        2026-12-25 | no
    """):
        assert SAID[calendar().is_school_day(date.fromisoformat(row["day"]))] == row["open"], row


def test_days_are_counted_only_where_the_calendar_reaches():
    assert calendar().school_days(date(2025, 10, 20), date(2025, 11, 7)) == 10
    assert calendar().school_days(date(2025, 10, 25), date(2025, 10, 26)) == 0
    assert calendar().school_days(date(2026, 6, 8), date(2026, 6, 15)) is None
    assert SchoolCalendar(()).is_school_day(date(2025, 10, 20)) is None


def test_the_term_is_the_calendars_own_where_it_has_one():
    """After a spring term's end and until August it is still that term; before its first day it is the usual one."""
    for row in rows("""
        day        | term   | first      | last
        -----------+--------+------------+-----------
        2025-10-01 | 2025HT | 2025-08-18 | 2025-12-19
        2025-08-18 | 2025HT | 2025-08-18 | 2025-12-19
        2025-08-17 | 2025HT | 2025-08-01 | 2025-12-31
        2025-12-24 | 2025HT | 2025-08-18 | 2025-12-19
        2026-01-02 | 2026VT | 2026-01-01 | 2026-07-31
        2026-06-12 | 2026VT | 2026-01-08 | 2026-06-12
        2026-07-20 | 2026VT | 2026-01-08 | 2026-06-12
        2026-08-05 | 2026HT | 2026-08-01 | 2026-12-31
    """):
        term = calendar().term(date.fromisoformat(row["day"]))
        told = (term.name, term.first.isoformat(), term.last.isoformat())
        assert told == (row["term"], row["first"], row["last"]), row


def test_public_holidays_are_those_of_the_law():
    told = [f"{each.day:%m-%d} {each.name}" for each in public_holidays(2026)]
    assert told == [
        "01-01 Nyårsdagen", "01-06 Trettondedag jul", "04-03 Långfredagen", "04-05 Påskdagen", "04-06 Annandag påsk",
        "05-01 Första maj", "05-14 Kristi himmelsfärds dag", "05-24 Pingstdagen", "06-06 Sveriges nationaldag",
        "06-20 Midsommardagen", "10-31 Alla helgons dag", "12-25 Juldagen", "12-26 Annandag jul",
    ]  # fmt: skip


def test_national_day_took_the_place_of_whit_monday_in_2005():
    assert [each.day for each in public_holidays(2004) if each.name == "Annandag pingst"] == [date(2004, 5, 31)]
    assert "Sveriges nationaldag" not in {each.name for each in public_holidays(2004)}
    assert "Annandag pingst" not in {each.name for each in public_holidays(2005)}


def test_sundays_are_public_holidays_and_saturdays_are_not():
    assert is_public_holiday(date(2026, 5, 10))
    assert not is_public_holiday(date(2026, 5, 9))
    assert is_public_holiday(date(2026, 6, 6))


def test_easter_is_where_almanacs_have_it():
    for row in rows("""
        easter     | midsummer  | all saints
        -----------+------------+-----------
        1900-04-15 | 1900-06-23 | 1900-11-03
        2000-04-23 | 2000-06-24 | 2000-11-04
        2008-03-23 | 2008-06-21 | 2008-11-01
        2011-04-24 | 2011-06-25 | 2011-11-05
        2019-04-21 | 2019-06-22 | 2019-11-02
        2024-03-31 | 2024-06-22 | 2024-11-02
        2027-03-28 | 2027-06-26 | 2027-11-06
        2038-04-25 | 2038-06-26 | 2038-11-06
        2049-04-18 | 2049-06-26 | 2049-11-06
        2076-04-19 | 2076-06-20 | 2076-10-31
        2100-03-28 | 2100-06-26 | 2100-11-06
        2200-04-06 | 2200-06-21 | 2200-11-01
    """):
        year = int(row["easter"][:4])
        days = {each.name: each.day.isoformat() for each in public_holidays(year)}
        assert (days["Påskdagen"], days["Midsommardagen"], days["Alla helgons dag"]) == tuple(row.values()), row


def test_a_term_is_known_by_its_name_either_way_round():
    for row in rows("""
        name    | term   | last
        --------+--------+-----------
        2026HT  | 2026HT | 2026-12-31
        HT2026  | 2026HT | 2026-12-31
        vt 2027 | 2027VT | 2027-07-31
        2026    |        |
        HT26    |        |
                |        |
    """):
        term = term_named(row["name"] or None)
        assert ((term.name, term.last.isoformat()) if term else ("", "")) == (row["term"], row["last"]), row
