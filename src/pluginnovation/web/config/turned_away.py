"""What somebody meets whose request never reaches a page: an address that is too long, or that can't be read."""

from typing import Any, Final

from django.apps import apps
from django.db import Error
from django.template.loader import render_to_string
from gunicorn import util
from gunicorn.http.errors import (
    ConfigurationProblem,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

# The status, its name for the one who asked, and the page that says it in two languages.
Answer = tuple[int, str, str]
UNREADABLE: Final[Answer] = (400, "Bad Request", "400.html")
FAILED: Final[Answer] = (500, "Internal Server Error", "500.html")
OF_FAULT: Final[tuple[tuple[tuple[type[Exception], ...], Answer], ...]] = (
    ((InvalidResponseHeader, InvalidResponseHeaderName, ConfigurationProblem), FAILED),
    ((LimitRequestLine,), (414, "URI Too Long", "414.html")),
    ((LimitRequestHeaders,), (431, "Request Header Fields Too Large", "431.html")),
    ((UnsupportedTransferCoding,), (501, "Not Implemented", "400.html")),
    ((ParseException,), UNREADABLE),
)


class Worker(ThreadWorker):
    """Gunicorn's worker. What it can't read is answered by our own page, and nothing of it is said or written down."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ARG002 - gunicorn's call
        """Answer, and close when the sender has heard it."""
        answer = next((answer for faults, answer in OF_FAULT if isinstance(exc, faults)), FAILED)
        if answer == FAILED:
            self.log.error("A request failed outside the pages", exc_info=exc)
        else:
            self.log.warning("A request could not be read: %s", type(exc).__name__)
        try:
            util.write_nonblock(client, response(answer))
            # The rest of what was sent is read first: otherwise the sender's machine throws the answer away.
            util.close_graceful(client)
        except OSError:
            self.log.debug("The one who asked has left.")


def response(answer: Answer) -> bytes:
    """The whole answer, as it goes over the wire."""
    status, name, template = answer
    body = render_to_string(template, {"made_up": made_up()}).encode()
    heads = (
        f"HTTP/1.1 {status} {name}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
    )
    return "\r\n".join((*heads, "", "")).encode() + body


def made_up() -> bool:
    """Whether the installation's facts are made up, as far as the database can be asked."""
    if not apps.is_installed("pluginnovation.web.people"):
        return False
    from pluginnovation.web.people.demo import has_made_up_facts

    try:
        return has_made_up_facts()
    except Error:
        return False
