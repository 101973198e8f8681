"""Has not shown up"""

from datetime import date

from pluginnovation.signals.no_show import no_show


def test_three_days_of_school_without_a_minute_of_presence(spec):
    """Away hasn't been there, excused or not, while the unit has had lessons on four dates, today included.
    One minute there is enough to have come, and so is one that was spent on something else agreed. Two began on the
    22nd, and two dates aren't three. About Quiet nothing is reported. Compulsory school isn't asked about."""
    spec(
        no_show,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | is_reported | other | excused | unexcused
            ------+------------------------+----------+---------+-------------+-------+---------+----------
            mate  | 2026-04-20             | MA       |      60 | yes         |       |         |
            mate  | 2026-04-21             | MA       |      60 | no          |       |         |
            mate  | 2026-04-22..2026-04-23 | MA       |      60 | yes         |       |         |
            away  | 2026-04-22             | MA       |      60 | yes         |       |      60 |
            away  | 2026-04-23             | MA       |      60 | yes         |       |         |        60
            came  | 2026-04-20..2026-04-22 | MA       |      60 | yes         |       |         |        60
            came  | 2026-04-23             | MA       |      60 | yes         |       |         |        59
            other | 2026-04-20..2026-04-22 | MA       |      60 | yes         |       |         |        60
            other | 2026-04-23             | MA       |      60 | yes         |     1 |         |        59
            two   | 2026-04-22..2026-04-23 | MA       |      60 | yes         |       |         |        60
            quiet | 2026-04-20..2026-04-23 | MA       |      60 | no          |       |         |
            comp  | 2026-04-20..2026-04-23 | MA       |      60 | yes         |       |         |        60
        """,
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            mate  | upper        | GY          | 2026-04-20
            away  | upper        | GY          | 2026-04-20
            came  | upper        | GYS         | 2026-04-20
            other | upper        | GY          | 2026-04-20
            two   | upper        | GY          | 2026-04-22
            quiet | upper        | GY          | 2026-04-20
            comp  | upper        | GR          | 2026-04-20
        """,
        activities="""
            activity | organisation
            ---------+-------------
            MA       | upper
            SV       | elsewhere
        """,
        then="""
            pupil | value | unit   | level | raised | detail_1 | detail_2 | rests_from | rests_to   | last_true
            ------+-------+--------+-------+--------+----------+----------+------------+------------+-----------
            mate  | 0     | yes_no |     0 | no     |          |        3 | 2026-04-20 | 2026-04-23 | 2026-04-23
            away  | 1     | yes_no |     1 | yes    |        4 |        2 | 2026-04-22 | 2026-04-23 | 2026-04-23
            came  | 0     | yes_no |     0 | no     |          |        4 | 2026-04-20 | 2026-04-23 | 2026-04-23
            other | 0     | yes_no |     0 | no     |          |        4 | 2026-04-20 | 2026-04-23 | 2026-04-23
            two   | 0     | yes_no |     0 | no     |        2 |        2 | 2026-04-22 | 2026-04-23 | 2026-04-23
            quiet |       | yes_no |       |        |          |        0 |            |            |
        """,
    )


