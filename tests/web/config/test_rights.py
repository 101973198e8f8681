"""Each table is sorted: what the web and the worker may do with it."""

import re

import psycopg
import pytest
from django.db import connection

from pluginnovation.web.config.postgres import WEB, WORKER
from pluginnovation.web.config.rights import RIGHTS, give_rights, print_of, rights_are_given

pytestmark = pytest.mark.django_db


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def test_every_table_is_sorted_and_no_other():
    assert set(RIGHTS) == tables()


def test_each_role_has_exactly_the_rights_that_are_written_down():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, grantee, string_agg(privilege_type, ',' ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants WHERE grantee = ANY(%s)"
            " AND table_schema = 'public' GROUP BY 1, 2",
            [[WEB, WORKER]],
        )
        given = {(table, role): set(rights.split(",")) for table, role, rights in cursor.fetchall()}
    wanted = {
        (table, role): set(re.findall(r"[A-Z]+(?! \(|[A-Z])", rights))
        for table, both in RIGHTS.items()
        for role, rights in zip((WEB, WORKER), both, strict=True)
        if rights
    }
    assert given == wanted


@pytest.mark.parametrize("table", ["people_visit", "people_auditevent"])
@pytest.mark.parametrize("role", [WEB, WORKER])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {}", "TRUNCATE {}"])
def test_what_was_looked_at_and_done_is_added_and_never_changed(table, role, act):
    column = connection.introspection.get_table_description(connection.cursor(), table)[0].name
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        with pytest.raises(Exception, match="permission denied") as said:
            cursor.execute(act.format(table, f"{column} = {column}"))
        assert isinstance(said.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_web_reads_who_people_are_and_cannot_change_it():
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {WEB}")
        cursor.execute("SELECT count(*) FROM people_person")
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("UPDATE people_person SET given_name = 'x'")


def test_rights_are_given_anew_when_they_differ():
    assert rights_are_given()
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA public IS 'rights of before'")
    assert not rights_are_given()
    give_rights()
    assert rights_are_given()


def test_the_print_tells_rights_and_tables_apart():
    assert print_of(["a", "people_person"]) != print_of(["people_person"])
    assert print_of(["b", "people_person"]) == print_of(["people_person", "b"])


def test_rights_that_can_not_be_given_whole_are_as_before(monkeypatch):
    """Nobody who asks while they are given anew, or when that fails, is left with none."""

    def broken(**_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("pluginnovation.web.config.rights.raise_fence", broken)
    monkeypatch.setattr("pluginnovation.web.config.rights.rights_on", lambda _table: ("", ""))
    with pytest.raises(RuntimeError):
        give_rights()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'records_job', 'SELECT')", [WORKER])
        assert cursor.fetchone() == (True,)
