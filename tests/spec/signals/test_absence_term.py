"""Absence over the term"""

from datetime import date

from pluginnovation.signals.absence_term import absence_term


def test_the_term_begins_with_the_year_or_with_august(spec):
    """The spring term begins on 1 January; what was missed the day before belongs to another term. Exactly 10 %
    gives the first level."""
    spec(
        absence_term,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused
            ------+------------------------+---------+---------+----------
            mira  | 2025-12-31             |     500 |         |       500
            mira  | 2026-01-01             |      60 |         |        60
            mira  | 2026-01-12..2026-01-22 |      60 |       3 |
            mira  | 2026-04-24             |     500 |         |       500
            noor  | 2025-12-31             |      60 |         |
        """,
        then="""
            pupil | value  | unit  | level | raised | numerator | denominator | school_days
            ------+--------+-------+-------+--------+-----------+-------------+------------
            mira  | 87/600 | share |     1 | yes    |        87 |         600 |          10
        """,
    )


def test_every_day_of_the_term_counts_once(spec):
    """Also the days on which other windows begin: 27 February, 27 March and 1 April."""
    spec(
        absence_term,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | excused | unexcused
            ------+------------------------+---------+---------+----------
            mira  | 2026-01-12..2026-01-19 |      60 |         |
            mira  | 2026-02-26             |      60 |         |         1
            mira  | 2026-02-27             |      60 |       2 |
            mira  | 2026-03-26             |      60 |         |         4
            mira  | 2026-03-27             |      60 |       8 |
            mira  | 2026-03-31             |      60 |         |        16
            mira  | 2026-04-01             |      60 |      32 |
        """,
        then="""
            pupil | value  | level | numerator | denominator | school_days
            ------+--------+-------+-----------+-------------+------------
            mira  | 63/720 |     0 |        63 |         720 |          12
        """,
    )


def test_the_autumn_term_begins_in_august(spec):
    """On 1 August a new term begins."""
    spec(
        absence_term,
        as_of=date(2025, 8, 29),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2025-07-31             |     500 |       500
            mira  | 2025-08-01             |      60 |        60
            mira  | 2025-08-18..2025-08-28 |      60 |
        """,
        then="""
            pupil | value  | level
            ------+--------+------
            mira  | 60/600 |     1
        """,
    )


def test_july_belongs_to_the_spring_term(spec):
    """A summer school's lessons are the end of the year that was."""
    spec(
        absence_term,
        as_of=date(2026, 7, 3),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2026-06-01..2026-06-11 |      60 |
            mira  | 2026-07-01             |      60 |        60
        """,
        then="""
            pupil | value  | rests_from | last_true
            ------+--------+------------+-----------
            mira  | 60/600 | 2026-06-01 | 2026-07-01
        """,
    )


def test_fewer_than_ten_school_days_are_too_thin(spec):
    """Nine days aren't enough for a term; ten are."""
    spec(
        absence_term,
        as_of=date(2026, 4, 23),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            nine  | 2026-01-12..2026-01-22 |      60 |        60
            ten   | 2026-01-12..2026-01-23 |      60 |        60
        """,
        then="""
            pupil | value | level | school_days
            ------+-------+-------+------------
            nine  |       |       |           9
            ten   | 1     |     3 |          10
        """,
    )


def test_the_calendar_of_the_school_or_its_authority_says_when_the_term_is(spec):
    """The authority's term began on 8 January, and North's own on the 9th: the nearest calendar counts. South
    follows the authority through the school it is a unit of. Nobody's school is known; the authority's calendar
    counts then too. A holiday is no term."""
    spec(
        absence_term,
        as_of=date(2026, 4, 23),
        given="""
            pupil  | date                   | offered | unexcused
            -------+------------------------+---------+----------
            north  | 2026-01-07..2026-01-08 |     100 |       100
            north  | 2026-01-12..2026-01-23 |      60 |
            south  | 2026-01-07..2026-01-08 |     100 |       100
            south  | 2026-01-12..2026-01-23 |      60 |
            nobody | 2026-01-07..2026-01-08 |     100 |       100
            nobody | 2026-01-12..2026-01-23 |      60 |
        """,
        enrolments="""
            pupil | organisation | school_type | start_date
            ------+--------------+-------------+-----------
            north | n            | GR          | 2025-08-18
            south | s1           | GR          | 2025-08-18
        """,
        organisations="""
            organisation | parent
            -------------+----------
            authority    |
            n            | authority
            s            | authority
            s1           | s
        """,
        calendars="""
            organisation | kind    | name   | start_date | end_date
            -------------+---------+--------+------------+-----------
            authority    | term    | 2025HT | 2025-08-18 | 2025-12-19
            authority    | term    | 2026VT | 2026-01-08 | 2026-06-12
            authority    | holiday |        | 2026-03-30 | 2026-12-31
            n            | term    | 2026VT | 2026-01-09 | 2026-06-12
        """,
        then="""
            pupil  | value   | numerator | denominator
            -------+---------+-----------+------------
            north  | 0       |         0 |         600
            south  | 100/700 |       100 |         700
            nobody | 100/700 |       100 |         700
        """,
    )


def test_between_two_terms_the_one_that_ended_is_looked_at(spec):
    """In June, after the last day of term, the term is still the spring's, and lessons after it don't count."""
    spec(
        absence_term,
        as_of=date(2026, 6, 20),
        given="""
            pupil | date                   | offered | unexcused
            ------+------------------------+---------+----------
            mira  | 2026-06-01..2026-06-12 |      60 |
            mira  | 2026-06-15             |     300 |       300
        """,
        calendars="""
            organisation | kind | name   | start_date | end_date
            -------------+------+--------+------------+-----------
            authority    | term | 2026VT | 2026-01-08 | 2026-06-12
            authority    | term | 2026HT | 2026-08-18 | 2026-12-18
        """,
        then="""
            pupil | value | denominator | rests_to
            ------+-------+-------------+-----------
            mira  | 0     |         600 | 2026-06-12
        """,
    )
