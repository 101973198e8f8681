"""One question to a server and its answer: bounded in time, size and tries, and never led to another machine."""

import http.client
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

from .server_address import Address
from .server_trouble import certificate_not_trusted, leads_elsewhere, too_large, too_slow, unreachable

REDIRECTS: Final = (301, 302, 303, 307, 308)
TOO_LARGE: Final = 503
# What may be over the next time; 503 means that a list is too large and is answered by asking for less.
PASSING: Final = (408, 425, 429, 500, 502, 504)
MOST_REDIRECTS: Final = 3
HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "PlugInnovation"}
_PIECE: Final = 2**20

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how much we put up with.

    tries        times one question is asked, in all
    seconds      without a byte before a connection is given up; `answer_seconds` for a whole answer
    first_wait   seconds before the second try, doubled each time; a server's Retry-After counts up to `most_wait`
    all_seconds  for all questions of one fetch together
    most_bytes   of one answer, unpacked
    page_size    objects asked for at a time to begin with
    most_pages   of one list; `most_empty` of them in a row without an object
    """

    tries: int = 4
    seconds: float = 60.0
    answer_seconds: float = 600.0
    first_wait: float = 1.0
    most_wait: float = 120.0
    all_seconds: float = 4 * 3600.0
    most_bytes: int = 256 * 2**20
    page_size: int = 1000
    most_pages: int = 100_000
    most_empty: int = 100
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    path      after the server's base, or a whole path when `absolute`
    shrinks   the asker can ask for less: 503 and too large an answer are handed back
    """

    method: str
    path: str
    query: Query = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    shrinks: bool = False
    absolute: bool = False

    @property
    def where(self) -> str:
        """The endpoint as messages name it: no query, since an id may stand there."""
        return f"{self.method} {self.path or '/'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    date          the server's own clock; None when it doesn't say
    retry_after   seconds that it wants us to wait; None when it doesn't say
    """

    status: int
    content: bytes
    date: datetime | None = None
    retry_after: float | None = None
    location: str | None = None


class _AnswerTooLarge(Exception):
    pass


class Line:
    """The line to one machine. One question at a time; the connection is kept while it lasts."""

    def __init__(self, address: Address, tls: ssl.SSLContext, patience: Patience) -> None:
        self.address, self.patience = address, patience
        self._tls = tls
        self._ends = time.monotonic() + patience.all_seconds
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, question: Question) -> Answer:
        """The answer, after as many tries as patience has.

        Raises  Unavailable 'server_unreachable', 'server_certificate_not_trusted', 'server_leads_elsewhere',
                'server_answer_too_large', 'server_too_slow'
        """
        if time.monotonic() > self._ends:
            raise too_slow(question.where)
        for attempt in range(self.patience.tries):
            last = attempt == self.patience.tries - 1
            try:
                answer = self._followed(question)
            except _AnswerTooLarge:
                if question.shrinks:
                    return Answer(TOO_LARGE, b"")
                raise too_large(question.where) from None
            except ssl.SSLCertVerificationError:
                raise certificate_not_trusted(self.address.host) from None
            except (OSError, http.client.HTTPException, zlib.error):
                self.hang_up()
                if last:
                    raise unreachable(question.where, self.address.host) from None
                self.wait(attempt, None)
                continue
            passing = answer.status in PASSING or (answer.status == TOO_LARGE and not question.shrinks)
            if not passing or last:
                return answer
            self.wait(attempt, answer.retry_after)
        raise unreachable(question.where, self.address.host)

    def wait(self, attempt: int, asked: float | None) -> None:
        """Wait before the next try: as long as the server asks, within bounds, else longer each time."""
        own = self.patience.first_wait * 2**attempt
        self.patience.sleep(min(self.patience.most_wait, max(0.0, own if asked is None else asked)))

    def hang_up(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _followed(self, question: Question) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._exchange(question)
            if answer.status not in REDIRECTS:
                return answer
            question = self._led(question, answer.location)
        raise leads_elsewhere(question.where)

    def _led(self, question: Question, location: str | None) -> Question:
        """The question at its new path. Another machine would get our token, so it isn't asked."""
        here = self.address.text.removesuffix(self.address.base)
        parts = urlsplit(urljoin(here + self._target(question), location or ""))
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise leads_elsewhere(question.where) from None
        there = (parts.scheme == "https", parts.hostname or "", port)
        if not location or question.method != "GET" or there != self.address.place:
            raise leads_elsewhere(question.where)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return replace(question, path=path, query=(), absolute=True)

    def _target(self, question: Question) -> str:
        path = question.path if question.absolute else self.address.base + question.path
        return f"{path}?{urlencode(question.query)}" if question.query else path or "/"

    def _exchange(self, question: Question) -> Answer:
        connection = self._connected()
        headers = {**HEADERS, **question.headers}
        try:
            connection.request(question.method, self._target(question), body=question.body, headers=headers)
            response = connection.getresponse()
            content = self._content(response)
        except BaseException:
            self.hang_up()
            raise
        if response.will_close:
            self.hang_up()
        date = _time(response.getheader("Date"))
        waits = _seconds(response.getheader("Retry-After"), date)
        return Answer(response.status, content, date, waits, response.getheader("Location"))

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port, seconds = self.address.host, self.address.port, self.patience.seconds
            self._connection = (
                http.client.HTTPSConnection(host, port, timeout=seconds, context=self._tls)
                if self.address.secure
                else http.client.HTTPConnection(host, port, timeout=seconds)
            )
        return self._connection

    def _content(self, response: http.client.HTTPResponse) -> bytes:
        """The whole body, unpacked. One that ends too early is an error, never a shorter answer."""
        packed = (response.getheader("Content-Encoding") or "").lower() == "gzip"
        unpack = zlib.decompressobj(31) if packed else None
        ends = time.monotonic() + self.patience.answer_seconds
        pieces, size = [], 0
        while piece := response.read(_PIECE):
            ready = unpack.decompress(piece, self.patience.most_bytes + 1) if unpack else piece
            size += len(ready)
            if size > self.patience.most_bytes:
                raise _AnswerTooLarge
            if time.monotonic() > ends:
                raise TimeoutError
            pieces.append(ready)
        if response.length or (unpack and size and not unpack.eof):
            raise http.client.IncompleteRead(b"", response.length)
        return b"".join(pieces)


def _time(header: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _seconds(header: str | None, date: datetime | None) -> float | None:
    """Retry-After as seconds; a point in time is held against the server's own clock, which may be wrong with it."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header.strip()[:9])
    until = _time(header)
    return max(0.0, (until - date).total_seconds()) if until and date else None
