"""Made-up lessons at the size of a region, written straight into a store through the store's own import run.

Deterministic. Every pupil has six lessons on each of 178 school days; codes have sixteen characters, there are thirty
activities, twelve to a pupil. Most are away now and then, some often, a few have stopped coming; three lessons in a
hundred are unreported. One pupil in a hundred changes school, with days between that belong to neither.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pluginnovation.records.ledger import ImportRow
from pluginnovation.records.store import Store

SOURCE = "bench"
AT = datetime(2026, 7, 1, tzinfo=UTC)
FIRST, LAST = date(2025, 8, 18), date(2026, 6, 12)
HOLIDAYS = (
    (date(2025, 10, 27), date(2025, 10, 31)),
    (date(2025, 12, 19), date(2026, 1, 8)),
    (date(2026, 2, 9), date(2026, 2, 13)),
    (date(2026, 3, 30), date(2026, 4, 10)),
    (date(2026, 5, 14), date(2026, 5, 15)),
)
LESSONS_A_DAY = 6


def school_days() -> list[date]:
    """The weekdays of the school year without its holidays."""
    every = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return [day for day in every if day.weekday() < 5 and not any(a <= day <= b for a, b in HOLIDAYS)]


@dataclass(frozen=True)
class Made:
    """A store with made-up rows.

    pupils   how many
    nights   the last school days, whose lessons are not in the store yet
    """

    pupils: int
    nights: tuple[date, ...]


def fill(store: Store, made: Made) -> None:
    """Write enrolments and calendar, and the lessons of every school day but the last ones, month by month."""
    _pupils(store, made.pupils)
    _stage(store, "enrolments", ENROLMENTS)
    _stage(store, "calendars", CALENDARS)
    commit(store, ("enrolments", "calendars"))
    days = [day for day in school_days() if day not in made.nights]
    for month in sorted({(day.year, day.month) for day in days}):
        arrive(store, made.pupils, [day for day in days if (day.year, day.month) == month])
        commit(store, ("lessons",))


def arrive(store: Store, pupils: int, days: list[date]) -> None:
    """Stage the lessons of some days, as a reader leaves them: checked, coded, one row per key."""
    _pupils(store, pupils)
    numbered = [(day, number) for number, day in enumerate(school_days()) if day in days]
    values = ", ".join(f"(DATE '{day}', {number})" for day, number in numbered)
    store.sql(f"CREATE OR REPLACE TEMP TABLE bench_days AS FROM (VALUES {values}) d(date, n)")
    _stage(store, "lessons", LESSONS)


def commit(store: Store, tables: tuple[str, ...]) -> None:
    """Compare the staged rows with the store and make them count: the append and the roll-up of a night."""
    with store.importing(SOURCE, AT) as run:
        for table in tables:
            run.reconcile(table, whole=False)
        run.commit(ImportRow(run.id, SOURCE, "bench", "bench", AT, AT))
    for table in tables:
        store.sql(f"DROP TABLE staged_{table}")


def _pupils(store: Store, pupils: int) -> None:
    store.sql(f"CREATE TEMP TABLE IF NOT EXISTS bench_pupils AS {PUPILS.format(pupils=pupils)}")


def _stage(store: Store, table: str, query: str) -> None:
    numbered = f"SELECT *, 0 AS file_no, (row_number() OVER ())::INTEGER AS row_no FROM ({query})"
    store.sql(f"CREATE OR REPLACE TEMP TABLE staged_{table} AS {numbered}")


PUPILS = """
    SELECT i, substr(md5(i::VARCHAR), 1, 16) AS pupil, hash(i) % 100 AS kind FROM range({pupils}) t(i) ORDER BY 2
"""

ENROLMENTS = """
    SELECT pupil, 'skola-' || (i % 250) AS organisation, CASE i % 3 WHEN 0 THEN 'GY' ELSE 'GR' END AS school_type,
           (i % 9 + 1)::SMALLINT AS school_year, NULL::VARCHAR AS programme, DATE '2025-08-01' AS start_date,
           CASE kind WHEN 50 THEN DATE '2026-04-17' END AS end_date, NULL::VARCHAR AS leave_reason
    FROM bench_pupils
    UNION ALL
    SELECT pupil, 'skola-' || (i % 250 + 1), 'GR', 9::SMALLINT, NULL, DATE '2026-04-21', NULL, NULL
    FROM bench_pupils WHERE kind = 50
"""

CALENDARS = """
    SELECT 'huvudman' AS organisation, 'term' AS kind, name, start_date, end_date FROM (
      VALUES ('2025HT', DATE '2025-08-18', DATE '2025-12-18'), ('2026VT', DATE '2026-01-09', DATE '2026-06-12')
    ) t(name, start_date, end_date)
"""

LESSONS = f"""
    WITH drawn AS (
      SELECT pupil, i, kind, date, n, s, hash(i * 1000003 + n * 13 + s * 7 + 1) AS r,
             hash(i * 31 + n * 17) % 1000
               < CASE WHEN kind < 5 THEN 300 WHEN kind < 20 THEN 110 ELSE 30 END
               OR (kind = 7 AND n > 150) AS away_all_day,
             hash(i * 5 + n * 3) % 3 = 0 AS without_reason
      FROM bench_pupils, bench_days, range({LESSONS_A_DAY}) l(s)
    ), lesson AS (
      SELECT *, r % 100 > 2 AS reported, 40 + (s % 3) * 20 AS minutes, r % 53 = 2 AS late,
             away_all_day OR r % 97 = 1 OR (kind = 30 AND (n * 3 + s) % 12 = 5 AND r % 2 = 0) AS away
      FROM drawn
    ), minute AS (
      SELECT *, CASE WHEN reported AND away AND NOT without_reason THEN minutes ELSE 0 END AS excused,
             CASE WHEN NOT reported OR (away AND NOT without_reason) THEN 0 WHEN away THEN minutes
                  WHEN late THEN 5 + (r % 4) * 5 ELSE 0 END AS unexcused
      FROM lesson
    )
    SELECT pupil, 'aktivitet-' || lpad(((i * 7 + n * 3 + s) % 12 + (i % 3) * 9)::VARCHAR, 2, '0') AS activity, date,
           (480 + s * 70)::SMALLINT AS start_minute, minutes::SMALLINT AS offered, reported AS is_reported,
           CASE WHEN reported THEN minutes - excused - unexcused ELSE 0 END::SMALLINT AS attended,
           0::SMALLINT AS other, excused::SMALLINT AS excused, unexcused::SMALLINT AS unexcused,
           CASE WHEN reported AND late AND NOT away THEN unexcused ELSE 0 END::SMALLINT AS late
    FROM minute
"""
