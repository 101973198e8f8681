"""Absence over 28 days"""

from datetime import date

from pluginnovation.signals.absence_28d import absence_28d


def test_a_lesson_nobody_reported_is_unknown_not_attended(spec):
    """Mira missed 60 of 300 reported minutes: exactly 20 %, so the signal has its highest level. Too little was
    reported about Noor (240 of 340 minutes), and nothing about Sami, to say anything."""
    spec(
        absence_28d,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | is_reported | excused | unexcused
            ------+------------------------+---------+-------------+---------+----------
            mira  | 2026-04-13..2026-04-16 |      60 | yes         |         |
            mira  | 2026-04-17             |      60 | yes         |      20 |        40
            noor  | 2026-04-13..2026-04-16 |      60 | yes         |      10 |
            noor  | 2026-04-17             |     100 | no          |         |
            sami  | 2026-04-17             |      60 | no          |         |
        """,
        then="""
            pupil | value  | level | raised | numerator | denominator
            ------+--------+-------+--------+-----------+------------
            mira  | 60/300 |     3 | yes    |        60 |         300
            noor  |        |       |        |        40 |         240
            sami  |        |       |        |         0 |           0
        """,
    )
