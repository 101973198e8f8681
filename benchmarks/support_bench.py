"""Support: my day, the meeting and a case against a page that only checks session and user, while an import writes.

In a region with four open and closed things for every pupil, and in one of a tenth the size, by the same ten readers
under the server of `plug up`. How many queries a page takes is counted too: it must be as many in both.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.pages_home import Home, importing, make_home, served
from benchmarks.pages_readers import SMALLEST, Reader, read

Note = Callable[[str, str], None]
Times = dict[str, list[float]]

PUPILS, ITEMS_PER_PUPIL, SMALLER = 50_000, 4, 10
ROUNDS, SECONDS = 3, 20
KINDS = ("my_day", "meeting", "case")
SLOWER = 8.0


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison; takes some minutes, most of them to make the two regions."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note, pupils or PUPILS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "support", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Note, pupils: int, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """The rows of the comparison, times in milliseconds.

    Takes   folder   an empty folder with room for two homes
            pupils   of the larger region
            seconds  how long each of the rounds reads each region
    """
    homes = []
    for size in (pupils // SMALLER, pupils):
        note(f"Gör en region med {size} elever …", f"Making a region of {size} pupils …")
        home = make_home(folder / str(size), size)
        items = ITEMS_PER_PUPIL * size
        note(f"Fyller den med {items} saker …", f"Filling it with {items} things …")
        asked(home, "fill", str(items))
        homes.append(home)
    counts = [asked(home, "queries") for home in homes]
    small, large = _measured(homes, note, seconds)
    against = [
        row(f"{kind}, 95 of 100, ms, against a page that only checks session and user",
            _slow(large[kind]), _slow(large[SMALLEST]), SLOWER) for kind in KINDS
    ]  # fmt: skip
    growth = [
        row(f"{kind}, 95 of 100, ms, at {pupils} pupils against {pupils // SMALLER}",
            _slow(large[kind]), _slow(small[kind]), SLOWER / 4) for kind in KINDS
    ]  # fmt: skip
    queries = [
        row(f"{kind}, queries, at {pupils} pupils against {pupils // SMALLER}", counts[1][kind], counts[0][kind], 1.0)
        for kind in KINDS
    ]
    return [*against, *growth, *queries]


def asked(home: Home, *what: str) -> Any:
    """What `benchmarks.support_data` answers in the environment of a home."""
    command = [sys.executable, "-m", "benchmarks.support_data", *what]
    done = subprocess.run(command, env=home.env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def readers(home: Home) -> list[Reader]:
    """Mentors, and pupil health teams and principals of their schools, signed in."""
    return [Reader(found["cookie"], found["paths"]) for found in asked(home, "readers")]


def _measured(homes: list[Home], note: Note, seconds: float) -> list[Times]:
    """Each home's times; the homes take turns, so that what else the machine does hits both."""
    times: list[Times] = [{kind: [] for kind in (SMALLEST, *KINDS)} for _home in homes]
    with served(homes[0]), served(homes[1]):
        who = [readers(home) for home in homes]
        days = [iter(home.days) for home in homes]
        for home, found in zip(homes, who, strict=True):
            read(home, found, seconds / 10, KINDS)  # the first pages of a server load what it needs
        for number in range(ROUNDS):
            note(f"Läser sidor, varv {number + 1} av {ROUNDS} …", f"Reading pages, round {number + 1} of {ROUNDS} …")
            for home, found, sofar, left in zip(homes, who, times, days, strict=True):
                with importing(home, left):
                    for kind, new in read(home, found, seconds, KINDS).items():
                        sofar[kind] += new
    return times


def _slow(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def row(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    """One comparison."""
    ratio = ours / rival
    return {"name": name, "ours": ours, "rival": rival, "ratio": ratio, "limit": limit, "holds": ratio <= limit}
