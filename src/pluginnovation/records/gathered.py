"""The rows of one resource, gathered from all its files: small tables in memory, lessons in files per block."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from .csv_rows import ROW
from .ledger import QUARANTINE_COLUMNS
from .tables import Table
from .taking import FILE, MODIFIED, Taken

# Counts stay exact; the list of rows is long enough for anybody who would read it.
LISTED_ROWS: Final = 1_000_000

ORDER: Final = (MODIFIED, FILE, ROW)


@dataclass(slots=True)
class Gathered:
    """What was taken in of one table.

    read, refused, superseded   counts of rows
    reported, absent            minutes of its reported lessons (or sums), for the comparison with the import before
    """

    table: Table
    folder: Path
    read: int = 0
    refused: int = 0
    superseded: int = 0
    reported: int = 0
    absent: int = 0
    frames: list[pl.DataFrame] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    listed: list[pl.DataFrame] = field(default_factory=list)
    kept_keys: list[pl.DataFrame] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    people: dict[str, pl.Series] = field(default_factory=dict)

    def add(self, taken: Taken) -> None:
        """Gather one block."""
        self.read += taken.read
        self.refused += taken.refused
        self._list(taken.turned_away)
        if taken.keys.height:
            self.kept_keys.append(taken.keys)
        self._measure(taken.rows)
        if not taken.rows.height:
            return
        for column in self.table.person_columns:
            before = self.people.get(column)
            fresh = taken.rows[column].unique()
            self.people[column] = fresh if before is None else pl.concat([before, fresh]).unique()
        if self.table.monthly:
            self.parts.append(Part.write(self.folder, len(self.parts), self.table, taken.rows))
        else:
            self.frames.append(taken.rows)

    def turn_away(self, wrong: pl.DataFrame) -> None:
        """Count and list what could not become rows."""
        self.read += wrong.height
        self._list(wrong)

    def _list(self, turned_away: pl.DataFrame) -> None:
        for rule, rows in turned_away.group_by("rule").len().iter_rows():
            self.broken[rule] = self.broken.get(rule, 0) + rows
        if turned_away.height and sum(frame.height for frame in self.listed) < LISTED_ROWS:
            self.listed.append(turned_away)

    def _measure(self, rows: pl.DataFrame) -> None:
        if not {"excused", "unexcused"} <= set(rows.columns):
            return
        reported = pl.col("offered").filter("is_reported") if "is_reported" in rows.columns else pl.col("reported")
        absent = pl.col("excused").cast(pl.Int64).sum() + pl.col("unexcused").cast(pl.Int64).sum()
        more, away = rows.select(reported.cast(pl.Int64).sum(), absent.alias("absent")).row(0)
        self.reported += more or 0
        self.absent += away or 0

    @property
    def turned_away(self) -> int:
        """How many rows broke a rule."""
        return sum(self.broken.values())

    def quarantine(self) -> pl.DataFrame:
        """The rows that broke a rule, with QUARANTINE_COLUMNS."""
        return pl.concat(self.listed) if self.listed else pl.DataFrame(schema=QUARANTINE_COLUMNS)

    def rows(self) -> pl.DataFrame:
        """A small table's rows, one per key: the last in file-name order and then line order (or modified last)."""
        if not self.frames:
            return pl.DataFrame()
        every = pl.concat(self.frames)
        kept = last_of_each_key(every, self.table)
        self.superseded = every.height - kept.height
        return kept.drop(MODIFIED, strict=False)

    def settle(self) -> list[Path]:
        """The files with the rows of a monthly table, one row per key."""
        removed = superseded_rows(self.parts, self.table)
        if removed is not None:
            self.superseded = removed.height
            for part in self.parts:
                part.leave_out(removed)
        return [part.path for part in self.parts]


def last_of_each_key(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The row that counts for each key; empty cells of a key count as equal."""
    if rows.select(pl.struct(table.key).n_unique()).item() == rows.height:
        return rows
    order = [column for column in ORDER if column in rows.columns]
    return rows.sort(order, maintain_order=True).unique(subset=list(table.key), keep="last", maintain_order=True)


@dataclass(slots=True)
class Part:
    """One block of a large table on disk, with the hashes of its rows' keys beside it, a file per month."""

    path: Path
    table: Table
    keys: dict[date, Path]

    @classmethod
    def write(cls, folder: Path, number: int, table: Table, rows: pl.DataFrame) -> "Part":
        """Write a block of rows."""
        part = cls(folder / f"{table.name}-{number:05}.parquet", table, {})
        part._write(rows)
        keys = rows.select(pl.struct(table.key).hash().alias("key"), pl.col(table.day).dt.month_start().alias("month"))
        for (month,), some in keys.partition_by("month", as_dict=True).items():
            part.keys[month] = folder / f"{table.name}-{number:05}-{month:%Y-%m}.keys"
            some.select("key").write_ipc(part.keys[month])
        return part

    def _write(self, rows: pl.DataFrame) -> None:
        rows.write_parquet(self.path, compression="lz4", statistics=False, row_group_size=250_000)

    def of(self, keys: pl.Series) -> pl.DataFrame:
        """Its rows with one of these hashes."""
        rows = pl.read_parquet(self.path)
        return rows.filter(rows.select(pl.struct(self.table.key).hash()).to_series().is_in(keys.to_list()))

    def leave_out(self, removed: pl.DataFrame) -> None:
        """Write it again without these rows."""
        rows = pl.read_parquet(self.path)
        kept = rows.join(removed, on=[FILE, ROW], how="anti")
        if kept.height < rows.height:
            self._write(kept)


def superseded_rows(parts: list[Part], table: Table) -> pl.DataFrame | None:
    """The places (`file_no`, `row_no`) of rows that another row with the same key replaces; None when there are none.

    Keys are compared by hash first, a month at a time, since almost every import has none twice.
    """
    twice: list[pl.Series] = []
    hit: set[Path] = set()
    for month in sorted({month for part in parts for month in part.keys}):
        of_month = [part for part in parts if month in part.keys]
        keys = pl.concat([pl.read_ipc(part.keys[month])["key"] for part in of_month])
        if keys.n_unique() < keys.len():
            twice.append(keys.filter(keys.is_duplicated()).unique())
            hit |= {part.path for part in of_month}
    if not twice:
        return None
    found = [part.of(pl.concat(twice)) for part in parts if part.path in hit]
    every = pl.concat(found)
    kept = last_of_each_key(every, table)
    removed = every.join(kept, on=[FILE, ROW], how="anti").select(FILE, ROW)
    return removed if removed.height else None
