"""Who comes in, and how far: scram for all, a role for each, and no folder's mode changed."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import HUB_ROLES, HUB_WEB, OWNER, ROLES, WEB, WORKER, running
from pluginnovation.web.config.postgres.binaries import installation
from pluginnovation.web.config.postgres.passwords import SUPERUSER, password_file
from tests.web.config.servers import own_places, speak


@pytest.fixture(scope="module")
def places():
    with own_places() as own, running(own.home, places=own):
        with speak(own, OWNER) as owner:
            owner.execute("CREATE TABLE secret (text text)")
            owner.execute("INSERT INTO secret VALUES ('x')")
        yield own


@pytest.mark.parametrize("role", [SUPERUSER, OWNER, WEB, WORKER])
def test_a_wrong_password_is_refused_to_every_role(places, role):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        speak(places, role, password="wrong")


def test_no_password_at_all_is_refused(places):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host=str(places.sockets), dbname="plug", user=WEB)


@pytest.mark.parametrize(("role", "database"), [(WEB, "plug_hub"), (WORKER, "plug_hub"), (HUB_WEB, "plug")])
def test_no_role_of_the_node_enters_the_hub_nor_the_other_way_round(places, role, database):
    password = password_file(places.keys, role).read_text().strip()
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(host=str(places.sockets), dbname=database, user=role, password=password)


def test_the_only_rule_of_entry_is_scram_on_the_socket(places):
    with speak(places, SUPERUSER) as server:
        rules = server.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        hashed = server.execute("SELECT count(*) FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%'").fetchone()
        shown = server.execute(
            "SELECT current_setting('listen_addresses'), current_setting('data_checksums')"
        ).fetchone()
    assert rules == [("local", "scram-sha-256")]
    assert hashed == (1 + len(ROLES) + len(HUB_ROLES),)
    assert shown == ("", "on")


def test_text_is_utf8_and_letters_are_unicode_whatever_the_machine_has(places):
    with speak(places, WEB) as web:
        encoding, upper = web.execute("SELECT current_setting('server_encoding'), upper('åäöé')").fetchone()
    assert (encoding, upper) == ("UTF8", "ÅÄÖÉ")


@pytest.mark.parametrize("role", [WEB, WORKER])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM secret",
        "DELETE FROM secret",
        "DROP TABLE secret",
        "CREATE TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION hstore",
        "CREATE ROLE mine",
        "ALTER ROLE plug_web SUPERUSER",
        "SET ROLE plug_owner",
        "COPY (SELECT 1) TO '/tmp/plug-copied'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_web_and_worker_can_neither_read_the_owners_tables_nor_change_a_shape(places, role, statement):
    with speak(places, role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_owner_is_no_superuser_and_makes_no_roles(places):
    with speak(places, OWNER) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("CREATE ROLE mine")


@pytest.mark.parametrize("role", [OWNER, WEB, WORKER])
def test_nobody_but_the_superuser_enters_another_database(places, role):
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        speak(places, role, name="postgres")


def test_every_password_has_its_own_file_that_only_its_owner_reads(places):
    files = [password_file(places.keys, role) for role in (SUPERUSER, OWNER, WEB, WORKER)]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len({file.read_text() for file in files}) == 4
    assert stat.S_IMODE(places.keys.stat().st_mode) == 0o700


def test_data_and_socket_lie_in_folders_of_their_own(places):
    for folder in (places.root, places.sockets, places.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    # No password is left behind beside the data.
    assert {p.name for p in places.root.iterdir()} == {"data", "run", "log.txt"}


def test_what_people_wrote_does_not_end_up_in_the_log(places):
    with speak(places, OWNER) as owner:
        owner.execute("CREATE TABLE names (name text PRIMARY KEY)")
        owner.execute("INSERT INTO names VALUES ('Kanariefågel')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO names VALUES (%s)", ["Kanariefågel"])
    text = places.log.read_text(encoding="utf-8")
    assert "duplicate key" in text
    assert "Kanarief" not in text


def modes(folder: Path) -> dict[Path, int]:
    """The mode of the folder, of everything above it, and of the package's own folders."""
    return {path: path.stat().st_mode for start in (folder, installation() / "bin") for path in (start, *start.parents)}


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750])
def test_no_folder_that_was_there_gets_another_mode(mode):
    with own_places() as own:
        own.home.mkdir()
        own.home.chmod(mode)
        before = modes(own.home)
        with running(own.home, places=own):
            pass
        assert modes(own.home) == before


def test_a_socket_folder_that_others_may_enter_is_refused():
    with own_places() as own:
        own.sockets.mkdir(parents=True)
        if own.account:
            os.chown(own.root, own.account.uid, own.account.gid)
        own.sockets.chmod(0o777)
        with pytest.raises(ResourceMissing) as said, running(own.home, places=own):
            pass
        assert said.value.code == "socket_folder_not_private"
