"""Points behind the study plan"""

from datetime import date

from pluginnovation.signals.points_behind import points_behind

UPPER = """
    pupil | organisation | school_type | start_date
    ------+--------------+-------------+-----------
    a     | south        | GY          | 2020-08-18
    b     | south        | GY          | 2020-08-18
    c     | south        | GY          | 2020-08-18
    d     | south        | GYS         | 2020-08-18
    young | north        | GR          | 2020-08-18
"""


def test_planned_points_of_ended_terms_that_are_not_passed(spec):
    """Levels are reached at exactly 100, 200 and 250 points. Details: planned, passed, and with F or a dash. Without a
    plan it is unknown; a course that may be left out is no part of the plan, and an empty cell says it may not."""
    spec(
        points_behind,
        as_of=date(2026, 4, 23),
        enrolments=UPPER,
        study_plans="""
            pupil | course   | points | planned_semester | required
            ------+----------+--------+------------------+---------
            a     | SVESVE01 |    100 | 2025VT           | yes
            a     | ENGENG05 |    100 | 2025HT           |
            a     | MATMAT01 |    100 | 2025HT           | no
            b     | SVESVE01 |    100 | 2025VT           |
            b     | ENGENG05 |    100 | 2025HT           |
            b     | HISHIS01 |     50 | 2025HT           |
            c     | SVESVE01 |    100 | 2025VT           |
            c     | ENGENG05 |    100 | 2025HT           |
            c     | PRRPRR01 |    100 | 2026VT           |
            c     | IDRIDR01 |    100 |                  |
            d     | SVESVE01 |    100 | 2025VT           | no
            young | SVESVE01 |    100 | 2025VT           |
        """,
        grades="""
            pupil | subject | course   | points | grade | registered_date | kind
            ------+---------+----------+--------+-------+-----------------+------
            a     | SVE     | SVESVE01 |    100 | E     | 2025-06-10      | final
            a     | ENG     | ENGENG05 |    100 | F     | 2025-12-10      | final
            b     | SVE     | SVESVE01 |    100 | -     | 2025-06-10      | final
            c     | MAT     | MATMAT01 |    100 | A     | 2025-06-10      | final
            c     | ENG     | ENGENG05 |    100 | A     | 2026-04-24      | final
        """,
        then="""
            pupil | value | unit   | level | raised | detail_1 | detail_2 | detail_3 | rests_from | last_true
            ------+-------+--------+-------+--------+----------+----------+----------+------------+-----------
            a     |   100 | points |     1 | yes    |      200 |      100 |      100 | 2025-06-10 | 2025-12-10
            b     |   250 | points |     3 | yes    |      250 |        0 |      100 | 2025-06-10 | 2025-06-10
            c     |   200 | points |     2 | yes    |      200 |        0 |        0 |            |
            d     |       | points |       |        |          |          |          |            |
        """,
    )


PLAN = """
    pupil | course   | points | planned_semester
    ------+----------+--------+-----------------
    a     | SVESVE01 |    100 | 2025HT
    a     | ENGENG05 |    100 | 2026VT
"""
ONE = "pupil | organisation | school_type | start_date\n---\na | south | GY | 2020-08-18"


def test_a_term_has_ended_on_its_last_day(spec):
    """An autumn on 31 December, a spring on 30 June."""
    for day, behind in (
        (date(2025, 12, 30), 0),
        (date(2025, 12, 31), 100),
        (date(2026, 6, 29), 100),
        (date(2026, 6, 30), 200),
    ):
        spec(
            points_behind,
            as_of=day,
            enrolments=ONE,
            study_plans=PLAN,
            then=f"pupil | value\n---\na | {behind}",
        )


def test_a_calendar_says_when_its_terms_end(spec):
    """The school's own calendar or the nearest above it; else that of the source's top organisation; else the usual
    days. A term is autumn when it begins in July or later."""
    for day, a, b, c in (
        (date(2025, 12, 17), 0, 0, 0),
        (date(2025, 12, 18), 100, 0, 0),
        (date(2025, 12, 20), 100, 100, 100),
        (date(2026, 6, 11), 100, 100, 100),
        (date(2026, 6, 12), 200, 200, 200),
    ):
        spec(
            points_behind,
            as_of=day,
            organisations="organisation | parent\n---\nsouth | town\nnorth | town\ntown |",
            calendars="""
                organisation | kind    | start_date | end_date
                -------------+---------+------------+-----------
                south        | term    | 2025-08-18 | 2025-12-18
                town         | term    | 2025-08-18 | 2025-12-20
                town         | term    | 2026-01-09 | 2026-06-12
                south        | holiday | 2025-10-27 | 2026-07-31
            """,
            enrolments="""
                pupil | organisation | school_type | start_date
                ------+--------------+-------------+-----------
                a     | south        | GY          | 2020-08-18
                b     | north        | GY          | 2020-08-18
                c     | elsewhere    | GY          | 2020-08-18
            """,
            study_plans="\n".join(
                [PLAN, *(row.replace("a ", pupil) for pupil in "bc" for row in PLAN.splitlines()[3:])]
            ),
            then=f"pupil | value\n---\na | {a}\nb | {b}\nc | {c}",
        )


def test_a_passed_higher_level_passes_the_lower_ones(spec):
    """Read or not, and the course that corresponds to them. A failed one replaces nothing."""
    spec(
        points_behind,
        as_of=date(2026, 4, 23),
        enrolments=UPPER,
        study_plans="""
            pupil | course    | points | planned_semester
            ------+-----------+--------+-----------------
            a     | ENGE1000X |    100 | 2025VT
            a     | ENGE2000X |    100 | 2025HT
            b     | ENGE1000X |    100 | 2025VT
            b     | ENGE2000X |    100 | 2025HT
            c     | ENGENG05  |    100 | 2025HT
        """,
        grades="""
            pupil | subject | course    | points | grade | registered_date | kind
            ------+---------+-----------+--------+-------+-----------------+------
            a     | ENGE    | ENGE2000X |    100 | E     | 2025-12-10      | final
            b     | ENGE    | ENGE1000X |    100 | F     | 2025-06-10      | final
            b     | ENGE    | ENGE2000X |    100 | F     | 2025-12-10      | final
            c     | ENG     | ENGENG05  |    100 | F     | 2025-06-10      | final
            c     | ENGE    | ENGE2000X |    100 | E     | 2025-12-10      | final
        """,
        then="""
            pupil | value | detail_2
            ------+-------+---------
            a     |     0 |      200
            b     |   200 |        0
            c     |     0 |      100
            d     |       |
        """,
    )
