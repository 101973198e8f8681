"""A list of a server, page by page: smaller pages when it asks for that, and an end to what would never end."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Self

import msgspec

from .server_http import TOO_LARGE, Answer, Line, Patience, Query, Question
from .server_tokens import Token
from .server_trouble import (
    never_ends,
    not_allowed,
    not_let_in,
    not_ss12000,
    token_repeated,
    too_large,
    wrong_answer,
)

OK, BAD_FILTER, NO_TOKEN, FORBIDDEN = 200, 400, 401, 403
# A partial server says that it doesn't have a resource in one of these ways.
NOT_THERE: Final = (404, 405, 410, 501)
_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_TOKEN: Final = 8192


class NotGiven(Exception):
    """The server doesn't have this resource. Normal: most give only a part of the standard."""


@dataclass(slots=True)
class Listing:
    """A list as it is asked for.

    needed     parameters without which the question means nothing
    optional   parameters that some servers don't know, the first to be left out first when one answers 400
    left_out   those that were
    """

    resource: str
    path: str
    needed: Query = ()
    optional: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The endpoint as messages name it."""
        return f"GET {self.path}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its items as they stand in the answer, or (deletedEntities) the one object under `data`."""

    items: list[msgspec.Raw]
    whole: msgspec.Raw


class SsServer:
    """A server that is spoken to with a token. Remembers what its clock said first."""

    def __init__(self, line: Line, token: Token) -> None:
        self.line, self._token = line, token
        self.date: datetime | None = None

    @property
    def patience(self) -> Patience:
        """How much we put up with."""
        return self.line.patience

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.hang_up()

    def ask(self, question: Question) -> Answer:
        """The answer; a token that isn't accepted any more is renewed once.

        Raises  Unavailable 'server_not_let_in', and those of `Line.ask` and of the token
        """
        answer = self._with_token(question)
        if answer.status == NO_TOKEN and self._token.renew():
            answer = self._with_token(question)
        if answer.status == NO_TOKEN:
            raise not_let_in(question.where)
        self.date = self.date or answer.date
        return answer

    def _with_token(self, question: Question) -> Answer:
        header = self._token.header()
        carried = {**question.headers, "Authorization": header} if header else question.headers
        return self.line.ask(replace(question, headers=carried))


def pages(server: SsServer, listing: Listing) -> Iterator[Page]:
    """Every page of a list.

    Raises  NotGiven; Unavailable 'server_repeats_page_token', 'server_pages_forever', 'server_answer_too_large',
            'server_not_ss12000', 'server_not_allowed', 'server_answered_wrongly', and those of `SsServer.ask`
    """
    walk = _Walk(server, listing)
    while not walk.ended:
        yield walk.next()


