"""Large tables on their way in: rows gathered by month and written as files that the store can take over as they are.

A month without stored rows is the daily case. Its files are then moved into the store instead of being written a
second time, so they already have the stored columns, types and order.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

import polars as pl

from .columns import Table
from .csv_rows import ROW
from .parquet_files import ROWS_IN_A_GROUP, ReadyFile
from .taking import FILE, MODIFIED

# One month's rows are written when there are so many, and the largest month's when all together are too many.
ROWS_IN_A_FILE: Final = 3_000_000
ROWS_IN_MEMORY: Final = 6_000_000
# Months that are written at once; fewer when they are large, so that memory stays within bounds.
WRITERS: Final = 3

_PLACE: Final = [FILE, ROW]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the provenance columns of an import's rows say."""

    source: str
    import_id: int
    at: datetime


@dataclass(slots=True)
class MonthFile:
    """One file of one month.

    live        False for the rows of cancelled lessons, which are never stored
    distinct    no two of its rows have the same key
    low, high   the least and greatest value of columns
    """

    path: Path
    month: date
    live: bool
    distinct: bool = False
    rows: int = 0
    low: dict[str, Any] = field(default_factory=dict)
    high: dict[str, Any] = field(default_factory=dict)

    @property
    def keys(self) -> Path:
        """The file with a hash of each row's key, its place, and when it was changed, where the source tells that."""
        return self.path.with_suffix(".keys")

    def write(self, rows: pl.DataFrame) -> None:
        """Write the rows, in stored order, and note their ranges."""
        rows.write_parquet(self.path, compression="zstd", compression_level=1, row_group_size=ROWS_IN_A_GROUP)
        self.rows = rows.height
        ranged = pl.col(name for name, kind in rows.schema.items() if kind in _RANGED)
        self.low, self.high = (_texts(rows.select(found).to_dicts()[0]) for found in (ranged.min(), ranged.max()))

    @property
    def ready(self) -> ReadyFile:
        """The file as the store takes it over."""
        nulls = dict.fromkeys(self.low, 0) | {"known_to": self.rows}
        return ReadyFile(self.path, self.rows, self.low, self.high, nulls)


_RANGED: Final = (pl.Date, pl.Int16, pl.Int32, pl.Enum)


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the log of a table writes them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def ready_files(files: Iterable[MonthFile]) -> dict[str, tuple[ReadyFile, ...]]:
    """Month -> the files that the store may take over: those of lessons that were held."""
    found: dict[str, tuple[ReadyFile, ...]] = {}
    for file in files:
        if file.live:
            found[f"{file.month:%Y-%m}"] = (*found.get(f"{file.month:%Y-%m}", ()), file.ready)
    return found


