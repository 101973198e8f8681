"""Taking an import back, so that the store reads as though it hadn't been read.

Rows that it brought are closed, rows that it closed count again: both from the moment of the undoing on, so that an
as-known read for the time between still tells what was believed then. Only a source's newest import is taken back,
since a later one was read on top of it: what it left unchanged, and whom it referred to, rests on the earlier.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from .applying import ordered
from .columns import Table
from .days import StaleDays, roll_up
from .delta import THEN, StoredFile
from .engine import casts, literal, name, names, parquet
from .identity_changes import WORK_COPIES
from .import_run import next_arrival
from .known import Known
from .ledger import UNDONE, Disposal, ImportRow, Transaction, lateness_apart
from .sink import IdentityChanges, IdentitySink, NoSink
from .tables import REFUSED, RESPONSIBLES, TABLES
from .undo_asked import UndoAsked, UndoneResource, UndoSummary, to_take_back
from .writing import Writing, stored_columns

if TYPE_CHECKING:
    from .store import Store


def undo_import(store: "Store", import_id: int, asked: UndoAsked, sink: IdentitySink | None = None) -> UndoSummary:
    """Take an import back, or say what that would change.

    Gives   per resource how many rows go away, get their earlier values again, and count again
    Raises  the refusals of `undo_asked.to_take_back`; then nothing was changed
    """
    with store.lock():
        store.finish_disposals()
        row = to_take_back(store.ledger.imports(), import_id, asked.at)
        with _compared(store, row) as undoing:
            resources = tuple(undoing.counted(table) for table in TABLES.values() if table.file in row.counts)
            if not asked.dry_run:
                undoing.commit(asked, sink or NoSink())
        if not asked.dry_run and undoing.protected:
            # They are hidden already; what a full disk stops here, the next import does.
            with suppress(OSError):
                store.finish_disposals()
    status = "dry_run" if asked.dry_run else UNDONE
    return UndoSummary(import_id, row.source, status, resources)


@contextmanager
def _compared(store: "Store", row: ImportRow) -> Iterator["_Undoing"]:
    undoing = _Undoing(store, row)
    try:
        undoing.compare()
        yield undoing
    finally:
        undoing.forget()


class _Undoing:
    """What taking one import back does to every table.

    protected   codes of people who were protected before the import said otherwise: they are again
    """

    def __init__(self, store: "Store", row: ImportRow) -> None:
        self._store, self._engine, self._row = store, store.engine, row
        self._head = store.ledger.head()
        self.protected: list[str] = []

    def compare(self) -> None:
        """Find the rows that the import brought, and those that it closed, as `undo_brought_…` and `undo_closed_…`.

        A person whom it marked as protected stays so: nothing but the source may say that someone no longer is.
        """
        for table in TABLES.values():
            brought = "false" if table is REFUSED else f"import_id = {self._row.id}"
            self._keep(f"undo_brought_{table.name}", table, self._files(table, current=True), brought)
            closed = f"known_to = {literal(self._row.at)}"
            self._keep(f"undo_closed_{table.name}", table, self._files(table, current=False), closed)
        again = self._engine.frame(f"SELECT person FROM {name('undo_closed_refused')}")["person"].to_list()
        known = Known(self._store, self._row.source)
        stored = [codes for each in ("persons", "pupils") if (codes := known.stored(each)) is not None]
        here = set(pl.concat(stored).to_list()) if stored else set()
        self.protected = sorted(set(again) & here)

    def _files(self, table: Table, *, current: bool) -> list[StoredFile]:
        """The source's files of a table, of believed rows or of history."""
        version = self._head.get(table.name, 0)
        found = self._store.folders[table.name].files(version) if version else ()
        own = [stored for stored in found if stored.partition.get("source") == self._row.source]
        return [stored for stored in own if stored.current is current]

    def _keep(self, named: str, table: Table, files: list[StoredFile], condition: str) -> None:
        """A temporary table of the files' rows that meet a condition, with the file that each stands in."""
        columns = stored_columns(table, derived=False)
        folder = self._store.folders[table.name].folder
        source = f"(SELECT {casts(columns)}, '' AS stored_in FROM (SELECT {_nulls(table)}) WHERE false)"
        if files:
            source = parquet((folder / stored.path for stored in files), "filename = 'stored_in'")
        listed = names(column.name for column in columns)
        self._engine.run(
            f"CREATE OR REPLACE TEMP TABLE {name(named)} AS SELECT {listed}, stored_in FROM {source} WHERE {condition}"
        )

    def counted(self, table: Table) -> UndoneResource:
        """How many rows of a table go away, get their earlier values again, and count again."""
        brought, closed = self._count(f"undo_brought_{table.name}"), self._count(f"undo_closed_{table.name}")
        both = int(
            self._engine.run(
                f"SELECT count(*) FROM {name(f'undo_closed_{table.name}')} c"
                f" SEMI JOIN {name(f'undo_brought_{table.name}')} b ON {_same_key(table)}"
            )[0][0]
        )
        return UndoneResource(table.file, brought - both, both, closed - both)

    def commit(self, asked: UndoAsked, sink: IdentitySink) -> None:
        """Make it count: facts, roll-up, identities and the import's row, all or nothing."""
        at = next_arrival(self._store.ledger, self._row.source, asked.at).at
        undone = replace(
            self._row, status=UNDONE, undone_at=at, decided_by=asked.by, why=asked.why, undoable=False
        )  # fmt: skip
        changes = self._identity_changes()

        def within(transaction: Transaction) -> None:
            sink.take(changes)
            transaction.put_import(undone)
            if self.protected:
                transaction.put_disposal(Disposal(at, asked.by, frozenset(self.protected)))

        with self._store.writing() as writing:
            stale = [found for table in TABLES.values() for found in self._write(writing, table, at)]
            roll_up(self._engine, writing, stale, lateness_apart(self._store.ledger.imports()))
            writing.commit(within)

    def _write(self, writing: Writing, table: Table, at: datetime) -> list[StaleDays]:
        """Write the parts of a table that the import changed; which days that makes stale."""
        stale = []
        for partition in self._parts(table):
            self._write_part(writing, table, partition, at)
            if table.monthly:
                stale.append(StaleDays(partition["source"], partition["month"]))
        return stale

    def _parts(self, table: Table) -> list[dict[str, str]]:
        month = "month" if table.monthly else "''"
        found = self._engine.run(
            f"SELECT {month} AS part FROM {name(f'undo_brought_{table.name}')}"
            f" UNION SELECT {month} FROM {name(f'undo_closed_{table.name}')} ORDER BY part"
        )
        own = {"source": self._row.source}
        return [{**own, "month": month} if table.monthly else own for (month,) in found]

    def _write_part(self, writing: Writing, table: Table, partition: dict[str, str], at: datetime) -> None:
        columns = stored_columns(table, derived=False)
        listed = names(column.name for column in columns)
        of_part = f"month = {literal(partition['month'])}" if table.monthly else "true"
        brought = f"FROM {name(f'undo_brought_{table.name}')} WHERE {of_part}"
        closed = f"FROM {name(f'undo_closed_{table.name}')} WHERE {of_part}"
        holding = {path for (path,) in self._engine.run(f"SELECT DISTINCT stored_in {brought}")}
        folder = self._store.folders[table.name].folder
        rewritten = [stored for stored in writing.files(table.name) if str(folder / stored.path) in holding]
        queries = [f"SELECT {listed.replace(name('known_from'), f'{literal(at)} AS known_from', 1)} {closed}"]
        queries[0] = queries[0].replace(name("known_to"), "CAST(NULL AS TIMESTAMPTZ) AS known_to", 1)
        if rewritten:
            paths = parquet(writing.paths(table.name, rewritten))
            queries.append(f"SELECT {listed} FROM {paths} WHERE import_id <> {self._row.id}")
        writing.add(table.name, ordered(table, " UNION ALL ".join(queries)), partition, columns=columns)
        ended = f"SELECT {listed.replace(name('known_to'), f'{literal(at)} AS known_to', 1)} {brought}"
        writing.add(table.name, ordered(table, ended), partition, columns=columns, kind=THEN)
        writing.remove(table.name, rewritten)

    def _identity_changes(self) -> IdentityChanges:
        """What changes outside the facts: the copies of what counts again and of what no longer does."""
        return IdentityChanges(
            source=self._row.source,
            responsibles=self._changed(RESPONSIBLES),
            work={table: self._changed(TABLES[table]) for table in WORK_COPIES},
            protected=tuple(self.protected),
            takes_back=self._row.id,
        )

    def _changed(self, table: Table) -> pl.DataFrame:
        """A table's rows that count again, and with `ended` those that no longer do."""
        listed = names(table.names)
        return self._engine.frame(
            f"SELECT {listed}, false AS ended FROM {name(f'undo_closed_{table.name}')} UNION ALL"
            f" SELECT {names(table.names, within='b')}, true AS ended FROM {name(f'undo_brought_{table.name}')} b"
            f" ANTI JOIN {name(f'undo_closed_{table.name}')} c ON {_same_key(table)}"
        )

    def _count(self, relation: str) -> int:
        return int(self._engine.run(f"SELECT count(*) FROM {name(relation)}")[0][0])

    def forget(self) -> None:
        """Drop what the comparison left in the engine."""
        for table in TABLES:
            for kind in ("brought", "closed"):
                self._engine.run(f"DROP TABLE IF EXISTS {name(f'undo_{kind}_{table}')}")


def _same_key(table: Table) -> str:
    return " AND ".join(f"b.{name(key)} IS NOT DISTINCT FROM c.{name(key)}" for key in table.key)


def _nulls(table: Table) -> str:
    return ", ".join(f"NULL AS {name(column.name)}" for column in stored_columns(table, derived=False))
