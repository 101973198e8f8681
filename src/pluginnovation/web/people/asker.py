"""Tell the database who asks: the second fence shows the web's role what this one may see, and nothing to nobody.

It is said in the session, since pages write visits that stay also when the page breaks, and so aren't one transaction.
The request begins by saying it and ends by taking it back; a connection that is lost meanwhile knows nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.utils.timezone import now
from psycopg.pq import TransactionStatus

ASK = "SELECT fence.ask(%s, %s, %s, %s, %s)"
ASK_BY = "SELECT fence.ask_by(%s, %s, %s, %s)"
LOOK = "SELECT fence.look(%s, %s)"
TAKE = "SELECT fence.take(%s)"
GATHER = "SELECT fence.gather(%s)"
GATHERED = "SELECT fence.gathered()"
NOBODY = (
    "SELECT set_config('plug.asker', '', false), set_config('plug.pupils', '', false),"
    " set_config('plug.taking', '', false), set_config('plug.extract', '', false)"
)


def ask_as(user: int, today: date, *, role: str = "", place: str = "") -> None:
    """From now on this user asks, by the duties with that role at that place; without a role by none.

    A user who is unknown or not active, or has no such duty today, opens no pupil.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK, [user, role, place, today, now()])


def ask_by(user: int, today: date, chosen: str) -> str:
    """From now on this user asks, by the duty chosen if it is held today, else by the only one held, else by none.

    Takes   chosen   as `ActiveDuty.key` says it; may be empty
    Gives   the key of the duty that was taken; empty: none
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK_BY, [user, chosen, today, now()])
        return str(cursor.fetchone()[0])


def look_for(who: str, lookup: str) -> None:
    """Until the request ends the fence shows this pupil too, of the asker's own authority, if there is one.

    For emergency access, which begins with somebody whom no duty reaches.

    Takes   who      the pupil's code
            lookup   the keyed hash of a civic number
    """
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [who, lookup])


def take_over(transfer: int) -> None:
    """Until the request ends the fence shows a case that is handed over to one's own school, so that it can end there.

    Takes   transfer   the hand-over's number
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [transfer])


@contextmanager
def gathering(extract: int) -> Iterator[None]:
    """In the block the fence shows all that the asker's school authority holds of the pupil of an extract just ordered.

    Takes   extract   its number; it is empty still
    """
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [extract])
    yield
    with connection.cursor() as cursor:
        cursor.execute(GATHERED)


def ask_as_nobody() -> None:
    """From now on nobody asks, and the fence shows nothing."""
    with connection.cursor() as cursor:
        cursor.execute(NOBODY)


@contextmanager
def nobody_afterwards() -> Iterator[None]:
    """Nobody asks when the block ends, however it ends: the connection is the next request's."""
    try:
        yield
    finally:
        own = connection.connection
        # One that is gone remembers nobody. In a transaction that failed nothing can be said, nor is anything shown.
        if own is not None and not own.closed and own.info.transaction_status != TransactionStatus.INERROR:
            ask_as_nobody()
