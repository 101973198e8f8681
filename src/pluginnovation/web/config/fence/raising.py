"""Put the fence up and take it down. The owner of the tables does both, before and after tables change shape."""

import hashlib
from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from ..postgres import WEB, WORKER
from .admitted import admitted_statements
from .counted import COUNTED
from .done import done_statement
from .reach import reach_statements
from .rows import FENCED
from .schools import schools_statement
from .unseen import unseen_statement
from .words import Rows
from .youths import FILL, MAYBE

OWN: Final = "fence_own"


def fence_statements() -> tuple[str, ...]:
    """Everything that the fence stands on but the policies themselves."""
    from pluginnovation.web.people.models.person import NOT_PROTECTED

    counted = COUNTED.format(web=WEB, not_protected=NOT_PROTECTED)
    return (
        *reach_statements(),
        MAYBE.format(web=WEB),
        schools_statement(),
        counted,
        unseen_statement(),
        done_statement(),
        *admitted_statements(),
    )


def policy_statements(table: str, rows: Rows) -> tuple[str, ...]:
    """The policies of one table: the web's by ground, and all of it for the owner, whom the fence holds too."""
    own = f"CREATE POLICY {OWN} ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    web = {
        "fence_see": rows.see and f"FOR SELECT TO {WEB} USING ({rows.see})",
        "fence_add": rows.add and f"FOR INSERT TO {WEB} WITH CHECK ({rows.add})",
        "fence_change": rows.change and f"FOR UPDATE TO {WEB} USING ({rows.change}) WITH CHECK ({rows.change})",
        "fence_drop": rows.drop and f"FOR DELETE TO {WEB} USING ({rows.drop})",
    }
    return (own, *(f"CREATE POLICY {name} ON {table} {text}" for name, text in web.items() if text))


def fence_print() -> str:
    """A text that changes with anything in the fence."""
    policies = (text for table, rows in sorted(FENCED.items()) for text in policy_statements(table, rows))
    return hashlib.sha256("\n".join((*fence_statements(), *policies)).encode()).hexdigest()


def lower_fence() -> None:
    """Take the fence's views, functions and policies away, so that tables can change shape.

    The tables keep their row-level security: until the fence is up again the web's role sees no row of them. It doesn't
    hold their owner meanwhile: a migration that fills a column in would otherwise find nothing to fill in.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS fence CASCADE")
        for table, policy in _policies(cursor):
            cursor.execute(f"DROP POLICY {policy} ON {table}")
        # What waits for the transaction's end is tried now: a table with checks to come can't be changed.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in _forced(cursor):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def raise_fence(*, roles: bool) -> None:
    """Put the fence up, in place of the one that stands; whole or not at all.

    Takes   roles   whether the web's and the worker's roles are there. Without them one role does everything, which no
                    policy can hold: the pages can say who asks, and nothing is fenced
    """
    with transaction.atomic(), connection.cursor() as cursor:
        lower_fence()
        cursor.execute("CREATE SCHEMA fence")
        for text in fence_statements():
            cursor.execute(text)
        if roles:
            _give(cursor)
            here = set(connection.introspection.table_names(cursor))
            for table in (table for table in FENCED if table in here):
                _fence_in(cursor, table)
        cursor.execute(FILL)


def _give(cursor: CursorWrapper) -> None:
    cursor.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA fence FROM PUBLIC")
    cursor.execute(f"GRANT USAGE ON SCHEMA fence TO {WEB}, {WORKER}")
    cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA fence TO {WEB}, {WORKER}")
    cursor.execute(f"REVOKE EXECUTE ON FUNCTION fence.last_row FROM {WEB}")
    cursor.execute(f"GRANT SELECT ON fence.pupils, fence.adults, fence.groups TO {WEB}")


def _fence_in(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for text in policy_statements(table, FENCED[table]):
        cursor.execute(text)


def _policies(cursor: CursorWrapper) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT quote_ident(tablename), quote_ident(policyname) FROM pg_policies"
        " WHERE schemaname = 'public' AND policyname LIKE %s",
        ["fence\\_%"],
    )
    return list(cursor.fetchall())


def _forced(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity"
    )
    return [name for (name,) in cursor.fetchall()]
