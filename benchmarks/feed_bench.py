"""A day's feed: what an SS 12000 server tells of all pupils in a day, late corrections among it, fetched and imported.

The command is timed as the night runs it, from its start to its end: asked over HTTP, checked, coded, compared, its
people written to the database. Beside it a bare client asks for the same pages and only decodes them.
"""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec

from benchmarks.feed_data import LESSONS_A_DAY, feed_until
from benchmarks.pages_home import Home

PUPILS = 30_000
DAYS = 6
SECONDS = 60
ROOT = Path(__file__).parents[1]


def run(note: Any, pupils: int | None) -> Mapping[str, Any]:
    """Both sides on one server, which is told of the later day between."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note, pupils or PUPILS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "feed", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Any, pupils: int) -> list[dict[str, Any]]:
    """The rows of the comparison.

    Takes   folder   an empty folder for a home
            pupils   how many the server knows
    """
    now = datetime.now(UTC).replace(microsecond=0)
    feed = feed_until(now, pupils, DAYS)
    home = Home(folder / "home", 0, ())
    note(f"Startar en påhittad server med {pupils} elever …", f"Starting a made-up server with {pupils} pupils …")
    with served(pupils, now) as port:
        address, since = f"http://127.0.0.1:{port}/v2.0", feed.days[0].isoformat()
        home.plug("records", "server", "add", "bench", address, "--since", since, "--secret", _secret(folder))
        note(f"Hämtar {DAYS - 1} skoldagar …", f"Fetching {DAYS - 1} school days …")
        fetched(home, address)
        _asked(port, "/later")
        note("Hämtar dagen …", "Fetching the day …")
        took, day = fetched(home, address)
        note("Hämtar samma dag igen …", "Fetching the same day again …")
        once_more, same = fetched(home, address)
        bare = _bare(port, feed.told + timedelta(minutes=20))
    return [
        _at_most("a day's feed fetched and imported, s, against the limit", took, SECONDS, 1),
        _all("of it attendances that are new, against lessons held", day["new"], LESSONS_A_DAY * pupils),
        _told(
            "of it attendances that are corrected, against those told before", day["changed"], day["new"] * (DAYS - 1)
        ),
        _at_most("the same feed again, s, against the first time", once_more, took, 1),
        _none("rows that the same feed again changes, of those it gives", same),
        _beside("a day's feed, s, against a bare client that decodes the same pages", took, bare),
    ]


def _secret(folder: Path) -> str:
    """Where the token lies. The server doesn't ask for it, but a server without one can't be added."""
    path = folder / "token"
    path.write_text("bench")
    path.chmod(0o600)
    return f"file:{path}"


def fetched(home: Home, address: str) -> tuple[float, Mapping[str, int]]:
    """One fetch by the command: its seconds, and what became of the rows: those of lessons, and of every resource."""
    begun = time.perf_counter()
    (told,) = home.plug("records", "import", address)["servers"]
    seconds = time.perf_counter() - begun
    if told["errors"]:
        raise RuntimeError(told["errors"])
    resources = (told["import"] or {"resources": {}})["resources"]
    lessons = resources.get("lessons", {"new": 0, "changed": 0})
    moved = sum(one[what] for one in resources.values() for what in ("new", "changed", "ended"))
    return seconds, {"new": lessons["new"], "changed": lessons["changed"], "moved": moved,
                     "read": sum(one["read"] for one in resources.values())}  # fmt: skip


@contextmanager
def served(pupils: int, now: datetime) -> Iterator[int]:
    """The server in a process of its own while the block runs; its port."""
    command = [sys.executable, "-m", "benchmarks.feed_server", str(pupils), str(DAYS), now.isoformat()]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def _asked(port: int, path: str, line: http.client.HTTPConnection | None = None) -> bytes:
    line = line or http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    line.request("GET", path)
    return line.getresponse().read()


def _bare(port: int, after: datetime) -> float:
    """Seconds of a client that asks for what changed, page by page, and decodes it."""
    line, begun = http.client.HTTPConnection("127.0.0.1", port), time.perf_counter()
    changed = {"meta.modified.after": after.strftime("%Y-%m-%dT%H:%M:%SZ"), "limit": "1000"}
    for resource in ("persons", "attendances", "calendarEvents"):
        token: str | None = ""
        while token is not None:
            query = {"pageToken": token, "limit": "1000"} if token else changed
            page = msgspec.json.decode(_asked(port, f"/v2.0/{resource}?{urlencode(query)}", line))
            token = page["pageToken"]
    return time.perf_counter() - begun


def _row(name: str, ours: float, rival: float, limit: str, holds: bool) -> dict[str, Any]:
    return {"name": name, "ours": ours, "rival": rival, "ratio": ours / max(rival, 1), "limit": limit, "holds": holds}


def _at_most(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    return _row(name, ours, rival, f"at most {limit}", ours / rival <= limit)


def _all(name: str, ours: float, rival: float) -> dict[str, Any]:
    return _row(name, ours, rival, "all", ours == rival)


def _told(name: str, ours: float, rival: float) -> dict[str, Any]:
    return _row(name, ours, rival, "some", ours > 0)


def _none(name: str, same: Mapping[str, int]) -> dict[str, Any]:
    return _row(name, same["moved"], same["read"], "none", same["moved"] == 0)


def _beside(name: str, ours: float, rival: float) -> dict[str, Any]:
    return _row(name, ours, rival, "told, not promised", True) | {"ratio": ours / rival}
