"""What an import changes: its rows against what is believed."""

from datetime import timedelta

import pytest

from pluginnovation.records.reconcile import Counts
from tests.unit.records.stored import (
    bring,
    day_of_import,
    day_rows,
    files_of,
    lesson,
    membership,
    rolled_up_again,
    rows,
    stage,
)

SEPTEMBER = [lesson("mira", "2025-09-01"), lesson("noor", "2025-09-01", unexcused=60), lesson("noor", "2025-09-02")]
APRIL = [lesson("mira", "2026-04-01"), lesson("noor", "2026-04-01", excused=30)]


def test_an_empty_store_has_every_table_and_no_row(store):
    assert rows(store, "lessons") == []
    assert rows(store, "memberships") == []
    assert day_rows(store) == []
    assert store.signal_days() == []


def test_the_first_import_is_all_new(store):
    counts = bring(store, 1, {"lessons": SEPTEMBER + APRIL})
    assert counts["lessons"] == Counts(read=5, new=5)
    assert len(rows(store, "lessons")) == 5
    assert day_rows(store) == rolled_up_again(store)


def test_the_same_import_again_changes_nothing_and_writes_no_file(store):
    bring(store, 1, {"lessons": SEPTEMBER, "memberships": [membership("7b", "mira")]})
    before = files_of(store, "lessons"), files_of(store, "memberships"), store.ledger.head()
    counts = bring(store, 2, {"lessons": SEPTEMBER[::-1], "memberships": [membership("7b", "mira")]})
    assert counts["lessons"] == Counts(read=3, unchanged=3)
    assert (files_of(store, "lessons"), files_of(store, "memberships"), store.ledger.head()) == before


def test_a_new_day_leaves_the_files_of_other_days_as_they_are(store):
    bring(store, 1, {"lessons": APRIL})
    before = files_of(store, "lessons")["2026-04"], files_of(store, "pupil_days")["2026-04"]
    assert bring(store, 2, {"lessons": [lesson("mira", "2026-04-02")]})["lessons"] == Counts(read=1, new=1)
    after = files_of(store, "lessons")["2026-04"], files_of(store, "pupil_days")["2026-04"]
    assert before[0] < after[0]
    assert before[1] < after[1]
    assert day_rows(store) == rolled_up_again(store)


def test_a_lesson_added_to_a_day_already_there_rolls_that_day_up_once(store):
    bring(store, 1, {"lessons": APRIL})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", activity="sv", start_minute=600)]})
    assert day_rows(store) == rolled_up_again(store)
    assert [row[2] for row in day_rows(store)] == [2, 1]


def test_a_correction_of_an_old_month_rewrites_only_that_month(store):
    bring(store, 1, {"lessons": SEPTEMBER + APRIL})
    lessons, days = files_of(store, "lessons"), files_of(store, "pupil_days")
    counts = bring(store, 2, {"lessons": [lesson("noor", "2025-09-01", excused=60)]})
    assert counts["lessons"] == Counts(read=1, changed=1)
    assert files_of(store, "lessons")["2026-04"] == lessons["2026-04"]
    assert files_of(store, "pupil_days")["2026-04"] == days["2026-04"]
    assert not files_of(store, "lessons")["2025-09"] & lessons["2025-09"]
    assert day_rows(store) == rolled_up_again(store)


def test_what_was_known_before_a_correction_can_still_be_read(store):
    bring(store, 1, {"lessons": SEPTEMBER})
    then, days_then = rows(store, "lessons"), day_rows(store)
    bring(store, 2, {"lessons": [lesson("noor", "2025-09-01", excused=60), lesson("noor", "2025-09-02", offered=0)]})
    now, days_now = rows(store, "lessons"), day_rows(store)
    bring(store, 3, {"lessons": [lesson("noor", "2025-09-01", unexcused=60)]})
    assert rows(store, "lessons", day_of_import(1)) == then
    assert rows(store, "lessons", day_of_import(2) - timedelta(microseconds=1)) == then
    assert rows(store, "lessons", day_of_import(2)) == now
    assert day_rows(store, day_of_import(1)) == days_then
    assert day_rows(store, day_of_import(2)) == days_now
    assert rows(store, "lessons", day_of_import(1) - timedelta(days=1)) == []


def test_a_cancelled_lesson_removes_the_one_with_its_key_and_is_not_a_row_itself(store):
    bring(store, 1, {"lessons": APRIL})
    cancelled = [lesson("mira", "2026-04-01", offered=0), lesson("sami", "2026-04-01", offered=0)]
    assert bring(store, 2, {"lessons": cancelled})["lessons"] == Counts(read=2, ended=1, cancelled=2)
    assert [row[0] for row in rows(store, "lessons")] == ["noor"]
    assert day_rows(store) == rolled_up_again(store)
    assert bring(store, 3, {"lessons": cancelled})["lessons"] == Counts(read=2, cancelled=2)


def test_a_cancelled_lesson_in_a_first_import_is_no_row(store):
    counts = bring(store, 1, {"lessons": [lesson("mira", "2026-04-01", offered=0), *SEPTEMBER]})
    assert counts["lessons"] == Counts(read=4, new=3, cancelled=1)
    assert len(rows(store, "lessons")) == 3


