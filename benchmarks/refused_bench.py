"""Refused against absent: a pupil whom one may not see takes as long as one who doesn't exist.

A thousand requests to the server of `plug up`, refused and absent in turns, by somebody who sees other pupils. What
is compared are medians; the limit is a tenth either way.
"""

import http.client
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.pages_home import Home, make_home, served
from benchmarks.pages_readers import Reader, readers_of

Note = Callable[[str, str], None]

PUPILS, REQUESTS, WARM_UP, CLASSES = 2_000, 1_000, 40, 4
APART: Final = 0.10
PAGES: Final = ("/elev/{}/", "/elev/{}/lektioner/")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """The comparison, for each page."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    many = pupils or PUPILS
    try:
        note(f"Gör en region med {many} elever …", f"Making a region of {many} pupils …")
        home = make_home(folder, many)
        with served(home):
            readers = readers_of(home, CLASSES)
            note("Frågar efter elever som inte får ses …", "Asking for pupils who may not be seen …")
            rows = [_compared(home, readers, page) for page in PAGES]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "refused", "machine": f"{os.cpu_count()} cores", "rows": rows}


def _compared(home: Home, readers: list[Reader], page: str) -> dict[str, Any]:
    one, own = readers[0], set(readers[0].paths["pupil"])
    others = [path.split("/")[2] for reader in readers for path in reader.paths["pupil"] if path not in own]
    line = http.client.HTTPConnection("127.0.0.1", home.port, timeout=60)
    times: dict[str, list[float]] = {"refused": [], "absent": []}
    for number in range(WARM_UP + REQUESTS // 2):
        nobody = "".join(secrets.choice(LETTERS) for _ in range(16))
        asked = {"refused": others[number % len(others)], "absent": nobody}
        # Who is asked for first changes, so that neither is always the second.
        for kind in sorted(asked, reverse=bool(number % 2)):
            spent = _asked(line, page.format(asked[kind]), one.cookie)
            if number >= WARM_UP:
                times[kind].append(spent)
    ours, rival = median(times["refused"]), median(times["absent"])
    return {
        "name": f"{page.format('CODE')} refused, median of {len(times['refused'])}, ms, against absent",
        "ours": ours,
        "rival": rival,
        "ratio": ours / rival,
        "limit": f"within {APART:.0%}",
        "holds": abs(ours / rival - 1) <= APART,
    }


def _asked(line: http.client.HTTPConnection, path: str, cookie: str) -> float:
    begun = time.perf_counter()
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    spent = 1000 * (time.perf_counter() - begun)
    if answer.status != http.HTTPStatus.NOT_FOUND:
        raise RuntimeError(f"Answered {answer.status}, not 404")
    return spent