def test_the_dates_are_those_of_the_unit_since_the_enrolment_began(spec):
    """Lessons at another unit give no dates, nor do lessons before the start, after the day, or not reported. What
    was reported before the start doesn't show that the pupil has come, nor that anything is known."""
    spec(
        no_show,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | is_reported | unexcused
            ------+------------------------+----------+---------+-------------+----------
            mate  | 2026-04-13..2026-04-20 | MA       |      60 | yes         |
            mate  | 2026-04-21             | MA       |      60 | no          |
            mate  | 2026-04-22             | SV       |      60 | yes         |
            mate  | 2026-04-24..2026-04-30 | MA       |      60 | yes         |
            away  | 2026-04-13..2026-04-17 | MA       |      60 | yes         |
            away  | 2026-04-23             | MA       |      60 | yes         |        60
            away  | 2026-04-24             | MA       |      60 | yes         |
            quiet | 2026-04-13..2026-04-17 | MA       |      60 | yes         |
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            mate  | upper        | GY          | 2025-08-18 |
            away  | nine         | GR          | 2025-08-18 | 2026-04-19
            away  | upper        | GY          | 2026-04-20 |
            quiet | upper        | GY          | 2025-08-18 | 2026-04-19
            quiet | upper        | GY          | 2026-04-20 |
        """,
        activities="""
            activity | organisation
            ---------+-------------
            MA       | upper
            SV       | elsewhere
        """,
        then="""
            pupil | value | level | raised | detail_1
            ------+-------+-------+--------+---------
            mate  | 0     |     0 | no     |
            away  | 0     |     0 | no     |        2
            quiet |       |       |        |
        """,
    )


def test_where_no_activities_are_known_lessons_are_where_their_pupils_are_enrolled(spec):
    """Mate was at the unit up to the 21st, and Comes is from the 23rd on; what they had at the next unit gives this one
    no date, nor does a lesson that isn't reported, or one after the day."""
    spec(
        no_show,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | activity | offered | is_reported | unexcused
            ------+------------------------+----------+---------+-------------+----------
            mate  | 2026-04-20..2026-04-22 | MA       |      60 | yes         |
            away  | 2026-04-23             | MA       |      60 | yes         |        60
            there | 2026-04-21             | MA       |      60 | yes         |        60
            there | 2026-04-22             | MA       |      60 | no          |
            there | 2026-04-24             | MA       |      60 | yes         |        60
            comes | 2026-04-22             | MA       |      60 | yes         |
        """,
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            mate  | upper        | GY          | 2025-08-18 | 2026-04-21
            mate  | next         | GY          | 2026-04-22 |
            away  | upper        | GY          | 2026-04-20 |
            there | upper        | GY          | 2026-04-21 |
            comes | next         | GY          | 2025-08-18 | 2026-04-22
            comes | upper        | GY          | 2026-04-23 |
        """,
        then="""
            pupil | value | level | detail_1
            ------+-------+-------+---------
            mate  | 0     |     0 |
            away  | 1     |     1 |        3
            there | 0     |     0 |        2
            comes |       |       |
        """,
    )


def test_it_is_about_the_upper_secondary_enrolment_of_the_day_that_began_last(spec):
    """Of two that cover the day the later decides, and of two alike the lowest unit id. An enrolment that ended
    yesterday, or that begins tomorrow, is none; whoever has moved abroad has no result."""
    spec(
        no_show,
        as_of=date(2026, 4, 23),
        given="""
            pupil  | date                   | activity | offered | unexcused
            -------+------------------------+----------+---------+----------
            later  | 2026-04-16             | MA       |      60 |
            later  | 2026-04-20..2026-04-22 | MA       |      60 |        60
            alike  | 2026-04-20..2026-04-22 | MA       |      60 |        60
            last   | 2026-04-20..2026-04-22 | MA       |      60 |        60
            left   | 2026-04-20..2026-04-22 | MA       |      60 |        60
            soon   | 2026-04-20..2026-04-22 | MA       |      60 |        60
            abroad | 2026-04-20..2026-04-22 | MA       |      60 |        60
        """,
        enrolments="""
            pupil  | organisation | school_type | start_date | end_date
            -------+--------------+-------------+------------+-----------
            later  | other        | GY          | 2025-08-18 |
            later  | upper        | GY          | 2026-04-20 |
            alike  | upper        | GY          | 2026-04-20 |
            alike  | zebra        | GY          | 2026-04-20 |
            last   | upper        | GY          | 2026-04-20 | 2026-04-23
            left   | upper        | GY          | 2026-04-20 | 2026-04-22
            soon   | other        | GY          | 2026-04-20 |
            soon   | upper        | GY          | 2026-04-24 |
            abroad | upper        | GY          | 2026-04-20 |
        """,
        activities="""
            activity | organisation
            ---------+-------------
            MA       | upper
            SV       | elsewhere
        """,
        outcome_events="""
            pupil  | event        | date
            -------+--------------+-----------
            abroad | moved_abroad | 2026-04-01
        """,
        then="""
            pupil  | value | level | school
            -------+-------+-------+-------
            later  | 1     |     1 | upper
            alike  | 1     |     1 | upper
            last   | 1     |     1 | upper
            soon   | 0     |     0 | other
        """,
    )


def test_sums_tell_no_dates(spec):
    """Where only sums are known, no lesson is reported: unknown."""
    spec(
        no_show,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            sums  | upper        | GY          | 2026-04-20
        """,
        attendance_sums="""
            pupil | activity | start_date | end_date   | offered | reported | attended | excused | unexcused
            ------+----------+------------+------------+---------+----------+----------+---------+----------
            sums  | MA       | 2026-04-20 | 2026-04-23 |    1000 |     1000 |        0 |       0 |      1000
        """,
        then="""
            pupil | value | level | raised
            ------+-------+-------+-------
            sums  |       |       |
        """,
    )
