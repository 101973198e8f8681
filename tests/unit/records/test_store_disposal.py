"""Deleting a pupil everywhere, and what is answered about the pupil afterwards."""

from datetime import date, timedelta

import ibis
import polars as pl

from pluginnovation.records.derived import SIGNALS
from pluginnovation.records.import_run import Alongside
from pluginnovation.records.ledger import Disposal
from tests.unit.records.stored import (
    bring,
    day_of_import,
    day_rows,
    grant_for,
    import_row,
    lesson,
    membership,
    rolled_up_again,
    rows,
    stage,
)

GIVEN = {
    "lessons": [lesson("mira", "2025-09-01"), lesson("noor", "2025-09-01"), lesson("noor", "2026-04-01")],
    "memberships": [membership("7b", "mira"), membership("7b", "noor")],
    "duties": [{"person": "noor", "organisation": "a", "duty_role": "Lärare"}],
}


def signal_rows(store, *pupils):
    """A day's signals, with nothing but the pupil and the signal filled in."""
    columns = {c.name: {"double": "float64", "bool": "boolean"}.get(c.type, c.type) for c in SIGNALS.columns}
    values = [{"pupil": pupil, "source": "s", "signal": "absence_28d", "value": 0.2} for pupil in pupils]
    nothing = ibis.table(columns, name="nothing")
    picked = ", ".join(f"'{row['pupil']}'" for row in values)
    store.sql(
        f"CREATE OR REPLACE VIEW nothing AS SELECT {', '.join(_column(name) for name in columns)}"
        f" FROM (SELECT unnest([{picked}]) AS pupil)"
    )
    return nothing


def _column(name: str) -> str:
    filled = {"pupil": "pupil", "source": "'s'", "signal": "'absence_28d'", "value": "0.2"}
    return f"{filled.get(name, 'NULL')} AS {name}"


def bytes_of(store) -> bytes:
    """Everything in the home's Parquet files, decoded: codes are compressed on disk."""
    found = []
    for path in sorted(store.home.rglob("*.parquet")):
        found += [str(pl.read_parquet(path).rows()).encode()]
    return b"".join(found)


def test_a_purged_pupil_is_in_no_file_of_facts_history_or_derived_tables(store):
    bring(store, 1, GIVEN)
    bring(store, 2, {**GIVEN, "lessons": [lesson("noor", "2025-09-01", unexcused=60)]})
    store.write_signals(date(2026, 4, 1), signal_rows(store, "mira", "noor"))
    assert b"noor" in bytes_of(store)
    store.purge(["noor"], at=day_of_import(3), by="dpo")
    assert b"noor" not in bytes_of(store)
    assert b"mira" in bytes_of(store)
    assert [row[0] for row in rows(store, "lessons")] == ["mira"]
    assert day_rows(store) == rolled_up_again(store)
    assert store.frame(store.signals(date(2026, 4, 1)))["pupil"].to_list() == ["mira"]
    assert [one.purged for one in store.ledger.disposals()] == [True]


def test_as_known_reads_from_before_a_disposal_say_that_the_pupil_was_disposed(store):
    bring(store, 1, GIVEN)
    store.purge(["noor"], at=day_of_import(3), by="dpo")
    assert store.facts(day_of_import(2)).disposed_since == {"noor"}
    assert store.facts(day_of_import(4)).disposed_since == frozenset()
    assert store.facts().disposed_since == frozenset()
    assert [row[0] for row in rows(store, "lessons", day_of_import(2))] == ["mira"]


def test_a_pupil_is_hidden_from_the_decision_on_even_when_the_deletion_was_stopped(store):
    bring(store, 1, GIVEN)
    with store.ledger.transaction() as transaction:
        transaction.put_disposal(Disposal(day_of_import(2), "dpo", frozenset({"noor"})))
    assert [row[0] for row in rows(store, "lessons")] == ["mira"]
    assert [row[0] for row in day_rows(store)] == ["mira"]
    assert store.lessons_of(grant_for("noor"), date(2025, 1, 1), date(2026, 12, 31)).height == 0
    store.finish_disposals()
    assert b"noor" not in bytes_of(store)


def test_an_import_can_carry_a_disposal_with_it(store):
    bring(store, 1, GIVEN)
    left = {"lessons": [], "memberships": GIVEN["memberships"][:1]}
    bring(store, 2, left, alongside=Alongside(disposed=frozenset({"noor"})))
    assert b"noor" not in bytes_of(store)


def test_a_held_import_forgets_the_pupil_too(store):
    with store.importing("Påhittad region", day_of_import(1)) as run:
        stage(store, "lessons", GIVEN["lessons"])
        run.reconcile("lessons", whole=False)
        run.hold(import_row(1))
    assert b"noor" in bytes_of(store)
    store.purge(["noor"], at=day_of_import(2), by="dpo")
    assert b"noor" not in bytes_of(store)
    with store.releasing(1, day_of_import(3)) as run:
        assert run.counts("lessons").new == 1


def test_two_disposals_at_the_same_time_are_both_remembered(store):
    bring(store, 1, GIVEN)
    store.purge(["noor"], at=day_of_import(3), by="dpo")
    store.purge(["mira"], at=day_of_import(3), by="dpo")
    assert store.facts(day_of_import(2)).disposed_since == {"mira", "noor"}
    assert rows(store, "lessons") == []


def test_what_a_stopped_deletion_left_is_deleted_by_the_next_import(store):
    bring(store, 1, GIVEN)
    with store.ledger.transaction() as transaction:
        transaction.put_disposal(Disposal(day_of_import(2), "dpo", frozenset({"noor"})))
    bring(store, 3, {"lessons": [lesson("mira", "2026-04-03")]})
    assert b"noor" not in bytes_of(store)


def test_a_pupil_who_comes_back_later_is_read_again(store):
    bring(store, 1, GIVEN)
    store.purge(["noor"], at=day_of_import(2), by="dpo")
    bring(store, 3, GIVEN)
    assert len(rows(store, "lessons")) == 3
    assert len(rows(store, "lessons", day_of_import(3) - timedelta(hours=1))) == 1