def test_the_last_lesson_of_a_month_can_go(store):
    bring(store, 1, {"lessons": [lesson("mira", "2026-04-01")]})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", offered=0)]})
    assert rows(store, "lessons") == []
    assert day_rows(store) == []


def test_a_row_missing_from_a_whole_resource_has_ended(store):
    bring(store, 1, {"memberships": [membership("7b", "mira"), membership("7b", "noor")]})
    counts = bring(store, 2, {"memberships": [membership("7b", "noor"), membership("7c", "mira")]})
    assert counts["memberships"] == Counts(read=2, new=1, unchanged=1, ended=1)
    assert [row[:2] for row in rows(store, "memberships")] == [("7b", "noor"), ("7c", "mira")]
    assert [row[:2] for row in rows(store, "memberships", day_of_import(1))] == [("7b", "mira"), ("7b", "noor")]


def test_an_empty_whole_resource_ends_every_row(store):
    bring(store, 1, {"memberships": [membership("7b", "mira")]})
    assert bring(store, 2, {"memberships": []})["memberships"] == Counts(ended=1)
    assert rows(store, "memberships") == []


def test_rows_missing_from_an_increment_stay(store):
    bring(store, 1, {"lessons": SEPTEMBER})
    assert bring(store, 2, {"lessons": SEPTEMBER[:1]})["lessons"] == Counts(read=1, unchanged=1)
    assert len(rows(store, "lessons")) == 3


def test_empty_cells_in_a_key_are_equal(store):
    given = [membership("7b", "mira"), membership("7b", "mira", start_date=day_of_import(1).date())]
    bring(store, 1, {"memberships": given})
    changed = [membership("7b", "mira", end_date=day_of_import(9).date()), given[1]]
    assert bring(store, 2, {"memberships": changed})["memberships"] == Counts(read=2, changed=1, unchanged=1)


def test_two_sources_never_touch_each_others_rows(store):
    bring(store, 1, {"memberships": [membership("7b", "mira")], "lessons": APRIL})
    other = {"memberships": [membership("7b", "sami")], "lessons": [lesson("sami", "2026-04-01")]}
    assert bring(store, 2, other, source="A/B: ö*")["memberships"] == Counts(read=1, new=1)
    assert bring(store, 3, {"memberships": []}, source="A/B: ö*")["memberships"] == Counts(ended=1)
    assert [row[:2] for row in rows(store, "memberships")] == [("7b", "mira")]
    assert len(rows(store, "lessons")) == 3
    assert day_rows(store) == rolled_up_again(store)


def test_the_rows_that_change_are_told_to_the_sink(store):
    bring(store, 1, {"memberships": [membership("7b", "mira"), membership("7b", "noor"), membership("7b", "sami")]})
    with store.importing("Påhittad region", day_of_import(2)) as run:
        given = [membership("7b", "mira", end_date=day_of_import(2).date()), membership("7b", "noor")]
        stage(store, "memberships", [*given, membership("7c", "sami")])
        run.reconcile("memberships", whole=True)
        told = run.changed_rows("memberships").select("group", "pupil", "ended").rows()
        assert sorted(told) == [("7b", "mira", False), ("7b", "sami", True), ("7c", "sami", False)]
        stage(store, "lessons", [])
        run.reconcile("lessons", whole=False)
        assert run.changed_rows("lessons").columns[-1] == "ended"


def test_a_run_that_does_not_commit_changes_nothing(store):
    bring(store, 1, {"lessons": APRIL})
    before = store.ledger.head(), store.ledger.imports()
    with store.importing("Påhittad region", day_of_import(2)) as run:
        stage(store, "lessons", SEPTEMBER)
        assert run.reconcile("lessons", whole=False) == Counts(read=3, new=3)
    assert (store.ledger.head(), store.ledger.imports()) == before
    assert len(rows(store, "lessons")) == 2


def test_an_import_leaves_nothing_behind_in_the_engine(store):
    bring(store, 1, {"lessons": APRIL})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", unexcused=60)]})
    tables = {table for (table,) in store.sql("SELECT table_name FROM duckdb_tables()")}
    assert tables == {"staged_lessons"}


def test_imports_become_known_one_after_the_other_whatever_the_clock_says(store):
    bring(store, 5, {"lessons": SEPTEMBER})
    bring(store, 2, {"lessons": APRIL})
    first, second = store.ledger.imports()
    assert first.at < second.at
    assert (first.id, second.id) == (1, 2)


def test_a_sink_that_fails_undoes_the_whole_import(store):
    from pluginnovation.records.import_run import Alongside

    def fail() -> None:
        raise RuntimeError

    bring(store, 1, {"lessons": APRIL})
    before, files = rows(store, "lessons"), sorted((store.home / "facts").rglob("*.parquet"))
    with pytest.raises(RuntimeError):
        bring(store, 2, {"lessons": SEPTEMBER}, alongside=Alongside(within=fail))
    assert rows(store, "lessons") == before
    assert sorted((store.home / "facts").rglob("*.parquet")) == files
    assert bring(store, 2, {"lessons": SEPTEMBER})["lessons"] == Counts(read=3, new=3)
    assert len(rows(store, "lessons")) == 5
