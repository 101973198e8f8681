"""Finished pages, kept until something is published or a new estimate arrives.

Each server process keeps its own, in memory; what tells them all to forget is one small file in the home, which costs
a look at its status and no question to the database. Kept pages are everybody's: none that was made for a session, a
form or a question is ever among them.
"""

import gzip
import hashlib
import os
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

MOST_BYTES: Final = 64 * 1024 * 1024
# Pages tell of days (the next event), and a hub on several machines has several files: no page is older than this.
KEPT_SECONDS: Final = 300
SMALLEST_PACKED: Final = 500
NEVER: Final = ("/redigera/", "/logga-in/", "/konto/", "/katalog/", "/halsa/")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One finished page, plain and packed, with the mark that a browser asks by."""

    made: float
    kind: str
    headers: Mapping[str, str]
    body: bytes
    packed: bytes
    mark: str

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return len(self.body) + len(self.packed)


class Shelf:
    """The pages of one process, the oldest unused forgotten first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.bytes = most, 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, now: float) -> Kept | None:
        """The page, unless it is missing or too old."""
        with self._lock:
            found = self._pages.get(key)
            if found is None or now - found.made > KEPT_SECONDS:
                return None
            self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        """Keep a page, and let go of others if there is no room."""
        with self._lock:
            old = self._pages.pop(key, None)
            self.bytes += page.bytes - (old.bytes if old else 0)
            self._pages[key] = page
            while self.bytes > self.most:
                self.bytes -= self._pages.popitem(last=False)[1].bytes


def sign() -> Path:
    """The file whose change makes every process forget its pages."""
    return Path(settings.PLUG_HOME) / "hub" / "published"


def forget_pages() -> None:
    """Forget every kept page, in every process, once what was written is committed."""
    transaction.on_commit(_change_sign)


def _change_sign() -> None:
    place = sign()
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.{uuid.uuid4().hex}")
    new.write_text(new.name, encoding="utf-8")
    new.replace(place)


def edition() -> str:
    """What differs after each publication; empty before the first."""
    try:
        found = os.stat(sign())
    except FileNotFoundError:
        return ""
    return f"{found.st_ino} {found.st_mtime_ns}"


class KeptPagesMiddleware:
    """Answers with a kept page where there is one. Stands inside what sets headers, and outside sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.shelf = Shelf()
        self._making: dict[Key, threading.Lock] = {}
        self._last: dict[tuple[str, str], Key] = {}
        self._lock, self._one = threading.Lock(), threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, kept or made."""
        if not _everybodys(request):
            return self.get_response(request)
        key = (request.get_host(), request.path, edition())
        found = self.shelf.get(key, time.monotonic())
        if found is None:
            return self._made(request, key)
        return _answer(request, found)

    def _made(self, request: HttpRequest, key: Key) -> HttpResponse:
        """The page made once: whoever asks first makes it, and for those who ask meanwhile the one before does.

        One page at a time is made anew in a process, so that a publication holds up nobody who reads something else.
        """
        before = self._before(key)
        if before is not None:
            if not self._one.acquire(blocking=False):
                return _answer(request, before)
            try:
                return self._make(request, key)
            finally:
                self._one.release()
        return self._make(request, key)

    def _make(self, request: HttpRequest, key: Key) -> HttpResponse:
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        lock.acquire()
        try:
            found = self.shelf.get(key, time.monotonic())
            if found is not None:
                return _answer(request, found)
            response = self.get_response(request)
            found = kept_of(response)
            if found is not None:
                self.shelf.put(key, found)
                self._last[key[:2]] = key
        finally:
            lock.release()
            with self._lock:
                self._making.pop(key, None)
        return response if found is None else _answer(request, found)

    def _before(self, key: Key) -> Kept | None:
        last = self._last.get(key[:2])
        return self.shelf.get(last, time.monotonic()) if last is not None else None


def _everybodys(request: HttpRequest) -> bool:
    """Whether an answer may be the same for everybody who asks."""
    asked = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return asked and settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.path.startswith(NEVER)


def kept_of(response: HttpResponse) -> Kept | None:
    """The answer as it is kept; None when it is somebody's own, or not a page."""
    control = response.headers.get("Cache-Control", "")
    if response.status_code != 200 or response.streaming or response.cookies or "no-store" in control:
        return None
    if "private" in control or b"csrfmiddlewaretoken" in response.content:
        return None
    headers = {name: value for name, value in response.headers.items() if name.lower() != "content-type"}
    body = response.content
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_PACKED else b""
    mark = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Kept(time.monotonic(), response.headers["Content-Type"], headers, body, packed, mark)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    packs = "gzip" in request.headers.get("Accept-Encoding", "") and page.packed
    same = request.headers.get("If-None-Match") == page.mark
    content: Any = b"" if same else page.packed if packs else page.body
    response = HttpResponse(content, status=304 if same else 200, content_type=page.kind, headers=dict(page.headers))
    if packs and not same:
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(content))
    response.headers["ETag"] = page.mark
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
