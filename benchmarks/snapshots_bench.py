"""Pictures: writing those of a night, against sending the same finished bytes to the same tables and nothing else.

Both sides in one run, in turns, on a home of its own. Seconds are told for as many pupils as promised.
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

from benchmarks.pages_home import AS_OF, Home, make_home

Note = Callable[[str, str], None]

# The region is made up and read in first, which takes longer than all that is measured.
PUPILS, PROMISED_PUPILS, SECONDS = 30_000, 100_000, 15
ROUNDS = 3
ROOT = Path(__file__).parents[1]


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """The one comparison, the median of several."""
    folder = Path(tempfile.mkdtemp(prefix="plug-bench-"))
    many = pupils or PUPILS
    try:
        note(f"Gör en region med {many} elever …", f"Making a region of {many} pupils …")
        home = make_home(folder / "home", many)
        note("Skriver bilder …", "Writing pictures …")
        rows = [_row(home)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bench": "snapshots", "machine": f"{os.cpu_count()} cores", "rows": rows}


def _row(home: Home) -> dict[str, Any]:
    ours, rival, pictures = [], [], 0
    for _round in range(ROUNDS):
        written = home.plug("signals", "run", "--as-of", AS_OF.isoformat())
        pictures = written["snapshots"]["pupils"]
        ours.append(written["snapshot_seconds"])
        sent = _sent(home)
        if sent["pupils"] != pictures:
            raise RuntimeError(f"{sent['pupils']} pictures were sent, and {pictures} were written.")
        rival.append(sent["seconds"])
    mine, theirs = (statistics.median(times) * PROMISED_PUPILS / pictures for times in (ours, rival))
    return {
        "name": f"writing the pictures, s for {PROMISED_PUPILS} pupils, against sending the finished bytes",
        "ours": mine, "rival": theirs, "ratio": mine / theirs, "limit": f"under {SECONDS} s", "holds": mine < SECONDS,
    }  # fmt: skip


def _sent(home: Home) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "benchmarks.snapshots_rival"]
    done = subprocess.run(command, cwd=ROOT, env=home.env, check=True, capture_output=True, text=True)
    result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(lambda _, en: print(en, file=sys.stderr), asked), indent=1))
