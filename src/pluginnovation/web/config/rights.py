"""What the web's and the worker's roles may do with each table: given anew by the owner after every migration.

The web shows and asks; the worker imports and computes. Neither owns a table, so neither can change one's shape.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection
from django.db.backends.utils import CursorWrapper

from .postgres import WEB, WORKER

READ = "SELECT"
ADD = "SELECT, INSERT"
# An identity that is protected from now on leaves history too: the import deletes it there.
ADD_AND_PURGE = "SELECT, INSERT, DELETE"
WRITE = "SELECT, INSERT, UPDATE, DELETE"
NOTHING = ""

# What was looked at and what was done is added and never changed, by anyone.
ADDED_ONLY = {"people_visit", "people_auditevent"}
HISTORY = "event"
# Only migrations write these.
OWNERS = {"django_migrations", "django_content_type", "auth_permission"}


def rights_on(table: str) -> tuple[str, str]:
    """What the web and the worker may do with a table."""
    if table in OWNERS:
        return READ, READ
    if table in ADDED_ONLY:
        return ADD, ADD
    if table.endswith(HISTORY):
        return ADD, ADD_AND_PURGE
    return WRITE, WRITE


def print_of(tables: Iterable[str]) -> str:
    """A short print of all rights: when it differs from the database's, they are given anew."""
    text = "\n".join(f"{table} {rights_on(table)}" for table in sorted(tables))
    return f"rights {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def rights_are_given() -> bool:
    """Whether the database has these rights. True where there are no roles to give them to."""
    with connection.cursor() as cursor:
        if not _has_roles(cursor):
            return True
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return cursor.fetchone()[0] == print_of(_tables(cursor))


def give_rights() -> None:
    """Give the web and the worker their rights on every table, and nothing else. The owner runs this."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if not _has_roles(cursor):
            return
        tables = _tables(cursor)
        for role in (WEB, WORKER):
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
            cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in tables:
            for role, rights in zip((WEB, WORKER), rights_on(table), strict=True):
                if rights:
                    cursor.execute(f"GRANT {rights} ON {quote(table)} TO {role}")
        cursor.execute("COMMENT ON SCHEMA public IS %s", [print_of(tables)])


def _has_roles(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", [WEB, WORKER])
    return cursor.fetchone()[0] == 2


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]
