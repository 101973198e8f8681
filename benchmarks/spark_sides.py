"""One side of the benchmark of engines, in a process of its own.

    python -m benchmarks.spark_sides HOME PUPILS SIDE TIMES

Prints one JSON document: seconds of each repetition, from the engine's start to the last result, and the rows read.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.signals_data import Made, fill, school_days
from pluginnovation.records.computing import Power, computing
from pluginnovation.records.engine import DUCKDB, SPARK
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.rollup import pupil_days
from pluginnovation.records.store import Store
from pluginnovation.signals.run import all_signals

MEMORY, THREADS = "4GB", 2


def main(home: Path, pupils: int, side: str, times: int) -> dict[str, Any]:
    """Run a side."""
    with Store.open(home, FileLedger(home / "ledger.json"), memory=MEMORY, threads=THREADS) as store:
        if side == "fill":
            fill(store, Made(pupils, ()))
            return {"rows": sum(row.rows for row in store.status() if row.table == "lessons")}
        if side == "compare":
            return _compared(store, home)
        return {"seconds": [_run(store, side, home / f"{side}.parquet") for _ in range(times)]}


def _run(store: Store, engine: str, into: Path) -> float:
    """The roll-up from all lessons, then every signal of the last day; both engines read the same files."""
    begun = time.perf_counter()
    with computing(store, engine, power=Power(MEMORY, THREADS)) as on:
        days = on.keep(pupil_days(on.facts.lessons), "days_of_the_bench")
        told = on.keep(all_signals(on.facts, days, as_of=school_days()[-1], keep=on.keep), "signals_of_the_bench")
        found = on.result(told, f"signals_by_{engine}")
        store.sql(f"COPY ({store.engine.sql_of(found)}) TO '{into}' (FORMAT parquet)")
    return time.perf_counter() - begun


def _compared(store: Store, home: Path) -> dict[str, Any]:
    one, other = (f"(FROM read_parquet('{home}/{engine}.parquet'))" for engine in (DUCKDB, SPARK))
    ((rows, different),) = store.sql(
        f"SELECT (SELECT count(*) FROM {one}), (SELECT count(*) FROM ({one} EXCEPT ALL {other}))"
        f" + (SELECT count(*) FROM ({other} EXCEPT ALL {one}))"
    )
    return {"all": rows, "different": different}


SIDES: tuple[str, ...] = ("fill", DUCKDB, SPARK, "compare")

if __name__ == "__main__":
    place, many, which, repeated = sys.argv[1:]
    print(json.dumps(main(Path(place), int(many), which, int(repeated))))
