"""Rules: two rule sets on the same pupils of the same day, against computing the signals in full by each.

Once where limits alone differ, once where a window does. Both sides give the same counts, and that is checked.
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

Note = Callable[[str, str], None]

PUPILS, SECONDS = 30_000, 2
ROOT = Path(__file__).parents[1]
LIMITS_ONLY, WINDOW = "limits", "window"


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Every comparison, the median of several."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    many = pupils or PUPILS
    try:
        note(f"Skriver påhittade lektioner för {many} elever …", f"Writing made-up lessons of {many} pupils …")
        _side(folder, many, "fill")
        note("Jämför regler …", "Comparing rules …")
        found = _side(folder, many, "rules")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [row for which in (LIMITS_ONLY, WINDOW) for row in _rows(which, found[which])]
    return {"bench": "rules", "machine": f"{os.cpu_count()} cores", "rows": rows}


def _rows(which: str, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    ours, rival = statistics.median(found["ours"]), statistics.median(found["rival"])
    what = {LIMITS_ONLY: "another limit", WINDOW: "another window"}[which]
    different, both = found["different"], found["all"]
    return [
        {
            "name": f"comparison with {what}, s, against two full runs",
            "ours": ours, "rival": rival, "ratio": ours / rival, "limit": f"under {SECONDS} s", "holds": ours < SECONDS,
        },
        {
            "name": f"counts with {what} that differ from two full runs, of all",
            "ours": different, "rival": both, "ratio": different / max(both, 1), "limit": "none",
            "holds": different == 0 and both > 0,
        },
    ]  # fmt: skip


def _side(home: Path, pupils: int, name: str) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "benchmarks.rules_sides", str(home), str(pupils), name]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(lambda _, en: print(en, file=sys.stderr), asked), indent=1))
