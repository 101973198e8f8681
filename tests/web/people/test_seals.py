"""What was looked at and done is sealed: whatever is done to a row or to the chain is found, and where."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import AuditEvent, Seal, Visit
from pluginnovation.web.people.seals import CHAIN, HEAD, ROWS, broken_batches, heads_file, seal_logs, unsealed
from tests.web.planted import AT


def look(pals, times=3):
    for number in range(times):
        Visit.objects.create(
            at=AT + timedelta(minutes=number), viewer=pals.asa, role="mentor", reach="own_group", through="g",
            pupil=pals.mira, page="pupil",
        )  # fmt: skip


@pytest.fixture
def sealed(pals, tmp_path):
    """Three nights, one batch of three visits each."""
    for night in range(3):
        look(pals)
        seal_logs(tmp_path, at=AT + timedelta(days=night))
    return tmp_path


def tamper(statement, *values):
    """As the owner of the tables can, who may also take a trigger away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("people_visit", "people_auditevent", "people_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def found(home: Path):
    return [(one.log, one.number, one.why) for one in broken_batches(home)]


def visit(number):
    return Visit.objects.order_by("id")[number].pk


def test_three_nights_hold_and_a_night_with_nothing_new_adds_no_batch(sealed):
    assert found(sealed) == []
    assert Seal.objects.filter(log="visits").count() == 3
    assert seal_logs(sealed, at=AT + timedelta(days=3)) == {"visits": 0, "audit": 0}
    assert Seal.objects.filter(log="visits").count() == 3
    assert unsealed(AT + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    "column", ["viewer_id = NULL", "pupil = 'somebody'", "at = at + interval '1 second'", "page = ''",
               "role = 'teacher'", "reach = 'school'", "through = ''"],
)  # fmt: skip
def test_a_changed_row_is_found_in_its_batch(sealed, column):
    tamper(f"UPDATE people_visit SET {column} WHERE id = %s", visit(4))
    assert found(sealed) == [("visits", 2, ROWS)]


def test_a_deleted_row_is_found_in_its_batch(sealed):
    tamper("DELETE FROM people_visit WHERE id = %s", visit(0))
    assert found(sealed) == [("visits", 1, ROWS)]


def test_a_row_put_in_afterwards_is_found(sealed):
    gone = visit(7)
    tamper("UPDATE people_visit SET id = id + 100000 WHERE id = %s", gone)
    assert ("visits", 3, ROWS) in found(sealed)
    tamper("UPDATE people_visit SET id = %s WHERE id = %s", gone, gone + 100000)
    assert found(sealed) == []
    tamper(
        "INSERT INTO people_visit (id, at, role, reach, through, pupil, page) VALUES (%s, now(), '', '', '', '', '')",
        visit(0) - 1,
    )
    assert found(sealed) == [("visits", 1, ROWS)]


def test_a_chain_that_is_cut_is_found_wherever_it_is_cut(sealed):
    tamper("DELETE FROM people_seal WHERE log = 'visits' AND number = 2")
    assert ("visits", 3, CHAIN) in found(sealed)


def test_a_chain_whose_end_is_cut_off_is_found_by_the_file(sealed):
    tamper("DELETE FROM people_seal WHERE number = 3")
    assert ("visits", 3, CHAIN) in found(sealed)


def test_a_chain_that_is_made_anew_is_found_by_the_file(sealed):
    tamper("DELETE FROM people_visit WHERE id = %s", visit(8))
    tamper("DELETE FROM people_seal WHERE log = 'visits' AND number = 3")
    says = heads_file(sealed, "2026-04-25").read_text()
    seal_logs(sealed, at=AT + timedelta(days=2))
    heads_file(sealed, "2026-04-25").write_text(says)  # whoever copied it elsewhere has it still
    assert found(sealed) == [("visits", 3, HEAD)]


def test_a_file_that_is_gone_or_unreadable_is_found(sealed):
    heads_file(sealed, "2026-04-24").unlink()
    heads_file(sealed, "2026-04-23").write_text("{")
    assert sorted(found(sealed)) == [("visits", 1, HEAD), ("visits", 2, HEAD)]


def test_acts_are_sealed_with_their_details(pals, tmp_path):
    with recorded("try", by=pals.adam, at=AT, about="1", figure=1, word="å"):
        pass
    seal_logs(tmp_path, at=AT)
    assert found(tmp_path) == []
    tamper("UPDATE people_auditevent SET details = '{\"figure\": 2}' WHERE id = %s", AuditEvent.objects.latest("id").pk)
    assert found(tmp_path) == [("audit", 1, ROWS)]


def test_the_file_is_whole_or_not_there(sealed, pals, monkeypatch):
    says = heads_file(sealed, "2026-04-25").read_text()
    look(pals)
    monkeypatch.setattr("os.replace", _full)
    with pytest.raises(OSError, match="full"):
        seal_logs(sealed, at=AT + timedelta(days=2))
    assert heads_file(sealed, "2026-04-25").read_text() == says
    assert [path.name for path in (sealed / "seals").glob(".*")] == []
    monkeypatch.undo()
    seal_logs(sealed, at=AT + timedelta(days=3))  # nothing new: but what the last night didn't write is written
    assert found(sealed) == []
    assert json.loads(heads_file(sealed, "2026-04-25").read_text())["visits"]["batch"] == 4


def _full(*_):
    raise OSError("full")


def test_the_worker_may_add_a_seal_and_the_web_not_even_read_one(sealed):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('plug_worker', 'people_seal', 'INSERT'),"
            " has_table_privilege('plug_worker', 'people_seal', 'UPDATE, DELETE, TRUNCATE'),"
            " has_table_privilege('plug_web', 'people_seal', 'SELECT, INSERT, UPDATE, DELETE')"
        )
        assert cursor.fetchone() == (True, False, False)
