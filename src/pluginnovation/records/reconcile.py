"""What an import changes: its rows against what is believed now, by key, one partition at a time.

Rows of the import stand in a relation `staged_<table>`: the table's columns, `file_no` and `row_no`, checked, coded,
and unique by key. The answer for a partition is one of three: nothing; only new rows; or a comparison row by row.
The first two are found without reading what is stored, or by reading it once, since they are the daily case.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from .columns import STRING, Table
from .delta import StoredFile
from .engine import Engine, casts, literal, name, names, parquet
from .parquet_files import ReadyFile

OFFERED: Final = "offered"

# From so many rows on, numbering the words of a column costs less than sorting them.
MANY: Final = 50_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened to the rows of one table.

    new, changed, unchanged   rows of the import
    ended                     stored rows that a whole resource no longer has, or that a cancelled lesson removed
    cancelled                 rows of the import that say a lesson was cancelled
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    cancelled: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.read + other.read,
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.ended + other.ended,
            self.cancelled + other.cancelled,
        )


@dataclass(frozen=True, slots=True)
class PartitionChange:
    """What one partition of a table gains and loses.

    added     SQL for the rows to add: the table's columns, file_no, row_no
    closed    a temporary table (stored_in, position) of the stored rows to close; None: nothing is closed
    rewrite   the stored files that hold them
    days      first and last day of the added rows, for tables with days
    ready     files with exactly the rows to add, when nothing is closed: they are taken over as they are
    """

    table: Table
    partition: Mapping[str, str]
    counts: Counts
    added: str
    closed: str | None = None
    rewrite: tuple[StoredFile, ...] = ()
    days: tuple[date, date] | None = None
    ready: tuple[ReadyFile, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.counts.new or self.counts.changed or self.counts.ended)


@dataclass(frozen=True, slots=True)
class Staged:
    """An import's rows of one table, and how to look at them.

    relation   the engine's table or view
    whole      what is missing from it has ended
    ready      month -> the files that hold its rows, cancelled lessons left out; empty: only the relation has them
    """

    table: Table
    relation: str
    source: str
    whole: bool
    ready: Mapping[str, tuple[ReadyFile, ...]] = field(default_factory=dict)


class Reconciliation:
    """Compares the rows of one import with what is stored."""

    def __init__(self, engine: Engine, stored: Callable[[str], Iterable[StoredFile]], folders: Mapping[str, Path]):
        self._engine, self._stored, self._folders = engine, stored, folders
        self._serial = 0
        self._words: set[str] = set()
        self._kept: list[str] = []

    def changes(self, staged: Staged) -> list[PartitionChange]:
        """What the import changes in one table, per partition; partitions without change included.

        Raises  nothing: readers have checked the rows
        """
        if staged.table.monthly:
            return self._monthly(staged)
        rows = self._engine.run(f"SELECT count(*) FROM {name(staged.relation)}")[0][0]
        partition = {"source": staged.source}
        return [self._partition(staged, partition, name(staged.relation), Counts(read=rows), None)]

    def forget(self) -> None:
        """Drop the comparisons' tables and words; the changes that name them can't be written any more."""
        for table in self._kept:
            self._engine.run(f"DROP TABLE IF EXISTS {name(table)}")
        for words in self._words:
            self._engine.run(f"DROP TYPE IF EXISTS {words}")

    def _monthly(self, staged: Staged) -> list[PartitionChange]:
        day = name(staged.table.day)
        months = self._engine.run(
            f"SELECT year({day}) * 100 + month({day}) AS month, count(*), count(*) FILTER ({OFFERED} = 0),"
            f" min({day}), max({day}) FROM {name(staged.relation)} GROUP BY month ORDER BY month"
        )
        changes = []
        for number, read, cancelled, first, last in months:
            month = f"{number // 100:04}-{number % 100:02}"
            rows = f"(SELECT * FROM {name(staged.relation)} WHERE {day} BETWEEN {literal(first)} AND {literal(last)})"
            counts = Counts(read=read, cancelled=cancelled)
            partition = {"source": staged.source, "month": month}
            changes.append(self._partition(staged, partition, rows, counts, (first, last)))
        return changes

    def _partition(
        self,
        staged: Staged,
        partition: Mapping[str, str],
        rows: str,
        counts: Counts,
        days: tuple[date, date] | None,
    ) -> PartitionChange:
        table = staged.table
        live = f"SELECT * FROM {rows}" + (f" WHERE {OFFERED} <> 0" if counts.cancelled else "")
        files = self._files_to_compare(table, partition, days)
        given = counts.read - counts.cancelled
        if not files:
            counted = Counts(read=counts.read, new=given, cancelled=counts.cancelled)
            ready = staged.ready.get(partition.get("month", ""), ())
            if ready and sum(file.rows for file in ready) == given:
                return PartitionChange(table, partition, counted, live, days=days, ready=ready)
            numbered = self._numbered(staged, live) if given > MANY else live
            return PartitionChange(table, partition, counted, numbered, days=days)
        if given == sum(stored.rows for stored in files) and self._same(table, live, files):
            counted = Counts(read=counts.read, unchanged=given, cancelled=counts.cancelled)
            return PartitionChange(table, partition, counted, live, days=days)
        return self._compare(staged, PartitionChange(table, partition, counts, rows, rewrite=files, days=days))

    def _numbered(self, staged: Staged, live: str) -> str:
        """The rows with their codes and ids as ENUMs, whose words are in order: a sort then moves small numbers."""
        replaced = []
        for column in staged.table.columns:
            if column.type != STRING:
                continue
            words = name(f"words_{staged.relation}_{column.name}")
            if words not in self._words:
                listed = f"SELECT DISTINCT {name(column.name)} AS word FROM {name(staged.relation)}"
                self._engine.run(f"DROP TYPE IF EXISTS {words}")
                ordered = f"SELECT word::VARCHAR FROM ({listed}) WHERE word IS NOT NULL ORDER BY 1"
                self._engine.run(f"CREATE TYPE {words} AS ENUM ({ordered})")
                self._words.add(words)
            replaced.append(f"CAST({name(column.name)} AS {words}) AS {name(column.name)}")
        return f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({live})" if replaced else live

    def _files_to_compare(
        self, table: Table, partition: Mapping[str, str], days: tuple[date, date] | None
    ) -> tuple[StoredFile, ...]:
        """The believed files that may hold a key of these rows: those of the partition whose days overlap."""
        return tuple(
            stored
            for stored in self._stored(table.name)
            if stored.current and stored.partition == partition and (days is None or _overlap(stored, table, days))
        )

    def _same(self, table: Table, live: str, files: tuple[StoredFile, ...]) -> bool:
        """Whether both sides hold the same rows in any order: the sum of the rows' hashes tells."""
        total = f"SELECT sum(hash({names(table.names)}))::VARCHAR"
        ours = self._engine.run(f"{total} FROM (SELECT {casts(table.columns)} FROM ({live}))")
        stored = self._engine.run(f"{total} FROM {self._read(table, files)}")
        return ours == stored

    def _read(self, table: Table, files: Iterable[StoredFile], *options: str) -> str:
        return parquet((self._folders[table.name] / stored.path for stored in files), *options)

    def _compare(self, staged: Staged, change: PartitionChange) -> PartitionChange:
        """Row by row: what is new, what differs, and which stored rows to close."""
        table = staged.table
        self._serial += 1
        matched, closed = f"matched_{table.name}_{self._serial}", f"closed_{table.name}_{self._serial}"
        self._kept += [matched, closed]
        stored = self._read(table, change.rewrite, "filename = 'stored_in'", "file_row_number = true")
        same_key = " AND ".join(f"s.{name(key)} IS NOT DISTINCT FROM c.{name(key)}" for key in table.key)
        self._engine.run(f"CREATE OR REPLACE TEMP TABLE {matched} AS {_matched(change, stored, same_key)}")
        ended = "SELECT NULL, NULL WHERE false"
        if staged.whole:
            ended = (
                f"SELECT c.stored_in, c.file_row_number FROM (SELECT * FROM {stored}) c"
                f" ANTI JOIN {name(staged.relation)} s ON {same_key}"
            )
        self._engine.run(
            f"CREATE OR REPLACE TEMP TABLE {closed} AS SELECT stored_in, position, cancelled AS ended FROM {matched}"
            f" WHERE stored_in IS NOT NULL UNION ALL SELECT *, true FROM ({ended})"
        )
        touched = self._engine.run(f"SELECT stored_in, count(*) FILTER (ended) FROM {closed} GROUP BY stored_in")
        hit = {Path(path).name for path, _ in touched}
        return replace(
            change,
            counts=self._count(change.counts, matched, sum(count for _, count in touched)),
            added=f"SELECT {names(table.names)}, file_no, row_no FROM {matched} WHERE NOT cancelled",
            closed=closed if hit else None,
            rewrite=tuple(found for found in change.rewrite if Path(found.path).name in hit),
        )

    def _count(self, given: Counts, matched: str, ended: int) -> Counts:
        """Changed rows have a stored row with their key; what didn't match anything new or different is unchanged."""
        ((new, changed),) = self._engine.run(
            "SELECT count(*) FILTER (NOT cancelled AND stored_in IS NULL),"
            f" count(*) FILTER (NOT cancelled AND stored_in IS NOT NULL) FROM {matched}"
        )
        unchanged = given.read - given.cancelled - new - changed
        return replace(given, new=new, changed=changed, unchanged=unchanged, ended=ended)


def _matched(change: PartitionChange, stored: str, same_key: str) -> str:
    """SQL for the rows that are new, different or cancelled, each with the stored row it replaces."""
    table = change.table
    values = [column for column in table.names if column not in table.key]
    differs = " OR ".join(f"s.{name(value)} IS DISTINCT FROM c.{name(value)}" for value in values) or "false"
    cancelled = f"s.{OFFERED} = 0" if table.monthly else "false"
    return (
        f"SELECT s.*, c.stored_in, c.file_row_number AS position, {cancelled} AS cancelled"
        f" FROM (SELECT {casts(table.columns)}, file_no, row_no FROM {change.added}) s"
        f" LEFT JOIN (SELECT * FROM {stored}) c ON {same_key} WHERE c.stored_in IS NULL OR {differs}"
    )


def _overlap(stored: StoredFile, table: Table, days: tuple[date, date]) -> bool:
    held = stored.days(table.day)
    return held is None or (held[0] <= days[1] and days[0] <= held[1])
