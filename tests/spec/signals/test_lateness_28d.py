"""Lateness over 28 days"""

from datetime import date

from pluginnovation.signals.lateness_28d import lateness_28d


def test_every_lesson_with_a_late_minute_counts(spec):
    """Lessons, not days or minutes. 5, 10 and 15 are reached at exactly that, and 26 March is before the window."""
    spec(
        lateness_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused | late
            ------+------------------------+---------+-----------+-----
            a     | 2026-03-26             |      60 |         5 |    5
            a     | 2026-04-13..2026-04-14 |      60 |        40 |   40
            a     | 2026-04-13..2026-04-14 |      60 |         1 |    1
            a     | 2026-04-15             |      60 |        60 |
            b     | 2026-03-27             |      60 |         1 |    1
            b     | 2026-04-13..2026-04-16 |      60 |         1 |    1
            c     | 2026-04-13..2026-04-17 |      60 |         1 |    1
            c     | 2026-04-13..2026-04-17 |      60 |         1 |    1
            d     | 2026-04-13..2026-04-17 |      60 |         1 |    1
            d     | 2026-04-13..2026-04-17 |      60 |         1 |    1
            d     | 2026-04-13..2026-04-17 |      60 |         1 |    1
        """,
        then="""
            pupil | value | unit    | level | raised | detail_1 | detail_2 | numerator
            ------+-------+---------+-------+--------+----------+----------+----------
            a     | 4     | lessons |     0 | no     |        5 |        5 |
            b     | 5     | lessons |     1 | yes    |        5 |        5 |
            c     | 10    | lessons |     2 | yes    |       10 |       10 |
            d     | 15    | lessons |     3 | yes    |       15 |       15 |
        """,
    )


def test_lateness_counts_whether_or_not_it_is_absence(spec):
    """Where lateness isn't absence, the late minutes lie inside the attended ones and are lateness all the same.
    Where only sums are known, lateness is unknown."""
    spec(
        lateness_28d,
        as_of=date(2026, 4, 23),
        lateness_is_absence=False,
        given="""
            pupil | date                   | offered | is_reported | late
            ------+------------------------+---------+-------------+-----
            late  | 2026-04-13..2026-04-17 |      60 | yes         |   10
            quiet | 2026-04-13..2026-04-17 |      60 | no          |
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-13 | 2026-04-19 |    1000 |     1000 |      900 |       0 |       100
        """,
        then="""
            pupil | value | level | detail_2
            ------+-------+-------+---------
            late  | 5     |     1 |        5
            quiet | 0     |     0 |        0
            sums  |       |       |
        """,
    )
