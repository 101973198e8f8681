"""Swedish, English and mathematics"""

from datetime import date

from pluginnovation.signals.core_subject_failing import core_subject_failing

YEAR_9 = """
    pupil | organisation | school_type | school_year | start_date
    ------+--------------+-------------+-------------+-----------
    a     | north        | GR          |           9 | 2020-08-18
    b     | north        | GR          |           9 | 2020-08-18
    c     | north        | GR          |           9 | 2020-08-18
    d     | north        | GR          |           9 | 2020-08-18
    e     | north        | GR          |           9 | 2020-08-18
"""
UPPER = """
    pupil | organisation | school_type | start_date
    ------+--------------+-------------+-----------
    a     | south        | GY          | 2020-08-18
    b     | south        | GY          | 2020-08-18
    c     | south        | GY          | 2020-08-18
    d     | south        | GY          | 2020-08-18
    e     | south        | GY          | 2020-08-18
    f     | south        | GY          | 2020-08-18
    g     | south        | GY          | 2020-08-18
"""


def test_each_of_the_three_with_f_or_a_dash_counts(spec):
    """A subject without a grade doesn't count; without a grade in any of them the value is unknown. Levels are reached
    at 1, 2 and 3. The marks are for Swedish, English and mathematics: P passed, F, - no basis, . no grade."""
    spec(
        core_subject_failing,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | grade | registered_date | kind
            ------+---------+-------+-----------------+-----
            a     | SV      | E     | 2025-12-18      | term
            a     | EN      | A     | 2025-12-18      | term
            a     | MA      | E     | 2025-12-18      | term
            b     | SV      | F     | 2025-12-17      | term
            b     | EN      | C     | 2025-12-18      | term
            c     | EN      | F     | 2025-12-18      | term
            c     | MA      | -     | 2025-12-19      | term
            d     | SV      | F     | 2025-12-18      | term
            d     | EN      | F     | 2025-12-18      | term
            d     | MA      | F     | 2025-12-18      | term
            e     | BI      | F     | 2025-12-18      | term
        """,
        then="""
            pupil | value | unit     | level | raised | detail_1 | detail_text | rests_from | rests_to   | last_true
            ------+-------+----------+-------+--------+----------+-------------+------------+------------+-----------
            a     |     0 | subjects |     0 | no     |        3 | PPP         | 2025-12-18 | 2025-12-18 | 2025-12-18
            b     |     1 | subjects |     1 | yes    |        2 | FP.         | 2025-12-17 | 2025-12-18 | 2025-12-18
            c     |     2 | subjects |     2 | yes    |        2 | .F-         | 2025-12-18 | 2025-12-19 | 2025-12-19
            d     |     3 | subjects |     3 | yes    |        3 | FFF         | 2025-12-18 | 2025-12-18 | 2025-12-18
            e     |       | subjects |       |        |        0 | ...         |            |            |
        """,
    )


def test_the_latest_grade_counts_whatever_its_kind(spec):
    """A warning after a term's grade counts. What is registered after the day doesn't. On the same day a final grade
    stands before one by examination, then term grades, warnings, and of the same kind the last row."""
    spec(
        core_subject_failing,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | grade | registered_date | kind
            ------+---------+-------+-----------------+--------
            a     | SV      | F     | 2026-04-23      | warning
            a     | SV      | A     | 2025-12-18      | final
            a     | EN      | F     | 2026-04-24      | final
            a     | EN      | E     | 2025-06-10      | term
            b     | SV      | E     | 2025-12-18      | final
            b     | SV      | F     | 2025-12-18      | trial
            b     | EN      | E     | 2025-12-18      | trial
            b     | EN      | F     | 2025-12-18      | term
            b     | MA      | E     | 2025-12-18      | term
            b     | MA      | F     | 2025-12-18      | warning
            c     | MA      | F     | 2025-12-18      | term
            c     | MAT     | E     | 2025-12-18      | term
            d     | MAT     | E     | 2025-12-18      | term
            d     | MA      | F     | 2025-12-18      | term
        """,
        then="""
            pupil | value | detail_text
            ------+-------+------------
            a     |     1 | FP.
            b     |     0 | PPP
            c     |     0 | ..P
            d     |     1 | ..F
            e     |       | ...
        """,
    )


