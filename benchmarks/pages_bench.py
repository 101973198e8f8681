"""Pages: school, class and pupil against a page that only checks session and user, while an import writes.

Both sides in one run, one after the other by the same ten readers, under the server of `plug up`, visits written and
nothing cached. The same in a region of a tenth the size, in turns, since a page must not grow with the region.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.pages_home import Home, importing, make_home, served
from benchmarks.pages_readers import KINDS, SMALLEST, Reader, read, readers_of

Note = Callable[[str, str], None]
Times = dict[str, list[float]]

PUPILS = 50_000
SMALLER = 10
ROUNDS, SECONDS = 3, 20
# Schools of the same size in both regions: what is asked is whether the region's size is felt.
CLASSES = 8
SLOWER, GROWS = 8.0, 1.2
PICTURES_SECONDS, PICTURES_PUPILS = 15, 100_000


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison; takes some minutes, most of them to make the two regions."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note, pupils or PUPILS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "pages", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Note, pupils: int, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """The rows of the comparison, times in milliseconds.

    Takes   folder   an empty folder with room for two homes
            pupils   of the larger region
            seconds  how long each of the rounds reads each region
    """
    homes = []
    for size in (pupils // SMALLER, pupils):
        note(f"Gör en region med {size} elever …", f"Making a region of {size} pupils …")
        homes.append(make_home(folder / str(size), size))
    small, large = _measured(homes, note, seconds)
    against = [_row(f"{kind} page, 95 of 100, ms, against a page that only checks session and user",
                    large[kind], large[SMALLEST], SLOWER) for kind in KINDS]  # fmt: skip
    growth = [_row(f"{kind} page, 95 of 100, ms, at {pupils} pupils against {pupils // SMALLER}",
                   large[kind], small[kind], GROWS) for kind in KINDS]  # fmt: skip
    allowed = PICTURES_SECONDS * pupils / PICTURES_PUPILS
    written = _one_row(f"writing the pictures of {pupils} pupils, s, against what is promised",
                       homes[1].wrote, allowed, 1.0)  # fmt: skip
    return [*against, *growth, written]


def _measured(homes: list[Home], note: Note, seconds: float) -> list[Times]:
    """Each home's times; the homes take turns, so that what else the machine does hits both."""
    times: list[Times] = [{kind: [] for kind in (SMALLEST, *KINDS)} for _home in homes]
    with served(homes[0]), served(homes[1]):
        readers = [readers_of(home, CLASSES) for home in homes]
        days = [iter(home.days) for home in homes]
        for home, found in zip(homes, readers, strict=True):
            read(home, found, seconds / 10)  # the first pages of a server load what it needs
        for number in range(ROUNDS):
            note(f"Läser sidor, varv {number + 1} av {ROUNDS} …", f"Reading pages, round {number + 1} of {ROUNDS} …")
            for home, found, sofar, left in zip(homes, readers, times, days, strict=True):
                _round(home, found, sofar, left, seconds)
    return times


def _round(home: Home, readers: list[Reader], sofar: Times, days: Any, seconds: float) -> None:
    with importing(home, days):
        for kind, new in read(home, readers, seconds).items():
            sofar[kind] += new


def _row(name: str, ours: list[float], rival: list[float], limit: float) -> dict[str, Any]:
    mine, theirs = (quantiles(times, n=20)[-1] for times in (ours, rival))
    return _one_row(name, mine, theirs, limit)


def _one_row(name: str, mine: float, theirs: float, limit: float) -> dict[str, Any]:
    return {
        "name": name,
        "ours": mine,
        "rival": theirs,
        "ratio": mine / theirs,
        "limit": limit,
        "holds": mine / theirs <= limit,
    }
