"""What the other seven signals read, beside the made-up lessons of `signals_data`: births, grades, plans, moves.

Deterministic, and by the same pupils. Years 6-9 have grades in seventeen subjects in two terms; upper secondary school
has twelve of its sixteen planned courses graded. One pupil in a hundred has moved twice, one has left, and one who has
stopped coming has begun at another school, where nobody has seen them.
"""

from benchmarks.signals_data import commit
from pluginnovation.records.store import Store

SUBJECTS = ("SV", "EN", "MA", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "BL", "HKK", "IDH", "MU", "SL", "TK", "M2")
COURSES = (
    "SVESVE01", "SVESVE02", "ENGENG05", "ENGENG06", "MATMAT01A", "MATMAT02A", "SAMSAM01B", "RELREL01", "BIOBIO01",
    "FYSFYS01A", "KEMKEM01", "FILFIL01", "PSKPSY01", "PSKPSY02A", "FÖRFÖR01", "FÖRREN0",
)  # fmt: skip
GRADED = 12


def fill_more(store: Store) -> None:
    """Write registers and grades. Enrolments that end or begin otherwise correct those that were written before."""
    for table, word, words in (("bench_subjects", "subject", SUBJECTS), ("bench_courses", "course", COURSES)):
        rows = ", ".join(f"({number}, '{each}')" for number, each in enumerate(words))
        store.sql(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM (VALUES {rows}) w(n, {word})")
    tables = {"pupils": PUPILS, "enrolments": ENROLMENTS, "grades": GRADES, "study_plans": PLANS}
    for table, query in tables.items():
        numbered = f"SELECT *, 0::SMALLINT AS file_no, (row_number() OVER ())::INTEGER AS row_no FROM ({query})"
        store.sql(f"CREATE OR REPLACE TEMP TABLE staged_{table} AS {numbered}")
    commit(store, tuple(tables))


PUPILS = """
    SELECT pupil, CASE WHEN i % 97 = 0 THEN NULL WHEN i % 3 = 0 THEN DATE '2007-01-01' + (i % 1000)::INTEGER
                       ELSE DATE '2010-01-01' + (i % 1000)::INTEGER END AS birth_date,
           NULL::VARCHAR AS sex, NULL::VARCHAR AS home_municipality, 'Aktiv' AS status
    FROM bench_pupils
"""

_SCHOOL = """
    SELECT pupil, 'skola-' || ((i + {school}) % 250) AS organisation,
           CASE i % 3 WHEN 0 THEN 'GY' ELSE 'GR' END AS school_type,
           (i % 9 + 1)::SMALLINT AS school_year, NULL::VARCHAR AS programme, DATE '{first}' AS start_date,
           {last} AS end_date, NULL::VARCHAR AS leave_reason
    FROM bench_pupils WHERE kind = {kind}
"""

ENROLMENTS = " UNION ALL ".join(
    _SCHOOL.format(school=school, first=first, last=last, kind=kind)
    for kind, school, first, last in (
        (60, 0, "2025-08-01", "DATE '2026-02-13'"),
        (61, 0, "2025-08-01", "DATE '2025-10-10'"),
        (61, 1, "2025-10-13", "DATE '2026-01-30'"),
        (61, 2, "2026-02-02", "NULL::DATE"),
        (7, 0, "2025-08-01", "DATE '2026-05-22'"),
        (7, 3, "2026-05-25", "NULL::DATE"),
    )
)

GRADES = """
    WITH term(semester, year, day) AS (
      VALUES ('HT', 2025::SMALLINT, DATE '2025-12-12'), ('VT', 2026::SMALLINT, DATE '2026-06-01')
    ), drawn AS (
      SELECT *, hash(i * 131 + n * 17 + year) % 100 AS r FROM bench_pupils, bench_subjects, term
      WHERE i % 3 > 0 AND i % 9 >= 5 AND (subject <> 'M2' OR i % 2 = 0)
    ), graded AS (
      SELECT *, hash(i * 137 + n * 19) % 100 AS r, hash(i + n) % 2 AS autumn FROM bench_pupils, bench_courses
      WHERE i % 3 = 0 AND n < {graded}
    )
    SELECT pupil, subject, NULL::VARCHAR AS course, NULL::INTEGER AS points, {grade} AS grade, day AS registered_date,
           semester, year, 'term' AS kind, CASE subject WHEN 'M2' THEN true END AS language_choice
    FROM drawn
    UNION ALL
    SELECT pupil, course[:3], course, 100, {grade},
           CASE autumn WHEN 1 THEN DATE '2025-12-12' ELSE DATE '2026-05-29' END, NULL, NULL, 'final', NULL
    FROM graded
""".format(
    graded=GRADED,
    grade="CASE WHEN r < 2 THEN '-' WHEN r < 8 THEN 'F' WHEN r < 40 THEN 'E' WHEN r < 55 THEN 'D' WHEN r < 80 THEN 'C'"
    " WHEN r < 90 THEN 'B' ELSE 'A' END",
)

PLANS = """
    SELECT pupil, course, course[:3] AS subject, 100 AS points,
           CASE WHEN n < 10 THEN '2025HT' ELSE '2026HT' END AS planned_semester, true AS required
    FROM bench_pupils, bench_courses WHERE i % 3 = 0
"""
