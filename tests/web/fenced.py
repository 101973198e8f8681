"""Ask the database as the web's role does, past every filter of the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from pluginnovation.web.config.postgres import WEB
from pluginnovation.web.people.asker import ask_as, ask_as_nobody
from pluginnovation.web.people.duties import duties_of
from tests.pals import TODAY


@contextmanager
def asking(user: Any = None, today: date = TODAY, *, role: str = "", place: str = "") -> Iterator[None]:
    """The web's role, with this user asking by that duty; nobody when there is no user. What was done is undone."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {WEB}")
        if user is None:
            ask_as_nobody()
        else:
            ask_as(user.pk, today, role=role, place=place)
        yield
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def asking_by(user: Any, role: str = "") -> Any:
    """The same, by the user's first duty, or the first with that role."""
    duty = next(duty for duty in duties_of(user, TODAY) if not role or duty.role == role)
    return asking(user, role=duty.role, place=duty.place)


def seen(table: str, column: str = "*", where: str = "true") -> set[Any]:
    """What a plain question gives: the column's values, of every row there is for the one who asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {where}")
        return {row[0] for row in cursor.fetchall()}
