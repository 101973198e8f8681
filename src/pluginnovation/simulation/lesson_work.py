"""Lessons written school by school, by one process or by several: the bytes are the same.

A school is made from its own chance alone, so who makes it doesn't matter; the parts are put together in order.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from .chance import Ints
from .lessons import Totals, World, school_lessons
from .scenario import Scenario
from .ss12000 import Ss12000Folder
from .wanted import MOST_WORKERS, Wanted
from .world import world_of
from .writing import LessonFile, write_lesson_rows


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker says about one school: whose minutes (places among the pupils), one row of sums each, its CSV."""

    pupils: Ints
    sums: Ints
    rows: bytes


AHEAD: Final = 2  # schools for each worker

# What a worker process holds: the world, made once per process from the same few numbers.
_HELD: Final[dict[str, World]] = {}


def write_lessons(world: World, wanted: Wanted, path: Path, as_json: Ss12000Folder | None) -> Totals:
    """Write lessons.csv, and the attendance of the JSON folder if there is one.

    Gives   minutes of the year per pupil
    """
    totals = Totals.empty(len(world.pupils))
    workers = min(wanted.workers, MOST_WORKERS, len(world.region.schools))
    if as_json is None and workers > 1:
        _by_many(world, wanted, workers, path, totals)
    else:
        _by_one(world, wanted, path, as_json, totals)
    return totals


def _by_one(world: World, wanted: Wanted, path: Path, as_json: Ss12000Folder | None, totals: Totals) -> None:
    done = 0
    lessons = LessonFile(path)
    try:
        for school in world.region.schools:
            frame = school_lessons(world, school.no, totals)
            if frame is not None:
                lessons.add(frame)
                if as_json:
                    as_json.add_lessons(frame)
            done += world.pupils_of(school.no)
            wanted.told(done)
    finally:
        lessons.close()


def _by_many(world: World, wanted: Wanted, workers: int, path: Path, totals: Totals) -> None:
    """Schools in order, a few of them made ahead: what is ready and not yet written is held in memory."""
    ahead: deque[tuple[int, Future[_Part]]] = deque()
    done = 0
    lessons = LessonFile(path)
    try:
        with _pool(wanted, workers) as pool:
            for school in [*world.region.schools, *[None] * (AHEAD * workers)]:
                if school is not None:
                    ahead.append((school.no, pool.submit(_make, school.no)))
                if ahead and (school is None or len(ahead) > AHEAD * workers):
                    number, made = ahead.popleft()
                    _take(made.result(), lessons, totals)
                    done += world.pupils_of(number)
                    wanted.told(done)
    finally:
        lessons.close()


def _take(made: _Part, lessons: LessonFile, totals: Totals) -> None:
    for column, sums in zip(fields(totals), made.sums, strict=True):
        getattr(totals, column.name)[made.pupils] += sums
    lessons.add_rows(made.rows)


@contextmanager
def _pool(wanted: Wanted, workers: int) -> Iterator[ProcessPoolExecutor]:
    """New processes, since a copy of one whose data engine has threads may wait forever."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (wanted.sizes, wanted.seed, wanted.scenario))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(sizes: tuple[int, ...], seed: int, scenario: Scenario | None) -> None:
    _HELD["world"] = world_of(sizes, seed, scenario)


def _make(number: int) -> _Part:
    """One school's rows."""
    world = _HELD["world"]
    totals = Totals.empty(len(world.pupils))
    frame = school_lessons(world, number, totals)
    rows = BytesIO()
    if frame is not None:
        write_lesson_rows(frame, rows)
    pupils = np.flatnonzero(totals.offered)
    return _Part(pupils, np.array([getattr(totals, column.name)[pupils] for column in fields(totals)]), rows.getvalue())


def write_columns(world: World, wanted: Wanted, folder: Path) -> int:
    """The same lessons as Arrow files, one per school, without the way over text; how many rows.

    Columns and types as `lessons.school_lessons` gives them. Arrow, since that is how they lie in memory: Parquet took
    three times as long to write.
    """
    totals = Totals.empty(len(world.pupils))
    rows = done = 0
    for school in world.region.schools:
        frame = school_lessons(world, school.no, totals)
        if frame is not None:
            frame.write_ipc(folder / f"lessons-{school.no:04d}.arrow", compression="lz4")
            rows += len(frame)
        done += world.pupils_of(school.no)
        wanted.told(done)
    return rows
