"""The made-up region's lessons at the size of a large one: a school year as text and as columns.

Each side runs in a process of its own, so that its memory is its own. Limits are for 100,000 pupils; for fewer they
shrink with the number of pupils, since the cost should be in proportion to them. That is measured too.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pluginnovation.simulation.lesson_work import write_columns, write_lessons
from pluginnovation.simulation.wanted import Wanted, shared
from pluginnovation.simulation.world import world_of

Note = Callable[[str, str], None]
Side = Mapping[str, Any]

PUPILS, MUNICIPALITIES, SEED = 100_000, 13, 1
TEXT_SECONDS, GIGABYTES = 600.0, 4.0
COLUMNS_TO_TEXT = 3  # as columns in a third of the time for text
FEWER = 4  # the smaller region, to see whether the cost is linear
MORE_PER_PUPIL = 1.5  # starting up and chance included
BLOCK = 1 << 24
ROOT = Path(__file__).parents[1]


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Text by one process and by two, columns, memory and whether the cost is linear."""
    many = pupils or PUPILS
    sides: dict[str, Side] = {}
    for name, size in (
        ("one", many),
        ("two", many),
        ("columns", many),
        ("fewer", max(many // FEWER, MUNICIPALITIES * 5)),
    ):
        note(f"Skriver ett läsår för {size} elever ({name}) …", f"Writing a school year of {size} pupils ({name}) …")
        sides[name] = _side(name, size)
    return {"bench": "simulate lessons", "machine": f"{os.cpu_count()} cores", "rows": _rows(sides, many)}


def _rows(sides: Mapping[str, Side], pupils: int) -> list[dict[str, Any]]:
    text = TEXT_SECONDS * pupils / PUPILS
    one, two, columns, fewer = (sides[name] for name in ("one", "two", "columns", "fewer"))
    rows = f"{one['rows'] / 1e6:.1f} million lessons"
    held = max(side["gigabytes"] for side in sides.values())
    same = {one["digest"], two["digest"]}
    return [
        _at_most(f"{rows} as CSV, one process, s, against the promise", one["seconds"], text),
        _at_most(f"{rows} as CSV, two processes, s, against the promise", two["seconds"], text),
        _at_most(f"{rows} as columns, s, against the promise", columns["seconds"], text / COLUMNS_TO_TEXT),
        _at_most("memory of the largest side, GB, against the promise", held, GIGABYTES),
        _at_most(
            "time per pupil as CSV, against a quarter of the pupils",
            one["seconds"] / one["pupils"],
            fewer["seconds"] / fewer["pupils"],
            MORE_PER_PUPIL,
        ),
        _at_most("different bytes of one process and two, against one", len(same), 1),
        _at_most("rows of columns and text, against each other", columns["rows"], one["rows"]),
    ]


def _at_most(name: str, ours: float, rival: float, times: float = 1.0) -> dict[str, Any]:
    ratio = ours / rival if rival else float("inf")
    return {
        "name": name, "ours": ours, "rival": rival, "ratio": ratio,
        "limit": f"at most {times:g}", "holds": ratio <= times,
    }  # fmt: skip


def _side(name: str, pupils: int) -> Side:
    command = [sys.executable, "-m", "benchmarks.simulate_lessons_bench", name, str(pupils)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    result: Side = json.loads(done.stdout.splitlines()[-1])
    return result


def measured(name: str, pupils: int) -> Side:
    """One side, from the numbers to the last byte on disk; what it says doesn't count in its time."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        wanted = replace(shared(pupils, MUNICIPALITIES, SEED), workers=2 if name == "two" else 1)
        began = time.perf_counter()
        rows = _written(name, wanted, folder)
        seconds = time.perf_counter() - began
        told = {"seconds": seconds, "pupils": pupils, "gigabytes": _gigabytes()}
        return told | (_of_text(folder / "lessons.csv") if rows is None else {"rows": rows})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _written(name: str, wanted: Wanted, folder: Path) -> int | None:
    world = world_of(wanted.sizes, wanted.seed)
    if name == "columns":
        return write_columns(world, wanted, folder)
    write_lessons(world, wanted, folder / "lessons.csv", None)
    return None


def _of_text(path: Path) -> dict[str, Any]:
    from zlib import crc32

    rows, digest = -1, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            rows += block.count(b"\n")
            digest = crc32(block, digest)
    return {"rows": rows, "digest": digest}


def _gigabytes() -> float:
    """The most memory this process held, and the largest of its workers for each of them."""
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + 2 * workers) / 1e6


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
