"""The command as a user runs it: its own process, its own home."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pluginnovation.web.config.postgres import places_of
from pluginnovation.web.config.postgres.server import stop
from tests.house.tree import ROOT

PLUG = str(Path(sys.executable).parent / "plug")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Home:
    """A home, and the environment that commands get: nothing from whoever runs the tests."""

    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        return {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT / "src"),
            "PLUG_HOME": str(self.folder),
            "PLUG_LANGUAGE": "en",
            "LANG": "C.UTF-8",
            # A hub beside each server would only take the cores; tests/hub starts one.
            "HUB_PORT": "0",
        }

    def plug(self, *words: str, **env: str) -> Said:
        """Run a command to its end."""
        done = subprocess.run(
            [PLUG, *words], env={**self.env, **env}, capture_output=True, text=True, check=False, timeout=300
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start a command that goes on."""
        process = subprocess.Popen(
            [PLUG, *words],
            env={**self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def end_all(self) -> None:
        """End what a failed test left running."""
        for process in self.started:
            if process.poll() is None:
                end(process)


@contextmanager
def own_home() -> Iterator[Home]:
    """A home for some tests; it and its server are removed afterwards."""
    top = Path(tempfile.mkdtemp(prefix="plug-home-"))
    home = Home(top / "home")
    try:
        yield home
    finally:
        home.end_all()
        if home.folder.is_dir():
            places = places_of(home.folder)
            stop(places)
            shutil.rmtree(places.root, ignore_errors=True)
        shutil.rmtree(top, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def page(port: int, path: str) -> int:
    """The status of a page; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def serves(process: subprocess.Popen[str], port: int, seconds: float = 120) -> float:
    """Wait until the health page answers; how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if page(port, "/halsa/") == 200:
            return time.monotonic() - began
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate()[1])


def end(process: subprocess.Popen[str], how: int = signal.SIGTERM) -> Said:
    """Ask the process to stop, and wait for it."""
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    return Said(process.returncode, out, err)


def family(pid: int) -> set[int]:
    """The processes of a session: everything that a command started and that did not leave it."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[3]) == pid and words[0] != "Z":
            found.add(int(entry.parent.name))
    return found
