"""Without a school"""

from datetime import date

from pluginnovation.signals.left_without_enrolment import left_without_enrolment


def test_days_since_the_last_day_enrolled(spec):
    """The last day is the last one enrolled, the next one is day 1. Levels at exactly 1, 14 and 45 days. An earlier
    enrolment that ended later decides."""
    spec(
        left_without_enrolment,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            still | upper        | GY          | 2025-08-18 | 2026-04-23
            open  | upper        | GYS         | 2025-08-18 |
            day   | upper        | GY          | 2025-08-18 | 2026-04-22
            d13   | upper        | GY          | 2025-08-18 | 2026-04-10
            d14   | upper        | GY          | 2025-08-18 | 2026-04-09
            d44   | upper        | GY          | 2025-08-18 | 2026-03-10
            d45   | upper        | GY          | 2025-08-18 | 2026-03-09
            two   | upper        | GY          | 2025-08-18 | 2026-04-20
            two   | other        | GY          | 2026-01-08 | 2026-01-31
        """,
        pupils="""
            pupil | birth_date
            ------+-----------
            still | 2008-05-01
            open  | 2008-05-01
            day   | 2008-05-01
            d13   | 2008-05-01
            d14   | 2008-05-01
            d44   | 2008-05-01
            d45   | 2008-05-01
            two   | 2008-05-01
        """,
        then="""
            pupil | value | unit | level | raised | school | detail_text | rests_from | rests_to   | last_true
            ------+-------+------+-------+--------+--------+-------------+------------+------------+-----------
            still | 0     | days |     0 | no     | upper  | enrolled    |            |            | 2026-04-23
            open  | 0     | days |     0 | no     | upper  | enrolled    |            |            | 2026-04-23
            day   | 1     | days |     1 | yes    | upper  |             | 2026-04-22 | 2026-04-22 | 2026-04-23
            d13   | 13    | days |     1 | yes    | upper  |             | 2026-04-10 | 2026-04-10 | 2026-04-23
            d14   | 14    | days |     2 | yes    | upper  |             | 2026-04-09 | 2026-04-09 | 2026-04-23
            d44   | 44    | days |     2 | yes    | upper  |             | 2026-03-10 | 2026-03-10 | 2026-04-23
            d45   | 45    | days |     3 | yes    | upper  |             | 2026-03-09 | 2026-03-09 | 2026-04-23
            two   | 3     | days |     1 | yes    | upper  |             | 2026-04-20 | 2026-04-20 | 2026-04-23
        """,
    )


def test_the_summer_is_not_counted(spec):
    """10 June to 31 August give no days: 9 June does, and so does 1 September. Two summers are left out twice."""
    spec(
        left_without_enrolment,
        as_of=date(2026, 9, 2),
        enrolments="""
            pupil | organisation | school_type | school_year | start_date | end_date
            ------+--------------+-------------+-------------+------------+-----------
            june8 | nine         | GR          |           9 | 2025-08-18 | 2026-06-08
            june9 | nine         | GR          |           9 | 2025-08-18 | 2026-06-09
            july  | nine         | GR          |           9 | 2025-08-18 | 2026-07-15
            aug   | nine         | GR          |           9 | 2025-08-18 | 2026-08-31
            sept  | nine         | GR          |           9 | 2025-08-18 | 2026-09-01
            twice | nine         | GR          |           9 | 2024-08-19 | 2025-06-05
        """,
        pupils="""
            pupil | birth_date
            ------+-----------
            june8 | 2010-05-01
            june9 | 2010-05-01
            july  | 2010-05-01
            aug   | 2010-05-01
            sept  | 2010-05-01
            twice | 2009-05-01
        """,
        then="""
            pupil | value | detail_1 | level
            ------+-------+----------+------
            june8 | 3     |       86 |     1
            june9 | 2     |       85 |     1
            july  | 2     |       49 |     1
            aug   | 2     |        2 |     1
            sept  | 1     |        1 |     1
            twice | 288   |      454 |     3
        """,
    )


def test_in_the_summer_nobody_has_been_without_a_school_for_long(spec):
    """Who left on 5 June has 4 days all summer; who left on the 12th has none yet."""
    spec(
        left_without_enrolment,
        as_of=date(2026, 7, 20),
        enrolments="""
            pupil | organisation | school_type | school_year | start_date | end_date
            ------+--------------+-------------+-------------+------------+-----------
            fifth | nine         | GR          |           9 | 2025-08-18 | 2026-06-05
            later | nine         | GR          |           9 | 2025-08-18 | 2026-06-12
        """,
        pupils="""
            pupil | birth_date
            ------+-----------
            fifth | 2010-05-01
            later | 2010-05-01
        """,
        then="""
            pupil | value | level | raised
            ------+-------+-------+-------
            fifth | 4     |     1 | yes
            later | 0     |     0 | no
        """,
    )


def test_it_is_about_youths_under_20_who_are_past_compulsory_school(spec):
    """Nineteen counts, twenty today doesn't. Past it is whoever has had an upper secondary enrolment, or ended year 9
    and goes to no compulsory school now. Without a date of birth it is unknown, unless the youth is enrolled. Whoever
    has died or moved abroad has no result."""
    spec(
        left_without_enrolment,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil  | organisation | school_type | school_year | start_date | end_date
            -------+--------------+-------------+-------------+------------+-----------
            young  | upper        | GY          |           3 | 2025-08-18 | 2026-04-13
            twenty | upper        | GY          |           3 | 2025-08-18 | 2026-04-13
            nine   | nine         | GR          |           9 | 2025-08-18 | 2026-04-13
            adapt  | nine         | GRS         |           9 | 2025-08-18 | 2026-04-13
            ten    | nine         | SP          |          10 | 2025-08-18 | 2026-04-13
            eight  | nine         | GR          |           8 | 2025-08-18 | 2026-04-13
            ahead  | upper        | GY          |           1 | 2026-08-17 |
            ahead  | nine         | GR          |           8 | 2025-08-18 | 2026-04-13
            moved  | nine         | GR          |           9 | 2025-08-18 | 2026-01-31
            moved  | south        | GR          |           9 | 2026-02-01 |
            inyr9  | nine         | GR          |           9 | 2025-08-18 |
            lastd  | nine         | GR          |           9 | 2025-08-18 | 2026-04-23
            next9  | nine         | GR          |           8 | 2025-08-18 | 2026-04-13
            next9  | nine         | GR          |           9 | 2026-08-17 |
            nodate | upper        | GY          |           1 | 2025-08-18 | 2026-04-13
            noday  | upper        | GY          |           1 | 2025-08-18 |
            dead   | upper        | GY          |           1 | 2025-08-18 | 2026-04-13
            abroad | upper        | GY          |           1 | 2025-08-18 | 2026-04-13
        """,
        pupils="""
            pupil  | birth_date | status
            -------+------------+----------
            young  | 2006-04-24 |
            twenty | 2006-04-23 |
            nine   | 2010-05-01 |
            adapt  | 2010-05-01 |
            ten    | 2009-05-01 |
            eight  | 2011-05-01 |
            ahead  | 2011-05-01 |
            moved  | 2010-05-01 |
            inyr9  | 2010-05-01 |
            lastd  | 2010-05-01 |
            next9  | 2011-05-01 |
            nodate |            |
            dead   | 2009-05-01 | Avliden
            abroad | 2009-05-01 |
        """,
        outcome_events="""
            pupil  | event        | date
            -------+--------------+-----------
            abroad | moved_abroad | 2026-04-14
        """,
        then="""
            pupil  | value | level | raised | detail_text
            -------+-------+-------+--------+--------------
            young  | 10    |     1 | yes    |
            nine   | 10    |     1 | yes    |
            adapt  | 10    |     1 | yes    |
            ten    | 10    |     1 | yes    |
            nodate |       |       |        | no_birth_date
            noday  | 0     |     0 | no     | enrolled
        """,
    )


