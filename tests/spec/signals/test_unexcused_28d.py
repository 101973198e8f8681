"""Unexcused absence over 28 days"""

from datetime import date

from pluginnovation.signals.unexcused_28d import unexcused_28d


def test_only_unexcused_minutes_count_against_all_reported_minutes(spec):
    """5, 10 and 15 % are reached at exactly that. Excused minutes are absence, but not here."""
    spec(
        unexcused_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused
            ------+------------------------+---------+---------+----------
            a     | 2026-04-13..2026-04-16 |     200 |      50 |
            a     | 2026-04-17             |     200 |      50 |        49
            b     | 2026-04-13..2026-04-17 |     200 |      50 |        10
            c     | 2026-04-13..2026-04-17 |     200 |         |        20
            d     | 2026-04-13..2026-04-17 |     200 |         |        30
            e     | 2026-03-26             |     200 |         |       200
            e     | 2026-04-13..2026-04-17 |     200 |         |
        """,
        then="""
            pupil | value | unit  | level | raised | numerator | denominator | detail_1
            ------+-------+-------+-------+--------+-----------+-------------+---------
            a     | 0.049 | share |     0 | no     |        49 |        1000 |      299
            b     | 0.05  | share |     1 | yes    |        50 |        1000 |      300
            c     | 0.1   | share |     2 | yes    |       100 |        1000 |      100
            d     | 0.15  | share |     3 | yes    |       150 |        1000 |      150
            e     | 0     | share |     0 | no     |         0 |        1000 |        0
        """,
    )


def test_it_is_unknown_as_absence_over_28_days_is(spec):
    """Under 80 % reported, or fewer than five school days: unknown, however much of it is unexcused."""
    spec(
        unexcused_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | unexcused
            ------+------------------------+---------+-------------+----------
            least | 2026-04-13..2026-04-17 |      80 | yes         |        80
            least | 2026-04-20             |     101 | no          |
            thin  | 2026-04-13..2026-04-16 |      80 | yes         |        80
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-13 | 2026-04-19 |    1000 |      800 |      760 |         |        40
        """,
        then="""
            pupil | value | level | raised | detail_3 | detail_text
            ------+-------+-------+--------+----------+--------------------
            least |       |       |        |       79 | too_little_reported
            thin  |       |       |        |        4 | few_days
            sums  | 0.05  |     1 | yes    |          | not_told
        """,
    )
