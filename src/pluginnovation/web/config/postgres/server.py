"""Start, share and stop the server of a home.

Whoever uses the server holds a shared lock; the last to leave stops it. Starting and stopping happen under a second
lock, so there are never two servers on one data folder, and a killed command leaves nothing that the next one
cannot take over.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pluginnovation.web.config.missing import ResourceMissing

from .binaries import binaries, run
from .cluster import make_cluster, write_settings
from .locks import Use, alone
from .passwords import HUB_ROLES, SUPERUSER, make_password, password_file, read_password
from .places import Places, make_home, make_server_folders, noted_roles, places_of, write_note
from .postmaster import forget_stale, postmaster
from .roles import DATABASE, HUB_DATABASE, ROLES_MADE, make_roles

START_SECONDS, STOP_SECONDS = 60, 30


@dataclass(frozen=True, slots=True)
class Connection:
    """How a role reaches the database. An empty password: the server has not been made yet."""

    host: str
    name: str
    user: str
    password: str


def connection(home: Path, role: str) -> Connection:
    """How this role reaches its database, the node's or the hub's, whether the server runs or not."""
    places = places_of(home)
    name = HUB_DATABASE if role in HUB_ROLES else DATABASE
    return Connection(str(places.sockets), name, role, read_password(places.keys, role) or "")


@contextmanager
def running(home: Path, *, places: Places | None = None) -> Iterator[Places]:
    """The home's server, made the first time, started if nobody has, stopped by the last to leave.

    Raises  ResourceMissing when it cannot be made or started
    """
    places = places or places_of(home)
    make_home(places)
    with alone(places.lock("start")):
        _start(places)
        use = Use(places.lock("use"))
    entered = os.getpid()
    try:
        yield places
    finally:
        # A forked child that ends passes here too; the use is its parent's.
        if os.getpid() == entered:
            with alone(places.lock("start")):
                if use.leave():
                    stop(places)


def stop(places: Places) -> None:
    """Stop the server, whoever started it: open transactions are undone, nothing is lost.

    On a machine too busy for that it is stopped at once, and mends itself when it starts again.
    """
    for how in ("fast", "immediate"):
        if not postmaster(places.data):
            return
        programs = binaries(places.account, places.shelf)
        flags = ["stop", "-D", str(places.data), "-m", how, "-w", "-t", str(STOP_SECONDS)]
        run([str(programs / "pg_ctl"), *flags], places.account, cwd=places.root)


def _start(places: Places) -> None:
    """Called under the start lock."""
    make_server_folders(places)
    _check_still_there(places)
    programs = binaries(places.account, places.shelf)
    if places.data.exists() and read_password(places.keys, SUPERUSER) is None:
        _set_aside(places)
    if not places.data.exists():
        make_cluster(places, programs, make_password(places.keys, SUPERUSER))
    _check_version(places, programs)
    if not postmaster(places.data):
        forget_stale(places.data)
        write_settings(places, places.data)
        _launch(places, programs)
    if noted_roles(places) < ROLES_MADE:
        make_roles(places.sockets, places.keys)
        write_note(places, ROLES_MADE)


def _launch(places: Places, programs: Path) -> None:
    flags = ["start", "-D", str(places.data), "-l", str(places.log), "-w", "-t", str(START_SECONDS)]
    last = time.monotonic() + 10
    while True:
        done = run([str(programs / "pg_ctl"), *flags], places.account, cwd=places.root)
        if done.returncode == 0:
            return
        # After a kill -9 of the server its children need a moment to notice and let go of the shared memory.
        if time.monotonic() > last:
            break
        time.sleep(0.5)
    raise ResourceMissing(
        "database_not_started",
        what=("Databasen startade inte.", "The database did not start."),
        todo=(f"Orsaken står sist i {places.log}.", f"The reason is at the end of {places.log}."),
    )


def _set_aside(places: Places) -> None:
    """Put away the data of a home that was removed, whose passwords went with it: nobody can open them here.

    Only the newest is kept, and only outside the home, where root's servers have their data.
    """
    stop(places)
    left = places.root / "data.left"
    shutil.rmtree(left, ignore_errors=True)
    os.rename(places.data, left)


def _check_still_there(places: Places) -> None:
    """A home that was complete must have both its data and its passwords, or an empty database would take over."""
    if not places.note.exists():
        return
    for lost in (places.data, password_file(places.keys, SUPERUSER)):
        if not lost.exists():
            raise ResourceMissing(
                "database_gone",
                what=(f"{lost} är borta, och databasen med den.", f"{lost} is gone, and the database with it."),
                todo=(
                    f"Återställ från säkerhetskopia. Ska allt börja om: ta bort {places.home}.",
                    f"Restore it from a backup. To start from nothing: remove {places.home}.",
                ),
            )


def _check_version(places: Places, programs: Path) -> None:
    version = (places.data / "PG_VERSION").read_text().strip()
    said = run([str(programs / "postgres"), "--version"], places.account).stdout
    if f" {version}." in said:
        return
    raise ResourceMissing(
        "database_other_version",
        what=(
            f"Databasen är gjord med PostgreSQL {version}, men installerat är {said.strip()}.",
            f"The database was made with PostgreSQL {version}, but installed is {said.strip()}.",
        ),
        todo=(
            "Installera den tidigare versionen, eller flytta data med pg_dump.",
            "Install the earlier version, or move the data with pg_dump.",
        ),
    )
