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
from .engine import Engine, as_read, empty, literal, parquet, table_of
from .facts import Facts
from .reconcile import PartitionChange
from .rollup import pupil_days
from .tables import LESSONS
from .writing import Writing, stored_columns

_COLUMNS: Final = stored_columns(PUPIL_DAYS, derived=True)


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


def roll_up(engine: Engine, writing: Writing, stale: StaleDays, lateness_apart: Collection[int]) -> None:
    """Work out the stale days of one source and month, from the lessons this change leaves there."""
    lessons = [stale.added] if stale.added else _of_month(writing.files(LESSONS.name), stale.source, stale.month)
    if stale.added is None:
        writing.remove(PUPIL_DAYS.name, _of_month(writing.files(PUPIL_DAYS.name), stale.source, stale.month))
    if not lessons:
        return
    query = _days_query(engine, parquet(writing.paths(LESSONS.name, lessons)), stale.month, lateness_apart)
    partition = {"source": stale.source, "month": stale.month}
    writing.add(PUPIL_DAYS.name, query, partition, columns=_COLUMNS)


def _days_query(engine: Engine, lessons: str, month: str, lateness_apart: Collection[int]) -> str:
    """SQL for the days of a month of lessons, in the order that they are stored."""
    engine.view("lessons_to_roll_up", f"SELECT * FROM {lessons}")
    rows = table_of("lessons_to_roll_up", stored_columns(LESSONS, derived=False))
    query = engine.sql_of(pupil_days(rows, lateness_apart=lateness_apart))
    return ordered(PUPIL_DAYS, f"SELECT *, {literal(month)} AS month FROM ({query})")


def rebuild_days(engine: Engine, writing: Writing, lateness_apart: Collection[int]) -> None:
    """Work out all days again, month by month, so that memory follows the largest month and not the whole."""
    writing.remove(PUPIL_DAYS.name, writing.files(PUPIL_DAYS.name))
    months = {(found.partition["source"], found.partition["month"]) for found in writing.files(LESSONS.name)}
    for source, month in sorted(months):
        roll_up(engine, writing, StaleDays(source, month), lateness_apart)


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
