"""Persons and places as an import found them, kept for as long as it can be taken back.

Facts know no names, so who somebody was before an import is known only here. Memberships, enrolments, duties and
guardians stand in the facts, and come back from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import models

from pluginnovation.records.undo_asked import UNDO_WITHIN

from .bulk import run
from .models import FormerIdentity, Group, Organisation, Person

KEPT: Final[tuple[type[models.Model], ...]] = (Organisation, Group, Person)


@contextmanager
def remembered(number: int, source: str) -> Iterator[None]:
    """Keep, under the import's number, each person and place of the source as it was, when the block changes it."""
    if not number:
        yield
        return
    for model in KEPT:
        table = model._meta.db_table
        run(f"DROP TABLE IF EXISTS pg_temp.former_{table}")
        run(
            f"CREATE TEMPORARY TABLE former_{table} ON COMMIT DROP AS SELECT * FROM {table} WHERE source = %s",  # noqa: S608
            source,
        )
    yield
    run("DELETE FROM people_formeridentity WHERE of_import = %s", number)
    for model in KEPT:
        table = model._meta.db_table
        run(
            'INSERT INTO people_formeridentity (of_import, "table", code, row, at)'  # noqa: S608 - our own tables
            " SELECT %s, %s, coalesce(b.code, n.code), to_jsonb(b), now()"
            f" FROM former_{table} b FULL JOIN (SELECT * FROM {table} WHERE source = %s) n USING (code)"
            " WHERE to_jsonb(b) IS DISTINCT FROM to_jsonb(n)",
            number,
            table,
            source,
        )


def as_found(number: int) -> None:
    """Make persons and places as an import found them. Whoever can sign in stays, as one that no source names."""
    for model in KEPT:
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        listed = ", ".join(f'"{column}"' for column in columns)
        own = ", ".join(f'r."{column}"' for column in columns)
        changed = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in columns if column != "code")
        mine = f"f.of_import = %s AND f.\"table\" = '{table}'"
        if model is Person:
            run(
                "UPDATE people_person p SET in_source = false FROM people_formeridentity f, people_user u"  # noqa: S608
                f" WHERE {mine} AND f.row IS NULL AND p.code = f.code AND u.person_id = p.code",
                number,
            )
        unless = " AND NOT EXISTS (SELECT 1 FROM people_user u WHERE u.person_id = t.code)" if model is Person else ""
        run(
            f"DELETE FROM {table} t USING people_formeridentity f"  # noqa: S608 - our own tables
            f" WHERE {mine} AND f.row IS NULL AND t.code = f.code{unless}",
            number,
        )
        run(
            f"INSERT INTO {table} ({listed}) SELECT {own} FROM people_formeridentity f,"  # noqa: S608
            f" jsonb_populate_record(NULL::{table}, f.row) r WHERE {mine} AND f.row IS NOT NULL"
            f" ON CONFLICT (code) DO UPDATE SET {changed}",
            number,
        )
    run("DELETE FROM people_formeridentity WHERE of_import = %s", number)


def forget_former(*, at: datetime) -> int:
    """Delete what is kept of imports that can't be taken back any more; how many rows."""
    gone, _ = FormerIdentity.objects.filter(at__lt=at - UNDO_WITHIN).delete()
    return gone
