"""Repeated absence over 28 days"""

from datetime import date

from pluginnovation.signals.repeated_absence_28d import repeated_absence_28d


def test_a_school_day_with_any_absence_counts_once(spec):
    """A lesson missed is enough, excused or not; two on one day are one day. 5, 8 and 12 days are reached at
    exactly that. 26 March is before the window."""
    spec(
        repeated_absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused
            ------+------------------------+---------+---------+----------
            a     | 2026-03-26             |      60 |         |        60
            a     | 2026-04-13..2026-04-16 |      60 |       1 |
            a     | 2026-04-13..2026-04-16 |      60 |         |        60
            a     | 2026-04-17             |      60 |         |
            b     | 2026-03-27             |      60 |         |         1
            b     | 2026-04-13..2026-04-16 |      60 |         |         1
            c     | 2026-04-13..2026-04-22 |      60 |         |        60
            d     | 2026-04-08..2026-04-23 |      60 |      60 |
        """,
        then="""
            pupil | value | unit | level | raised | school_days | numerator
            ------+-------+------+-------+--------+-------------+----------
            a     | 4     | days |     0 | no     |           5 |
            b     | 5     | days |     1 | yes    |           5 |
            c     | 8     | days |     2 | yes    |           8 |
            d     | 12    | days |     3 | yes    |          12 |
        """,
    )


def test_lateness_alone_is_not_a_day_away(spec):
    """Ten late minutes inside ten unexcused ones are lateness; an eleventh minute is absence. Lateness is taken
    off lesson by lesson, never more than the lesson's own unexcused minutes, and added up over the day."""
    spec(
        repeated_absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date       | offered | excused | unexcused | late
            ------+------------+---------+---------+-----------+-----
            late  | 2026-04-13 |      60 |         |        10 |   10
            away  | 2026-04-13 |      60 |         |        11 |   10
            more  | 2026-04-13 |      60 |         |         5 |   20
            more  | 2026-04-13 |      60 |         |         1 |
            ill   | 2026-04-13 |      60 |      10 |           |   10
        """,
        then="""
            pupil | value
            ------+------
            late  | 0
            away  | 1
            more  | 1
            ill   | 1
        """,
    )


def test_where_lateness_is_not_absence_nothing_is_taken_off(spec):
    """Late minutes then lie inside the attended ones."""
    spec(
        repeated_absence_28d,
        as_of=date(2026, 4, 23),
        lateness_is_absence=False,
        given="""
            pupil | date       | offered | unexcused | late
            ------+------------+---------+-----------+-----
            late  | 2026-04-13 |      60 |           |   10
            away  | 2026-04-13 |      60 |        10 |   10
        """,
        then="""
            pupil | value
            ------+------
            late  | 0
            away  | 1
        """,
    )


def test_days_are_unknown_where_only_sums_are_known_and_unreported_days_are_no_school_days(spec):
    """Sums tell minutes, not days. A pupil about whom nothing is reported was not away on any school day."""
    spec(
        repeated_absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported
            ------+------------------------+---------+------------
            quiet | 2026-04-13..2026-04-17 |      60 | no
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-13 | 2026-04-19 |    1000 |     1000 |        0 |       0 |      1000
        """,
        then="""
            pupil | value | level | raised | school_days | detail_1 | detail_2
            ------+-------+-------+--------+-------------+----------+---------
            quiet | 0     |     0 | no     |           0 |        5 |        0
            sums  |       |       |        |             |          |
        """,
    )
