"""The hub's public pages against a bare Django page: fifty readers, while an editor publishes all the time.

Both under the same server with as many processes and threads, asked in turns by the same readers in the same run. Then
the first page after a publication, which nobody had kept ready, and what a page weighs with all that it loads.
"""

import gzip
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

from benchmarks.hub_weight import heaviest

Note = Any
READERS, SECONDS, PAUSE = 50, 20.0, (0.1, 0.4)
SLOWER, FIRST_SLOWER, MOST_KB = 3.0, 15.0, 250.0
BETWEEN_PUBLICATIONS, FIRST_PAGES = 10.0, 12  # more often than anybody publishes
STARTS_WITHIN, STOPS_WITHIN = 240, 60
PLUG = str(Path(sys.executable).parent / "plug")
PATHS = (
    "/", "/metoder/", "/metoder/morgonstart-med-en-vuxen/", "/metoder/studiecoach/", "/fall/", "/forskning/",
    "/kalender/", "/vad-vet-vi/", "/oppna-data/", "/en/", "/en/methods/",
)  # fmt: skip


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison; takes about two minutes, most of them to make the hub."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "hub", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Note, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """The rows: pages while an editor publishes, the first page after a publication, and the heaviest page."""
    hub, bare = _free_port(), _free_port()
    env = {name: value for name, value in os.environ.items() if name not in ("HUB_DATABASE_URL", "DATABASE_URL")}
    env |= {"PLUG_HOME": str(folder / "home"), "HUB_PORT": str(hub), "HUB_DEMO": "1"}
    note("Gör en hubb med sina sidor …", "Making a hub with its pages …")
    subprocess.run([PLUG, "hub", "prepare"], env=env, check=True, stdout=subprocess.DEVNULL)
    rival_of = [sys.executable, "-m", "benchmarks.hub_bare", str(bare)]
    with _serving([PLUG, "hub", "serve"], env, hub), _serving(rival_of, env, bare):
        for _ in range(4):  # the first pages of a server load what it needs
            warm = http.client.HTTPConnection("127.0.0.1", hub, timeout=60)
            _ = [_one(warm, path) for path in PATHS]
        note("Femtio läsare, medan en redaktör publicerar …", "Fifty readers, while an editor publishes …")
        with _editor(env, BETWEEN_PUBLICATIONS):
            ours, rival = _read(hub, bare, seconds)
        note("Den första sidan efter varje publicering …", "The first page after each publication …")
        first, alone = _first_pages(env, hub, bare)
        note("Vad sidorna väger …", "What the pages weigh …")
        weight = heaviest(f"http://127.0.0.1:{hub}", PATHS)
    return [
        _row("public page, 95 of 100, ms, 50 readers while an editor publishes, against a bare Django page",
             quantiles(ours, n=20)[-1], quantiles(rival, n=20)[-1], SLOWER),
        _row("first page after a publication, median ms, against a bare Django page", median(first), median(alone),
             FIRST_SLOWER),
        _row("heaviest page with all it loads, kB, against what is promised", weight, MOST_KB, 1.0),
    ]  # fmt: skip


def _read(hub: int, bare: int, seconds: float) -> tuple[list[float], list[float]]:
    """Milliseconds of every page that the readers opened: ours and the rival's, each in its turn."""
    ours: list[float] = []
    rival: list[float] = []
    until = time.monotonic() + seconds
    threads = [Thread(target=_reader, args=(number, hub, bare, until, ours, rival)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(ours) < READERS:
        raise RuntimeError("the readers got hardly any page")
    return ours, rival


def _reader(number: int, hub: int, bare: int, until: float, ours: list[float], rival: list[float]) -> None:
    chance = random.Random(number)
    to_hub, to_bare = (http.client.HTTPConnection("127.0.0.1", port, timeout=60) for port in (hub, bare))
    while time.monotonic() < until:
        ours.append(_one(to_hub, chance.choice(PATHS)))
        time.sleep(chance.uniform(*PAUSE))
        rival.append(_one(to_bare, "/"))
        time.sleep(chance.uniform(*PAUSE))


def _one(line: http.client.HTTPConnection, path: str) -> float:
    begun = time.perf_counter()
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    taken = 1000 * (time.perf_counter() - begun)
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {path}")
    if answer.headers.get("Content-Encoding") == "gzip":
        gzip.decompress(body)
    return taken


def _first_pages(env: Mapping[str, str], hub: int, bare: int) -> tuple[list[float], list[float]]:
    """Pages that nobody had kept ready, each after a publication of its own; the rival's between them."""
    to_hub, to_bare = (http.client.HTTPConnection("127.0.0.1", port, timeout=60) for port in (hub, bare))
    first, alone = [], []
    with _editor(env, 0) as editor:
        for path in (PATHS * 2)[:FIRST_PAGES]:
            for _ in range(4):  # each of the server's processes has seen the page, and is to make it anew
                _one(to_hub, path)
            _publish(editor)
            first.append(_one(to_hub, path))
            alone.append(_one(to_bare, "/"))
    return first, alone


def _publish(editor: subprocess.Popen[str]) -> None:
    """One page changed and published, the way editors do it."""
    assert editor.stdin is not None
    assert editor.stdout is not None
    print(file=editor.stdin, flush=True)
    if editor.stdout.readline().strip() != "published":
        raise RuntimeError("The editor did not publish.")


@contextmanager
def _editor(env: Mapping[str, str], pause: float) -> Iterator[subprocess.Popen[str]]:
    """An editor who publishes one page after another while the block runs; without a pause only when asked."""
    editor = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.hub_editor", f"{pause}"], env=dict(env),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert editor.stdout is not None
    try:
        if editor.stdout.readline().strip() != "publishing":
            raise RuntimeError("The editor did not begin.")
        yield editor
    finally:
        editor.terminate()
        editor.wait(STOPS_WITHIN)


@contextmanager
def _serving(command: list[str], env: Mapping[str, str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise RuntimeError("The server did not start.")
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _row(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    return {"name": name, "ours": ours, "rival": rival, "ratio": ours / rival, "limit": limit,
            "holds": ours / rival <= limit}  # fmt: skip
