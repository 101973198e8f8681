"""Rising absence"""

from datetime import date

from pluginnovation.signals.rising_absence import rising_absence


def test_the_rise_is_the_share_now_minus_the_share_before(spec):
    """The 28 days before are 27 February to 26 March. 10, 15 and 20 percentage points are reached at exactly
    that, also where neither share is a round number: from 1 of 3 to 8 of 15 is 20 points. A fall is negative."""
    spec(
        rising_absence,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused
            ------+------------------------+---------+---------+----------
            a     | 2026-03-09..2026-03-13 |     200 |         |        10
            a     | 2026-04-13..2026-04-16 |     200 |      30 |
            a     | 2026-04-17             |     200 |      29 |
            b     | 2026-03-09..2026-03-13 |     200 |      10 |
            b     | 2026-04-13..2026-04-17 |     200 |         |        30
            c     | 2026-03-09..2026-03-13 |     200 |      10 |
            c     | 2026-04-13..2026-04-17 |     200 |         |        40
            d     | 2026-03-09..2026-03-13 |      60 |         |        20
            d     | 2026-04-13..2026-04-17 |     150 |         |        80
            e     | 2026-03-09..2026-03-13 |     200 |      40 |
            e     | 2026-04-13..2026-04-17 |     200 |         |        10
        """,
        then="""
            pupil | value | unit              | level | numerator | detail_1 | detail_2 | rests_from | rests_to
            ------+-------+-------------------+-------+-----------+----------+----------+------------+-----------
            a     | 9.9   | percentage_points |     0 |           |       50 |      149 | 2026-03-09 | 2026-04-17
            b     | 10    | percentage_points |     1 |           |       50 |      150 | 2026-03-09 | 2026-04-17
            c     | 15    | percentage_points |     2 |           |       50 |      200 | 2026-03-09 | 2026-04-17
            d     | 20    | percentage_points |     3 |           |      333 |      533 | 2026-03-09 | 2026-04-17
            e     | -15   | percentage_points |     0 |           |      200 |       50 | 2026-03-09 | 2026-04-17
        """,
    )


def test_the_two_windows_meet_between_26_and_27_march(spec):
    """Absence on 26 March and on 27 February is before; on 27 March it is now; on 26 February it is neither."""
    spec(
        rising_absence,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2026-02-26             |     900 |       900
            mira  | 2026-02-27             |     100 |       100
            mira  | 2026-03-09..2026-03-11 |     100 |
            mira  | 2026-03-26             |     100 |       100
            mira  | 2026-03-27             |     100 |       100
            mira  | 2026-04-13..2026-04-16 |     100 |
        """,
        then="""
            pupil | value | level
            ------+-------+------
            mira  | -20   |     0
        """,
    )


def test_it_is_unknown_when_either_share_is(spec):
    """Each window needs its own five school days and its own 80 %. A pupil with rows before only has no result;
    sums may stand for one of the windows."""
    spec(
        rising_absence,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | unexcused
            ------+------------------------+---------+-------------+----------
            thin  | 2026-03-09..2026-03-12 |     100 | yes         |
            thin  | 2026-04-13..2026-04-17 |     100 | yes         |        50
            now   | 2026-03-09..2026-03-13 |     100 | yes         |
            now   | 2026-04-13..2026-04-16 |     100 | yes         |        50
            gap   | 2026-03-09..2026-03-13 |     100 | yes         |
            gap   | 2026-03-16..2026-03-17 |     100 | no          |
            gap   | 2026-04-13..2026-04-17 |     100 | yes         |        50
            new   | 2026-04-13..2026-04-17 |     100 | yes         |        50
            past  | 2026-03-09..2026-03-13 |     100 | yes         |
            mixed | 2026-04-13..2026-04-17 |     100 | yes         |        50
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            mixed | MA       | 2026-02-23 | 2026-02-27 |    1000 |     1000 |      900 |     100 |         0
        """,
        then="""
            pupil | value | level | raised | detail_3 | detail_text
            ------+-------+-------+--------+----------+---------------------------
            thin  |       |       |        |        4 | before few_days
            now   |       |       |        |        4 | now few_days
            gap   |       |       |        |       71 | before too_little_reported
            new   |       |       |        |          | before nothing_reported
            mixed | 40    |     3 | yes    |          |
        """,
    )