class _Walk:
    """Where we are in a list."""

    def __init__(self, server: SsServer, listing: Listing) -> None:
        self._server, self._listing, self._patience = server, listing, server.patience
        self._limit: int | None = self._patience.page_size
        self._known_limit, self._without_limit = self._patience.page_size, False
        self._token: str | None = None
        self._tokens: set[bytes] = set()
        self._prints: set[bytes] = set()
        self._empty = self._refused = self._broken = 0
        self.ended = False

    def next(self) -> Page:
        """The next page, asked for until it comes."""
        while True:
            answer = self._server.ask(self._question())
            if answer.status == OK:
                found = self._read(answer.content)
                if found is not None:
                    return self._taken(*found)
            elif answer.status == TOO_LARGE:
                self._smaller(answer)
            elif not (answer.status == BAD_FILTER and self._leave_out()):
                raise self._no(answer.status)

    def _question(self) -> Question:
        limit = [] if self._limit is None else [("limit", str(self._limit))]
        if self._token is not None:
            query = [("pageToken", self._token), *limit]
        else:
            query = [*self._listing.needed, *self._listing.optional, *limit]
        return Question("GET", self._listing.path, tuple(query), shrinks=True)

    def _no(self, status: int) -> Exception:
        if status in NOT_THERE and not self._tokens:
            return NotGiven()
        if status == FORBIDDEN:
            return not_allowed(self._listing.where)
        return wrong_answer(self._listing.where, status)

    def _smaller(self, answer: Answer) -> None:
        """503 says too large: ask for less, and wait a little in case it meant too busy."""
        self._refused += 1
        smallest = self._limit is None or self._limit == 1
        if self._refused > self._patience.tries + 5 or (smallest and self._refused > self._patience.tries):
            raise too_large(self._listing.where)
        if self._limit is not None:
            self._limit = max(1, self._limit // 4)
        self._server.line.wait(0, answer.retry_after)

    def _leave_out(self) -> bool:
        """400: a server that doesn't know the page size, or a filter, is asked without it. False: nothing is left."""
        if self._limit is not None and not self._without_limit:
            self._known_limit, self._limit, self._without_limit = self._limit, None, True
            return True
        if self._token is not None or not self._listing.optional:
            return False
        # It wasn't the page size, or not alone.
        self._listing.left_out.append(self._listing.optional.pop(0)[0])
        self._limit, self._without_limit = self._known_limit, False
        return True

    def _read(self, content: bytes) -> tuple[msgspec.Raw, str | None] | None:
        """The list and the next token; None when the answer broke off and is to be asked for again."""
        try:
            return envelope(content, self._listing.resource)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._broken += 1
            if self._broken >= self._patience.tries:
                raise not_ss12000(self._listing.where) from None
            self._server.line.wait(self._broken - 1, None)
            return None

    def _taken(self, whole: msgspec.Raw, token: str | None) -> Page:
        start = opening(whole)
        if start == b"{":
            page = Page([], whole)
        elif start == b"[":
            page = Page(msgspec.json.decode(whole, type=list[msgspec.Raw]), whole)
        else:
            raise not_ss12000(self._listing.where)
        self._go_on(page, token)
        return page

    def _go_on(self, page: Page, token: str | None) -> None:
        self._refused = self._broken = 0
        if not token:
            self.ended = True
            return
        mark, seen = _print(token.encode()), _print(bytes(page.whole))
        if mark in self._tokens or len(token) > _LONGEST_TOKEN:
            raise token_repeated(self._listing.where)
        blank = not page.items and opening(page.whole) == b"["
        self._empty = self._empty + 1 if blank else 0
        # Fresh tokens with the same objects again and again never end either.
        circles = not blank and seen in self._prints
        if circles or self._empty > self._patience.most_empty or len(self._tokens) >= self._patience.most_pages:
            raise never_ends(self._listing.where)
        self._tokens.add(mark)
        self._prints.add(seen)
        self._token = token


def _print(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def opening(raw: msgspec.Raw) -> bytes:
    """The first character of an undecoded piece: what kind of thing it is."""
    return bytes(memoryview(raw)[:1])


def envelope(content: bytes, resource: str) -> tuple[msgspec.Raw, str | None]:
    """What stands under `data` and the next page token. Some servers use the resource's name, some a bare list.

    Raises  msgspec.DecodeError when it isn't that
    """
    try:
        return _envelope(content.removeprefix(_BOM).strip(), resource)
    except RecursionError:
        # Nested deeper than anything in the standard.
        raise msgspec.DecodeError("too deep") from None


def _envelope(content: bytes, resource: str) -> tuple[msgspec.Raw, str | None]:
    if content.startswith(b"["):
        # Decoded once, so that a list that broke off is noticed.
        msgspec.json.decode(content, type=list[msgspec.Raw])
        return msgspec.Raw(content), None
    parts = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    data = parts.get("data", parts.get(resource))
    if data is None:
        raise msgspec.DecodeError("no list")
    token = msgspec.json.decode(parts["pageToken"], type=str | None) if "pageToken" in parts else None
    return (msgspec.Raw(b"[]") if data == msgspec.Raw(b"null") else data), token
