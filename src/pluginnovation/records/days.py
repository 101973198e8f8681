"""Keeping the roll-up of days true: which days a change makes stale, and working them out, a month at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import ibis

from .applying import ordered
from .delta import StoredFile
from .derived import PUPIL_DAYS
from .engine import Engine, as_read, empty, literal, name, parquet, table_of
from .facts import Facts
from .pupil_tables import LESSONS
from .reconcile import PartitionChange
from .rollup import pupil_days
from .writing import Writing, stored_columns

_COLUMNS: Final = stored_columns(PUPIL_DAYS, derived=True)
_ROLLED: Final = "lessons_to_roll_up"


@dataclass(frozen=True, slots=True)
class StaleDays:
    """A source's month of lessons whose days must be worked out again.

    added   the only file that is new in it, when no stored day lies within its days; None: the whole month
    """

    source: str
    month: str
    added: StoredFile | None = None


def stale_days(writing: Writing, change: PartitionChange, written: StoredFile | None) -> StaleDays:
    """Which days a change of lessons makes stale: of the added rows only, when they begin days of their own."""
    source, month = change.partition["source"], change.partition["month"]
    if change.closed is not None or written is None or change.days is None:
        return StaleDays(source, month)
    taken = [stored.days("date") for stored in _of_month(writing.files(PUPIL_DAYS.name), source, month)]
    apart = all(held is not None and not _meet(held, change.days) for held in taken)
    return StaleDays(source, month, written if apart else None)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _of_month(files: Iterable[StoredFile], source: str, month: str) -> list[StoredFile]:
    wanted = {"source": source, "month": month}
    return [stored for stored in files if stored.current and stored.partition == wanted]


def roll_up(engine: Engine, writing: Writing, stale: Iterable[StaleDays], lateness_apart: Collection[int]) -> None:
    """Work out the stale days, from the lessons this change leaves in their months.

    Month by month, so that memory follows the largest months and not the whole.
    """
    query = _days_query(engine, lateness_apart)
    queries = []
    for days in stale:
        lessons = [days.added] if days.added else _of_month(writing.files(LESSONS.name), days.source, days.month)
        if days.added is None:
            writing.remove(PUPIL_DAYS.name, _of_month(writing.files(PUPIL_DAYS.name), days.source, days.month))
        if lessons:
            # Every month is the same query on other files.
            files = f"WITH {name(_ROLLED)} AS (SELECT * FROM {parquet(writing.paths(LESSONS.name, lessons))})"
            month = ordered(PUPIL_DAYS, f"SELECT *, {literal(days.month)} AS month FROM ({query})")
            queries.append((f"{files} {month}", {"source": days.source, "month": days.month}))
    writing.add_all(PUPIL_DAYS.name, queries, columns=_COLUMNS)


def _days_query(engine: Engine, lateness_apart: Collection[int]) -> str:
    """SQL for the days of the lessons that a name stands for."""
    rows = table_of(_ROLLED, stored_columns(LESSONS, derived=False))
    return engine.sql_of(pupil_days(rows, lateness_apart=lateness_apart))


def rebuild_days(engine: Engine, writing: Writing, lateness_apart: Collection[int]) -> None:
    """Work out all days again."""
    writing.remove(PUPIL_DAYS.name, writing.files(PUPIL_DAYS.name))
    months = {(found.partition["source"], found.partition["month"]) for found in writing.files(LESSONS.name)}
    roll_up(engine, writing, (StaleDays(*of) for of in sorted(months)), lateness_apart)


def days_then(engine: Engine, facts: Facts, months: Iterable[str], into: Path, apart: Collection[int]) -> ibis.Table:
    """The days as known at an earlier time: worked out from the lessons known then, and kept in scratch files."""
    moment = facts.known_at
    named = f"days_then_{int(moment.timestamp() * 1_000_000) if moment else 0}"
    folder = into / named
    folder.mkdir(parents=True, exist_ok=True)
    lessons = facts.lessons
    for month in sorted(months):
        path = folder / f"{month}.parquet"
        if not path.exists():
            query = engine.sql_of(pupil_days(lessons.filter(lessons.month == month), lateness_apart=apart))
            engine.run(f"COPY (SELECT *, {literal(month)} AS month FROM ({query})) TO {literal(str(path))}")
    files = sorted(folder.glob("*.parquet"))
    shown = ", ".join(as_read(column) for column in _COLUMNS)
    engine.view(named, f"SELECT {shown} FROM {parquet(files)}" if files else empty(_COLUMNS))
    return table_of(named, _COLUMNS)
