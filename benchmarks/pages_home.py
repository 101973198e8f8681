"""A home of its own with a made-up region, served as `plug up` serves it; and the days still to be read in."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import polars as pl

from pluginnovation.simulation import SOURCE, simulate

AS_OF = date(2026, 4, 23)
# The pages look back twenty weeks; older lessons would only make the first import longer.
FIRST_DAY = date(2025, 12, 1)
MUNICIPALITIES, SEED = 13, 1
STARTS_WITHIN, STOPS_WITHIN = 120, 60
PLUG = (str(Path(sys.executable).parent / "plug"),)


@dataclass(frozen=True, slots=True)
class Home:
    """One installation.

    place   its PLUG_HOME;  port   where it is served
    days    folders with one school day of lessons each, not read in yet
    wrote   seconds that writing its pictures took, a second time
    """

    place: Path
    port: int
    days: tuple[Path, ...]
    wrote: float = 0.0

    @property
    def env(self) -> dict[str, str]:
        """The environment of its commands. No DATABASE_URL: it has a database of its own."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        unlimited = {"PLUG_PUPILS_AN_HOUR": "100000000", "PLUG_FILES_AN_HOUR": "100000000"}
        return kept | unlimited | {"PLUG_HOME": str(self.place), "PORT": str(self.port)}

    def plug(self, *arguments: str) -> Any:
        """What a `plug` command answers.

        Raises  CalledProcessError when it fails
        """
        done = subprocess.run([*PLUG, *arguments, "--json"], env=self.env, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)


def make_home(place: Path, pupils: int) -> Home:
    """Make up a region, read it in up to AS_OF and run the signals; the days after that are left for later."""
    region = place / "region"
    simulate(region, pupils=pupils, municipalities=MUNICIPALITIES, seed=SEED)
    shutil.rmtree(region / "truth", ignore_errors=True)
    home = Home(place / "home", _free_port(), _later_days(region, place / "days"))
    home.plug("records", "import", str(region), "--source", SOURCE)
    shutil.rmtree(region)
    day = ("signals", "run", "--as-of", AS_OF.isoformat())
    home.plug(*day)
    return replace(home, wrote=home.plug(*day)["snapshot_seconds"])


def _later_days(region: Path, folder: Path) -> tuple[Path, ...]:
    """Cut the lessons at AS_OF; each later day becomes a source of its own."""
    lessons = pl.scan_csv(region / "lessons.csv", infer_schema=False)
    kept = lessons.filter(pl.col("date").is_between(pl.lit(FIRST_DAY.isoformat()), pl.lit(AS_OF.isoformat())))
    kept.sink_csv(region / "kept")
    later = lessons.filter(pl.col("date") > AS_OF.isoformat()).collect(engine="streaming")
    (region / "kept").replace(region / "lessons.csv")
    days = []
    for (day,), rows in later.sort("date").group_by("date", maintain_order=True):
        target = folder / str(day)
        target.mkdir(parents=True)
        shutil.copy(region / "simulation.json", target)
        rows.write_csv(target / "lessons.csv")
        days.append(target)
    return tuple(days)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def served(home: Home) -> Iterator[None]:
    """The home's server while the block runs: gunicorn as in `plug up`."""
    server = subprocess.Popen(
        [*PLUG, "up", "--no-demo"], env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(home.port, server)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")


@contextmanager
def importing(home: Home, days: Iterator[Path]) -> Iterator[list[Path]]:
    """One day after another is read in while the block runs; gives the days that were."""
    taken: list[Path] = []
    stop = Event()

    def work() -> None:
        for day in days:
            if stop.is_set():
                return
            command = [*PLUG, "records", "import", str(day), "--source", SOURCE]
            subprocess.run(command, env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            taken.append(day)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        yield taken
    finally:
        stop.set()
        thread.join()
