"""`plug doctor` asks the database as the web does; and the roles of another PostgreSQL are made by a script."""

import psycopg
import pytest
from django.db import connection

from pluginnovation.cli.fence_checks import one_user, seals_hold
from pluginnovation.web.config.database import database
from pluginnovation.web.config.fence.standing import Standing, looked_over
from pluginnovation.web.config.postgres import WEB
from pluginnovation.web.config.postgres.passwords import SUPERUSER, read_password
from pluginnovation.web.config.postgres.script import roles_script
from pluginnovation.web.config.rights import give_rights, rights_are_given
from pluginnovation.web.people.seals import seal_logs
from tests.settings import HOME
from tests.web.people.test_seals import look, tamper
from tests.web.planted import AT

pytestmark = pytest.mark.django_db


def as_web() -> psycopg.Connection:
    """A connection of the web's role to the test's database: a real one, that is in no group of roles."""
    here = connection.settings_dict
    return psycopg.connect(
        host=here["HOST"], dbname=here["NAME"], user=WEB, password=read_password(HOME / "keys", WEB)
    )  # fmt: skip


@pytest.fixture
def let_in(server):
    with psycopg.connect(
        host=str(server.sockets), dbname="postgres", user=SUPERUSER, password=read_password(server.keys, SUPERUSER),
        autocommit=True,
    ) as session:  # fmt: skip
        session.execute(f'GRANT CONNECT ON DATABASE "{connection.settings_dict["NAME"]}" TO {WEB}')
        yield session


def test_a_fence_that_stands_shows_nobody_and_holds_every_table(let_in):
    assert looked_over(as_web()) == Standing(WEB, persons=False, open=())


def test_a_role_that_the_fence_does_not_hold_is_told(let_in, pals):
    found = Standing("someone", persons=True, open=())
    assert not found.stands
    # The test's own connection owns the tables, and nothing holds it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active('people_person')")
        assert cursor.fetchone() == (False,)


def test_the_worker_and_the_owner_may_have_addresses_of_their_own(tmp_path):
    env = {
        "DATABASE_URL": "postgresql://w:1@h/d", "PLUG_WORKER_DATABASE_URL": "postgresql://k:2@h/d",
        "PLUG_DATABASE_ROLE": "plug_worker",
    }  # fmt: skip
    assert database(env, tmp_path)["USER"] == "k"
    assert database({**env, "PLUG_DATABASE_ROLE": "plug_owner"}, tmp_path)["USER"] == "w"
    assert database({**env, "PLUG_DATABASE_ROLE": WEB}, tmp_path)["USER"] == "w"


def test_the_script_makes_roles_that_the_fence_can_hold_and_may_be_run_again(let_in):
    script = roles_script().replace("plug_", "trial_")
    let_in.execute("CREATE DATABASE trial")
    try:
        with psycopg.connect(
            host=let_in.info.host, dbname="trial", user=SUPERUSER, password=let_in.info.password, autocommit=True
        ) as session:
            session.execute(script)
            session.execute(script)
            flags = session.execute(
                "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname LIKE 'trial%'"
            ).fetchall()
            session.execute("SET ROLE trial_owner")
            session.execute("CREATE SCHEMA fence")
    finally:
        let_in.execute("DROP DATABASE trial WITH (FORCE)")
        for role in ("owner", "web", "worker"):
            let_in.execute(f"DROP ROLE trial_{role}")
    assert sorted(flags) == [
        ("trial_owner", False, False, False), ("trial_web", False, False, False), ("trial_worker", False, True, False),
    ]  # fmt: skip


def test_without_the_roles_the_pages_can_say_who_asks_and_nothing_is_fenced(monkeypatch, pals, visit_as):
    monkeypatch.setattr("pluginnovation.web.config.rights._has_roles", lambda _cursor: False)
    monkeypatch.setattr("tests.web.rights.WEB", "plug_owner")
    assert not rights_are_given()
    give_rights()
    assert rights_are_given()
    assert visit_as(pals.asa, f"/elev/{pals.mira}/").status_code == 200


def test_one_system_user_is_told_of():
    assert [finding.check for finding in one_user({})] == ["one_user"]


def test_the_doctor_names_the_batch_that_is_broken(pals, tmp_path):
    look(pals)
    seal_logs(tmp_path, at=AT)
    assert [finding.state for finding in seals_hold(tmp_path, AT)] == ["ok"]
    tamper("UPDATE people_visit SET page = ''")
    (found,) = seals_hold(tmp_path, AT)
    assert found.state == "wrong"
    assert "Omgång 1 av besöken (2026-04-23" in found.said[0]
    assert "a row was changed" in found.said[1]
