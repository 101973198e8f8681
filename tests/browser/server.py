"""The real server, as `plug up` starts it, on a port of its own. The workers of one test session share it."""

import fcntl
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

# Few pupils are enough to test with; pictures for the documentation show the demo as it is.
PUPILS = "4000" if os.environ.get("PLUG_TEST_IMAGES") else "400"
LOG = "server.log"
STARTS_WITHIN, STOPS_WITHIN = 180, 20
# The server answers for the installation's own settings, not for those of the other tests.
OURS = ("PLUG_", "DATABASE_URL", "DJANGO_", "PORT")


@dataclass(frozen=True)
class Server:
    """Where it answers, the home it serves, and where the hub beside it is."""

    address: str
    home: Path
    hub: str = ""

    @property
    def said(self) -> str:
        """What it wrote on its standard output and error."""
        return (self.home.parent / LOG).read_text(encoding="utf-8", errors="replace")

    @property
    def truth(self) -> Path:
        """The folder with what is true in the made-up region."""
        return self.home / "demo" / "region" / "truth"


@contextmanager
def shared_server(session: str) -> Iterator[Server]:
    """The session's server: started by the first worker that asks, stopped by the last one that leaves."""
    folder = Path(tempfile.gettempdir()) / f"plug-browser-{session}"
    folder.mkdir(exist_ok=True)
    with _state(folder) as state:
        if not state.get("users"):
            state.update(users=0, **_start(folder))
        state["users"] += 1
        server = Server(state["address"], folder / "home", state["hub"])
    try:
        yield server
    finally:
        with _state(folder) as state:
            state["users"] -= 1
            if not state["users"]:
                _stop(state.pop("pid"))


def forget(session: str) -> None:
    """Remove what a session left, when all its workers are gone."""
    folder = Path(tempfile.gettempdir()) / f"plug-browser-{session}"
    if not folder.exists():
        return
    from pluginnovation.web.config.postgres import places_of

    shutil.rmtree(places_of(folder / "home").root, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _state(folder: Path) -> Iterator[dict[str, Any]]:
    """The session's notes, held by one worker at a time."""
    with (folder / "state.json").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        state: dict[str, Any] = json.loads(file.read() or "{}")
        try:
            yield state
        finally:
            file.seek(0)
            file.truncate()
            json.dump(state, file)


def _start(folder: Path) -> dict[str, Any]:
    """Make the region if it isn't there, and serve it."""
    port, hub = _free_port(), _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environ = {**kept, "PLUG_HOME": str(folder / "home"), "PORT": str(port), "PLUG_LANGUAGE": "en"}
    environ["HUB_PORT"] = str(hub)
    # The code beside these tests, wherever the command was installed from.
    environ["PYTHONPATH"] = str(ROOT / "src")
    # The tests look at everything, again and again, within the hour.
    environ |= {"PLUG_PUPILS_AN_HOUR": "1000000", "PLUG_FILES_AN_HOUR": "1000000"}
    # The hub is made after the region; its methods lie in the home from the first minute.
    _with_methods(folder / "home")
    with (folder / LOG).open("ab") as log:
        said = [(os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)]
        # Spawned, not kept: the server may outlive the worker that started it.
        command = [str(Path(sys.executable).with_name("plug")), "up", "--pupils", PUPILS]
        pid = os.posix_spawn(command[0], command, environ, file_actions=said, setsid=True)
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + STARTS_WITHIN
    # The first page comes before the region is whole; the tests look at all of it.
    while not (_answers(address) and (folder / "home" / "demo" / "done").exists()):
        if _has_ended(pid) or time.monotonic() > until:
            raise RuntimeError(f"The server did not start:\n{_end_of(folder)}")
        time.sleep(0.2)
    return {"address": address, "hub": f"http://127.0.0.1:{hub}", "pid": pid}


def wait_for_hub(server: Server) -> str:
    """The address of the hub beside the server, once it answers: it is made after the region."""
    until = time.monotonic() + STARTS_WITHIN
    while not _answers(server.hub):
        if time.monotonic() > until:
            raise RuntimeError(f"The hub did not start:\n{server.said[-3000:]}")
        time.sleep(0.5)
    return server.hub


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _with_methods(home: Path) -> None:
    """The made-up catalogue, as a hub in the same home would have published it."""
    from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT, public_key_of, signed
    from tests.unit.knowledge.made_up import KEY, catalogue_of

    for place, content in ((PUBLIC_AT, public_key_of(KEY).encode()), (EXPORTED_AT, signed(catalogue_of(), KEY))):
        (home / place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / place).write_bytes(content)


def _has_ended(pid: int) -> bool:
    """Whether a process is gone, whoever started it."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return not Path(f"/proc/{pid}").exists()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/halsa/", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _end_of(folder: Path) -> str:
    return (folder / LOG).read_text(encoding="utf-8", errors="replace")[-3000:]


def _stop(pid: int) -> None:
    """End the server that this session started, with its workers."""
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOPS_WITHIN
    while not _has_ended(pid):
        if time.monotonic() > until:
            os.killpg(pid, signal.SIGKILL)
            return
        time.sleep(0.1)
