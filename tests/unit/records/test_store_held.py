"""Imports that wait for a person, and the derived table of signals."""

from datetime import date

import pytest

from pluginnovation.records.reconcile import Counts
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.waiting import discard_import
from tests.unit.records.stored import (
    bring,
    day_of_import,
    day_rows,
    files_of,
    import_row,
    lesson,
    membership,
    rows,
    stage,
)
from tests.unit.records.test_store_disposal import signal_rows

APRIL = [lesson("mira", "2026-04-01"), lesson("noor", "2026-04-01")]


def hold(store, number):
    with store.importing("Påhittad region", day_of_import(number)) as run:
        stage(store, "lessons", [lesson("mira", "2026-04-01", unexcused=60)])
        stage(store, "memberships", [membership("7b", "mira")])
        run.reconcile("lessons", whole=False)
        run.reconcile("memberships", whole=True)
        return run.hold(import_row(number))


def test_a_held_import_is_kept_apart_and_not_used(store):
    bring(store, 1, {"lessons": APRIL})
    before = rows(store, "lessons"), day_rows(store)
    assert hold(store, 2).id == 2
    assert (rows(store, "lessons"), day_rows(store)) == before
    assert [row.status for row in store.ledger.imports()] == ["done", "held"]


def test_a_released_import_counts_from_its_release(store):
    bring(store, 1, {"lessons": APRIL})
    held = hold(store, 2)
    with store.releasing(held.id, day_of_import(5)) as run:
        assert run.counts("lessons") == Counts(read=1, changed=1)
        assert run.counts("memberships") == Counts(read=1, new=1)
        run.commit(held)
    assert [row[9] for row in rows(store, "lessons")] == [60, 0]
    assert [row[9] for row in rows(store, "lessons", day_of_import(4))] == [0, 0]
    assert [(row.id, row.status, row.at) for row in store.ledger.imports()][1] == (2, "done", day_of_import(5))
    assert not (store.home / "held" / "2").exists()


def test_a_discarded_import_leaves_nothing_but_its_line_in_the_ledger(store):
    bring(store, 1, {"lessons": APRIL})
    hold(store, 2)
    discard_import(store, 2, by="test", at=day_of_import(3))
    assert [row.status for row in store.ledger.imports()] == ["done", "discarded"]
    assert not list((store.home / "held").rglob("*.parquet"))


def test_an_import_that_does_not_wait_can_not_be_released(store):
    bring(store, 1, {"lessons": APRIL})
    with pytest.raises(Refusal) as refused, store.releasing(1, day_of_import(2)):
        pass
    assert refused.value.code == "not_held"


def test_a_second_run_for_a_day_replaces_its_signals(store):
    store.write_signals(date(2026, 4, 1), signal_rows(store, "mira", "noor"))
    store.write_signals(date(2026, 4, 2), signal_rows(store, "mira"))
    assert store.write_signals(date(2026, 4, 1), signal_rows(store, "noor")) == 1
    assert store.frame(store.signals(date(2026, 4, 1)))["pupil"].to_list() == ["noor"]
    assert store.frame(store.signals(date(2026, 4, 2)))["pupil"].to_list() == ["mira"]
    assert store.signal_days() == [date(2026, 4, 1), date(2026, 4, 2)]
    assert store.frame(store.signals(date(2026, 4, 3))).height == 0


def test_many_small_files_are_written_together_and_no_row_changes(store):
    for number in range(1, 11):
        changed = [lesson("mira", f"2026-04-{number:02}"), lesson("noor", "2026-05-01", unexcused=number)]
        bring(store, number, {"lessons": changed})
    before = rows(store, "lessons"), day_rows(store), rows(store, "lessons", day_of_import(4))
    assert store.tidy() == 3
    assert (rows(store, "lessons"), day_rows(store), rows(store, "lessons", day_of_import(4))) == before
    assert {month: len(files) for month, files in files_of(store, "lessons").items()} == {"2026-04": 1, "2026-05": 2}
    assert store.tidy() == 0


def test_old_versions_go_with_the_vacuum_and_new_ones_stay(store):
    bring(store, 1, {"lessons": APRIL})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", unexcused=60)]})
    (store.home / "held" / "77").mkdir(parents=True)
    assert store.vacuum() == 0
    assert not (store.home / "held" / "77").exists()
    assert store.folders["lessons"].vacuum(hours=0) == 1
    assert len(rows(store, "lessons")) == 2
    assert len(rows(store, "lessons", day_of_import(1))) == 2
