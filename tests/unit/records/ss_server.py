"""An SS 12000 server on this machine, written from the standard, that can be told to misbehave."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

MODIFIED = "2025-10-01T08:00:00Z"


def thing(identity: str, modified: str = MODIFIED, **fields: Any) -> dict[str, Any]:
    return {"id": identity, "meta": {"created": MODIFIED, "modified": modified}, **fields}


def ref(identity: str) -> dict[str, str]:
    return {"id": identity}


def lesson(identity: str, start: str = "2025-09-01T08:00:00+02:00", modified: str = MODIFIED) -> dict[str, Any]:
    return thing(identity, modified, activity=ref("ma"), startTime=start, teachingLengthStudent=60, cancelled=False)


def attendance(student: str, event: str, modified: str = MODIFIED, present: int = 60) -> dict[str, Any]:
    away = {"validAbsenceMinutes": 0, "invalidAbsenceMinutes": 60 - present}
    return thing(
        f"{student}-{event}", modified, student=ref(student), calendarEvent=ref(event), isReported=True,
        attendanceMinutes=present, **away,
    )  # fmt: skip


def sums(student: str, monday: str, sunday: str, attended: int = 200) -> dict[str, Any]:
    return thing(
        f"{student}-{monday}", student=ref(student), activity=ref("ma"), startDate=monday, endDate=sunday,
        attendanceSum=attended, validAbsenceSum=40, invalidAbsenceSum=0, otherAttendanceSum=0,
        reportedSum=attended + 40, offeredSum=attended + 40,
    )  # fmt: skip


def school() -> dict[str, list[dict[str, Any]]]:
    """One authority, one school, two pupils, one teacher, three lessons."""
    enrolled = {"schoolType": "GR", "schoolYear": 8, "startDate": "2025-08-18", "enroledAt": ref("birch")}
    return {
        "organisations": [
            thing("hm", displayName="Påhittad kommun", organisationType="Huvudman"),
            thing("birch", displayName="Björkskolan", organisationType="Skolenhet", parentOrganisation=ref("hm"),
                  schoolTypes=["GR"]),
        ],
        "persons": [
            thing("mira", givenName="Mira", familyName="Ek", securityMarking="Ingen", enrolments=[enrolled]),
            thing("noor", givenName="Noor", familyName="Alm", securityMarking="Ingen", enrolments=[enrolled]),
            thing("tova", givenName="Tova", familyName="Lind", securityMarking="Ingen"),
        ],
        "groups": [
            thing("8A", displayName="8A", groupType="Klass", organisation=ref("birch"), startDate="2025-08-18",
                  groupMemberships=[{"person": ref(one), "startDate": "2025-08-18"} for one in ("mira", "noor")]),
        ],
        "activities": [thing("ma", displayName="Matematik", organisation=ref("birch"), syllabus=ref("MA"))],
        "syllabuses": [thing("MA", subjectCode="MA", subjectName="Matematik", schoolType="GR", official=True)],
        "calendarEvents": [lesson(f"e{day}", f"2025-09-0{day}T08:00:00+02:00") for day in (1, 2, 3)],
        "attendances": [attendance(who, f"e{day}") for who in ("mira", "noor") for day in (1, 2, 3)],
        "deletedEntities": [],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        return dict(self.query).get(name)


@dataclass(frozen=True, slots=True)
class Says:
    """What the server answers. `cut` leaves out so many of the last bytes that were promised."""

    status: int = 200
    document: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    raw: bytes | None = None


@dataclass
class SsServer:
    """The server: what it gives, what it was asked, and what it does wrong.

    fault      looked at first; what it returns is answered instead
    now        the server's own clock; None leaves Date out
    tokens     those that are accepted; None lets everybody in
    """

    given: dict[str, list[dict[str, Any]]] = field(default_factory=school)
    fault: Callable[[Asked], Says | None] = lambda asked: None
    now: datetime | None = datetime(2025, 11, 1, 3, tzinfo=UTC)
    tokens: set[str] | None = None
    client: tuple[str, str] = ("plug", "hemligt")
    asked: list[Asked] = field(default_factory=list)
    deleted: dict[str, list[str]] = field(default_factory=dict)
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    port: int = 0
    scheme: str = "http"

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/v2.0"

    def paths(self, method: str = "GET") -> list[str]:
        return [one.path for one in self.asked if one.method == method]

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def answer(self, asked: Asked) -> Says:
        self.asked.append(asked)
        wrong = self.fault(asked)
        if wrong is not None:
            return wrong
        if asked.path == "/token":
            return self._token(asked)
        if (
            self.tokens is not None
            and asked.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens
        ):
            return error(401)
        if asked.path.startswith("/subscriptions"):
            return self._subscription(asked)
        resource = asked.path.removeprefix("/").removesuffix("/lookup")
        if resource not in self.given:
            return error(404)
        if asked.method == "POST":
            ids = set(json.loads(asked.body)["ids"])
            return Says(document=[one for one in self.given[resource] if one["id"] in ids])
        return self._list(resource, asked)

    def _token(self, asked: Asked) -> Says:
        if asked.headers.get("Authorization") != basic(*self.client):
            return error(401)
        fresh = f"token-{len(self.to('/token'))}"
        self.tokens = {fresh}
        return Says(document={"access_token": fresh, "token_type": "Bearer", "expires_in": 3600})

    def _list(self, resource: str, asked: Asked) -> Says:
        if asked["pageToken"] and {name for name, _ in asked.query} - {"pageToken", "limit"}:
            return error(400)
        if resource == "deletedEntities":
            return Says(document={"data": self.deleted, "pageToken": None})
        # A token carries the question that it came from.
        number, _, wanted = (asked["pageToken"] or "").partition(":")
        query = dict(json.loads(wanted)) if wanted else dict(asked.query)
        if resource == "calendarEvents" and not {"startTime.onOrAfter", "startTime.onOrBefore"} <= query.keys():
            return error(400)
        if resource == "aggregatedAttendance" and not {"startDate", "endDate"} <= query.keys():
            return error(400)
        found = [one for one in self.given[resource] if self._fits(one, query)]
        start, limit = int(number or 0), int(asked["limit"] or 100)
        kept = {name: value for name, value in query.items() if name not in ("limit", "pageToken")}
        more = f"{start + limit}:{json.dumps(kept)}" if start + limit < len(found) else None
        page = [self._expanded(one, query.get("expand")) for one in found[start : start + limit]]
        return Says(document={"data": page, "pageToken": more})

    def _fits(self, one: dict[str, Any], query: Mapping[str, str]) -> bool:
        after, meta = query.get("meta.modified.after"), one.get("meta", {}).get("modified", "")
        if after and not moment(meta) > moment(after):
            return False
        if "startDate" in query and not (query["startDate"] <= one["startDate"] <= query["endDate"]):
            return False
        first, last = query.get("startTime.onOrAfter"), query.get("startTime.onOrBefore")
        return not first or not last or moment(first) <= moment(one["startTime"]) <= moment(last)

    def _expanded(self, one: dict[str, Any], expand: str | None) -> dict[str, Any]:
        return one if expand else {name: value for name, value in one.items() if name != "_embedded"}

    def _subscription(self, asked: Asked) -> Says:
        identity = asked.path.removeprefix("/subscriptions").removeprefix("/")
        expires = (self.now or datetime.now(UTC)) + timedelta(days=90)
        if asked.method == "POST":
            body = json.loads(asked.body)
            identity = f"s{len(self.subscriptions) + 1}"
            self.subscriptions[identity] = {**body, "id": identity, "expires": expires.isoformat()}
            return Says(201, self.subscriptions[identity])
        if identity not in self.subscriptions:
            return error(404)
        if asked.method == "DELETE":
            del self.subscriptions[identity]
            return Says(204)
        self.subscriptions[identity]["expires"] = expires.isoformat()
        return Says(document=self.subscriptions[identity])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def error(status: int, **headers: str) -> Says:
    return Says(status, {"code": str(status), "message": "no"}, {k.replace("_", "-"): v for k, v in headers.items()})


def basic(user: str, password: str) -> str:
    import base64

    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


@contextmanager
def serving(own: SsServer, tls: ssl.SSLContext | None = None) -> Iterator[SsServer]:
    """The server, answering while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = parts.path.removeprefix("/v2.0")
            said = own.answer(Asked(self.command, path, tuple(parse_qsl(parts.query)), dict(self.headers), body))
            content = said.raw if said.raw is not None else json.dumps(said.document, ensure_ascii=False).encode()
            content = b"" if said.status == 204 else content
            self.send_response_only(said.status)
            if own.now is not None:
                self.send_header("Date", format_datetime(own.now, usegmt=True))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) - said.cut])
            self.close_connection = bool(said.cut)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """The test says what happened."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    # Who isn't let in hangs up in the middle of a handshake: that is what is tested, not an error of the server.
    http.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls is not None:
        http.socket = tls.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
        own.scheme = "https"
    own.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield own
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
