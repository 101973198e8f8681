"""Writing one Parquet file with the engine, and what the Delta log should know about it."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .columns import DATE, INT8, INT16, INT32, INT64, STRING, Column
from .delta import StoredFile
from .engine import Engine, literal

# Small enough that one pupil's rows mean reading little, large enough to compress and to scan at full speed.
ROWS_IN_A_GROUP: Final = 250_000
# The second version of the format, lightly packed: read as fast, written a quarter faster, a twentieth larger.
PACKED: Final = "PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1"

# Files written side by side.
AT_ONCE: Final = 2

Run = Callable[[str], list[tuple[Any, ...]]]

_WHOLE_NUMBERS: Final = frozenset({INT8, INT16, INT32, INT64})


@dataclass(frozen=True, slots=True)
class Place:
    """Where one file of a table goes.

    table       the table's folder
    path        the file, inside it
    partition   what all rows of the file share
    """

    table: Path
    path: Path
    partition: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that has the stored columns, types and order already, and rows of one part of a table only.

    low, high, nulls   as `StoredFile` has them
    """

    path: Path
    rows: int
    low: Mapping[str, Any]
    high: Mapping[str, Any]
    nulls: Mapping[str, int]


def adopt_file(ready: ReadyFile, place: Place) -> StoredFile:
    """Move a ready file to its place and make it durable."""
    with ready.path.open("rb") as file:
        os.fsync(file.fileno())
        size = os.fstat(file.fileno()).st_size
    ready.path.rename(place.path)
    inside = place.path.relative_to(place.table).as_posix()
    return StoredFile(inside, size, dict(place.partition), ready.rows, ready.low, ready.high, ready.nulls)


def write_file(
    engine: Engine, query: str, place: Place, *, columns: Sequence[Column], note: Mapping[str, str]
) -> StoredFile | None:
    """Write the rows of a query to a file and make it durable; None, and no file, when there was no row.

    Takes   query   its columns in the order of the table, in stored types
            note    what the file says about itself, by name
    Raises  whatever the engine raises when the disk is full; what was written until then is removed
    """
    return _written(place, columns, engine.run, query, note)


def write_files(
    engine: Engine, queries: Sequence[tuple[str, Place]], *, columns: Sequence[Column]
) -> list[StoredFile | None]:
    """The same for queries of files alone, several at a time: small ones would each leave a core idle.

    Raises  as `write_file`; the files of the other queries are left to whoever undoes the change
    """
    with ThreadPoolExecutor(AT_ONCE) as writers:
        return list(writers.map(lambda each: _written(each[1], columns, engine.run_beside, each[0]), queries))


def _written(
    place: Place, columns: Sequence[Column], run: Run, query: str, note: Mapping[str, str] | None = None
) -> StoredFile | None:
    path = place.path
    options = f"FORMAT parquet, {PACKED}, ROW_GROUP_SIZE {ROWS_IN_A_GROUP}, RETURN_STATS"
    if note:
        options += f", KV_METADATA {{{', '.join(f'{key}: {literal(value)}' for key, value in note.items())}}}"
    try:
        written = run(f"COPY ({query}) TO {literal(str(path))} ({options})")
        if not written or not written[0][1]:
            path.unlink(missing_ok=True)
            return None
        with path.open("rb") as file:
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _, rows, size, _, statistics, *_ = written[0]
    low, high, nulls = _ranges(statistics, columns)
    inside = path.relative_to(place.table).as_posix()
    return StoredFile(inside, size, dict(place.partition), rows, low, high, nulls)


def _ranges(
    statistics: Mapping[str, Mapping[str, str]], columns: Sequence[Column]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, int]]:
    low: dict[str, Any] = {}
    high: dict[str, Any] = {}
    nulls: dict[str, int] = {}
    for column in columns:
        found = statistics.get(f'"{column.name}"') or statistics.get(column.name)
        if not found:
            continue
        nulls[column.name] = int(found.get("null_count", 0))
        least, greatest = found.get("min"), found.get("max")
        if least is None or greatest is None:
            continue
        if column.type in _WHOLE_NUMBERS:
            low[column.name], high[column.name] = int(least), int(greatest)
        elif column.type == DATE or (column.type == STRING and found.get("max_is_exact") == "true"):
            low[column.name], high[column.name] = least, greatest
    return low, high, nulls
