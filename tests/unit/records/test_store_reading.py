"""Reading the store: one pupil's rows with where they came from, what there is in all, and the engine for stages."""

from datetime import date

import polars as pl

from pluginnovation.records.rows import TableStatus
from tests.unit.records.stored import SOURCE, bring, day_of_import, day_rows, grant_for, import_row, lesson, stage

YEAR = (date(2025, 8, 1), date(2026, 7, 31))


def test_one_pupils_lessons_say_which_import_file_and_row_they_came_from(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-03-31"), lesson("noor", "2026-04-01")]})
    bring(store, 2, {"lessons": [lesson("sami", "2026-04-01"), lesson("mira", "2026-04-01", late=5)]})
    found = store.lessons_of(grant_for("mira"), *YEAR)
    assert found.select("pupil", "date", "late", "import_id", "imported_at", "file", "row_no").rows() == [
        ("mira", date(2026, 3, 31), 0, 1, day_of_import(1), "lessons-1.csv", 1),
        ("mira", date(2026, 4, 1), 5, 2, day_of_import(2), "lessons-2.csv", 2),
    ]


def test_one_pupils_lessons_are_those_of_the_period_and_of_the_grants_source(store):
    given = {"lessons": [lesson("mira", "2026-03-31"), lesson("mira", "2026-04-01")]}
    bring(store, 1, given)
    bring(store, 2, given, source="Annan huvudman")
    assert store.lessons_of(grant_for("mira"), date(2026, 4, 1), date(2026, 4, 30)).height == 1
    assert store.lessons_of(grant_for("mira", "Okänd"), *YEAR).height == 0
    nobody = store.lessons_of(grant_for("okänd"), *YEAR)
    assert nobody.height == 0
    assert nobody.columns == store.lessons_of(grant_for("mira"), *YEAR).columns
    assert nobody.columns == store.lessons_of(grant_for("mira", "Okänd"), *YEAR).columns


def test_the_status_tells_rows_and_days_per_source_and_table(store):
    bring(store, 1, {"lessons": [lesson("mira", "2025-09-01"), lesson("noor", "2026-04-01")]})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-02"), lesson("noor", "2026-04-01", late=5)]})
    assert store.status() == [TableStatus(SOURCE, "lessons", 3, date(2025, 9, 1), date(2026, 4, 2))]


def test_an_expression_becomes_a_frame_or_is_kept_under_a_name(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-04-01", unexcused=20), lesson("noor", "2026-04-01")]})
    days = store.days()
    missed = store.materialise(days.filter(days.unexcused > 0).select("pupil", "unexcused"), "missed")
    assert store.frame(missed).rows() == [("mira", 20)]
    assert isinstance(store.frame(missed), pl.DataFrame)


def test_times_are_read_as_utc_without_a_zone(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    assert store.frame(store.facts().lessons)["known_from"].to_list() == [day_of_import(1).replace(tzinfo=None)]


def test_a_reader_keeps_the_picture_it_began_with_while_an_import_commits(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    before = store.facts().lessons
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", unexcused=60)]})
    assert store.frame(before)["unexcused"].to_list() == [0]
    assert store.frame(store.facts().lessons)["unexcused"].to_list() == [60]


def test_lateness_counts_as_absence_only_where_the_source_says_so(store):
    late = [lesson("mira", "2026-04-01", unexcused=10, late=10)]
    bring(store, 1, {"lessons": late})
    with store.importing("Annan huvudman", day_of_import(2)) as run:
        stage(store, "lessons", [lesson("noor", "2026-04-01", unexcused=10, late=10)])
        run.reconcile("lessons", whole=False)
        row = import_row(2, "Annan huvudman")
        run.commit(type(row)(**{f: getattr(row, f) for f in row.__slots__} | {"lateness_is_absence": False}))
    days = store.frame(store.days()).sort("pupil")
    assert days.select("pupil", "late_absence", "late_lessons").rows() == [("mira", 10, 1), ("noor", 0, 1)]


def test_working_out_all_days_again_gives_the_same_days(store):
    given = [
        lesson("mira", "2025-09-01"),
        lesson("noor", "2026-04-01", is_reported=False),
        lesson("noor", "2026-04-02"),
    ]
    bring(store, 1, {"lessons": given})
    before = day_rows(store)
    store.roll_up()
    assert day_rows(store) == before
    unreported = next(row for row in before if str(row[1]) == "2026-04-01")
    assert unreported[2:9] == (1, 0, 60, 0, 0, 0, 0)
