"""What newer imports said while one was held: that stands when the held one is released.

An import is newer when it was read later, not when it was released later: its number tells. A row that a newer import
brought or ended is neither replaced nor brought back, and a resource that a newer import gave whole stays as that
import left it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .columns import Table
from .delta import StoredFile
from .engine import literal, name, names, parquet
from .ledger import DONE
from .reconcile import Staged
from .tables import PERSONS, PUPILS, REFUSED

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a released table leaves to newer imports.

    superseded   its rows whose key a newer import has brought or ended, or whose whole resource one has given
    refused      its rows about people whom a newer import marked as protected
    kept         stored rows of newer imports that were staged beside its own, so that they don't end
    """

    superseded: int = 0
    refused: int = 0
    kept: int = 0


class Overtaken:
    """Takes out of a held import's rows what newer imports have already told otherwise."""

    def __init__(self, store: "Store", import_id: int, source: str) -> None:
        self._store, self._engine, self._id, self._source = store, store.engine, import_id, source
        self._head = store.ledger.head()
        self._newer = [
            row for row in store.ledger.imports() if row.source == source and row.status == DONE and row.id > import_id
        ]
        self._kept: list[str] = []

    def leave_out(self, staged: Staged) -> tuple[Staged, LeftOut]:
        """The rows that still count, staged in place of all of them, and how many don't."""
        if not self._newer:
            return staged, LeftOut()
        table, whole = staged.table, staged.whole
        if whole and self._given_whole(table):
            if table is not PUPILS:
                return self._nothing(staged)
            # Lessons of the held import may be of pupils whom nobody else has spoken of: those are still new.
            whole = False
        return self._rest(replace(staged, whole=whole))

    def forget(self) -> None:
        """Drop what was kept in the engine."""
        for table in self._kept:
            self._engine.run(f"DROP TABLE IF EXISTS {name(table)}")

    def _given_whole(self, table: Table) -> bool:
        resource = table.name if table.file else PERSONS.name
        return any(row.counts.get(resource, {}).get("whole") for row in self._newer)

    def _nothing(self, staged: Staged) -> tuple[Staged, LeftOut]:
        relation = f"{staged.relation}_rest"
        self._engine.view(relation, f"SELECT * FROM {name(staged.relation)} WHERE false")
        return replace(staged, relation=relation, whole=False), LeftOut(superseded=self._count(name(staged.relation)))

    def _rest(self, staged: Staged) -> tuple[Staged, LeftOut]:
        table, rows = staged.table, name(staged.relation)
        told, relation = f"{staged.relation}_told", f"{staged.relation}_rest"
        columns = names((*table.names, "file_no", "row_no"))
        files = self._files(table, rows)
        self._kept.append(told)
        self._engine.run(f"CREATE OR REPLACE TEMP TABLE {name(told)} AS {self._told(table, files)}")
        same_key = " AND ".join(f"s.{name(key)} IS NOT DISTINCT FROM t.{name(key)}" for key in table.key)
        untold = f"(SELECT {columns} FROM {rows} s ANTI JOIN {name(told)} t ON {same_key})"
        free = f"SELECT * FROM {untold} WHERE NOT {self._protected(table)}"
        brought = self._brought(table, files, columns) if staged.whole else f"SELECT {columns} FROM {rows} WHERE false"
        self._engine.view(relation, f"{free} UNION ALL {brought}")
        left, rest = self._count(untold), self._count(f"({free})")
        left_out = LeftOut(self._count(rows) - left, left - rest, self._count(f"({brought})"))
        return replace(staged, relation=relation), left_out

    def _told(self, table: Table, files: Iterable[StoredFile]) -> str:
        """SQL for the keys that newer imports have brought or ended."""
        keys = names(table.key)
        now = [stored for stored in files if stored.current]
        then = [stored for stored in files if not stored.current]
        times = ", ".join(literal(row.at) for row in self._newer)
        found = [f"SELECT {keys} FROM {name(f'held_{self._id}_{table.name}')} WHERE false"]
        if now:
            found.append(f"SELECT {keys} FROM {self._read(table, now)} WHERE import_id > {self._id}")
        if then:
            found.append(f"SELECT {keys} FROM {self._read(table, then)} WHERE known_to IN ({times})")
        return " UNION ".join(found)

    def _brought(self, table: Table, files: Iterable[StoredFile], columns: str) -> str:
        """SQL for the believed rows that newer imports brought."""
        now = [stored for stored in files if stored.current]
        if not now:
            return f"SELECT {columns} FROM {name(f'held_{self._id}_{table.name}')} WHERE false"
        return f"SELECT {columns} FROM {self._read(table, now)} WHERE import_id > {self._id}"

    def _protected(self, table: Table) -> str:
        """SQL that is true for rows about people whom a newer import marked as protected."""
        now = [stored for stored in self._files(REFUSED, "") if stored.current]
        if table is REFUSED or not table.person_columns or not now:
            return "false"
        codes = f"(SELECT person FROM {self._read(REFUSED, now)} WHERE import_id > {self._id})"
        return "(" + " OR ".join(f"coalesce({name(column)} IN {codes}, false)" for column in table.person_columns) + ")"

    def _files(self, table: Table, rows: str) -> list[StoredFile]:
        """The source's files that may hold the keys of these rows."""
        months: set[str] = set()
        if table.monthly:
            days = self._engine.run(f"SELECT DISTINCT strftime({name(table.day)}, '%Y-%m') FROM {rows}")
            months = {month for (month,) in days}
        version = self._head.get(table.name, 0)
        return [
            stored
            for stored in (self._store.folders[table.name].files(version) if version else ())
            if stored.partition.get("source") == self._source
            and (not table.monthly or stored.partition.get("month") in months)
        ]

    def _read(self, table: Table, files: Iterable[StoredFile]) -> str:
        return parquet(self._store.folders[table.name].folder / stored.path for stored in files)

    def _count(self, relation: str) -> int:
        return int(self._engine.run(f"SELECT count(*) FROM {relation}")[0][0])
