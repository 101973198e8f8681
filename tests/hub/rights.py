"""Requests of the tests have the web's rights in the hub's database, as they have where it runs."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from pluginnovation.web.config.postgres import HUB_WEB


class AsTheWeb:
    """Middleware that puts on the web's role for the request and takes it off afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        own = connection.connection
        own.execute(f"SET ROLE {HUB_WEB}")
        try:
            return self.get_response(request)
        finally:
            # A transaction that failed takes the role off by itself when it is rolled back.
            if not own.closed and own.info.transaction_status != TransactionStatus.INERROR:
                _end(own)
                own.execute("RESET ROLE")


def _end(own: Any) -> None:
    """Let the database look at what it looks at when a transaction ends, which a test's own never comes to."""
    if own.info.transaction_status == TransactionStatus.INTRANS:
        own.execute("SET CONSTRAINTS ALL IMMEDIATE")
        own.execute("SET CONSTRAINTS ALL DEFERRED")
