"""One import, from the rows that readers staged to the commit that makes them count."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from .applying import Arrival, write_change
from .columns import Table
from .days import StaleDays, roll_up, stale_days
from .engine import Engine, casts, empty, names, parquet
from .ledger import DONE, HELD, Disposal, ImportRow, Ledger, Transaction, lateness_apart
from .overtaken import LeftOut, Overtaken
from .parquet_files import ReadyFile
from .reconcile import Counts, PartitionChange, Reconciliation, Staged
from .tables import TABLES
from .writing import Writing

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class Alongside:
    """What belongs to an import besides its rows of facts.

    quarantine   what was turned away; None: nothing
    within       writes identities; called inside the ledger's transaction, and an error there undoes the import
    disposed     codes to hide at once and then to delete everywhere
    """

    quarantine: pl.DataFrame | None = None
    within: Callable[[], None] = lambda: None
    disposed: frozenset[str] = frozenset()


def next_arrival(ledger: Ledger, source: str, at: datetime) -> Arrival:
    """The number and the time of the next import: later than every earlier one, whatever the clock says."""
    imports = ledger.imports()
    undone = [row.undone_at for row in imports if row.undone_at is not None]
    taken = [row.at for row in imports] + undone + [disposal.at for disposal in ledger.disposals()]
    moment = max([at, *(earlier + timedelta(microseconds=1) for earlier in taken)])
    return Arrival(max((row.id for row in imports), default=0) + 1, source, moment)


class ImportRun:
    """An import under way. `Store.importing` makes one and holds the writers' lock as long as it lives.

    Readers stage rows as `staged_<table>`, ask `reconcile` what they change, and end with `commit` or `hold`.
    Without either, nothing is changed (a dry run).
    """

    def __init__(self, store: "Store", arrival: Arrival) -> None:
        self._store, self.arrival = store, arrival
        self._engine: Engine = store.engine
        head = store.ledger.head()
        self._reconciliation = Reconciliation(
            self._engine,
            lambda table: store.folders[table].files(head.get(table, 0)),
            {table: folder.folder for table, folder in store.folders.items()},
        )
        self._changes: dict[str, list[PartitionChange]] = {}
        self._staged: dict[str, Staged] = {}
        self._overtaken: Overtaken | None = None
        self._left_out: dict[str, LeftOut] = {}

    @property
    def id(self) -> int:
        """The number the import will have."""
        return self.arrival.id

    def reconcile(
        self, table: str, *, whole: bool, relation: str = "", ready: Mapping[str, tuple[ReadyFile, ...]] | None = None
    ) -> Counts:
        """Compare the staged rows of a table with what is stored; returns what they would change.

        Takes   whole      the source gives all of the resource: stored rows it no longer has have ended
                relation   where the rows are staged, when not in `staged_<table>`
                ready      for a monthly table: month -> files with its rows as they would be stored
        """
        staged = Staged(TABLES[table], relation or f"staged_{table}", self.arrival.source, whole, ready or {})
        self._staged[table] = staged
        self._changes[table] = self._reconciliation.changes(staged)
        return self.counts(table)

    def changed_rows(self, table: str) -> pl.DataFrame:
        """The rows that the import adds or ends, for the identity sink.

        Gives   the table's columns, and `ended`: True for a stored row that counts no more. A changed row comes once,
                as it is now
        """
        queries = [_changed(self._read, change) for change in self._changes[table] if not change.empty]
        return self._engine.frame(" UNION ALL ".join(queries)) if queries else _nothing(self._engine, TABLES[table])

    def staged_again(self, import_id: int) -> tuple[str, ...]:
        """Stage the rows of a held import and compare them with what is stored; returns the tables.

        What newer imports have told since is left out: `left_out` says how much.
        """
        self._overtaken = Overtaken(self._store, import_id, self.arrival.source)
        for held in self._store.held.stage(import_id, self.arrival.source):
            staged, self._left_out[held.table.name] = self._overtaken.leave_out(held)
            self._staged[staged.table.name] = staged
            self._changes[staged.table.name] = self._reconciliation.changes(staged)
        return tuple(self._changes)

    def left_out(self, table: str) -> LeftOut:
        """What a held import that is released leaves to newer imports."""
        return self._left_out.get(table, LeftOut())

    @property
    def compared(self) -> tuple[str, ...]:
        """The tables that were staged and compared."""
        return tuple(self._changes)

    def counts(self, table: str) -> Counts:
        """What the import would change in a table that was compared."""
        return sum((change.counts for change in self._changes[table]), Counts())

    def forget(self) -> None:
        """Drop what the comparison left in the engine."""
        if self._overtaken is not None:
            self._overtaken.forget()
        self._reconciliation.forget()

    def _read(self, change: PartitionChange) -> str:
        folder = self._store.folders[change.table.name].folder
        return parquet(
            (folder / stored.path for stored in change.rewrite), "filename = 'stored_in'", "file_row_number = true"
        )

    def commit(self, row: ImportRow, alongside: Alongside | None = None) -> ImportRow:
        """Make the import count: facts, roll-up, identities, quarantine and the import's row, all or nothing.

        Raises  what the engine, the disk or `within` raises; then the store is as it was
        """
        alongside = alongside or Alongside()
        self._store.held.note_told(self.id, self._staged, self._older_that_wait())
        with self._store.writing() as writing:
            stale = self._write(writing)
            done = self._row(row, DONE)
            apart = lateness_apart([*self._store.ledger.imports(), done])
            roll_up(self._engine, writing, stale, apart)
            writing.commit(lambda transaction: _record(transaction, done, alongside))
        if alongside.disposed:
            # The import counts already, and the codes are hidden. What a full disk stops here, the next import does.
            with suppress(OSError):
                self._store.finish_disposals()
        self._store.held.drop(done.id)
        return done

    def _older_that_wait(self) -> list[int]:
        imports = self._store.ledger.imports()
        return [
            row.id
            for row in imports
            if row.status == HELD and row.source == self.arrival.source and row.id < self.arrival.id
        ]

    def _row(self, row: ImportRow, status: str) -> ImportRow:
        at = self.arrival.at
        # Finished no earlier than known: a released import was finished, as held, long before.
        finished = max(row.finished_at, at)
        return replace(row, id=self.arrival.id, source=self.arrival.source, at=at, finished_at=finished, status=status)

    def _write(self, writing: Writing) -> list[StaleDays]:
        stale = []
        for changes in self._changes.values():
            for change in changes:
                if change.empty:
                    continue
                written = write_change(writing, change, self.arrival)
                if change.table.monthly:
                    stale.append(stale_days(writing, change, written))
        return stale

    def hold(self, row: ImportRow, alongside: Alongside | None = None) -> ImportRow:
        """Store the staged rows apart, unused, until a person releases or discards the import."""
        held = self._row(row, HELD)
        self._store.held.keep(held.id, self._staged)
        with self._store.ledger.transaction() as transaction:
            _record(transaction, held, alongside or Alongside())
        return held


def _record(transaction: Transaction, row: ImportRow, alongside: Alongside) -> None:
    alongside.within()
    transaction.put_import(row)
    if alongside.quarantine is not None:
        transaction.put_quarantine(row.id, alongside.quarantine)
    if alongside.disposed:
        transaction.put_disposal(Disposal(row.at, row.by, alongside.disposed))


def _changed(read: Callable[[PartitionChange], str], change: PartitionChange) -> str:
    added = f"SELECT {casts(change.table.columns)}, false AS ended FROM ({change.added})"
    if change.closed is None:
        return added
    return (
        f"{added} UNION ALL SELECT {names(change.table.names, within='f')}, true AS ended FROM {read(change)} f"
        f" SEMI JOIN (SELECT * FROM {change.closed} WHERE ended) x"
        f" ON f.stored_in = x.stored_in AND f.file_row_number = x.position"
    )


def _nothing(engine: Engine, table: Table) -> pl.DataFrame:
    return engine.frame(f"SELECT *, false AS ended FROM ({empty(table.columns)})")
