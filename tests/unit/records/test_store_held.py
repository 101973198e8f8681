"""Imports that wait for a person, and the derived table of signals."""

from datetime import date

from pluginnovation.records.reconcile import Counts
from tests.unit.records.stored import bring, day_of_import, day_rows, import_row, lesson, membership, rows, stage
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
    store.discard(2)
    assert [row.status for row in store.ledger.imports()] == ["done", "discarded"]
    assert not list((store.home / "held").rglob("*.parquet"))


def test_a_second_run_for_a_day_replaces_its_signals(store):
    store.write_signals(date(2026, 4, 1), signal_rows(store, "mira", "noor"))
    store.write_signals(date(2026, 4, 2), signal_rows(store, "mira"))
    assert store.write_signals(date(2026, 4, 1), signal_rows(store, "noor")) == 1
    assert store.frame(store.signals(date(2026, 4, 1)))["pupil"].to_list() == ["noor"]
    assert store.frame(store.signals(date(2026, 4, 2)))["pupil"].to_list() == ["mira"]
    assert store.signal_days() == [date(2026, 4, 1), date(2026, 4, 2)]
    assert store.frame(store.signals(date(2026, 4, 3))).height == 0


def test_old_versions_go_with_the_vacuum_and_new_ones_stay(store):
    bring(store, 1, {"lessons": APRIL})
    bring(store, 2, {"lessons": [lesson("mira", "2026-04-01", unexcused=60)]})
    (store.home / "held" / "77").mkdir(parents=True)
    assert store.vacuum() == 0
    assert not (store.home / "held" / "77").exists()
    assert store.folders["lessons"].vacuum(hours=0) == 1
    assert len(rows(store, "lessons")) == 2
    assert len(rows(store, "lessons", day_of_import(1))) == 2
