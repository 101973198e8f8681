"""Requests of the tests have the web's rights in the hub's database, as they have where it runs."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from pluginnovation.web.config.postgres import HUB_WEB

WRITES = ("INSERT", "UPDATE", "DELETE", "RELEASE")


class AsTheWeb:
    """Middleware that puts on the web's role for the request and takes it off afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.ensure_connection()
        own = connection.connection
        own.execute(f"SET ROLE {HUB_WEB}")
        try:
            with connection.execute_wrapper(_ends(len(connection.savepoint_ids))):
                return self.get_response(request)
        finally:
            # A transaction that failed takes the role off by itself when it is rolled back.
            if not own.closed and own.info.transaction_status != TransactionStatus.INERROR:
                own.execute("RESET ROLE")


def _ends(outer: int) -> Callable[..., Any]:
    """Let the database look at what it looks at when a transaction ends, wherever one would end where it runs.

    A test's own never ends, so what a request writes outside of `atomic`, or with it, is looked at there and then.
    """

    def written(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if len(connection.savepoint_ids) == outer and str(sql).startswith(WRITES):
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return done

    return written
