"""Files written whole or not at all: a folder is made beside its place and then takes it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl

from pluginnovation.records.refusals import Refusal

MARKER = "simulation.json"


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to fill; it becomes `out` when all went well and vanishes otherwise.

    An earlier simulation in `out` is replaced; anything else there is left alone.

    Raises  Refusal when `out` holds something that isn't a simulation
    """
    if out.exists() and not (out / MARKER).exists() and (out.is_file() or any(out.iterdir())):
        raise Refusal(
            "simulation_folder_taken",
            where=out.name,
            what=("Mappen innehåller annat än en simulering.", "The folder holds something other than a simulation."),
            todo=("Välj en ny eller tom mapp.", "Choose a new or an empty folder."),
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    partial, old = out.with_name(f".{out.name}.partial"), out.with_name(f".{out.name}.old")
    for left_over in (partial, old):
        shutil.rmtree(left_over, ignore_errors=True)
    partial.mkdir()
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    if out.exists():
        out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """One table as CSV: comma, header, ISO dates, true and false, empty for null."""
    frame.write_csv(path, null_value="")


def write_json(document: object, path: Path) -> None:
    """One JSON document, sorted keys, readable."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


class LessonFile:
    """lessons.csv, written school by school."""

    COLUMNS = ("student_id", "activity_id", "date", "start_time", "offered_minutes", "is_reported", "attended_minutes",
               "other_minutes", "excused_minutes", "unexcused_minutes", "late_minutes")  # fmt: skip

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write((",".join(self.COLUMNS) + "\n").encode())

    def add(self, frame: pl.DataFrame) -> None:
        """Write one frame of `lessons.lesson_frames`."""
        write_lesson_rows(frame, self._file)

    def add_rows(self, rows: bytes) -> None:
        """Write rows that are text already, without header."""
        self._file.write(rows)

    def close(self) -> None:
        """Done."""
        self._file.close()


CLOCK = pl.Series([f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440)], dtype=pl.String)


def clock(column: str) -> pl.Expr:
    """Minutes after midnight as '08:10'."""
    return pl.lit(CLOCK).gather(pl.col(column))


def write_lesson_rows(frame: pl.DataFrame, file: IO[bytes]) -> None:
    """The rows of one frame of `lessons.lesson_frames`, without header."""
    frame.with_columns(start_time=clock("start")).select(LessonFile.COLUMNS).write_csv(file, include_header=False)
