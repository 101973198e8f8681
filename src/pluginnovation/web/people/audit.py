"""The audit row of a write, made first and in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from .models import AuditEvent, User

TIE_HISTORY = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"


@contextmanager
def recorded(action: str, *, by: User | None, at: datetime, about: str = "", **details: Any) -> Iterator[AuditEvent]:
    """A transaction that begins with its audit row: if either fails, neither stays.

    Takes  by       the one who acts; None is the operator at the command line
           about    what it is done to: a code or a number, never a name
           details  figures and words for the row, never a personal datum
    History rows that triggers write inside are tied to the audit row.
    """
    with transaction.atomic():
        event = AuditEvent.objects.create(at=at, by=by, action=action, about=about, details=details)
        with connection.cursor() as cursor:
            cursor.execute(TIE_HISTORY, [str(uuid4()), f'{{"audit": {event.pk}}}'])
        yield event
