"""Passes needed for a vocational programme"""

from datetime import date

from pluginnovation.signals.passes_needed import passes_needed

YEAR_9 = """
    pupil | organisation | school_type | school_year | start_date
    ------+--------------+-------------+-------------+-----------
    a     | north        | GR          |           9 | 2020-08-18
    b     | north        | GR          |           9 | 2020-08-18
    c     | north        | GR          |           9 | 2020-08-18
    d     | north        | GR          |           9 | 2020-08-18
    e     | north        | GR          |           9 | 2020-08-18
"""


def test_the_three_and_five_others_are_needed(spec):
    """A dash and an F are no passes. Levels are reached at 1, 2 and 3 passes; without any grade it is unknown. Detail
    1 is how many of them may be in other subjects, detail 2 the passes there are."""
    spec(
        passes_needed,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | grade | registered_date | kind
            ------+---------+-------+-----------------+-----
            a     | SV      | E     | 2025-12-18      | term
            a     | EN      | E     | 2025-12-18      | term
            a     | MA      | E     | 2025-12-18      | term
            a     | BL      | E     | 2025-12-18      | term
            a     | HKK     | E     | 2025-12-18      | term
            a     | IDH     | E     | 2025-12-18      | term
            a     | MU      | E     | 2025-12-18      | term
            a     | SL      | E     | 2025-12-18      | term
            b     | SVA     | A     | 2025-12-18      | term
            b     | EN      | A     | 2025-12-18      | term
            b     | MA      | F     | 2025-12-18      | term
            b     | BL      | A     | 2025-12-18      | term
            b     | HKK     | A     | 2025-12-18      | term
            b     | IDH     | A     | 2025-12-18      | term
            b     | MU      | A     | 2025-12-18      | term
            b     | SL      | A     | 2025-12-18      | term
            b     | TK      | A     | 2025-12-18      | term
            c     | SV      | E     | 2025-12-18      | term
            c     | EN      | -     | 2025-12-18      | term
            c     | MA      | E     | 2025-12-18      | term
            c     | BL      | E     | 2025-12-18      | term
            c     | HKK     | E     | 2025-12-18      | term
            c     | IDH     | E     | 2025-12-18      | term
            c     | MU      | E     | 2025-12-18      | term
            c     | SL      | F     | 2025-12-18      | term
            d     | SV      | -     | 2025-12-18      | term
        """,
        then="""
            pupil | value | unit   | level | raised | detail_1 | detail_2 | detail_text | last_true
            ------+-------+--------+-------+--------+----------+----------+-------------+-----------
            a     |     0 | passes |     0 | no     |        0 |        8 | PPP         | 2025-12-18
            b     |     1 | passes |     1 | yes    |        0 |        8 | PPF         | 2025-12-18
            c     |     2 | passes |     2 | yes    |        1 |        6 | P-P         | 2025-12-18
            d     |     8 | passes |     3 | yes    |        5 |        0 | -..         | 2025-12-18
            e     |       | passes |       |        |          |          | ...         |
        """,
    )


def test_a_block_grade_stands_for_its_subjects(spec):
    """NO for biology, physics and chemistry, SO for geography, history, religion and civics; a subject's own grade
    stands before its block's. Both kinds of Swedish are one subject, and the later grade counts."""
    spec(
        passes_needed,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | grade | registered_date | kind
            ------+---------+-------+-----------------+-----
            a     | NO      | E     | 2025-12-18      | term
            b     | SO      | E     | 2025-12-18      | term
            c     | NO      | E     | 2025-12-18      | term
            c     | BI      | F     | 2025-06-10      | term
            d     | SVA     | E     | 2025-06-10      | term
            d     | SV      | F     | 2025-12-18      | term
            e     | SVA     | E     | 2025-12-18      | term
            e     | SV      | E     | 2025-12-18      | term
        """,
        then="""
            pupil | value | detail_2
            ------+-------+---------
            a     |     5 |        3
            b     |     4 |        4
            c     |     6 |        2
            d     |     8 |        0
            e     |     7 |        1
        """,
    )


def test_modern_languages_by_choice_and_as_choice_are_two_subjects(spec):
    """The curriculum has one code for both. A course of upper secondary school is no subject of compulsory school."""
    spec(
        passes_needed,
        as_of=date(2026, 4, 23),
        enrolments=YEAR_9,
        grades="""
            pupil | subject | course   | grade | registered_date | kind  | language_choice
            ------+---------+----------+-------+-----------------+-------+----------------
            a     | GRGRMSP |          | E     | 2025-12-18      | term  | yes
            a     | MSP     |          | E     | 2025-12-18      | term  | no
            b     | GRGRMSP |          | E     | 2025-12-18      | term  |
            b     | M2      |          | E     | 2025-12-18      | term  | yes
            c     | ENG     | ENGENG05 | E     | 2025-12-18      | final |
            c     | EN      |          | F     | 2025-06-10      | term  |
        """,
        then="""
            pupil | value | detail_2
            ------+-------+---------
            a     |     6 |        2
            b     |     7 |        1
            c     |     8 |        0
            d     |       |
            e     |       |
        """,
    )


def test_it_is_about_years_6_to_9(spec):
    """From the autumn of 2028 the same years are called 7 to 10."""
    enrolments = """
        pupil | organisation | school_type | school_year | start_date
        ------+--------------+-------------+-------------+-----------
        five  | north        | GR          |           5 | 2020-08-18
        six   | north        | GR          |           6 | 2020-08-18
        nine  | north        | GR          |           9 | 2020-08-18
        ten   | north        | GR          |          10 | 2020-08-18
        none  | north        | GR          |             | 2020-08-18
        upper | south        | GY          |           7 | 2020-08-18
    """
    spec(
        passes_needed,
        as_of=date(2026, 4, 23),
        enrolments=enrolments,
        then="""
            pupil | value
            ------+------
            six   |
            nine  |
        """,
    )
    spec(
        passes_needed,
        as_of=date(2028, 9, 1),
        enrolments=enrolments,
        then="""
            pupil | value
            ------+------
            nine  |
            ten   |
        """,
    )
