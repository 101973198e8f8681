"""Subject avoidance over 28 days"""

from datetime import date

from pluginnovation.signals.subject_avoidance import subject_avoidance


def test_one_subject_stands_out_when_it_is_missed_and_the_rest_is_not(spec):
    """Mira is away half of mathematics and 2 % of the rest. 30 % in the subject is enough, just under isn't; the
    rest must be under 10 %, and exactly 10 % is too much."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | excused | unexcused
            ------+------------------------+----------+---------+---------+----------
            mira  | 2026-04-13..2026-04-17 | MA       |     100 |      20 |        30
            mira  | 2026-04-13..2026-04-17 | SV       |     100 |       2 |
            mira  | 2026-04-13..2026-04-17 | EN       |     100 |       2 |
            noor  | 2026-04-13..2026-04-17 | MA       |     100 |      30 |
            noor  | 2026-04-13..2026-04-17 | SV       |     100 |         |
            omar  | 2026-04-13..2026-04-16 | MA       |     100 |      30 |
            omar  | 2026-04-17             | MA       |     100 |      29 |
            omar  | 2026-04-13..2026-04-17 | SV       |     100 |         |
            pia   | 2026-04-13..2026-04-17 | MA       |     100 |     100 |
            pia   | 2026-04-13..2026-04-17 | SV       |     100 |      10 |
            rut   | 2026-04-13..2026-04-17 | MA       |     100 |     100 |
            rut   | 2026-04-13..2026-04-16 | SV       |     100 |      10 |
            rut   | 2026-04-17             | SV       |     100 |       9 |
        """,
        then="""
            pupil | value | unit              | level | raised | rests_activity | detail_1 | detail_2 | detail_3
            ------+-------+-------------------+-------+--------+----------------+----------+----------+---------
            mira  | 48    | percentage_points |     2 | yes    | MA             |      250 |      500 |       20
            noor  | 30    | percentage_points |     1 | yes    | MA             |      150 |      500 |        0
            omar  | 0     | percentage_points |     0 | no     |                |      149 |      500 |        0
            pia   | 0     | percentage_points |     0 | no     |                |      500 |      500 |      100
            rut   | 90.2  | percentage_points |     3 | yes    | MA             |      500 |      500 |       98
        """,
    )


def test_the_levels_are_reached_at_exactly_20_40_and_60_points(spec):
    """The gap between the two shares, compared without dividing."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | excused
            ------+------------------------+----------+---------+--------
            a     | 2026-04-13..2026-04-17 | MA       |     300 |     101
            a     | 2026-04-13..2026-04-17 | SV       |     300 |      26
            b     | 2026-04-13..2026-04-17 | MA       |     100 |      45
            b     | 2026-04-13..2026-04-17 | SV       |     100 |       5
            c     | 2026-04-13..2026-04-17 | MA       |     100 |      44
            c     | 2026-04-13..2026-04-17 | SV       |     100 |       5
            d     | 2026-04-13..2026-04-17 | MA       |     100 |      69
            d     | 2026-04-13..2026-04-17 | SV       |     100 |       9
            e     | 2026-04-13..2026-04-17 | MA       |     100 |      68
            e     | 2026-04-13..2026-04-17 | SV       |     100 |       9
        """,
        then="""
            pupil | value | level
            ------+-------+------
            a     | 25    |     1
            b     | 40    |     2
            c     | 39    |     1
            d     | 60    |     3
            e     | 59    |     2
        """,
    )


def test_an_activity_is_looked_at_from_120_reported_minutes_and_80_percent(spec):
    """119 minutes of mathematics aren't enough to speak of, nor is an activity of which too little was reported.
    The other rows of the pupil are all rows outside the activity, small and unreported activities too."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | is_reported | excused
            ------+------------------------+----------+---------+-------------+--------
            small | 2026-04-13             | MA       |     119 | yes         |     119
            small | 2026-04-13..2026-04-17 | SV       |     500 | yes         |      20
            large | 2026-04-13             | MA       |     120 | yes         |     120
            large | 2026-04-13..2026-04-17 | SV       |     500 | yes         |      20
            gappy | 2026-04-13..2026-04-16 | MA       |     100 | yes         |     100
            gappy | 2026-04-17             | MA       |     101 | no          |
            gappy | 2026-04-13..2026-04-17 | SV       |     900 | yes         |
            gappy | 2026-04-13..2026-04-17 | EN       |     900 | yes         |      10
            tiny  | 2026-04-13..2026-04-17 | MA       |      20 | yes         |
            tiny  | 2026-04-13..2026-04-17 | SV       |      20 | yes         |      20
        """,
        then="""
            pupil | value | level | rests_activity | detail_text
            ------+-------+-------+----------------+------------
            small | 0     |     0 |                | SV
            large | 96    |     3 | MA             | MA
            gappy | 0     |     0 |                | EN
            tiny  | 0     |     0 |                |
        """,
    )


