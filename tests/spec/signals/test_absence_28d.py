"""Absence over 28 days"""

from datetime import date

from pluginnovation.signals.absence_28d import absence_28d


def test_a_lesson_nobody_reported_is_unknown_not_attended(spec):
    """Mira missed 60 of 300 reported minutes: exactly 20 %, so the signal has its highest level. Nobody reported
    her lesson on Monday the 20th; exactly 80 % of what was offered is reported, which is enough. One minute less
    of that is not enough for Noor. Nothing was reported about Sami. A share that is unknown still tells its
    minutes."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | excused | unexcused
            ------+------------------------+---------+-------------+---------+----------
            mira  | 2026-04-13..2026-04-16 |      60 | yes         |         |
            mira  | 2026-04-17             |      60 | yes         |      20 |        40
            mira  | 2026-04-20             |      75 | no          |         |
            noor  | 2026-04-13..2026-04-17 |      60 | yes         |         |
            noor  | 2026-04-20             |      76 | no          |         |
            sami  | 2026-04-17             |      60 | no          |         |
        """,
        then="""
            pupil | value  | unit  | level | raised | numerator | denominator | last_true  | rests_from | rests_to
            ------+--------+-------+-------+--------+-----------+-------------+------------+------------+-----------
            mira  | 60/300 | share |     3 | yes    |        60 |         300 | 2026-04-17 | 2026-04-13 | 2026-04-20
            noor  |        | share |       |        |         0 |         300 | 2026-04-17 | 2026-04-13 | 2026-04-20
            sami  |        | share |       |        |         0 |           0 |            | 2026-04-17 | 2026-04-17
        """,
    )


def test_exactly_at_a_limit_is_at_the_level(spec):
    """A level is reached at its limit: 10, 15 and 20 %. One minute under, it isn't. Excused and unexcused minutes
    count alike, and other activities agreed with the school are presence."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused | other
            ------+------------------------+---------+---------+-----------+------
            a     | 2026-04-13..2026-04-16 |     200 |         |           |
            a     | 2026-04-17             |     200 |      99 |           |   101
            b     | 2026-04-13..2026-04-16 |     200 |         |           |
            b     | 2026-04-17             |     200 |         |       100 |
            c     | 2026-04-13..2026-04-17 |     200 |      15 |        15 |
            d     | 2026-04-13..2026-04-16 |     200 |      40 |           |
            d     | 2026-04-17             |     200 |      39 |           |
            e     | 2026-04-13..2026-04-17 |     200 |         |        40 |
            f     | 2026-04-13..2026-04-17 |     200 |         |           |
        """,
        then="""
            pupil | value | level | raised
            ------+-------+-------+-------
            a     | 0.099 |     0 | no
            b     | 0.1   |     1 | yes
            c     | 0.15  |     2 | yes
            d     | 0.199 |     2 | yes
            e     | 0.2   |     3 | yes
            f     | 0     |     0 | no
        """,
    )


def test_the_window_is_28_days_with_both_ends(spec):
    """27 March to 23 April. What was missed on 26 March, and on 24 April, is outside. A pupil with lessons
    outside only has no result at all."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            both  | 2026-03-26             |     600 |       600
            both  | 2026-03-27             |      50 |        50
            both  | 2026-04-13..2026-04-15 |      50 |
            both  | 2026-04-23             |      50 |        50
            both  | 2026-04-24             |     600 |       600
            out   | 2026-03-26             |      60 |        60
            out   | 2026-04-24             |      60 |        60
        """,
        then="""
            pupil | value   | numerator | denominator | rests_from | rests_to
            ------+---------+-----------+-------------+------------+-----------
            both  | 100/250 |       100 |         250 | 2026-03-27 | 2026-04-23
        """,
    )


def test_fewer_than_five_school_days_are_too_thin(spec):
    """A school day is a day with any reported lesson. Four aren't enough, however many minutes they hold, and a
    fifth day that nobody reported doesn't help."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | unexcused
            ------+------------------------+---------+-------------+----------
            four  | 2026-04-13..2026-04-16 |     400 | yes         |       400
            four  | 2026-04-17             |      60 | no          |
            five  | 2026-04-13..2026-04-17 |      10 | yes         |        10
        """,
        then="""
            pupil | value | level | school_days | numerator
            ------+-------+-------+-------------+----------
            four  |       |       |           4 |      1600
            five  | 1     |     3 |           5 |        50
        """,
    )


def test_lessons_outside_every_enrolment_do_not_count(spec):
    """Ali left on 17 April and was enrolled elsewhere on the 21st: his last day counts, the lesson between
    doesn't. Bo's enrolments touch. No enrolment of Cy is known, so all of Cy's lessons count. Di has left before
    the window."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            ali   | 2026-04-13..2026-04-17 |      60 |
            ali   | 2026-04-20             |     300 |       300
            ali   | 2026-04-21             |      60 |        60
            bo    | 2026-04-13..2026-04-17 |      60 |        12
            cy    | 2026-04-13..2026-04-17 |      60 |        12
            di    | 2026-04-13..2026-04-17 |      60 |        12
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            ali   | north        | GR          | 2025-08-18 | 2026-04-17
            ali   | south        | GR          | 2026-04-21 |
            bo    | north        | GR          | 2026-04-01 | 2026-04-14
            bo    | south        | GR          | 2026-04-15 | 2026-04-17
            di    | north        | GR          | 2025-08-18 | 2026-03-26
        """,
        then="""
            pupil | school | value  | numerator | denominator
            ------+--------+--------+-----------+------------
            ali   | south  | 60/360 |        60 |         360
            bo    | south  | 0.2    |        60 |         300
            cy    |        | 0.2    |        60 |         300
        """,
    )


