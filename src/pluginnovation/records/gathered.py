"""The rows of one resource, gathered from all its files: small tables in memory, lessons in files per month."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from .columns import Table
from .ledger import QUARANTINE_COLUMNS
from .month_files import MonthFile, MonthFiles, Stamp, last_of_each_key
from .taking import MODIFIED, Taken

# Counts stay exact; the list of rows is long enough for anybody who would read it.
LISTED_ROWS: Final = 1_000_000


@dataclass(slots=True)
class Gathered:
    """What was taken in of one table.

    read, refused, superseded   counts of rows
    reported, absent            minutes of its reported lessons (or sums), for the comparison with the import before
    """

    table: Table
    folder: Path
    stamp: Stamp
    read: int = 0
    refused: int = 0
    superseded: int = 0
    passed_over: int = 0
    reported: int = 0
    absent: int = 0
    frames: list[pl.DataFrame] = field(default_factory=list)
    listed: list[pl.DataFrame] = field(default_factory=list)
    kept_keys: list[pl.DataFrame] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    people: dict[str, pl.Series] = field(default_factory=dict)
    _months: MonthFiles | None = None

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
            self._months = self._months or MonthFiles(self.folder, self.table, self.stamp)
            self._months.add(taken.rows)
        else:
            self.frames.append(taken.rows)

    def pass_over(self, objects: int) -> None:
        """Count objects that a later version of themselves replaces."""
        self.read += objects
        self.passed_over += objects

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
        self.superseded = self.passed_over + every.height - kept.height
        return kept.drop(MODIFIED, strict=False)

    def settle(self) -> list[MonthFile]:
        """The files with the rows of a monthly table, one row per key."""
        if self._months is None:
            return []
        self.superseded = self._months.finish()
        return self._months.files
