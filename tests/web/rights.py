"""Requests of the tests have the web's rights in the database, as they have where it runs."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from pluginnovation.web.config.postgres import WEB


class AsTheWeb:
    """Middleware that puts on the web's role for the request and takes it off afterwards.

    It speaks past Django, so that tests which count a page's queries count the page's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = connection.connection
        if own is None:
            return self.get_response(request)
        own.execute(f"SET ROLE {WEB}")
        try:
            return self.get_response(request)
        finally:
            # A transaction that failed takes the role off by itself when it is rolled back.
            if not own.closed and own.info.transaction_status != TransactionStatus.INERROR:
                own.execute("RESET ROLE")
