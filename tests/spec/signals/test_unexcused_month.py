"""Unexcused minutes in the month"""

from datetime import date

from pluginnovation.signals.unexcused_month import unexcused_month


def test_minutes_are_counted_from_the_first_of_the_month_up_to_the_day(spec):
    """1 April and 23 April count; 31 March and 24 April don't. 240, 480 and 960 minutes are reached at exactly
    that."""
    spec(
        unexcused_month,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date       | offered | excused | unexcused
            ------+------------+---------+---------+----------
            a     | 2026-03-31 |     500 |         |       500
            a     | 2026-04-01 |     200 |      80 |       120
            a     | 2026-04-23 |     119 |         |       119
            a     | 2026-04-24 |     500 |         |       500
            b     | 2026-04-01 |     240 |         |       240
            c     | 2026-04-01 |     480 |         |       480
            d     | 2026-04-01 |     480 |         |       480
            d     | 2026-04-02 |     480 |         |       480
            none  | 2026-03-31 |     480 |         |       480
        """,
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            a     | upper        | GY          | 2025-08-18
            b     | upper        | GY          | 2025-08-18
            c     | upper        | GYS         | 2025-08-18
            d     | upper        | GY          | 2025-08-18
            none  | upper        | GY          | 2025-08-18
        """,
        then="""
            pupil | value | unit    | level | raised | numerator | denominator | rests_from | rests_to
            ------+-------+---------+-------+--------+-----------+-------------+------------+-----------
            a     | 239   | minutes |     0 | no     |           |             | 2026-04-01 | 2026-04-23
            b     | 240   | minutes |     1 | yes    |           |             | 2026-04-01 | 2026-04-01
            c     | 480   | minutes |     2 | yes    |           |             | 2026-04-01 | 2026-04-01
            d     | 960   | minutes |     3 | yes    |           |             | 2026-04-01 | 2026-04-02
        """,
    )


def test_it_is_about_upper_secondary_school_some_day_of_the_month(spec):
    """An enrolment there that ended on the 1st, or that begins on the 30th, overlaps April. One that ended in
    March doesn't, and compulsory school isn't upper secondary."""
    spec(
        unexcused_month,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date       | offered | unexcused
            ------+------------+---------+----------
            ended | 2026-04-01 |      60 |        60
            soon  | 2026-04-01 |      60 |        60
            march | 2026-04-01 |      60 |        60
            comp  | 2026-04-01 |      60 |        60
            nokn  | 2026-04-01 |      60 |        60
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            ended | upper        | GY          | 2025-08-18 | 2026-04-01
            soon  | upper        | GY          | 2026-04-30 |
            soon  | nine         | GR          | 2025-08-18 | 2026-04-29
            march | upper        | GY          | 2025-08-18 | 2026-03-31
            march | other        | GR          | 2026-04-01 |
            comp  | nine         | GR          | 2025-08-18 |
        """,
        then="""
            pupil | value
            ------+------
            ended | 60
            soon  | 60
        """,
    )


def test_sums_count_in_the_month_that_they_end_in(spec):
    """Sums that leave the unexcused minutes out are unknown. No thin window and no coverage is asked of minutes."""
    spec(
        unexcused_month,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            sums  | upper        | GY          | 2025-08-18
            void  | upper        | GY          | 2025-08-18
            late  | upper        | GY          | 2025-08-18
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-03-23 | 2026-04-01 |     600 |      600 |      300 |       0 |       300
            sums  | SV       | 2026-03-23 | 2026-03-31 |     600 |      600 |      300 |       0 |       300
            sums  | SV       | 2026-04-01 | 2026-04-23 |         |          |          |         |       200
            void  | MA       | 2026-04-01 | 2026-04-23 |     600 |      600 |      300 |     300 |
            late  | MA       | 2026-04-01 | 2026-04-24 |     600 |      600 |      300 |       0 |       300
        """,
        then="""
            pupil | value | level | raised
            ------+-------+-------+-------
            sums  | 500   |     2 | yes
            void  |       |       |
        """,
    )