def test_the_lowest_activity_id_decides_a_tie(spec):
    """Half of EN and half of MA are missed; EN it is. The rest holds MA and is then too much."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | excused
            ------+------------------------+----------+---------+--------
            mira  | 2026-04-13..2026-04-17 | MA       |     100 |      50
            mira  | 2026-04-13..2026-04-17 | EN       |      50 |      25
            mira  | 2026-04-13..2026-04-17 | SV       |     900 |
        """,
        then="""
            pupil | value               | level | rests_activity | detail_2
            ------+---------------------+-------+----------------+---------
            mira  | 45                  |     2 | EN             |      250
        """,
    )


def test_it_is_unknown_when_there_is_nothing_to_compare_with(spec):
    """One activity only; or too little reported in the others, however the first looks; or fewer than five school
    days."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | is_reported | excused
            ------+------------------------+----------+---------+-------------+--------
            one   | 2026-04-13..2026-04-17 | MA       |     100 | yes         |     100
            tiny  | 2026-04-13..2026-04-17 | MA       |      20 | yes         |      20
            rest  | 2026-04-13..2026-04-17 | MA       |     100 | yes         |     100
            rest  | 2026-04-13..2026-04-15 | SV       |     100 | yes         |
            rest  | 2026-04-16             | SV       |     100 | no          |
            calm  | 2026-04-13..2026-04-17 | MA       |     100 | yes         |
            calm  | 2026-04-13             | SV       |     100 | no          |
            thin  | 2026-04-13..2026-04-16 | MA       |     100 | yes         |     100
            thin  | 2026-04-13..2026-04-16 | SV       |     100 | yes         |
        """,
        then="""
            pupil | value | level | raised | rests_activity | detail_text  | detail_3
            ------+-------+-------+--------+----------------+--------------+---------
            one   |       |       |        |                | one_activity |        1
            tiny  |       |       |        |                | one_activity |        1
            rest  |       |       |        |                | rest_unknown |       75
            calm  |       |       |        |                | rest_unknown |        0
            thin  |       |       |        |                | few_days     |        4
        """,
    )


def test_sums_are_given_per_activity_and_are_enough(spec):
    """Two rows of one activity are added up first. Activities whose offered minutes aren't given have no known
    share; with no other, nothing stands out."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-06 | 2026-04-12 |     100 |      100 |       50 |      50 |         0
            sums  | MA       | 2026-04-13 | 2026-04-19 |     100 |      100 |       50 |      50 |         0
            sums  | SV       | 2026-04-13 | 2026-04-19 |     500 |      500 |      500 |       0 |         0
            void  | MA       | 2026-04-13 | 2026-04-19 |         |      500 |        0 |     500 |         0
            void  | SV       | 2026-04-13 | 2026-04-19 |         |      500 |      500 |       0 |         0
        """,
        then="""
            pupil | value | level | rests_activity
            ------+-------+-------+---------------
            sums  | 50    |     2 | MA
            void  | 0     |     0 |
        """,
    )


def test_sums_without_the_absence_of_the_other_subjects_are_unknown(spec):
    """The excused minutes of Swedish aren't given: nobody knows whether the rest goes well."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            part  | MA       | 2026-04-13 | 2026-04-19 |     200 |      200 |      100 |     100 |         0
            part  | SV       | 2026-04-13 | 2026-04-19 |     500 |      500 |      500 |         |         0
        """,
        then="""
            pupil | value | level | raised | rests_activity | detail_text  | detail_3
            ------+-------+-------+--------+----------------+--------------+---------
            part  |       |       |        |                | rest_unknown |
        """,
    )


def test_lessons_before_the_window_or_outside_the_enrolment_are_left_out(spec):
    """Mathematics was missed on 26 March, and at a school before the pupil began."""
    spec(
        subject_avoidance,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | excused
            ------+------------------------+----------+---------+--------
            mira  | 2026-03-26             | MA       |     900 |     900
            mira  | 2026-04-13..2026-04-17 | MA       |     100 |
            mira  | 2026-04-13..2026-04-17 | SV       |     100 |
            ali   | 2026-04-01..2026-04-03 | MA       |     900 |     900
            ali   | 2026-04-13..2026-04-17 | MA       |     100 |
            ali   | 2026-04-13..2026-04-17 | SV       |     100 |
        """,
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            ali   | north        | GR          | 2026-04-13
        """,
        then="""
            pupil | value | level
            ------+-------+------
            mira  | 0     |     0
            ali   | 0     |     0
        """,
    )
