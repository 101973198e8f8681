"""One side of the signals' benchmark, run in a process of its own so that its memory can be told apart.

    python -m benchmarks.signals_sides HOME PUPILS SIDE [DAY …]

Prints one JSON document: seconds of each repetition, and the most memory the process ever held.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

TIMES = 3


def main(home: Path, pupils: int, side: str, days: list[date]) -> dict[str, Any]:
    """Run a side; returns its seconds, gigabytes and rows."""
    return SIDES[side](home, pupils, days) | {"gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}


def fill(home: Path, pupils: int, days: list[date]) -> dict[str, Any]:
    """Make the store."""
    from benchmarks.signals_data import Made, fill

    with _store(home, memory="4GB") as store:
        return {"seconds": [_timed(lambda: fill(store, Made(pupils, tuple(days))))]}


def fill_more(home: Path, pupils: int, days: list[date]) -> dict[str, Any]:
    """Make the store with all that the other signals read, too; from then on every side is about all seventeen."""
    from benchmarks.signals_data import Made
    from benchmarks.signals_data import fill as fill_lessons
    from benchmarks.signals_more_data import fill_more as fill_registers

    with _store(home, memory="4GB") as store:
        fill_lessons(store, Made(pupils, tuple(days)))
        return {"seconds": [_timed(lambda: fill_registers(store))]}


def nights(home: Path, pupils: int, days: list[date]) -> dict[str, Any]:
    """The night step of each day: append, roll-up, all signals, kept.

    The first night finds no earlier one. On the last a term ends, so that all is worked out anew then; what stood from
    a night before on the day before that is compared with what comes out anew.
    """
    from benchmarks.signals_data import arrive, commit

    seconds, parts, stood = [], [], {"all": 0, "same": 0}
    with _store(home) as store:
        for day in days:
            arrive(store, pupils, [day])
            append = _timed(lambda: commit(store, ("lessons",)))
            signals = _timed(lambda day=day: _signals(store, day))
            seconds.append(append + signals)
            parts.append({"append_and_roll_up": append, "signals": signals})
            if day == days[-2]:
                stood = _as_anew(store, day)
    return {"seconds": seconds, "parts": parts, "stood": stood}


def _as_anew(store: Any, day: date) -> dict[str, int]:
    """How many of the results that are kept for a day are what comes out when everything is worked out anew."""
    names = ("run_at", "known_at")
    kept = store.frame(store.signals(day).drop(*names)).sort("pupil", "signal")
    _signals(store, day, anew=True)
    again = store.frame(store.signals(day).drop(*names)).sort("pupil", "signal")
    both = kept.join(again, on=kept.columns, how="inner", nulls_equal=True)
    return {"all": max(len(kept), len(again)), "same": len(both)}


def rebuild(home: Path, _pupils: int, days: list[date]) -> dict[str, Any]:
    """Everything again: the roll-up of all days written, then all signals."""
    seconds, parts = [], []
    for _ in range(TIMES):
        with _store(home) as store:
            roll_up = _timed(store.roll_up)
            signals = _timed(lambda: _signals(store, days[-1], anew=True))
            seconds.append(roll_up + signals)
            parts.append({"roll_up": roll_up, "signals": signals})
    return {"seconds": seconds, "parts": parts}


def scan(home: Path, _pupils: int, _days: list[date]) -> dict[str, Any]:
    """The bare scan: one aggregate over every column of the stored lessons."""
    with _store(home) as store:
        lessons = store.facts().lessons
        numbers = ("offered", "attended", "other", "excused", "unexcused", "late", "start_minute", "row_no", "file_no",
                   "import_id")  # fmt: skip
        others = ("pupil", "activity", "date", "source", "known_from", "known_to")
        query = lessons.aggregate(
            rows=lessons.count(),
            reported=lessons.is_reported.sum(),
            **{name: lessons[name].sum() for name in numbers},
            **{name: lessons[name].max() for name in others},
        )
        seconds = [_timed(lambda: store.frame(query)) for _ in range(TIMES)]
        return {"seconds": seconds, "rows": store.frame(query)["rows"][0]}


def rival(home: Path, _pupils: int, days: list[date]) -> dict[str, Any]:
    """The same signals of the last day by pandas, from the same stored files."""
    from benchmarks.signals_more_rival import MoreFiles
    from benchmarks.signals_rival import Files, signals_with_pandas

    with _store(home) as store:
        files = Files(_paths(store, "lessons"), _paths(store, "enrolments"), _paths(store, "calendars"))
        every = "grades" in store.ledger.head()
        more = MoreFiles(*(_paths(store, name) for name in ("grades", "study_plans", "pupils"))) if every else None
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        found = signals_with_pandas(files, days[-1], more)
        seconds.append(time.perf_counter() - begun)
    found.to_parquet(home / "rival.parquet")
    return {"seconds": seconds}


def compare(home: Path, _pupils: int, days: list[date]) -> dict[str, Any]:
    """How many results of both sides are the same in every column, of all that either has."""
    import polars as pl

    from benchmarks.signals_rival import RESULT

    with _store(home) as store:
        kept = store.signals(days[-1])
        ours = store.frame(kept.select(*RESULT))
    theirs = pl.read_parquet(home / "rival.parquet").with_columns(pl.col("value").fill_nan(None))
    theirs = theirs.with_columns(pl.col("rests_activity").cast(pl.String).replace("nan", None))
    theirs = theirs.select(pl.col(name).cast(kind) for name, kind in ours.schema.items())
    both = ours.join(theirs, on=["pupil", "signal"], how="full", suffix="_rival")
    exact = [name for name in RESULT[2:] if name != "value"]
    same = pl.all_horizontal(
        pl.col("pupil").is_not_null() & pl.col("pupil_rival").is_not_null(),
        ((pl.col("value") - pl.col("value_rival")).abs() <= 1e-9)
        | (pl.col("value").is_null() & pl.col("value_rival").is_null()),
        *(pl.col(name).eq_missing(pl.col(f"{name}_rival")) for name in exact),
    ).fill_null(False)
    different = both.filter(~same)
    return {"seconds": [], "all": len(both), "same": len(both) - len(different), "different": different.head(3).rows()}


def _signals(store: Any, as_of: date, *, anew: bool = False) -> None:
    """Compute and keep the signals of a day. Anew: without what an earlier day's run found that still stands."""
    import ibis

    from benchmarks.signals_data import SOURCE
    from pluginnovation.signals.rules import RULE_SET_1
    from pluginnovation.signals.run import attendance_signals, signals_within
    from pluginnovation.signals.scope import scope_of
    from pluginnovation.signals.still import noted, still_standing

    facts, rules, note = store.facts(), {SOURCE: RULE_SET_1}, {}
    if "grades" in store.ledger.head():
        standing = None if anew else still_standing(store, facts, as_of=as_of, rules=rules)
        scope = scope_of(facts, as_of=as_of, rules=RULE_SET_1, keep=store.materialise, standing=standing)
        found = signals_within(scope, facts, store.days(), rules=RULE_SET_1, keep=store.materialise)
        note = noted(facts, rules)
    else:
        found = attendance_signals(facts, store.days(), as_of=as_of, keep=store.materialise)
    now = ibis.literal(datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None), "timestamp(6)")
    store.write_signals(as_of, found.mutate(run_at=now, known_at=now), **note)


def _store(home: Path, memory: str = "2GB") -> Any:
    from pluginnovation.records.file_ledger import FileLedger
    from pluginnovation.records.store import Store

    return Store.open(home, FileLedger(home / "ledger.json"), memory=memory, threads=2)


def _paths(store: Any, table: str) -> tuple[Path, ...]:
    folder = store.folders[table]
    return tuple(folder.folder / stored.path for stored in folder.files(store.ledger.head()[table]) if stored.current)


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


SIDES: dict[str, Callable[[Path, int, list[date]], dict[str, Any]]] = {
    "fill": fill,
    "fill_more": fill_more,
    "nights": nights,
    "rebuild": rebuild,
    "scan": scan,
    "rival": rival,
    "compare": compare,
}

if __name__ == "__main__":
    place, many, which, *asked = sys.argv[1:]
    print(json.dumps(main(Path(place), int(many), which, [date.fromisoformat(day) for day in asked]), default=str))
