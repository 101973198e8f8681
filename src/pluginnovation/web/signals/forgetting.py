"""Pupils whose identity is now protected leave every picture, answer and remembered change at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from .snapshots.retold import draw_dots


def forget(codes: Sequence[str], groups: Sequence[str] = (), **_: Any) -> None:
    """Delete every row about these pupils, and count their classes and schools again without them.

    `people.events.pupils_hidden` calls it inside the import's transaction.

    Takes   groups   codes of the groups that the pupils were in, when the memberships are gone already
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT signals_leave_out(%s::text[], %s::text[])", [list(codes), list(groups)])
        draw_dots(cursor.fetchone()[0])
