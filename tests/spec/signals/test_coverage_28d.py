"""Coverage over 28 days"""

from datetime import date

from pluginnovation.signals.coverage_28d import coverage_28d


def test_it_is_raised_below_the_limit_and_not_at_it(spec):
    """Exactly 80 % reported is enough; a minute less gives the first level, under 60 % the second and under 40 %
    the third. The figures were true on the last day with a lesson, reported or not."""
    spec(
        coverage_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date       | offered | is_reported
            ------+------------+---------+------------
            a     | 2026-04-13 |     400 | yes
            a     | 2026-04-14 |     100 | no
            b     | 2026-04-13 |     399 | yes
            b     | 2026-04-14 |     101 | no
            c     | 2026-04-13 |     300 | yes
            c     | 2026-04-14 |     200 | no
            d     | 2026-04-13 |     299 | yes
            d     | 2026-04-14 |     201 | no
            e     | 2026-04-13 |     199 | yes
            e     | 2026-04-14 |     301 | no
            f     | 2026-03-26 |     500 | yes
            f     | 2026-03-27 |     500 | no
        """,
        then="""
            pupil | value | unit    | level | raised | numerator | denominator | last_true
            ------+-------+---------+-------+--------+-----------+-------------+-----------
            a     | 80    | percent |     0 | no     |       400 |         500 | 2026-04-14
            b     | 79.8  | percent |     1 | yes    |       399 |         500 | 2026-04-14
            c     | 60    | percent |     1 | yes    |       300 |         500 | 2026-04-14
            d     | 59.8  | percent |     2 | yes    |       299 |         500 | 2026-04-14
            e     | 39.8  | percent |     3 | yes    |       199 |         500 | 2026-04-14
            f     | 0     | percent |     3 | yes    |         0 |         500 | 2026-03-27
        """,
    )


def test_it_is_unknown_when_nobody_says_what_was_offered(spec):
    """Sums without offered minutes, or with nothing offered. A single reported lesson is no thin window here."""
    spec(
        coverage_28d,
        as_of=date(2026, 4, 23),
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-13 | 2026-04-19 |    1000 |          |      500 |     100 |       100
            void  | MA       | 2026-04-13 | 2026-04-19 |         |     1000 |      900 |       0 |       100
            zero  | MA       | 2026-04-13 | 2026-04-19 |       0 |        0 |        0 |       0 |         0
        """,
        then="""
            pupil | value | level | raised | numerator | denominator
            ------+-------+-------+--------+-----------+------------
            sums  | 70    |     1 | yes    |       700 |        1000
            void  |       |       |        |      1000 |
            zero  |       |       |        |         0 |           0
        """,
    )
