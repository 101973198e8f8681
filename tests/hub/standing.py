"""The hub's database for the tests: made once in a session, with its pages, and copied for each worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from pluginnovation.web.config.postgres import HUB_OWNER, HUB_WEB, HUB_WORKER, Places, running
from pluginnovation.web.config.postgres.passwords import SUPERUSER, read_password

TEMPLATE = "hub_template"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def server_of(home: Path) -> Iterator[Places]:
    """The session's server; the last worker to leave stops it. Its owner may put on the web's role."""
    with running(home) as places:
        with superuser(places) as session:
            session.execute("SELECT pg_advisory_lock(1)")
            # What is lost with the machine is not missed.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                session.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            session.execute("SELECT pg_reload_conf()")
            for role in (HUB_WEB, HUB_WORKER):
                grant = "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE"
                session.execute(sql.SQL(grant).format(sql.Identifier(role), sql.Identifier(HUB_OWNER)))
        yield places


@contextmanager
def superuser(places: Places, database: str = "postgres") -> Iterator[psycopg.Connection]:
    """A connection that may make databases."""
    password = read_password(places.keys, SUPERUSER)
    reach = {"host": str(places.sockets), "dbname": database, "user": SUPERUSER, "password": password}
    with psycopg.connect(**reach, autocommit=True) as session:  # type: ignore[arg-type]
        yield session


def point_django_at(places: Places, database: str) -> None:
    """Tell Django where the server is, now that it has passwords."""
    from django.db import connections

    connections["default"].close()
    said = {"HOST": str(places.sockets), "USER": HUB_OWNER, "PASSWORD": read_password(places.keys, HUB_OWNER) or ""}
    for settings in (connections["default"].settings_dict, connections.settings["default"]):
        settings.update(said, NAME=database)


def template_of(places: Places) -> None:
    """The template, made by the first worker that asks: tables, rights, roles, workflow and all pages."""
    with superuser(places) as session:
        session.execute("SELECT pg_advisory_lock(2)")
        if session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            return
        session.execute(f"CREATE DATABASE hub_being_made OWNER {HUB_OWNER}")
        point_django_at(places, "hub_being_made")
        _fill()
        session.execute(f"ALTER DATABASE hub_being_made RENAME TO {TEMPLATE}")


def _fill() -> None:
    from django.db import connection

    from pluginnovation.web.config.hub.migrate import make_tables
    from pluginnovation.web.knowledge.arranging import arrange
    from pluginnovation.web.knowledge.editors.actions import make_demo_editors

    make_tables()
    arrange()
    make_demo_editors(at=AT)
    seeded()
    connection.close()


def seeded() -> None:
    """The pages that come along."""
    from importlib.util import find_spec

    if find_spec("pluginnovation.web.knowledge.seeding") is None:
        return
    from pluginnovation.web.knowledge.seeding import seed

    seed(at=AT)


def copy_for(places: Places, worker: str) -> None:
    """This worker's own copy of the template, and Django pointed at it."""
    name = f"hub_{worker}"
    with superuser(places) as session:
        session.execute("SELECT pg_advisory_lock(2)")
        session.execute(f"DROP DATABASE IF EXISTS {name}")
        session.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {HUB_OWNER}")
    point_django_at(places, name)
