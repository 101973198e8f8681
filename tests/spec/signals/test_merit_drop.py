"""Falling merit value"""

from datetime import date

from pluginnovation.signals.merit_drop import merit_drop

YEAR_8 = """
    pupil | organisation | school_type | school_year | start_date
    ------+--------------+-------------+-------------+-----------
    a     | north        | GR          |           8 | 2020-08-18
    b     | north        | GR          |           8 | 2020-08-18
    c     | north        | GR          |           8 | 2020-08-18
    d     | north        | GR          |           8 | 2020-08-18
    e     | north        | GR          |           8 | 2020-08-18
"""


def test_the_term_before_minus_the_latest_term(spec):
    """Levels are reached at exactly 20, 40 and 60 points. A rise is negative. Details 1 and 2 are twice the merit
    values, now and before."""
    spec(
        merit_drop,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_8,
        grades="""
            pupil | subject | grade | registered_date | semester | year | kind
            ------+---------+-------+-----------------+----------+------+-----
            a     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            a     | EN      | C     | 2025-06-10      | VT       | 2025 | term
            a     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            b     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            b     | EN      | D     | 2025-06-10      | VT       | 2025 | term
            b     | MA      | E     | 2025-06-10      | VT       | 2025 | term
            b     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            b     | EN      | F     | 2025-12-18      | HT       | 2025 | term
            b     | MA      | D     | 2025-12-18      | HT       | 2025 | term
            c     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            c     | EN      | A     | 2025-06-10      | VT       | 2025 | term
            c     | MA      | A     | 2025-06-10      | VT       | 2025 | term
            c     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            c     | EN      | -     | 2025-12-18      | HT       | 2025 | term
            c     | MA      | F     | 2025-12-18      | HT       | 2025 | term
            d     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            d     | EN      | A     | 2025-06-10      | VT       | 2025 | term
            d     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            d     | EN      | F     | 2025-12-18      | HT       | 2025 | term
            e     | SV      | E     | 2025-06-10      | VT       | 2025 | term
            e     | SV      | D     | 2025-12-18      | HT       | 2025 | term
        """,
        then="""
            pupil | value | unit   | level | raised | detail_1 | detail_2 | rests_from | last_true
            ------+-------+--------+-------+--------+----------+----------+------------+-----------
            a     |    20 | points |     1 | yes    |       30 |       70 | 2025-06-10 | 2025-12-18
            b     |    30 | points |     1 | yes    |       25 |       85 | 2025-06-10 | 2025-12-18
            c     |    60 | points |     3 | yes    |        0 |      120 | 2025-06-10 | 2025-12-18
            d     |    40 | points |     2 | yes    |        0 |       80 | 2025-06-10 | 2025-12-18
            e     |  -5/2 | points |     0 | no     |       25 |       20 | 2025-06-10 | 2025-12-18
        """,
    )


def test_the_term_is_the_one_the_grade_is_of(spec):
    """Semester and year say it, else the day it was registered; July belongs to the spring. Warnings and grades by
    examination are no term's. A grade that was put right late stays in its term."""
    spec(
        merit_drop,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_8,
        grades="""
            pupil | subject | grade | registered_date | semester | year | kind
            ------+---------+-------+-----------------+----------+------+--------
            a     | SV      | A     | 2025-07-31      |          |      | term
            a     | SV      | F     | 2025-08-01      |          |      | term
            b     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            b     | SV      | F     | 2026-01-15      | HT       | 2025 | final
            c     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            c     | SV      | C     | 2025-12-18      | HT       | 2025 | term
            c     | SV      | F     | 2026-03-18      | VT       | 2026 | warning
            c     | SV      | F     | 2026-03-19      | VT       | 2026 | trial
            d     | SV      | B     | 2025-06-10      | VT       | 2025 | term
            d     | SV      | C     | 2025-12-18      | HT       | 2025 | term
            d     | SV      | A     | 2026-02-01      | VT       | 2025 | term
            e     | SV      | A     | 2025-12-18      | HT       |      | term
            e     | SV      | F     | 2026-01-15      |          | 2025 | term
        """,
        then="""
            pupil | value | detail_3
            ------+-------+---------
            a     |    20 |     4051
            b     |    20 |     4051
            c     |     5 |     4051
            d     |     5 |     4051
            e     |    20 |     4052
        """,
    )


def test_it_is_unknown_without_grades_of_both_terms(spec):
    """The term before is the one immediately before. A subject that wasn't graded then keeps the grade it had."""
    spec(
        merit_drop,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_8,
        grades="""
            pupil | subject | grade | registered_date | semester | year | kind
            ------+---------+-------+-----------------+----------+------+--------
            a     | SV      | A     | 2024-12-18      | HT       | 2024 | term
            a     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            b     | SV      | F     | 2025-12-18      | HT       | 2025 | term
            c     | SV      | F     | 2025-12-18      |          |      | warning
            d     | EN      | A     | 2024-12-18      | HT       | 2024 | term
            d     | SV      | A     | 2025-06-10      | VT       | 2025 | term
            d     | SV      | E     | 2025-12-18      | HT       | 2025 | term
            e     | SV      | -     | 2025-06-10      | VT       | 2025 | term
            e     | SV      | E     | 2025-12-18      | HT       | 2025 | term
        """,
        then="""
            pupil | value | level | raised | detail_1 | detail_2 | detail_text
            ------+-------+-------+--------+----------+----------+---------------
            a     |       |       |        |        0 |          | no_term_before
            b     |       |       |        |        0 |          | no_term_before
            c     |       |       |        |          |          | no_term
            d     |    10 |     0 | no     |       60 |       80 |
            e     |       |       |        |       20 |          | no_term_before
        """,
    )


def test_the_sixteen_best_count_and_a_language_taken_as_choice_besides(spec):
    """Of seventeen subjects and the language, the worst of the others is left out. Blocks count as their subjects, and
    both kinds of Swedish as one."""
    others = ("SV", "EN", "MA", "BL", "HKK", "IDH", "MU", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "SL", "TK")
    now = "\n".join(f"a | {each} | B | 2025-12-18 | term |" for each in others)
    before = "\n".join(f"a | {each} | A | 2025-06-10 | term |" for each in others)
    spec(
        merit_drop,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_8,
        grades=f"""
            pupil | subject | grade | registered_date | kind | language_choice
            ------+---------+-------+-----------------+------+----------------
            {before}
            a     | M2      | A     | 2025-06-10      | term | yes
            a     | ML      | E     | 2025-06-10      | term |
            {now}
            a     | M2      | E     | 2025-12-18      | term | yes
            a     | ML      | A     | 2025-12-18      | term |
            b     | SO      | A     | 2025-06-10      | term |
            b     | SO      | E     | 2025-12-18      | term |
            b     | HI      | A     | 2025-12-18      | term |
            c     | SVA     | A     | 2025-06-10      | term |
            c     | SV      | E     | 2025-12-18      | term |
        """,
        then="""
            pupil | value | detail_1 | detail_2
            ------+-------+----------+---------
            a     |  95/2 |      585 |      680
            b     |    30 |      100 |      160
            c     |    10 |       20 |       40
            d     |       |          |
            e     |       |          |
        """,
    )
