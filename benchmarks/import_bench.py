"""Importing: lessons from CSV against DuckDB's own CSV-to-Parquet, attendances from JSON against merely decoding them,
and the same source again against the first time. Checks, codes and the commit are included on our side.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from benchmarks.import_data import write_csv, write_json
from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store

Note = Callable[[str, str], None]

PUPILS = 6_000
TIMES = 3
ASKED = Asked(by="plug bench", at=datetime(2026, 7, 1, tzinfo=UTC), source="bench")


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison, both sides in turn, the median of several."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    try:
        rows = bench(folder, note, pupils or PUPILS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "import", "machine": f"{os.cpu_count()} cores", "rows": rows}


def bench(folder: Path, note: Note, pupils: int) -> list[dict[str, Any]]:
    """The rows of the comparison.

    Takes   folder   an empty folder with room for the made-up files
            pupils   how many pupils' school year to make; JSON has a tenth of them
    """
    note("Skriver påhittade filer …", "Writing made-up files …")
    lessons = write_csv(folder / "csv", pupils)
    attendances = write_json(folder / "json", max(pupils // 10, 1))
    note(f"Läser {lessons} lektioner ur CSV …", f"Reading {lessons} lessons from CSV …")
    found = _csv(folder, lessons)
    note(f"Läser {attendances} närvarorader ur JSON …", f"Reading {attendances} attendances from JSON …")
    return [*found, *_json(folder)]


def _csv(folder: Path, lessons: int) -> list[dict[str, Any]]:
    ours, rival, again, turned = [], [], [], []
    for _ in range(TIMES):
        with _fresh(folder) as store:
            ours.append(_seconds(lambda: import_source(store, folder / "csv", ASKED)))
            again.append(_seconds(lambda: import_source(store, folder / "csv", ASKED)))
            turned.append(_seconds(lambda: import_source(store, folder / "csv-turned", ASKED)))
        rival.append(_seconds(lambda: _duckdb(folder)))
    # Half of DuckDB's speed, or a million rows a second where that is less.
    allowed = max(2 * statistics.median(rival), lessons / 1e6)
    first = statistics.median(ours)
    return [
        _row(
            "CSV lessons with all checks, s, against DuckDB's CSV to Parquet",
            ours,
            rival,
            allowed / statistics.median(rival),
        ),
        _row("the same CSV again, s, against the first time", again, [first], 0.2),
        _row("the same CSV in another order and split otherwise, s, against the first time", turned, [first], 0.2),
    ]


def _json(folder: Path) -> list[dict[str, Any]]:
    ours, rival, again = [], [], []
    for _ in range(TIMES):
        with _fresh(folder) as store:
            ours.append(_seconds(lambda: import_source(store, folder / "json", ASKED)))
            again.append(_seconds(lambda: import_source(store, folder / "json", ASKED)))
        rival.append(_seconds(lambda: _decode(folder)))
    return [
        _row("SS 12000 attendances with all checks, s, against decoding them with msgspec", ours, rival, 2.0),
        _row("the same JSON again, s, against the first time", again, [statistics.median(ours)], 0.2),
    ]


def _fresh(folder: Path) -> Store:
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    return Store.open(home, FileLedger(home / "ledger.json"))


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _duckdb(folder: Path) -> None:
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute(f"SET threads = {min(os.cpu_count() or 1, 2)}")
        engine.execute(f"COPY (FROM read_csv('{folder}/csv/*.csv')) TO '{folder}/rival.parquet' (FORMAT parquet)")


def _decode(folder: Path) -> None:
    for path in sorted((folder / "json").glob("*.json")):
        msgspec.json.decode(path.read_bytes())


def _row(name: str, ours: list[float], rival: list[float], limit: float) -> dict[str, Any]:
    mine, theirs = statistics.median(ours), statistics.median(rival)
    return {
        "name": name,
        "ours": mine,
        "rival": theirs,
        "ratio": mine / theirs,
        "limit": round(limit, 2),
        "holds": mine / theirs <= limit,
    }
