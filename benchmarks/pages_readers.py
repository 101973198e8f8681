"""Ten readers of one server, each with a session, a school and a pause between pages."""

import http.client
import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Thread

from benchmarks.pages_home import Home

READERS = 10
# Nobody reads a page in no time; and without a pause every page would only be timed against the queue.
PAUSE_SECONDS = (0.1, 0.4)
SMALLEST = "smallest"
KINDS = ("school", "class", "pupil")


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone signed in, and the pages of each kind that they may open."""

    cookie: str
    paths: Mapping[str, Sequence[str]]


def readers_of(home: Home, classes: int) -> list[Reader]:
    """Principals and pupil health teams of the schools whose size is nearest to so many classes, signed in."""
    command = [sys.executable, "-m", "benchmarks.pages_sign_in", str(READERS), str(classes)]
    done = subprocess.run(command, env=home.env, check=True, capture_output=True, text=True)
    return [Reader(found["cookie"], found["paths"]) for found in json.loads(done.stdout.splitlines()[-1])]


def read(home: Home, readers: Sequence[Reader], seconds: float, kinds: Sequence[str] = KINDS) -> dict[str, list[float]]:
    """Milliseconds of every page that the readers opened, by kind; the smallest page between all others.

    A reader opens the kinds of page that there are addresses of for that reader.

    Raises  RuntimeError when a page did not answer 200
    """
    times: dict[str, list[float]] = {kind: [] for kind in (SMALLEST, *kinds)}
    wrong: list[str] = []
    until = time.monotonic() + seconds
    threads = [Thread(target=_one, args=(home, reader, until, times, wrong, n)) for n, reader in enumerate(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} pages went wrong, first {wrong[0]}")
    return times


def _one(
    home: Home, reader: Reader, until: float, times: dict[str, list[float]], wrong: list[str], number: int
) -> None:
    chance = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", home.port, timeout=60)
    while time.monotonic() < until:
        kinds = [kind for kind in times if reader.paths.get(kind)]
        for kind in chance.sample(kinds, len(kinds)):
            for asked in (SMALLEST, kind):
                path = "/jag/" if asked == SMALLEST else chance.choice(reader.paths[asked])
                begun = time.perf_counter()
                line.request("GET", path, headers={"Cookie": reader.cookie})
                answer = line.getresponse()
                answer.read()
                times[asked].append(1000 * (time.perf_counter() - begun))
                if answer.status != 200:
                    wrong.append(f"{answer.status} {asked}")
                    return
                time.sleep(chance.uniform(*PAUSE_SECONDS))
