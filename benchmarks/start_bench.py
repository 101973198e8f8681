"""A second `plug up` of a home that is ready, hub beside it, against the ten seconds that are promised.

The first start of the same empty home stands beside, to show what the second one doesn't do again.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from pluginnovation.web.config.postgres import places_of

PLUG = str(Path(sys.executable).parent / "plug")
PROMISED, STARTS, WAITS = 10.0, 5, 120.0


def run(note: Callable[[str, str], None], pupils: int | None) -> dict[str, Any]:
    """Seconds from the command to its first answer; the median of five starts."""
    del pupils  # an empty home: what a demo holds isn't read before its first page
    top = Path(tempfile.mkdtemp(prefix="plug-start-"))
    home = top / "home"
    try:
        note("Startar ett nytt hem…", "Starting a new home…")
        first = _start(home)
        took = []
        for number in range(STARTS):
            note(f"Start {number + 2}…", f"Start {number + 2}…")
            took.append(_start(home))
    finally:
        shutil.rmtree(places_of(home).root, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)
    rows = [
        _row("a second start, s, against what is promised", median(took), PROMISED),
        _row("a second start against the first of the same home", median(took), first),
    ]
    return {"bench": "start", "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]}, "rows": rows}


def _row(name: str, ours: float, rival: float) -> dict[str, Any]:
    return {"name": name, "ours": ours, "rival": rival, "ratio": ours / rival, "limit": 1.0, "holds": ours < rival}


def _start(home: Path) -> float:
    port = _free_port()
    # Bytecode as `make up` leaves it: a shell that forbids it would have every start compile every package.
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")}
    env |= {"PLUG_HOME": str(home), "PORT": str(port)}
    began = time.monotonic()
    server = subprocess.Popen([PLUG, "up", "--no-demo"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if server.poll() is not None or time.monotonic() - began > WAITS:
                raise RuntimeError("The server did not start.")
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(WAITS)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
