"""Evidence: our estimates against the peers' on the same made-up pupils, and that both say the same.

Peers are diff-diff and statsmodels, row by row. Each comparison runs in a process of its own with one thread, so that
neither side wins by the machine's cores.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Note = Callable[[str, str], None]

PUPILS = 1_000_000
ROOT = Path(__file__).parents[1]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1")

# What is compared, how many times faster it is to be, and how near the answers must be (relative).
SIDES = {
    "robust": ("CR2 with Satterthwaite, s", 20, 1e-6),
    "threshold": ("threshold with whole scores, s, at most 100,000 pupils", 20, 1e-6),
    "hazard": ("hazard by term, s", 20, 1e-6),
    "placebos": ("synthetic control and its placebos, s", 20, None),
    "doubly_robust": ("doubly robust comparison, s", 1, 1e-6),
    "memory": ("doubly robust comparison, MB against the promise", 1, None),
    "rollout": ("roll-out with a covariate, s", 1, 1e-6),
    "night": ("80 sub-projects with 5 outcomes each, s against the promise", 1, None),
}


def run(note: Note, pupils: int | None, only: tuple[str, ...] = tuple(SIDES)) -> Mapping[str, Any]:
    """Every comparison, and how long our own start takes."""
    rows = []
    for name in only:
        what, times, near = SIDES[name]
        note(f"Mäter {name} …", f"Measuring {name} …")
        found = _side(name, pupils or PUPILS)
        rows.append(_row(what, found, times))
        if near is not None:
            rows.append(_same(what, found, near))
    note("Mäter starten …", "Measuring the start …")
    rows.append(_start())
    return {"bench": "evidence", "machine": f"{os.cpu_count()} cores, one thread", "rows": rows}


def _row(what: str, found: Mapping[str, Any], times: int) -> dict[str, Any]:
    ours, rival = found["ours"], found["rival"]
    return {
        "name": what, "ours": ours, "rival": rival, "ratio": ours / rival,
        "limit": f"{times} times as fast" if times > 1 else "at most the other",
        "holds": ours * times <= rival,
    }  # fmt: skip


def _same(what: str, found: Mapping[str, Any], near: float) -> dict[str, Any]:
    ours, rival = found["our_answer"], found["rival_answer"]
    apart = abs(ours - rival) / max(abs(rival), 1e-12)
    return {
        "name": f"{what.split(',')[0]}: the answer", "ours": ours, "rival": rival, "ratio": ours / rival,
        "limit": f"the same to {near:g}", "holds": apart <= near,
    }  # fmt: skip


def _start() -> dict[str, Any]:
    """Reading the engine's plan and its own pooling, without any peer."""
    found = _side("start", 0)
    return {
        "name": "start of plan, pool and grade, s, against importing diff-diff", "ours": found["ours"],
        "rival": found["rival"], "ratio": found["ours"] / found["rival"], "limit": "under 1 s",
        "holds": found["ours"] < 1,
    }  # fmt: skip


def _side(name: str, pupils: int) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "benchmarks.evidence_sides", name, str(pupils)]
    environment = {**os.environ, **ONE_THREAD}
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment)
    result: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result