def test_a_degree_a_start_soon_and_a_school_elsewhere_are_enough(spec):
    """A degree by the day counts, one tomorrow doesn't, and a study certificate isn't a degree. A start at most 90
    days ahead is soon enough. The municipality may know of a school elsewhere, while that lasts."""
    spec(
        left_without_enrolment,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil  | organisation | school_type | start_date | end_date
            -------+--------------+-------------+------------+-----------
            degree | upper        | GY          | 2025-08-18 | 2026-04-13
            nextdy | upper        | GY          | 2025-08-18 | 2026-04-13
            paper  | upper        | GY          | 2025-08-18 | 2026-04-13
            tomorr | upper        | GY          | 2025-08-18 | 2026-04-13
            tomorr | other        | GY          | 2026-04-24 |
            d90    | upper        | GY          | 2025-08-18 | 2026-04-13
            d90    | other        | GY          | 2026-07-22 |
            d90    | third        | GY          | 2026-08-17 |
            d91    | upper        | GY          | 2025-08-18 | 2026-04-13
            d91    | other        | GY          | 2026-07-23 |
            adult  | upper        | GY          | 2025-08-18 | 2026-04-13
            adult  | adults       | VUX         | 2026-04-20 |
            else   | upper        | GY          | 2025-08-18 | 2026-04-13
            undat  | upper        | GY          | 2025-08-18 | 2026-04-13
            over   | upper        | GY          | 2025-08-18 | 2026-04-13
            later  | upper        | GY          | 2025-08-18 | 2026-04-13
            home   | upper        | GY          | 2025-08-18 | 2026-04-13
        """,
        pupils="""
            pupil  | birth_date
            -------+-----------
            degree | 2008-05-01
            nextdy | 2008-05-01
            paper  | 2008-05-01
            tomorr | 2008-05-01
            d90    | 2008-05-01
            d91    | 2008-05-01
            adult  | 2008-05-01
            else   | 2008-05-01
            undat  | 2008-05-01
            over   | 2008-05-01
            later  | 2008-05-01
            home   | 2008-05-01
        """,
        outcome_events="""
            pupil  | event             | date
            -------+-------------------+-----------
            degree | degree            | 2026-04-23
            nextdy | degree            | 2026-04-24
            paper  | study_certificate | 2026-04-13
        """,
        residents="""
            pupil  | municipality | enrolled_elsewhere | start_date | end_date
            -------+--------------+--------------------+------------+-----------
            else   | 1499         | yes                | 2026-04-14 | 2026-04-23
            undat  | 1499         | yes                |            |
            over   | 1499         | yes                | 2026-04-14 | 2026-04-22
            later  | 1499         | yes                | 2026-04-24 |
            home   | 1499         | no                 | 2026-04-14 |
        """,
        then="""
            pupil  | value | level | detail_text | detail_2
            -------+-------+-------+-------------+---------
            degree | 0     |     0 | degree      |
            nextdy | 10    |     1 |             |
            paper  | 10    |     1 |             |
            tomorr | 0     |     0 | soon        |        1
            d90    | 0     |     0 | soon        |       90
            d91    | 10    |     1 |             |       91
            adult  | 0     |     0 | enrolled    |
            else   | 0     |     0 | elsewhere   |
            undat  | 0     |     0 | elsewhere   |
            over   | 10    |     1 |             |
            later  | 10    |     1 |             |
            home   | 10    |     1 |             |
        """,
    )
