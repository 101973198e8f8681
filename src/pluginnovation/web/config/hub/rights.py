"""What the hub's web and worker roles may do with each table: given anew by the hub's owner after every migration.

The editor is on the web, so the web writes pages. What it can't do is change a table's shape, or anything in the node's
database: that is another one, with roles of its own.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from pluginnovation.web.config.postgres import HUB_WEB, HUB_WORKER

READ, ADD, WRITE, NOTHING = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE", ""

# What the web and the worker may do with a table that begins so: the longest beginning decides. A table that none
# fits is out of reach for both, and a test demands that each is sorted.
RIGHTS: Final[dict[str, tuple[str, str]]] = {
    # Pages, their history and workflow, images and documents: written in the editor, and by the seed.
    "wagtail": (WRITE, WRITE),
    # What was done, by whom: added to, and never written over.
    "wagtailcore_pagelogentry": (ADD, WRITE),
    "wagtailcore_modellogentry": (ADD, WRITE),
    "taggit_": (WRITE, WRITE),
    "simple_translation_": (READ, READ),
    "knowledge_": (WRITE, WRITE),
    "hub_cache": (WRITE, WRITE),
    # Estimates come in by the command; pages show them.
    "knowledge_siteestimaterow": (READ, WRITE),
    "knowledge_pooledevidence": (READ, WRITE),
    "knowledge_reviewreminder": (READ, WRITE),
    # Accounts and their roles are made at the command line. A page notes a sign-in and a new password.
    "editors_editor": ("SELECT, UPDATE (password, last_login)", WRITE),
    "editors_editor_": (READ, WRITE),
    "auth_": (READ, WRITE),
    "mfa_": (WRITE, WRITE),
    "django_session": (WRITE, WRITE),
    "account_": (READ, READ),
    # What Wagtail writes when a page refers to another model than before.
    "django_content_type": (ADD, WRITE),
    "django_migrations": (READ, READ),
}


def rights_on(table: str) -> tuple[str, str]:
    """What the web and the worker may do with a table."""
    beginnings = [beginning for beginning in RIGHTS if table.startswith(beginning)]
    return RIGHTS[max(beginnings, key=len)] if beginnings else (NOTHING, NOTHING)


def print_of(tables: Iterable[str], *, roles: bool) -> str:
    """A short print of all rights: when it differs from the database's, they are given anew."""
    text = "\n".join((f"{roles}", *(f"{table} {rights_on(table)}" for table in sorted(tables))))
    return f"hub rights {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def rights_are_given() -> bool:
    """Whether the database has these rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return cursor.fetchone()[0] == print_of(tables_in(cursor), roles=_has_roles(cursor))


def give_rights() -> None:
    """Give the web and the worker their rights on every table. The owner runs this; where there is one role, none."""
    with connection.cursor() as cursor:
        roles, tables = _has_roles(cursor), tables_in(cursor)
        if roles:
            _give(cursor, tables)
        cursor.execute("COMMENT ON SCHEMA public IS %s", [print_of(tables, roles=roles)])


def tables_in(cursor: CursorWrapper) -> list[str]:
    """Every table of the hub."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]


def _give(cursor: CursorWrapper, tables: Iterable[str]) -> None:
    quote = connection.ops.quote_name
    for role in (HUB_WEB, HUB_WORKER):
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in tables:
        for role, rights in zip((HUB_WEB, HUB_WORKER), rights_on(table), strict=True):
            if rights:
                cursor.execute(f"GRANT {rights} ON {quote(table)} TO {role}")


def _has_roles(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", [HUB_WEB, HUB_WORKER])
    return cursor.fetchone()[0] == 2
