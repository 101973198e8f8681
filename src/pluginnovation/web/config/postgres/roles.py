"""The roles of a new server, and its two databases, the node's and the hub's: who may come in at all."""

from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from .passwords import HUB_OWNER, HUB_ROLES, HUB_WEB, HUB_WORKER, OWNER, ROLES, SUPERUSER, WEB, WORKER, make_password

DATABASE, HUB_DATABASE = "plug", "plug_hub"
# Counts up when the roles change, so that a server that was made before makes them anew.
ROLES_MADE = 3
# The worker copies whole pictures into tables whose rows are fenced, which PostgreSQL gives to nobody who is held by
# the fence. What it may do with each table is a matter of rights; the others are held, the owner too.
HELD_BY_FENCE = {WEB: "NOBYPASSRLS", WORKER: "BYPASSRLS", OWNER: "NOBYPASSRLS"}
HELD_BY_FENCE |= dict.fromkeys(HUB_ROLES, "NOBYPASSRLS")
# A page that takes longer than this is broken; a hanging page must not hold rows or connections.
PAGES = {"statement_timeout": "20s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "60s"}
LIMITS = {role: {"lock_timeout": "60s"} for role in (OWNER, WORKER, HUB_OWNER, HUB_WORKER)} | {
    WEB: PAGES,
    HUB_WEB: PAGES,
}


def make_roles(sockets: Path, keys: Path) -> None:
    """Make owner, web and worker with their passwords, and the database; and the same for the hub. May be run again."""
    password = make_password(keys, SUPERUSER)
    with _session(sockets, "postgres", password) as server:
        known = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
        for role in (*ROLES, *HUB_ROLES):
            _make_role(server, role, make_password(keys, role), known=role in known)
        _say(server, "REVOKE ALL ON DATABASE postgres FROM PUBLIC")
        for database, roles in ((DATABASE, ROLES), (HUB_DATABASE, HUB_ROLES)):
            _make_database(server, database, *roles)
    for database, roles in ((DATABASE, ROLES), (HUB_DATABASE, HUB_ROLES)):
        with _session(sockets, database, password) as inside:
            _say(inside, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
            for role in roles[1:]:
                _say(inside, "GRANT USAGE ON SCHEMA public TO {}", role)


def _make_database(server: psycopg.Connection, database: str, owner: str, web: str, worker: str) -> None:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        _say(server, "CREATE DATABASE {} OWNER {}", database, owner)
    _say(server, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    for role in (web, worker):
        _say(server, "GRANT CONNECT ON DATABASE {} TO {}", database, role)
    _say(server, "GRANT TEMPORARY ON DATABASE {} TO {}", database, worker)


def _session(sockets: Path, database: str, password: str) -> psycopg.Connection:
    reach = {"host": str(sockets), "user": SUPERUSER, "password": password}
    return psycopg.connect(make_conninfo(dbname=database, **reach), autocommit=True)


def _make_role(server: psycopg.Connection, role: str, password: str, *, known: bool) -> None:
    verb = "ALTER" if known else "CREATE"
    flags = f"LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {HELD_BY_FENCE[role]}"
    statement = f"{verb} ROLE {{}} {flags} PASSWORD {{}}"
    server.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
    for setting, value in LIMITS[role].items():
        text = sql.SQL("ALTER ROLE {} SET {} = {}")
        server.execute(text.format(sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)))


def _say(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
