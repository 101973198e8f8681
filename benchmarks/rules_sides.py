"""One side of the rules' benchmark, run in a process of its own.

    python -m benchmarks.rules_sides HOME PUPILS fill|rules

Prints one JSON document. `rules` times the comparison and two full runs, turn about, on the same stored rows.
"""

import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.signals_data import Made, fill, school_days

TIMES = 3


def main(home: Path, pupils: int, side: str) -> dict[str, Any]:
    """Make the store with the signals of its last day, or compare."""
    if side == "fill":
        with _store(home, memory="4GB") as store:
            fill(store, Made(pupils, ()))
            _keep_signals(store)
        return {}
    from pluginnovation.signals.rules import RULE_SET_1, Limits

    limits = replace(RULE_SET_1, number=2, absence_28d=Limits(8, 14, 21), lateness_28d=Limits(3, 9, 14))
    window = replace(RULE_SET_1, number=3, window_days=35)
    return {"limits": _both(home, limits), "window": _both(home, window)}


def _both(home: Path, rules: Any) -> dict[str, Any]:
    seconds: dict[str, list[float]] = {"ours": [], "rival": []}
    for _ in range(TIMES):
        with _store(home) as store:
            begun = time.perf_counter()
            ours = _comparison(store, rules)
            seconds["ours"].append(time.perf_counter() - begun)
        with _store(home) as store:
            begun = time.perf_counter()
            theirs = _two_full_runs(store, rules)
            seconds["rival"].append(time.perf_counter() - begun)
    different = set(ours.rows()) ^ set(theirs.rows())
    return {**seconds, "all": len(theirs), "different": len(different)}


def _comparison(store: Any, rules: Any) -> Any:
    """As the page does it: what was kept, and anew only what the rules touch."""
    from pluginnovation.signals.authority import Seen
    from pluginnovation.signals.comparison import Kept, compared, results_under
    from pluginnovation.signals.rules import RULE_SET_1

    day = school_days()[-1]
    facts, days, kept = store.facts(), store.days(), Kept(store.signals(day), RULE_SET_1)
    found = [
        results_under(kept, Seen(facts, days, one), as_of=day, keep=store.materialise, named=f"rules_{place}")
        for place, one in enumerate((RULE_SET_1, rules))
    ]
    return store.frame(compared(*found))


def _two_full_runs(store: Any, rules: Any) -> Any:
    """All signals by the one, and all signals by the other."""
    from pluginnovation.signals.comparison import compared
    from pluginnovation.signals.rules import RULE_SET_1

    found = [_all(store, one, f"full_{place}") for place, one in enumerate((RULE_SET_1, rules))]
    return store.frame(compared(*found))


def _all(store: Any, rules: Any, named: str) -> Any:
    from pluginnovation.signals.run import all_signals

    found = all_signals(store.facts(), store.days(), as_of=school_days()[-1], rules=rules, keep=store.materialise)
    return store.materialise(found, named)


def _keep_signals(store: Any) -> None:
    import ibis

    from pluginnovation.signals.rules import RULE_SET_1

    now = ibis.literal(datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None), "timestamp(6)")
    found = _all(store, RULE_SET_1, "kept").mutate(run_at=now, known_at=now)
    store.write_signals(school_days()[-1], found)


def _store(home: Path, memory: str = "2GB") -> Any:
    from pluginnovation.records.file_ledger import FileLedger
    from pluginnovation.records.store import Store

    return Store.open(home, FileLedger(home / "ledger.json"), memory=memory, threads=2)


if __name__ == "__main__":
    place, many, which = sys.argv[1:]
    print(json.dumps(main(Path(place), int(many), which)))
