"""What every ledger promises. A test module subclasses this and gives a fixture `ledger`."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from pluginnovation.records.ledger import QUARANTINE_COLUMNS, Disposal, ImportRow

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


def import_row(number: int = 1, **changes) -> ImportRow:
    values = {
        "id": number,
        "source": "Påhittad region",
        "place": "demo",
        "by": "test",
        "at": NOON + timedelta(days=number),
        "finished_at": NOON + timedelta(days=number, seconds=5),
        "simulated": True,
        "files": ("lessons.csv", "persons.csv"),
        "counts": {"lessons": {"read": 3, "new": 2}},
        "fingerprints": {"lessons": "aa"},
    }
    return ImportRow(**{**values, **changes})


def turned_away(rule: str = "minutes_do_not_add_up") -> pl.DataFrame:
    row = {
        "resource": "lessons",
        "file": "lessons.csv",
        "line": 7,
        "column": "attended_minutes",
        "rule": rule,
        "value_class": "integer",
    }
    return pl.DataFrame([{name: row[name] for name in QUARANTINE_COLUMNS}], schema=QUARANTINE_COLUMNS)


class LedgerPromises:
    def test_a_new_ledger_is_empty(self, ledger):
        assert (ledger.head(), ledger.imports(), ledger.disposals()) == ({}, [], [])
        assert ledger.quarantine(1).is_empty()

    def test_everything_of_a_commit_is_there_afterwards(self, ledger):
        gone = Disposal(NOON, "dpo", frozenset({"aaaa", "bbbb"}))
        with ledger.transaction() as transaction:
            transaction.set_head("lessons", 3)
            transaction.put_import(import_row())
            transaction.put_quarantine(1, turned_away())
            transaction.put_disposal(gone)
        assert ledger.head() == {"lessons": 3}
        assert ledger.imports() == [import_row()]
        assert ledger.quarantine(1).equals(turned_away())
        assert ledger.disposals() == [gone]

    def test_nothing_of_a_failed_commit_is_there_afterwards(self, ledger):
        with ledger.transaction() as transaction:
            transaction.set_head("lessons", 1)

        def fail() -> None:
            with ledger.transaction() as transaction:
                transaction.set_head("lessons", 2)
                transaction.put_import(import_row())
                transaction.put_quarantine(1, turned_away())
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert ledger.head() == {"lessons": 1}
        assert ledger.imports() == []
        assert ledger.quarantine(1).is_empty()

    def test_a_table_keeps_its_version_while_another_gets_a_new_one(self, ledger):
        for table, version in (("lessons", 1), ("grades", 4), ("lessons", 2)):
            with ledger.transaction() as transaction:
                transaction.set_head(table, version)
        assert ledger.head() == {"lessons": 2, "grades": 4}

    def test_imports_come_in_the_order_of_their_numbers(self, ledger):
        for number in (10, 2, 1):
            with ledger.transaction() as transaction:
                transaction.put_import(import_row(number))
        assert [row.id for row in ledger.imports()] == [1, 2, 10]

    def test_a_released_import_takes_the_place_of_the_held_one(self, ledger):
        with ledger.transaction() as transaction:
            transaction.put_import(import_row(status="held", because=("lessons_shrank",)))
        with ledger.transaction() as transaction:
            transaction.put_import(import_row(status="done", at=NOON + timedelta(days=9)))
        (row,) = ledger.imports()
        assert (row.status, row.because, row.at) == ("done", (), NOON + timedelta(days=9))

    def test_a_second_quarantine_of_an_import_replaces_the_first(self, ledger):
        with ledger.transaction() as transaction:
            transaction.put_import(import_row())
            transaction.put_quarantine(1, turned_away("end_before_start"))
        with ledger.transaction() as transaction:
            transaction.put_quarantine(1, turned_away("minutes_do_not_add_up"))
        assert ledger.quarantine(1)["rule"].to_list() == ["minutes_do_not_add_up"]

    def test_a_disposal_that_is_carried_out_is_still_known(self, ledger):
        for purged in (False, True):
            with ledger.transaction() as transaction:
                transaction.put_disposal(Disposal(NOON, "dpo", frozenset({"aaaa"}), purged=purged))
        assert ledger.disposals() == [Disposal(NOON, "dpo", frozenset({"aaaa"}), purged=True)]
