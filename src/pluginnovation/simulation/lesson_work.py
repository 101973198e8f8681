"""Lessons written school by school, by one process or by several: the bytes are the same.

A school is made from its own chance alone, so who makes it doesn't matter; the parts are put together in order. The
world is made once: workers read its arrays from one file, which the machine keeps in memory once for all of them.
"""

import mmap
import pickle
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from .chance import Ints
from .lessons import Totals, World, school_lessons
from .ss12000 import Ss12000Folder
from .wanted import MOST_WORKERS, Wanted
from .writing import LessonFile, write_lesson_rows


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker says about one school: whose minutes (places among the pupils), the sums by column, its CSV."""

    pupils: Ints
    sums: tuple[Ints, ...]
    rows: bytes


AHEAD: Final = 2  # schools for each worker

# What a worker process holds: the world.
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
    wanted.told(wanted.pupils)  # also when some of them left before their school began
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
            wanted.told(min(done, wanted.pupils - 1))
    finally:
        lessons.close()


def _by_many(world: World, wanted: Wanted, workers: int, path: Path, totals: Totals) -> None:
    """Schools in order, a few of them made ahead: what is ready and not yet written is held in memory."""
    ahead: deque[tuple[int, Future[_Part]]] = deque()
    done = 0
    lessons = LessonFile(path)
    try:
        with _pool(world, workers) as pool:
            for school in [*world.region.schools, *[None] * (AHEAD * workers)]:
                if school is not None:
                    ahead.append((school.no, pool.submit(_make, school.no)))
                if ahead and (school is None or len(ahead) > AHEAD * workers):
                    number, made = ahead.popleft()
                    _take(made.result(), lessons, totals)
                    done += world.pupils_of(number)
                    wanted.told(min(done, wanted.pupils - 1))
    finally:
        lessons.close()


def _take(made: _Part, lessons: LessonFile, totals: Totals) -> None:
    for column, sums in zip(fields(totals), made.sums, strict=True):
        getattr(totals, column.name)[made.pupils] += sums
    lessons.add_rows(made.rows)


@contextmanager
def _pool(world: World, workers: int) -> Iterator[ProcessPoolExecutor]:
    """New processes, since a copy of one whose data engine has threads may wait forever."""
    with TemporaryDirectory(prefix="plug-world-") as folder:
        _put_down(world, Path(folder))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _take_up, (Path(folder),))
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _put_down(world: World, folder: Path) -> None:
    """Write the world: its arrays one after the other in a file of their own, at places told in the other."""
    places: list[tuple[int, int]] = []
    with (folder / "arrays").open("wb") as file:
        file.write(bytes(mmap.PAGESIZE))  # an empty file couldn't be mapped

        def keep(array: pickle.PickleBuffer) -> bool:
            raw = array.raw()
            file.seek(-(-file.tell() // 64) * 64)
            places.append((file.tell(), raw.nbytes))
            file.write(raw)
            return False

        told = pickle.dumps(world, protocol=5, buffer_callback=keep)
    with (folder / "world").open("wb") as file:
        pickle.dump((told, places), file)


def _take_up(folder: Path) -> None:
    told, places = pickle.loads((folder / "world").read_bytes())  # noqa: S301 - this program has just written it
    with (folder / "arrays").open("rb") as file:
        # What is changed stays in this process.
        arrays = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    _HELD["world"] = pickle.loads(told, buffers=[arrays[at : at + size] for at, size in places])  # noqa: S301 - as above


def _make(number: int) -> _Part:
    """One school's rows."""
    world = _HELD["world"]
    totals = Totals.empty(len(world.pupils))
    frame = school_lessons(world, number, totals)
    rows = BytesIO()
    if frame is not None:
        write_lesson_rows(frame, rows)
    pupils = np.flatnonzero(totals.offered)
    return _Part(pupils, tuple(getattr(totals, column.name)[pupils] for column in fields(totals)), rows.getvalue())


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
