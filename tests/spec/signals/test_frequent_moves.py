"""Frequent moves"""

from datetime import date

from pluginnovation.signals.frequent_moves import frequent_moves


def test_a_start_at_another_unit_than_the_one_before_is_a_move(spec):
    """1, 2 and 3 moves are reached at exactly that. A new enrolment at the same unit is no move, coming back is one,
    and the first enrolment has none before it. It doesn't matter whether the one before has ended."""
    spec(
        frequent_moves,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            stays | north        | GR          | 2023-08-16 | 2025-10-31
            stays | north        | GR          | 2025-11-01 |
            first | north        | GR          | 2025-11-01 |
            one   | north        | GR          | 2023-08-16 | 2026-01-08
            one   | south        | GR          | 2026-01-09 |
            two   | north        | GR          | 2023-08-16 | 2025-10-31
            two   | south        | GR          | 2025-11-01 | 2026-01-31
            two   | north        | GR          | 2026-02-01 |
            three | north        | GR          | 2023-08-16 |
            three | south        | GR          | 2025-11-01 |
            three | east         | GR          | 2026-01-09 |
            three | west         | GR          | 2026-04-01 |
        """,
        then="""
            pupil | value | unit  | level | raised | school | detail_1 | rests_from | rests_to   | last_true
            ------+-------+-------+-------+--------+--------+----------+------------+------------+-----------
            stays | 0     | moves |     0 | no     | north  |        1 | 2025-11-01 | 2025-11-01 | 2026-04-23
            first | 0     | moves |     0 | no     | north  |        1 | 2025-11-01 | 2025-11-01 | 2026-04-23
            one   | 1     | moves |     1 | yes    | south  |        1 | 2026-01-09 | 2026-01-09 | 2026-04-23
            two   | 2     | moves |     2 | yes    | north  |        2 | 2025-11-01 | 2026-02-01 | 2026-04-23
            three | 3     | moves |     3 | yes    | west   |        3 | 2025-11-01 | 2026-04-01 | 2026-04-23
        """,
    )


def test_the_twelve_months_end_with_the_day_itself(spec):
    """A start on 24 April a year ago counts, one on the 23rd doesn't; one today does, and one tomorrow isn't yet."""
    spec(
        frequent_moves,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            older | north        | GR          | 2023-08-16 | 2025-04-22
            older | south        | GR          | 2025-04-23 |
            inner | north        | GR          | 2023-08-16 | 2025-04-23
            inner | south        | GR          | 2025-04-24 |
            today | north        | GR          | 2023-08-16 | 2026-04-22
            today | south        | GR          | 2026-04-23 |
            next  | north        | GR          | 2023-08-16 | 2026-04-23
            next  | south        | GR          | 2026-04-24 |
        """,
        then="""
            pupil | value | school
            ------+-------+-------
            older | 0     | south
            inner | 1     | south
            today | 1     | south
            next  | 0     | north
        """,
    )


def test_starts_at_the_turn_of_the_school_year_are_no_moves(spec):
    """From 1 June to 31 August nothing counts; 31 May and 1 September do. A start that isn't counted is all the same
    the one before the next."""
    spec(
        frequent_moves,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil  | organisation | school_type | start_date | end_date
            -------+--------------+-------------+------------+-----------
            may    | north        | GR          | 2023-08-16 | 2025-05-30
            may    | south        | GR          | 2025-05-31 |
            june   | north        | GR          | 2023-08-16 | 2025-05-31
            june   | south        | GR          | 2025-06-01 |
            august | north        | GR          | 2023-08-16 | 2025-08-30
            august | south        | GR          | 2025-08-31 |
            sept   | north        | GR          | 2023-08-16 | 2025-08-31
            sept   | south        | GR          | 2025-09-01 |
            both   | north        | GR          | 2023-08-16 | 2025-06-12
            both   | south        | GR          | 2025-08-18 | 2025-10-31
            both   | south        | GR          | 2025-11-01 |
        """,
        then="""
            pupil  | value
            -------+------
            may    | 1
            june   | 0
            august | 0
            sept   | 1
            both   | 0
        """,
    )


def test_it_is_about_the_enrolled(spec):
    """Who has left, begins tomorrow or has moved abroad has no result. Lessons aren't asked for, nor a known pupil."""
    spec(
        frequent_moves,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil  | organisation | school_type | start_date | end_date
            -------+--------------+-------------+------------+-----------
            left   | north        | GR          | 2025-01-08 | 2025-10-31
            left   | south        | GR          | 2025-11-01 | 2026-04-22
            last   | north        | GR          | 2025-01-08 | 2025-10-31
            last   | south        | GR          | 2025-11-01 | 2026-04-23
            soon   | north        | GR          | 2026-04-24 |
            abroad | north        | GR          | 2023-08-16 |
        """,
        outcome_events="""
            pupil  | event        | date
            -------+--------------+-----------
            abroad | moved_abroad | 2026-04-01
        """,
        then="""
            pupil | value
            ------+------
            last  | 1
        """,
    )


def test_two_starts_on_one_day_are_put_in_order(spec):
    """The one that ends first comes first, an open one last; of two alike, the lowest unit id."""
    spec(
        frequent_moves,
        as_of=date(2026, 4, 23),
        enrolments="""
            pupil | organisation | school_type | start_date | end_date
            ------+--------------+-------------+------------+-----------
            ends  | east         | GR          | 2023-08-16 | 2025-10-31
            ends  | east         | GR          | 2025-11-01 |
            ends  | west         | GR          | 2025-11-01 | 2025-11-02
            alike | west         | GR          | 2023-08-16 | 2025-10-31
            alike | west         | GR          | 2025-11-01 |
            alike | east         | GR          | 2025-11-01 |
        """,
        then="""
            pupil | value
            ------+------
            ends  | 2
            alike | 2
        """,
    )
