"""Signals: the night step and the full rebuild against a bare scan of the same files and against pandas.

Each side runs in its own process, on the same stored rows, and what both compute is compared result by result.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.signals_data import school_days

Note = Callable[[str, str], None]
Side = Mapping[str, Any]

PUPILS, FEW_PUPILS = 100_000, 5_000
NIGHTS = 5
ROOT = Path(__file__).parents[1]

REBUILD_TO_SCAN, NIGHT_TO_SCAN, NIGHT_TO_PANDAS, REBUILD_TO_PANDAS, GIGABYTES = 15, 4, 15, 3, 4


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison, the median of several."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note, pupils or PUPILS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "signals", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Note, pupils: int = PUPILS) -> list[dict[str, Any]]:
    """The rows of the comparison: of the ten attendance signals, then of all seventeen.

    Takes   folder   an empty folder with room for the stored rows (about 2 GB at 100,000 pupils)
            pupils   how many have a school year of lessons
    """
    return _compared(folder, pupils, note, "fill") + [
        row | {"name": f"all seventeen: {row['name']}"} for row in _compared(folder, pupils, note, "fill_more")
    ]


def _compared(folder: Path, pupils: int, note: Note, fill: str) -> list[dict[str, Any]]:
    large = sides(folder / "large", pupils, note, fill)
    few = min(FEW_PUPILS, pupils)
    small = large if few == pupils else sides(folder / "small", few, note, fill)
    scan, night, rebuild = (_median(large[name]) for name in ("scan", "nights", "rebuild"))
    per_row, per_row_rival = rebuild / large["scan"]["rows"], _median(small["rival"]) / small["scan"]["rows"]
    held = max(large[name]["gigabytes"] for name in ("nights", "rebuild"))
    rival = _median(large["rival"])
    return [
        _at_most("full rebuild, s, against a bare scan of all columns", rebuild, scan, REBUILD_TO_SCAN),
        _at_most("night step, s, against the bare scan", night, scan, NIGHT_TO_SCAN),
        _at_least("night step, s, against pandas on the same rows", night, rival, NIGHT_TO_PANDAS),
        _at_least(
            f"full rebuild, μs a lesson row, against pandas at {few} pupils",
            1e6 * per_row,
            1e6 * per_row_rival,
            REBUILD_TO_PANDAS,
        ),
        _at_most("most memory held, GiB, against the limit", held, GIGABYTES, 1),
        _same("results that differ from pandas, of all", large["compare"]),
        _same("results of a night that differ from all worked out anew, of all", large["nights"]["stood"]),
        _same(f"results that differ from pandas at {few} pupils, of all", small["compare"]),
    ]


def sides(home: Path, pupils: int, note: Note, fill: str = "fill") -> dict[str, Side]:
    """Make the rows, run every side on them, delete them.

    Takes   fill   what makes them: fill, or fill_more for what all signals read
    """
    nights = [day.isoformat() for day in school_days()[-NIGHTS:]]
    said = {
        fill: ("Skriver påhittade lektioner för {} elever …", "Writing made-up lessons of {} pupils …"),
        "nights": ("Räknar fem nätter …", "Computing five nights …"),
        "scan": ("Läser alla kolumner rakt av …", "Scanning every column …"),
        "rebuild": ("Räknar allt från början …", "Computing everything anew …"),
        "rival": ("Låter pandas räkna samma sak …", "Letting pandas compute the same …"),
        "compare": ("Jämför resultaten …", "Comparing the results …"),
    }
    found: dict[str, Side] = {}
    for name, (sv, en) in said.items():
        note(sv.format(pupils), en.format(pupils))
        found[name] = _side(home, pupils, name, nights)
    shutil.rmtree(home, ignore_errors=True)
    return found


def _side(home: Path, pupils: int, name: str, nights: list[str]) -> Side:
    command = [sys.executable, "-m", "benchmarks.signals_sides", str(home), str(pupils), name, *nights]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    result: Side = json.loads(done.stdout.splitlines()[-1])
    return result


def _median(side: Side) -> float:
    return statistics.median(side["seconds"])


def _at_most(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    ratio = ours / rival
    return _row(name, ours, rival, ratio) | {"limit": f"at most {limit}", "holds": ratio <= limit}


def _at_least(name: str, ours: float, rival: float, limit: float) -> dict[str, Any]:
    ratio = rival / ours
    return _row(name, ours, rival, ratio) | {"limit": f"at least {limit}", "holds": ratio >= limit}


def _row(name: str, ours: float, rival: float, ratio: float) -> dict[str, Any]:
    return {"name": name, "ours": ours, "rival": rival, "ratio": ratio}


def _same(name: str, compared: Side) -> dict[str, Any]:
    different = compared["all"] - compared["same"]
    return _row(name, different, compared["all"], different / max(compared["all"], 1)) | {
        "limit": "none",
        "holds": different == 0 and compared["all"] > 0,
    }


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(lambda _, en: print(en, file=sys.stderr), many), indent=1))
