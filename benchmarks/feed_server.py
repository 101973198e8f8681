"""The made-up SS 12000 server of the feed's benchmark, in a process of its own, over HTTP on this machine.

    python -m benchmarks.feed_server PUPILS DAYS NOW

Prints its port when it is ready. It gives the days before the later one; a GET of /later lets it give that one too.
Pages, `meta.modified.after`, times of lessons and look-ups are answered as the standard has them.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.feed_data import Feed, corrected, feed_until, held, moved, registers, told

Query = dict[str, str]
_ID = re.compile(rb'"id":\s*"([^"]*)"')
MOST = 1000


@dataclass
class Given:
    """Objects of one resource, by id, and since when they have been so."""

    objects: dict[bytes, bytes] = field(default_factory=dict)
    modified: dict[bytes, datetime] = field(default_factory=dict)
    starts: dict[bytes, datetime] = field(default_factory=dict)

    def put(self, objects: list[bytes], at: datetime, start: datetime | None = None) -> None:
        """New objects, or others in place of those with the same id."""
        for one in objects:
            identity = identity_of(one)
            self.objects[identity], self.modified[identity] = one, at
            if start:
                self.starts[identity] = start

    def found(self, query: Query) -> list[bytes]:
        """What a question asks for."""
        kept = list(self.objects)
        if after := query.get("meta.modified.after"):
            limit = datetime.fromisoformat(after)
            kept = [one for one in kept if self.modified[one] > limit]
        if first := query.get("startTime.onOrAfter"):
            begin, end = datetime.fromisoformat(first), datetime.fromisoformat(query["startTime.onOrBefore"])
            kept = [one for one in kept if begin <= self.starts[one] <= end]
        return [self.objects[one] for one in kept]


def identity_of(raw: bytes) -> bytes:
    """The id of an object: what it begins with."""
    match = _ID.search(raw)
    assert match
    return match[1]


class FeedServer:
    """What it gives now, and the answers to the questions that are being paged through."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._given = {name: Given() for name in (*registers(feed), "attendances", "calendarEvents")}
        self._open: dict[str, list[bytes]] = {}
        for name, objects in registers(feed).items():
            self._given[name].put(objects, feed.told)
        for day in feed.days[:-1]:
            self._put_day(day, feed.told)

    def later(self) -> None:
        """From now on it gives the later day, and what that corrects."""
        self._put_day(self._feed.days[-1], self._feed.later)
        for day in self._feed.days[:-1]:
            self._given["attendances"].put(corrected(self._feed, day), self._feed.later)
        self._given["persons"].put(moved(self._feed), self._feed.later)
        self._open.clear()

    def _put_day(self, day: Any, at: datetime) -> None:
        events = held(self._feed, day)
        for hour in {start_of(one) for one in events}:
            self._given["calendarEvents"].put([one for one in events if start_of(one) == hour], at, hour)
        self._given["attendances"].put(told(self._feed, day), at)

    def answer(self, path: str, query: Query, body: bytes) -> bytes | None:
        """A document, or None: no such resource."""
        resource = path.removeprefix("/v2.0/").removesuffix("/lookup")
        if resource == "deletedEntities":
            return b'{"data": {}, "pageToken": null}'
        if resource not in self._given:
            return None
        if body:
            known = self._given[resource].objects
            wanted = (known.get(one.encode()) for one in json.loads(body)["ids"])
            return b"[" + b",".join(one for one in wanted if one) + b"]"
        start, limit, question = 0, min(int(query.pop("limit", 100)), MOST), ""
        if token := query.pop("pageToken", ""):
            number, question = token.split("|", 1)
            start = int(number)
        else:
            question = f"{resource}|{json.dumps(query)}"
            self._open[question] = self._given[resource].found(query)
        found = self._open[question]
        more = json.dumps(f"{start + limit}|{question}") if start + limit < len(found) else "null"
        return b'{"data": [' + b",".join(found[start : start + limit]) + b'], "pageToken": ' + more.encode() + b"}"


def start_of(event: bytes) -> datetime:
    """When a lesson begins."""
    return datetime.fromisoformat(json.loads(event)["startTime"])


def serve(own: FeedServer) -> None:
    """Answer until the process is ended."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if parts.path == "/later":
                own.later()
                content: bytes | None = b"{}"
            else:
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                content = own.answer(parts.path, query, body)
            self.send_response_only(404 if content is None else 200)
            self.send_header("Date", format_datetime(datetime.now(UTC), usegmt=True))
            self.send_header("Content-Type", "application/json")
            content = content or b"{}"
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    print(http.server_address[1], flush=True)
    http.serve_forever()


if __name__ == "__main__":
    pupils, days, now = sys.argv[1:]
    serve(FeedServer(feed_until(datetime.fromisoformat(now), int(pupils), int(days))))