class MonthFiles:
    """Gathers the rows of one large table."""

    def __init__(self, folder: Path, table: Table, stamp: Stamp) -> None:
        self._folder, self._table, self._stamp = folder, table, stamp
        self._waiting: dict[date, list[pl.DataFrame]] = {}
        self._numbers = count()
        self.files: list[MonthFile] = []

    def add(self, rows: pl.DataFrame) -> None:
        """Gather a block."""
        for month, some in self._by_month(rows):
            self._waiting.setdefault(month, []).append(some)
            if _height(self._waiting[month]) >= ROWS_IN_A_FILE:
                self._flush([month])
        while sum(map(_height, self._waiting.values())) > ROWS_IN_MEMORY:
            self._flush([max(self._waiting, key=lambda month: _height(self._waiting[month]))])

    def _by_month(self, rows: pl.DataFrame) -> Iterator[tuple[date, pl.DataFrame]]:
        day = pl.col(self._table.day)
        first, last = rows.select(day.min().dt.month_start().alias("first"), day.max().dt.month_start()).row(0)
        if first == last:
            yield first, rows
            return
        months = rows.with_columns(day.dt.month_start().alias("_month"))
        for (month,), some in months.partition_by("_month", as_dict=True, include_key=False).items():
            yield month, some

    def finish(self) -> int:
        """Write what waits, and leave out rows that another with the same key replaces; returns how many."""
        self._flush(sorted(self._waiting))
        removed = [found for month in {file.month for file in self.files} if (found := self._superseded(month)).height]
        if not removed:
            return 0
        places = pl.concat(removed)
        for file in self.files:
            _leave_out(file, places)
        self.files = [file for file in self.files if file.rows]
        return places.height

    def _flush(self, months: Iterable[date]) -> None:
        """Write what waits of these months, several at a time: sorting and packing each leave cores idle."""
        months = list(months)
        largest = max((_height(self._waiting[month]) for month in months), default=1)
        at_once = max(1, min(WRITERS, ROWS_IN_A_FILE // largest))
        with ThreadPoolExecutor(at_once) as writers:
            self.files.extend(chain.from_iterable(writers.map(self._write_month, months)))

    def _write_month(self, month: date) -> list[MonthFile]:
        rows = pl.concat(self._waiting.pop(month))
        cancelled = rows["offered"] == 0
        parts = [(True, rows)]
        if cancelled.any():
            parts = [(True, rows.filter(~cancelled)), (False, rows.filter(cancelled))]
        return [self._write(MonthFile(self._new_path(), month, live), some) for live, some in parts if some.height]

    def _new_path(self) -> Path:
        return self._folder / f"{self._table.name}-{next(self._numbers):05}.parquet"

    def _write(self, file: MonthFile, rows: pl.DataFrame) -> MonthFile:
        if MODIFIED in rows.columns:
            _keys(rows, self._table).write_ipc(file.keys)
        rows = rows.with_columns(_numbered(rows[name]) for name in self._table.names if rows[name].dtype == pl.String)
        places = _places(rows, self._table)
        order = places.arg_sort()
        # The key holds every column of the order: rows that stand apart have different keys.
        file.distinct = places.gather(order).diff().min() != 0
        file.write(self._stored(rows[order], file.month))
        return file

    def _stored(self, rows: pl.DataFrame, month: date) -> pl.DataFrame:
        """The rows, already in order, with the columns of the store's files."""
        stamp, named = self._stamp, f"{month:%Y-%m}"
        known_from = pl.lit(stamp.at).dt.convert_time_zone("UTC").dt.cast_time_unit("us")
        return rows.select(
            *self._table.names,
            pl.lit(stamp.source, dtype=pl.Enum([stamp.source])).alias("source"),
            known_from.alias("known_from"),
            pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_to"),
            pl.lit(stamp.import_id, dtype=pl.Int32).alias("import_id"),
            FILE,
            ROW,
            pl.lit(named, dtype=pl.Enum([named])).alias("month"),
        )

    def _superseded(self, month: date) -> pl.DataFrame:
        """The places of rows that another replaces. Keys are compared by hash first: almost never is one twice."""
        files = [file for file in self.files if file.month == month]
        if len(files) == 1 and files[0].distinct:
            return pl.DataFrame()
        keys = pl.concat([self._keys_of(file) for file in files])
        if keys["key"].n_unique() == keys.height:
            return pl.DataFrame()
        doubted = keys.filter(keys["key"].is_duplicated()).drop("key")
        wanted = [*self._table.key, *_PLACE]
        every = pl.concat([_read(file.path, wanted).join(doubted, on=_PLACE) for file in files])
        return every.join(last_of_each_key(every, self._table), on=_PLACE, how="anti").select(_PLACE)

    def _keys_of(self, file: MonthFile) -> pl.DataFrame:
        if file.keys.exists():
            return pl.read_ipc(file.keys)
        return _keys(_read(file.path, [*self._table.key, *_PLACE]), self._table)


def _numbered(texts: pl.Series) -> pl.Series:
    """Texts as numbers into a list of them, in their order: sorted, moved and packed in half the time."""
    return texts.cast(pl.Enum(texts.unique().drop_nulls().sort()))


def _read(path: Path, columns: list[str]) -> pl.DataFrame:
    """Columns of a file. Each file numbers its texts in its own way: between files they are texts."""
    return pl.read_parquet(path, columns=columns).with_columns(pl.col(pl.Enum).cast(pl.String))


def _height(frames: Iterable[pl.DataFrame]) -> int:
    return sum(frame.height for frame in frames)


def _keys(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A hash of each row's key, its place, and when it was changed where that is told."""
    changed = [MODIFIED] if MODIFIED in rows.columns else []
    return rows.select(pl.struct(table.key).hash().alias("key"), *_PLACE, *changed)


def _leave_out(file: MonthFile, places: pl.DataFrame) -> None:
    rows = pl.read_parquet(file.path)
    kept = rows.join(places, on=_PLACE, how="anti", maintain_order="left")
    if kept.height < rows.height:
        file.write(kept)


def _places(rows: pl.DataFrame, table: Table) -> pl.Series:
    """Where each row stands in the table's order, as one whole number: that sorts three times faster."""
    place = pl.Series("place", [0], dtype=pl.Int64).new_from_index(0, rows.height)
    for name in table.sort:
        number = rows[name].to_physical().cast(pl.Int64)
        numbers = number.to_numpy()
        least, most = int(numbers.min()), int(numbers.max())
        place = place * (most - least + 1) + (number - least)
    return place


def last_of_each_key(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The row that counts for each key; empty cells of a key count as equal."""
    if rows.select(pl.struct(table.key).n_unique()).item() == rows.height:
        return rows
    order = [column for column in (MODIFIED, FILE, ROW) if column in rows.columns]
    return rows.sort(order, maintain_order=True).unique(subset=list(table.key), keep="last", maintain_order=True)
