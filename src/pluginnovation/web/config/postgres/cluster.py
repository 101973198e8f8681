"""A new cluster: made once, with our own settings, never with anyone trusted."""

import os
import shutil
import tempfile
from pathlib import Path

from pluginnovation.web.config.missing import ResourceMissing

from .binaries import run
from .passwords import SUPERUSER
from .places import Places

# Everyone gives a password, on the socket as everywhere; there is no other way in.
HBA = "local all all scram-sha-256\n"

SETTINGS = """\
# Written by plug. A Unix socket is the only way in.
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '128MB'
max_wal_size = '2GB'
# Pages read finished rows; parallel queries would only take the cores from the import.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
# Shared memory in files: some systems empty /dev/shm when a user logs out, containers keep it small.
dynamic_shared_memory_type = mmap
jit = off
timezone = 'UTC'
# What people wrote never ends up in a log: neither the statement nor the row that broke a rule.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def make_cluster(places: Places, programs: Path, password: str) -> None:
    """Make the data folder, whole or not at all: UTF-8, checksums, scram, our settings.

    Raises  ResourceMissing when initdb says no
    """
    fresh = places.root / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    descriptor, name = tempfile.mkstemp(dir=places.root)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(password + "\n")
        _give(Path(name), places)
        _initdb(places, programs, fresh, Path(name))
    finally:
        os.unlink(name)
    (fresh / "pg_hba.conf").write_text(HBA, encoding="utf-8")
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("include_if_exists = 'plug.conf'\n")
    write_settings(places, fresh)
    os.rename(fresh, places.data)


def write_settings(places: Places, data: Path) -> None:
    """Our settings, written anew before every start so that a newer version's are used."""
    text = f"{SETTINGS}unix_socket_directories = '{places.sockets}'\n"
    conf = data / "plug.conf"
    if conf.exists() and conf.read_text(encoding="utf-8") == text:
        return
    fresh = conf.with_name("plug.conf.new")
    fresh.write_text(text, encoding="utf-8")
    os.chmod(fresh, 0o600)
    _give(fresh, places)
    os.replace(fresh, conf)


def _initdb(places: Places, programs: Path, data: Path, password: Path) -> None:
    flags = [
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        # Byte order and Unicode letters, the same on every machine; Swedish order is a stored sort key.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    ]
    done = run([str(programs / "initdb"), *flags], places.account)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["initdb"]
        raise ResourceMissing(
            "database_not_made",
            what=(f"Databasen gick inte att skapa: {said[0]}", f"The database could not be made: {said[0]}"),
            todo=(f"Se efter plats och rättigheter i {places.root}.", f"Check space and permissions in {places.root}."),
        )


def _give(path: Path, places: Places) -> None:
    if places.account:
        os.chown(path, places.account.uid, places.account.gid)
