"""What newer imports said while one was held: that stands when the held one is released.

An import is newer when it was read later, not when it was released later: its number tells. A row that a newer import
brought, confirmed or ended is neither replaced nor brought back, and a resource that a newer import gave whole stays as
that import left it. What the held import only carried along is taken as it is now: see `carried.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .carried import Around, on, refreshed
from .columns import Table
from .delta import StoredFile
from .engine import literal, name, names, parquet
from .ledger import DONE, ImportRow
from .reconcile import Staged
from .staging import CARRIED
from .tables import PERSONS, PUPILS, REFUSED

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a released table leaves to newer imports.

    superseded   its rows whose key a newer import has brought or ended, or whose whole resource one has given
    refused      its rows about people whom a newer import marked as protected
    kept         stored rows that were staged beside its own, so that they don't end
    """

    superseded: int = 0
    refused: int = 0
    kept: int = 0


class Overtaken:
    """Takes out of a held import's rows what newer imports have already told otherwise."""

    def __init__(self, store: "Store", import_id: int, source: str) -> None:
        self._store, self._engine, self._id, self._source = store, store.engine, import_id, source
        self._head = store.ledger.head()
        imports = store.ledger.imports()
        self._held = next(row for row in imports if row.id == import_id)
        self._newer = [row for row in imports if row.source == source and row.status == DONE and row.id > import_id]
        self._kept: list[str] = []

    def leave_out(self, staged: Staged) -> tuple[Staged, LeftOut]:
        """The rows that still count, staged in place of all of them, and how many don't."""
        table, whole = staged.table, staged.whole
        if whole:
            staged = self._refreshed(staged)
        if not self._newer:
            return staged, LeftOut(kept=self._carried(staged.relation) if whole else 0)
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

    def _refreshed(self, staged: Staged) -> Staged:
        """The rows with those that the import only carried along as they are now."""
        table, relation = staged.table, f"{staged.relation}_now"
        files = self._files(table, "")
        at = literal(self._held.at)
        then = self._rows(table, files, f"known_from <= {at} AND (known_to IS NULL OR known_to > {at})")
        now = self._rows(table, [stored for stored in files if stored.current], "true")
        whole = table is not REFUSED and _gives_whole(self._held, table)
        sql = refreshed(table, name(staged.relation), Around(then, now, whole))
        self._kept.append(relation)
        self._engine.run(f"CREATE OR REPLACE TEMP TABLE {name(relation)} AS {sql}")
        return replace(staged, relation=relation)

    def _rows(self, table: Table, files: list[StoredFile], condition: str) -> str:
        """SQL for the stored rows that meet a condition."""
        columns = names((*table.names, "row_no", "import_id"))
        nothing = f"(SELECT {names((*table.names, 'row_no'))}, 0 AS import_id FROM {self._own(table)} WHERE false)"
        return f"(SELECT {columns} FROM {self._read(table, files)} WHERE {condition})" if files else nothing

    def _own(self, table: Table) -> str:
        return name(f"held_{self._id}_{table.name}")

    def _given_whole(self, table: Table) -> bool:
        return any(_gives_whole(row, table) for row in self._newer)

    def _nothing(self, staged: Staged) -> tuple[Staged, LeftOut]:
        relation = f"{staged.relation}_rest"
        self._engine.view(relation, f"SELECT * FROM {name(staged.relation)} WHERE false")
        told = self._count(name(staged.relation)) - self._carried(staged.relation)
        return replace(staged, relation=relation, whole=False), LeftOut(superseded=told)

    def _rest(self, staged: Staged) -> tuple[Staged, LeftOut]:
        table, rows = staged.table, name(staged.relation)
        told, relation = f"{staged.relation}_told", f"{staged.relation}_rest"
        columns = names((*table.names, "file_no", "row_no"))
        files = self._files(table, rows)
        self._kept.append(told)
        self._engine.run(f"CREATE OR REPLACE TEMP TABLE {name(told)} AS {self._told(table, files)}")
        own = f"(SELECT {columns} FROM {rows} WHERE file_no <> {CARRIED})"
        untold = f"(FROM {own} a ANTI JOIN {name(told)} b ON {on(table.key)})"
        objects = self._objects(table)
        if objects:
            untold = f"(FROM {untold} a ANTI JOIN {objects} b ON {on(table.within)})"
        free = f"SELECT {columns} FROM {untold} WHERE NOT {self._protected(table)}"
        kept = f"SELECT {columns} FROM {rows} WHERE file_no = {CARRIED}"
        if staged.whole:
            stored = f"(SELECT {names(table.names)}, {CARRIED} AS file_no, row_no FROM {self._told_now(table, files)})"
            kept += f" UNION ALL SELECT {columns} FROM {stored} a ANTI JOIN ({kept}) b ON {on(table.key)}"
        self._engine.view(relation, f"{free} UNION ALL {kept}")
        left, rest = self._count(untold), self._count(f"({free})")
        return replace(staged, relation=relation), LeftOut(
            self._count(own) - left, left - rest, self._count(f"({kept})") if staged.whole else 0
        )

    def _told(self, table: Table, files: list[StoredFile]) -> str:
        """SQL for the keys that newer imports have brought, confirmed or ended."""
        keys = names(table.key)
        then = [stored for stored in files if not stored.current]
        times = ", ".join(literal(row.at) for row in self._newer)
        found = [f"SELECT {keys} FROM {self._brought(table, files)}", f"SELECT {keys} FROM {self._confirmed(table)}"]
        if then:
            found.append(f"SELECT {keys} FROM {self._read(table, then)} WHERE known_to IN ({times})")
        return " UNION ".join(found)

    def _brought(self, table: Table, files: list[StoredFile]) -> str:
        """SQL for the believed rows that newer imports brought."""
        return self._rows(table, [stored for stored in files if stored.current], f"import_id > {self._id}")

    def _confirmed(self, table: Table) -> str:
        """SQL for the keys that newer imports told while this one waited, as it was noted then."""
        noted = self._store.held.told(self._id, table.name, [row.id for row in self._newer])
        return parquet(noted) if noted else f"(FROM {self._own(table)} WHERE false)"

    def _objects(self, table: Table) -> str:
        """SQL for the objects that newer imports told with all that stands inside them; empty: there are none."""
        inside = table.within and set(table.within) <= set(table.key)
        return f"(SELECT DISTINCT {names(table.within)} FROM {self._confirmed(table)})" if inside else ""

    def _told_now(self, table: Table, files: list[StoredFile]) -> str:
        """SQL for the believed rows that newer imports brought or confirmed: they don't end."""
        now = self._rows(table, [stored for stored in files if stored.current], "true")
        found = f"FROM {self._brought(table, files)}"
        for each, columns in ((self._confirmed(table), table.key), (self._objects(table), table.within)):
            if each:
                found += f" UNION FROM (FROM {now} a SEMI JOIN {each} b ON {on(columns)})"
        return f"({found})"

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

    def _carried(self, relation: str) -> int:
        return self._count(f"(SELECT 1 FROM {name(relation)} WHERE file_no = {CARRIED})")

    def _count(self, relation: str) -> int:
        return int(self._engine.run(f"SELECT count(*) FROM {relation}")[0][0])


def _gives_whole(row: ImportRow, table: Table) -> bool:
    """Whether an import gave all of a table; what is made of persons follows those."""
    return bool(row.counts.get(table.name if table.file else PERSONS.name, {}).get("whole"))
