"""Lives without lessons: 2,000 pupils are promised in under a second. Then ten times as many, to see the cost."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from pluginnovation.simulation.lives import live, some_people

Note = Callable[[str, str], None]

PUPILS, SECONDS, MUNICIPALITIES, SEED, TIMES = 2_000, 1.0, 13, 1, 7
MORE, MORE_PER_PUPIL = 10, 1.5  # many more pupils may not cost more than so much each


def run(note: Note, pupils: int | None) -> Mapping[str, Any]:
    """Seconds for so many whole lives, the median of several, and whether many cost in proportion."""
    many = pupils or PUPILS
    note(f"Lever {many} liv …", f"Living {many} lives …")
    few = _seconds(many, TIMES)
    note(f"Lever {MORE * many} liv …", f"Living {MORE * many} lives …")
    more = _seconds(MORE * many, 3) / MORE
    promised = SECONDS * max(many, PUPILS) / PUPILS
    return {
        "bench": "simulate lives",
        "machine": f"{os.cpu_count()} cores",
        "rows": [
            {
                "name": f"{many} pupils' twenty terms, s, against the promise",
                "ours": few, "rival": promised, "ratio": few / promised, "limit": "at most 1", "holds": few <= promised,
            },
            {
                "name": f"each of {MORE * many} pupils, s for {many}, against {many} alone",
                "ours": more, "rival": few, "ratio": more / few, "limit": f"at most {MORE_PER_PUPIL}",
                "holds": more <= MORE_PER_PUPIL * few,
            },
        ],
    }  # fmt: skip


def _seconds(pupils: int, times: int) -> float:
    found = []
    for seed in range(SEED, SEED + times):
        began = time.perf_counter()
        live(some_people(pupils, MUNICIPALITIES, seed), seed)
        found.append(time.perf_counter() - began)
    return statistics.median(found)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(json.dumps(run(lambda _, en: print(en, file=sys.stderr), asked), indent=1))
