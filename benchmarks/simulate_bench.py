"""The made-up region: whole lives without lessons, and a school year of lessons."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import simulate_lessons_bench, simulate_lives_bench

Note = Callable[[str, str], None]


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Both parts. `pupils` is about the lessons, and about lives when there are fewer than promised."""
    fewer = pupils if pupils and pupils < simulate_lives_bench.PUPILS else None
    parts = [simulate_lives_bench.run(note, fewer), simulate_lessons_bench.run(note, pupils)]
    rows = [row for part in parts for row in part["rows"]]
    return {"bench": "simulate", "machine": f"{os.cpu_count()} cores", "rows": rows}
