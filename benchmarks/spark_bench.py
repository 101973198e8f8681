"""Spark and DuckDB side by side on the same files: to know from how many rows on the second engine pays.

Told, not promised. What must hold is that both say the same of every pupil.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.signals_data import LESSONS_A_DAY, school_days
from benchmarks.spark_sides import SIDES

Note = Callable[[str, str], None]

ROWS = (1_000_000, 10_000_000, 100_000_000)
# Beyond this, a side takes minutes and is run once.
OFTEN_UP_TO, TIMES = 20_000_000, 3
ROOT = Path(__file__).parents[1]


def run(note: Note, pupils: int | None, rows: Sequence[int] = ()) -> Mapping[str, Any]:
    """Every size, the median of several where it is small.

    Takes   rows   rows of lessons; none: as many as `pupils` have in a school year, or ROWS
    """
    a_pupil = LESSONS_A_DAY * len(school_days())
    asked = [pupils] if pupils else [max(size // a_pupil, 1) for size in sorted(rows or ROWS)]
    sizes = [_size(count, note) for count in asked]
    told = [row for size in sizes for row in _rows(size)]
    return {"bench": "spark", "machine": f"{os.cpu_count()} cores", "rows": told + _crossing(sizes)}


def _size(pupils: int, note: Note) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    often = pupils * LESSONS_A_DAY * len(school_days()) <= OFTEN_UP_TO
    found: dict[str, Any] = {}
    try:
        for side in SIDES:
            note(f"{pupils} elever: {side} …", f"{pupils} pupils: {side} …")
            command = [sys.executable, "-m", "benchmarks.spark_sides", str(folder / "home"), str(pupils), side]
            done = subprocess.run(
                [*command, str(TIMES if often else 1)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
            )
            found[side] = json.loads(done.stdout.splitlines()[-1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    duckdb, spark = (statistics.median(found[engine]["seconds"]) for engine in ("duckdb", "spark"))
    return {"rows": found["fill"]["rows"], "duckdb": duckdb, "spark": spark, "compare": found["compare"]}


def _rows(size: Mapping[str, Any]) -> list[dict[str, Any]]:
    lessons, ours, theirs = size["rows"], size["duckdb"], size["spark"]
    different, every = size["compare"]["different"], size["compare"]["all"]
    return [
        {
            "name": f"{lessons} lesson rows: roll-up and all signals, s, DuckDB against Spark",
            "ours": ours, "rival": theirs, "ratio": ours / theirs, "limit": "told, not promised", "holds": True,
        },
        {
            "name": f"{lessons} lesson rows: results that differ, of all",
            "ours": different, "rival": every, "ratio": different / max(every, 1), "limit": "none",
            "holds": different == 0 and every > 0,
        },
    ]  # fmt: skip


def _crossing(sizes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where both would take equally long, if each went on as between the two largest sizes; 0 when they never would."""
    if len(sizes) < 2:
        return []
    one, two = sizes[-2:]
    more = two["rows"] - one["rows"]
    slopes = {engine: (two[engine] - one[engine]) / more for engine in ("duckdb", "spark")}
    gains = slopes["duckdb"] - slopes["spark"]
    rows = two["rows"] + (two["spark"] - two["duckdb"]) / gains if gains > 0 else 0
    name = "lesson rows from which Spark would be the faster (0: none), against the most measured"
    return [
        {"name": name, "ours": rows, "rival": two["rows"], "ratio": rows / two["rows"], "limit": "told, not promised",
         "holds": True}
    ]  # fmt: skip
