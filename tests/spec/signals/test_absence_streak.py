"""Absence streak"""

from datetime import date

from pluginnovation.signals.absence_streak import absence_streak


def test_school_days_away_altogether_are_counted_back_from_the_last_one(spec):
    """A day counts when all that was reported on it is absence, excused or not. Days without any reported lesson
    are no school days, and break nothing. 5, 10 and 20 days are reached at exactly that."""
    spec(
        absence_streak,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | excused | unexcused
            ------+------------------------+---------+-------------+---------+----------
            four  | 2026-04-10             |      60 | yes         |         |
            four  | 2026-04-13..2026-04-16 |      60 | yes         |      20 |        40
            four  | 2026-04-16             |      60 | no          |         |
            five  | 2026-04-10             |      60 | yes         |      59 |
            five  | 2026-04-13..2026-04-15 |      60 | yes         |      60 |
            five  | 2026-04-16             |      60 | no          |         |
            five  | 2026-04-17..2026-04-20 |      60 | yes         |         |        60
            back  | 2026-04-13..2026-04-22 |      60 | yes         |         |        60
            back  | 2026-04-23             |      60 | yes         |         |        60
            back  | 2026-04-23             |      60 | yes         |         |        59
            ten   | 2026-04-10..2026-04-23 |      60 | yes         |      60 |
            twen  | 2026-03-27..2026-04-23 |      60 | yes         |      60 |
        """,
        then="""
            pupil | value | unit | level | raised | rests_from | rests_to   | last_true
            ------+-------+------+-------+--------+------------+------------+-----------
            four  | 4     | days |     0 | no     | 2026-04-13 | 2026-04-16 | 2026-04-16
            five  | 5     | days |     1 | yes    | 2026-04-13 | 2026-04-20 | 2026-04-20
            back  | 0     | days |     0 | no     | 2026-04-23 | 2026-04-23 | 2026-04-23
            ten   | 10    | days |     2 | yes    | 2026-04-10 | 2026-04-23 | 2026-04-23
            twen  | 20    | days |     3 | yes    | 2026-03-27 | 2026-04-23 | 2026-04-23
        """,
    )


def test_a_streak_may_have_begun_long_before_any_window(spec):
    """Mira has been away since September. Noor was there on 2 February, and Omar only ever after the day asked
    about."""
    spec(
        absence_streak,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2025-08-27..2025-08-29 |      60 |        60
            mira  | 2025-09-01             |      60 |
            mira  | 2025-09-02..2025-09-05 |      60 |        60
            mira  | 2026-04-20..2026-04-21 |      60 |        60
            noor  | 2025-09-02..2025-09-05 |      60 |        60
            noor  | 2026-02-02             |      60 |        30
            noor  | 2026-04-20             |      60 |        60
            omar  | 2026-04-20             |      60 |        60
            omar  | 2026-04-24             |      60 |        60
            omar  | 2026-04-27             |      60 |
        """,
        then="""
            pupil | value | rests_from
            ------+-------+-----------
            mira  | 6     | 2025-09-02
            noor  | 1     | 2026-04-20
            omar  | 1     | 2026-04-20
        """,
    )


def test_it_is_about_pupils_with_a_reported_lesson_in_28_days(spec):
    """Nothing was reported about Quiet, and Past has no lesson since 26 March: no result. Where only sums are
    known, the days are unknown."""
    spec(
        absence_streak,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | unexcused
            ------+------------------------+---------+-------------+----------
            quiet | 2026-03-25..2026-03-26 |      60 | yes         |        60
            quiet | 2026-04-13..2026-04-17 |      60 | no          |
            past  | 2026-03-16..2026-03-26 |      60 | yes         |        60
            edge  | 2026-03-16..2026-03-27 |      60 | yes         |        60
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-13 | 2026-04-19 |    1000 |     1000 |        0 |       0 |      1000
        """,
        then="""
            pupil | value | level | raised
            ------+-------+-------+-------
            edge  | 10    |     2 | yes
            sums  |       |       |
        """,
    )


def test_days_outside_every_enrolment_are_not_counted(spec):
    """The day that Ali was there, between two schools, isn't his; nor are the days before he began."""
    spec(
        absence_streak,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            ali   | 2026-01-12..2026-01-16 |      60 |        60
            ali   | 2026-04-13..2026-04-15 |      60 |        60
            ali   | 2026-04-16             |      60 |
            ali   | 2026-04-17             |      60 |        60
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            ali   | north        | GR          | 2026-04-13 | 2026-04-15
            ali   | south        | GR          | 2026-04-17 |
        """,
        then="""
            pupil | value | rests_from
            ------+-------+-----------
            ali   | 4     | 2026-04-13
        """,
    )
