"""One Delta table on disk: which files a version has, and how a new version comes about.

Parquet files are written by the engine; this module names them, lists them and commits them. Nothing here decides
which version counts: the ledger's head does, and a version beyond the head is as if it had never been.

File names begin with what they hold: `now-` rows that are believed, `then-` rows that were believed until their
`known_to`. Reading what we know today opens the first kind only.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from deltalake import CommitProperties, DeltaTable, Field, Schema
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction, RemoveAction

from .columns import BOOL, DATE, DOUBLE, INT8, INT16, INT32, INT64, STRING, TIMESTAMP, Column

NOW: Final = "now"
THEN: Final = "then"

KEEP_HOURS: Final = 7 * 24

DELTA_TYPES: Final = {
    STRING: "string",
    DATE: "date",
    BOOL: "boolean",
    INT8: "byte",
    INT16: "short",
    INT32: "integer",
    INT64: "long",
    DOUBLE: "double",
    TIMESTAMP: "timestamp",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One Parquet file of a table.

    path        within the table's folder
    size        bytes
    partition   the values that all its rows share, such as source and month
    rows        how many
    low, high   the least and greatest value of columns, as text; a column without them is missing
    nulls       how many rows have no value, per column
    """

    path: str
    size: int
    partition: Mapping[str, str]
    rows: int
    low: Mapping[str, Any]
    high: Mapping[str, Any]
    nulls: Mapping[str, int]

    @property
    def current(self) -> bool:
        """Whether its rows are believed."""
        return Path(self.path).name.startswith(NOW)

    def days(self, column: str) -> tuple[date, date] | None:
        """The first and last day in a date column."""
        low, high = self.low.get(column), self.high.get(column)
        return (date.fromisoformat(str(low)), date.fromisoformat(str(high))) if low and high else None


class DeltaFolder:
    """A Delta table in a folder. Only a writer that holds the store's lock may change it."""

    def __init__(self, folder: Path, columns: Sequence[Column], partitions: Sequence[str]) -> None:
        self.folder = folder
        self.partitions = tuple(partitions)
        self._columns = tuple(columns)
        self._listed: dict[int, tuple[StoredFile, ...]] = {}

    @cached_property
    def _schema(self) -> Schema:
        return Schema([Field(column.name, PrimitiveType(DELTA_TYPES[column.type])) for column in self._columns])

    def exists(self) -> bool:
        """Whether it was ever made."""
        return (self.folder / "_delta_log").is_dir() and DeltaTable.is_deltatable(str(self.folder))

    def make(self) -> None:
        """Make it, empty, as version 0."""
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration: dict[str, str | None] = {"delta.deletedFileRetentionDuration": f"interval {KEEP_HOURS} hours"}
        DeltaTable.create(
            str(self.folder), schema=self._schema, partition_by=list(self.partitions), configuration=configuration
        )

    def latest(self) -> int:
        """The newest version on disk, which need not be the one that counts."""
        return DeltaTable(str(self.folder)).version()

    def files(self, version: int) -> tuple[StoredFile, ...]:
        """The files of a version, in the order of their paths."""
        if version not in self._listed:
            found = self._list(version) if version > 0 else ()
            # Versions never change, but a long-lived reader meets many: keep the last few.
            self._listed = {**dict(list(self._listed.items())[-3:]), version: found}
        return self._listed[version]

    def _list(self, version: int) -> tuple[StoredFile, ...]:
        log = DeltaTable(str(self.folder), version=version)
        flat = log.get_add_actions(flatten=True)
        columns: dict[str, list[Any]] = {field: list(flat.column(field).to_pylist()) for field in flat.column_names}
        return tuple(
            sorted((self._stored(columns, row) for row in range(flat.num_rows)), key=lambda stored: stored.path)
        )

    def _stored(self, columns: Mapping[str, list[Any]], row: int) -> StoredFile:
        def under(prefix: str) -> dict[str, Any]:
            return {
                field.removeprefix(prefix): values[row]
                for field, values in columns.items()
                if field.startswith(prefix) and values[row] is not None
            }

        return StoredFile(
            path=columns["path"][row],
            size=columns["size_bytes"][row],
            partition={key: str(value) for key, value in under("partition.").items()},
            rows=columns["num_records"][row],
            low=under("min."),
            high=under("max."),
            nulls=under("null_count."),
        )

    def place(self, partition: Mapping[str, str], kind: str, mark: str) -> Path:
        """Where a new file goes. The folders are for people; the log says what is in a file."""
        folder = self.folder.joinpath(*(_slug(partition[column]) for column in self.partitions))
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{kind}-{mark}.parquet"

    def commit(self, add: Iterable[StoredFile], remove: Iterable[StoredFile], note: Mapping[str, str]) -> int:
        """Commit a new version; returns it. The files are on disk already."""
        moment = int(time.time() * 1000)
        actions: list[AddAction | RemoveAction] = [_added(stored, moment) for stored in add]
        actions += [RemoveAction(stored.path, True, moment, stored.size, dict(stored.partition)) for stored in remove]
        table = DeltaTable(str(self.folder))
        properties = CommitProperties(custom_metadata=dict(note))
        table.create_write_transaction(
            actions, "append", self._schema, list(self.partitions), commit_properties=properties
        )
        version = self.latest()
        _settle(self.folder / "_delta_log", self.folder / "_delta_log" / f"{version:020}.json")
        return version

    def roll_back(self, version: int) -> bool:
        """Make the newest version hold what `version` holds; returns whether anything had to be undone."""
        if not self.differs(version):
            return False
        DeltaTable(str(self.folder)).restore(version)
        return True

    def differs(self, version: int) -> bool:
        """Whether the newest version on disk holds other files than this one."""
        newest = self.latest()
        return newest != version and self._paths(newest) != self._paths(version)

    def _paths(self, version: int) -> set[str]:
        return set(DeltaTable(str(self.folder), version=version).file_uris())

    def vacuum(self, hours: int = KEEP_HOURS) -> int:
        """Delete files that no version of the last hours has; returns how many."""
        gone = DeltaTable(str(self.folder)).vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True)
        return len(gone)


def _added(stored: StoredFile, moment: int) -> AddAction:
    stats = {
        "numRecords": stored.rows,
        "minValues": dict(stored.low),
        "maxValues": dict(stored.high),
        "nullCount": dict(stored.nulls),
    }
    return AddAction(stored.path, stored.size, dict(stored.partition), moment, True, json.dumps(stats))


def _slug(value: str) -> str:
    """A folder name for a partition's value, the same on every file system."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", value)[:60]
    return plain if plain == value else f"{plain}-{hashlib.sha256(value.encode()).hexdigest()[:8]}"


def _settle(*paths: Path) -> None:
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