def test_the_first_and_the_last_day_of_an_enrolment_are_inside_it(spec):
    """An end date is the last day enrolled. The day before the first and the day after the last aren't the pupil's."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2026-04-10             |     500 |       500
            mira  | 2026-04-13             |      60 |        60
            mira  | 2026-04-14..2026-04-16 |      60 |
            mira  | 2026-04-17             |      60 |        60
            mira  | 2026-04-20             |     500 |       500
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            mira  | north        | GR          | 2026-04-13 | 2026-04-17
        """,
        then="""
            pupil | value   | numerator | denominator | rests_from | rests_to
            ------+---------+-----------+-------------+------------+-----------
            mira  | 120/300 |       120 |         300 | 2026-04-13 | 2026-04-17
        """,
    )


def test_the_school_is_the_enrolment_that_covers_the_day(spec):
    """Of several that cover the day, the latest start decides, then the lowest id. With none, the one that ended
    last. An enrolment that hasn't begun is no school yet."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered
            ------+------------------------+--------
            two   | 2026-04-13..2026-04-17 |      60
            tie   | 2026-04-13..2026-04-17 |      60
            past  | 2026-04-13..2026-04-17 |      60
            soon  | 2026-04-13..2026-04-17 |      60
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            two   | a            | GR          | 2025-08-18 |
            two   | b            | GR          | 2026-01-08 | 2026-04-23
            two   | c            | GR          | 2026-03-01 | 2026-04-22
            tie   | b            | GR          | 2025-08-18 |
            tie   | a            | GR          | 2025-08-18 |
            past  | a            | GR          | 2026-02-01 | 2026-04-17
            past  | b            | GR          | 2025-08-18 | 2026-04-22
            soon  | a            | GR          | 2026-04-24 |
            soon  | b            | GR          | 2025-08-18 | 2026-04-20
        """,
        then="""
            pupil | school
            ------+-------
            two   | b
            tie   | a
            past  | b
            soon  | b
        """,
    )


def test_a_source_that_gives_only_sums_is_enough(spec):
    """Sums count in the window that their end date lies in, all activities of a pupil added up. Reported is what
    the source says, else the sum of its parts. Without the offered minutes, or without the absence, the share is
    unknown. A pupil with lesson rows in the window has them and not the sums. Sums tell no days, so no window is
    too thin."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            rows  | 2026-04-13..2026-04-17 |      60 |
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | other | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+-------+---------+----------
            rows  | MA       | 2026-04-13 | 2026-04-19 |    1000 |     1000 |        0 |     0 |       0 |      1000
            sums  | MA       | 2026-03-20 | 2026-03-27 |     500 |      500 |      450 |       |      25 |        25
            sums  | SV       | 2026-04-13 | 2026-04-23 |     500 |          |      400 |       |      50 |        50
            sums  | SV       | 2026-03-20 | 2026-03-26 |     500 |      500 |        0 |     0 |       0 |       500
            more  | MA       | 2026-04-13 | 2026-04-19 |         |      100 |       90 |     0 |      10 |         0
            void  | MA       | 2026-04-13 | 2026-04-19 |     100 |      100 |       90 |     0 |      10 |
            part  | MA       | 2026-04-13 | 2026-04-19 |     100 |      100 |       90 |     0 |      10 |         0
            part  | SV       | 2026-04-13 | 2026-04-19 |         |      100 |       90 |     0 |      10 |         0
            zero  | MA       | 2026-04-13 | 2026-04-19 |       0 |        0 |        0 |     0 |       0 |         0
        """,
        then="""
            pupil | value    | level | numerator | denominator | school_days | rests_from | rests_to   | last_true
            ------+----------+-------+-----------+-------------+-------------+------------+------------+-----------
            rows  | 0        |     0 |         0 |         300 |           5 | 2026-04-13 | 2026-04-17 | 2026-04-17
            sums  | 150/1000 |     2 |       150 |        1000 |             | 2026-03-20 | 2026-04-23 | 2026-04-23
            more  |          |       |        10 |         100 |             | 2026-04-13 | 2026-04-19 | 2026-04-19
            void  |          |       |           |         100 |             | 2026-04-13 | 2026-04-19 | 2026-04-19
            part  |          |       |        20 |         200 |             | 2026-04-13 | 2026-04-19 | 2026-04-19
            zero  |          |       |         0 |           0 |             | 2026-04-13 | 2026-04-19 | 2026-04-19
        """,
    )


def test_whoever_has_died_or_moved_abroad_leaves_every_list(spec):
    """By an event on or before the day, or by the person's status. Other events, and those to come, don't matter."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil  | date                   | offered
            -------+------------------------+--------
            here   | 2026-04-13..2026-04-17 |      60
            abroad | 2026-04-13..2026-04-17 |      60
            dead   | 2026-04-13..2026-04-17 |      60
            status | 2026-04-13..2026-04-17 |      60
            later  | 2026-04-13..2026-04-17 |      60
            left   | 2026-04-13..2026-04-17 |      60
        """,
        pupils="""
            pupil  | status
            -------+----------
            here   | Aktiv
            status | Utvandrad
        """,
        outcome_events="""
            pupil  | event        | date
            -------+--------------+-----------
            abroad | moved_abroad | 2026-04-23
            dead   | deceased     | 2026-04-01
            later  | moved_abroad | 2026-04-24
            left   | left         | 2026-04-01
        """,
        then="""
            pupil | value
            ------+------
            here  | 0
            later | 0
            left  | 0
        """,
    )