def test_both_kinds_of_swedish_are_one_subject(spec):
    """The later grade counts, whichever subject it is in. Registers write the three in several ways."""
    spec(
        core_subject_failing,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | grade | registered_date | kind
            ------+---------+-------+-----------------+-----
            a     | SVA     | F     | 2025-12-18      | term
            a     | SV      | A     | 2025-06-10      | term
            b     | SV      | F     | 2025-06-10      | term
            b     | GRGRSVA | E     | 2025-12-18      | term
            c     | SVE     | F     | 2025-12-18      | term
            c     | ENG     | F     | 2025-12-18      | term
            c     | MAT     | F     | 2025-12-18      | term
            d     | GRGRSVE | F     | 2025-12-18      | term
            d     | GRGRENG | F     | 2025-12-18      | term
            d     | GRGRMAT | F     | 2025-12-18      | term
            e     | ODD     | F     | 2025-12-18      | term
        """,
        then="""
            pupil | value | detail_text
            ------+-------+------------
            a     |     1 | F..
            b     |     0 | P..
            c     |     3 | FFF
            d     |     3 | FFF
            e     |       | ...
        """,
    )


def test_in_upper_secondary_school_a_subject_fails_with_any_course_that_counts(spec):
    """Of each course the latest grade. A subject is known by what its courses' codes begin with. A passed higher level
    replaces the F below it; a failed one replaces nothing. A course that corresponds to a covered level is covered."""
    spec(
        core_subject_failing,
        as_of=date(2027, 4, 23),
        enrolments=UPPER,
        grades="""
            pupil | subject | course    | points | grade | registered_date | kind
            ------+---------+-----------+--------+-------+-----------------+------
            a     | SVE     | SVESVE01  |    100 | F     | 2025-06-10      | final
            a     | SVE     | SVESVE02  |    100 | E     | 2026-06-10      | final
            b     | ENG     | ENGENG05  |    100 | F     | 2025-06-10      | final
            b     | ENG     | ENGENG05  |    100 | E     | 2025-12-10      | trial
            c     | MATE    | MATE1A00X |    100 | F     | 2026-06-10      | final
            c     | MATE    | MATE2A00X |    100 | E     | 2027-01-10      | final
            d     | MATE    | MATE1A00X |    100 | D     | 2026-06-10      | final
            d     | MATE    | MATE2A00X |    100 | -     | 2027-01-10      | final
            e     | ENG     | ENGENG05  |    100 | F     | 2025-06-10      | final
            e     | ENGE    | ENGE2000X |    100 | E     | 2027-01-10      | final
            f     | SVA     | SVASVA01  |    100 | F     | 2025-06-10      | final
            f     | SVE     | SVESVE01  |    100 | E     | 2025-12-10      | final
            g     | MA      |           |        | F     | 2024-06-10      | final
            g     | MAT     | MATMAT01a |    100 | E     | 2025-06-10      | final
            g     | EN      |           |        | F     | 2024-06-10      | final
        """,
        then="""
            pupil | value | detail_text
            ------+-------+------------
            a     |     1 | F..
            b     |     0 | .P.
            c     |     0 | ..P
            d     |     1 | ..-
            e     |     0 | .P.
            f     |     0 | P..
            g     |     1 | .FP
        """,
    )


def test_it_is_about_whoever_is_enrolled_on_the_day(spec):
    """An end date is the last day enrolled. Whoever has died or moved abroad leaves every list."""
    spec(
        core_subject_failing,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil  | organisation | school_type | start_date | end_date
            -------+--------------+-------------+------------+-----------
            last   | north        | GR          | 2020-08-18 | 2026-04-23
            ended  | north        | GR          | 2020-08-18 | 2026-04-22
            comes  | north        | GR          | 2026-04-24 |
            abroad | north        | GR          | 2020-08-18 |
        """,
        pupils="""
            pupil  | status
            -------+----------
            abroad | Utvandrad
        """,
        grades="""
            pupil  | subject | grade | registered_date | kind
            -------+---------+-------+-----------------+-----
            last   | SV      | F     | 2025-12-18      | term
            ended  | SV      | F     | 2025-12-18      | term
            comes  | SV      | F     | 2025-12-18      | term
            abroad | SV      | F     | 2025-12-18      | term
        """,
        then="""
            pupil | school | value
            ------+--------+------
            last  | north  |     1
        """,
    )
