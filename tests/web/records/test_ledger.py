"""The ledger in the database: identities, import, quarantine and versions in one commit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from django.db import connection, transaction

from pluginnovation.records.ledger import Disposal, ImportRow
from pluginnovation.web.people.models import AuditEvent, Installation, Person
from pluginnovation.web.people.sink import PeopleSink
from pluginnovation.web.records.ledger import DatabaseLedger
from pluginnovation.web.records.models import Quarantined
from tests.pals import everyone
from tests.unit.records.ledger_promises import LedgerPromises, turned_away

AT = datetime(2026, 4, 23, 6, 30, 15, 123456, tzinfo=UTC)
ROW = ImportRow(
    id=1,
    source="bjorkeby",
    place="april",
    by="the operator",
    at=AT,
    finished_at=AT + timedelta(seconds=9),
    files=("lessons.csv", "persons.csv"),
    counts={"lessons": {"read": 10, "new": 9}},
    fingerprints={"lessons": "feed"},
    because=("lessons:grew",),
    limits={"changed_pct": 50},
)


TURNED_AWAY = pl.concat([turned_away(), turned_away("end_before_start")])


@pytest.fixture
def ledger(db):
    return DatabaseLedger()


class TestDatabaseLedger(LedgerPromises):
    """What every ledger promises."""


def test_identities_and_the_import_stand_or_fall_together(ledger):
    def fails():
        with ledger.transaction() as commit:
            PeopleSink().take(everyone())
            commit.put_import(ROW)
            commit.put_quarantine(1, TURNED_AWAY)
            commit.set_head("lessons", 1)
            raise RuntimeError("killed just before the end")

    with pytest.raises(RuntimeError):
        fails()
    assert (ledger.head(), ledger.imports()) == ({}, [])
    assert not Person.objects.exists()
    assert not Quarantined.objects.exists()
    assert not AuditEvent.objects.exists()
    assert not Installation.objects.exists()


def test_an_import_is_in_the_audit_and_closes_the_demo_in_the_same_commit(ledger):
    with ledger.transaction() as commit:
        commit.put_import(replace(ROW, simulated=True))
        assert Installation.objects.get().first_simulated_at == ROW.finished_at
        assert Installation.objects.get().first_real_import_at is None
    with ledger.transaction() as commit:
        commit.put_import(replace(ROW, id=2))
    assert Installation.objects.get().first_real_import_at == ROW.finished_at
    events = AuditEvent.objects.filter(action="import").order_by("id")
    assert [(event.about, event.details["simulated"]) for event in events] == [("1", True), ("2", False)]


def test_a_large_quarantine_is_written_at_once(ledger):
    many = pl.concat([TURNED_AWAY] * 20_000)
    with ledger.transaction() as commit:
        commit.put_import(ROW)
        commit.put_quarantine(1, many)
    assert Quarantined.objects.count() == 40_000


@pytest.mark.parametrize("role", ["plug_worker"])
def test_the_workers_role_may_keep_the_ledger(ledger, role):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        with ledger.transaction() as commit:
            commit.put_import(ROW)
            commit.put_quarantine(1, TURNED_AWAY)
            commit.set_head("lessons", 1)
            commit.put_disposal(Disposal(AT, "x", frozenset({"mira"})))
        cursor.execute("RESET ROLE")
    assert ledger.head() == {"lessons": 1}


@pytest.mark.django_db(transaction=True)
def test_a_second_commit_waits_for_the_first(ledger):
    import threading

    order, inside = [], threading.Event()

    def second():
        inside.wait(5)
        try:
            with DatabaseLedger().transaction() as commit:
                order.append("second")
                commit.set_head("lessons", 2)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    other.start()
    with ledger.transaction() as commit:
        inside.set()
        other.join(0.5)
        order.append("first")
        commit.set_head("lessons", 1)
    other.join(5)
    assert order == ["first", "second"]
    assert ledger.head() == {"lessons": 2}
