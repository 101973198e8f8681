"""One change of the store: from the writers' lock, over files and Delta versions, to the ledger's commit.

Files are written first, then committed to their Delta tables, and last the ledger names the new versions. Whatever
stops the process before the ledger's commit leaves files and versions that nobody reads; the next writer removes
them. A note on disk says that a change is under way and what its files are called.
"""

import fcntl
import json
import os
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .columns import PROVENANCE, Column, Table
from .delta import NOW, DeltaFolder, StoredFile
from .derived import DERIVED, SIGNALS
from .engine import Engine
from .ledger import Ledger, Transaction
from .parquet_files import Place, ReadyFile, adopt_file, write_file, write_files
from .refusals import Refusal

MONTH: Final = Column("month")
NOTHING_NOTED: Final[Mapping[str, str]] = {}


def stored_columns(table: Table, *, derived: bool) -> tuple[Column, ...]:
    """The columns in a table's files, in order."""
    month = (MONTH,) if table.monthly else ()
    return table.columns + (() if derived else PROVENANCE) + month


def folder_of(home: Path, table: Table) -> DeltaFolder:
    """The Delta table of a table: facts and derived ones apart, in parts by source and month, or by day of a run."""
    derived = table.name in DERIVED
    parts = ("as_of",) if table.name == SIGNALS.name else ("source", "month") if table.monthly else ("source",)
    place = home / ("derived" if derived else "facts") / table.name
    return DeltaFolder(place, stored_columns(table, derived=derived), parts)


@contextmanager
def writers_lock(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock that two writers never hold together. A killed process holds nothing.

    Raises  Refusal 'store_busy' when another writer is still at work after `wait` seconds
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, time.monotonic() + wait)
        yield
    finally:
        os.close(handle)


def _take(handle: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise _busy() from None
            time.sleep(0.05)


def _busy() -> Refusal:
    return Refusal(
        "store_busy",
        what=("En annan inläsning eller körning skriver just nu.", "Another import or run is writing right now."),
        todo=("Vänta tills den är klar och försök igen.", "Wait until it has finished and try again."),
    )


class Writing:
    """A change under way. Used inside the writers' lock; ends with `commit` or `undo`."""

    def __init__(self, engine: Engine, ledger: Ledger, folders: Mapping[str, DeltaFolder], note: Path) -> None:
        self._engine, self._ledger, self._folders, self._note = engine, ledger, folders, note
        self.head = ledger.head()
        self.mark = secrets.token_hex(8)
        self._serial = 0
        self._added: dict[str, list[StoredFile]] = defaultdict(list)
        self._removed: dict[str, dict[str, StoredFile]] = defaultdict(dict)
        note.parent.mkdir(parents=True, exist_ok=True)
        _write_durably(note, json.dumps({"mark": self.mark, "head": self.head}))

    def files(self, table: str) -> tuple[StoredFile, ...]:
        """The files the table will have: those of the head, less the removed, and the added ones."""
        gone = self._removed[table]
        before = self._folders[table].files(self.head.get(table, 0))
        return tuple(stored for stored in before if stored.path not in gone) + tuple(self._added[table])

    def paths(self, table: str, files: Iterable[StoredFile]) -> list[Path]:
        """Where files of a table are on disk."""
        return [self._folders[table].folder / stored.path for stored in files]

    def add(
        self, table: str, query: str, partition: Mapping[str, str], *, columns: tuple[Column, ...], kind: str = NOW
    ) -> StoredFile | None:
        """Write the rows of a query as a new file of the table; None when there are none."""
        return self._add(table, query, self._place(table, partition, kind), columns, NOTHING_NOTED)

    def add_noted(
        self, table: str, query: str, partition: Mapping[str, str], *, columns: tuple[Column, ...],
        note: Mapping[str, str],
    ) -> StoredFile | None:  # fmt: skip
        """The same with what the file should say about itself, by name."""
        return self._add(table, query, self._place(table, partition, NOW), columns, note)

    def _add(
        self, table: str, query: str, place: Place, columns: tuple[Column, ...], note: Mapping[str, str]
    ) -> StoredFile | None:
        stored = write_file(self._engine, query, place, columns=columns, note=note)
        if stored is not None:
            self._added[table].append(stored)
        return stored

    def add_all(
        self, table: str, queries: Iterable[tuple[str, Mapping[str, str]]], *, columns: tuple[Column, ...]
    ) -> None:
        """Write a new file of the table for each query and its part, several at once. They may read files only."""
        placed = [(query, self._place(table, partition, NOW)) for query, partition in queries]
        self._added[table] += [stored for stored in write_files(self._engine, placed, columns=columns) if stored]

    def _place(self, table: str, partition: Mapping[str, str], kind: str) -> Place:
        folder = self._folders[table]
        self._serial += 1
        return Place(folder.folder, folder.place(partition, kind, f"{self.mark}-{self._serial:04}"), partition)

    def adopt(self, table: str, ready: ReadyFile, partition: Mapping[str, str]) -> StoredFile:
        """Take over a file that is ready: moved, not written again."""
        stored = adopt_file(ready, self._place(table, partition, NOW))
        self._added[table].append(stored)
        return stored

    def remove(self, table: str, files: Iterable[StoredFile]) -> None:
        """Leave these files out of the table's new version."""
        for stored in files:
            self._removed[table][stored.path] = stored

    def changed(self) -> list[str]:
        """The tables that this change gives a new version."""
        return [name for name in self._folders if self._added[name] or self._removed[name]]

    def commit(self, within: Callable[[Transaction], None] | None = None) -> dict[str, int]:
        """Make it count: Delta versions first, then the ledger. Returns the new version of each changed table.

        Takes   within   writes what else belongs to the change, in the same transaction of the ledger
        """
        versions = {
            table: self._folders[table].commit(self._added[table], self._removed[table].values(), {"change": self.mark})
            for table in self.changed()
        }
        with self._ledger.transaction() as transaction:
            if within:
                within(transaction)
            for table, version in versions.items():
                transaction.set_head(table, version)
        self._note.unlink(missing_ok=True)
        return versions

    def undo(self) -> None:
        """Remove whatever this change left behind, unless the ledger committed it after all."""
        recover(self._ledger, self._folders, self._note)


def recover(ledger: Ledger, folders: Mapping[str, DeltaFolder], note: Path) -> bool:
    """Bring files and Delta tables back to what the ledger's head says; returns whether a change was undone.

    Raises  Refusal 'store_elsewhere' when the newest versions differ from the head although no change was under
            way: then ledger and files don't belong together, and nothing is touched
    """
    head = ledger.head()
    under_way = note.exists()
    undone = False
    for table, folder in folders.items():
        if not folder.exists():
            if head.get(table, 0) > 0:
                raise _elsewhere()
            folder.make()
        elif folder.latest() < head.get(table, 0):
            raise _elsewhere()
        elif under_way:
            undone = folder.roll_back(head.get(table, 0)) or undone
        elif folder.differs(head.get(table, 0)):
            raise _elsewhere()
    if under_way:
        _sweep(head, folders, _mark(note))
        note.unlink(missing_ok=True)
    return undone


def _mark(note: Path) -> str:
    try:
        return str(json.loads(note.read_text("utf-8"))["mark"])
    except (ValueError, KeyError):
        # Killed while the note itself was written: no file of that change exists yet.
        return ""


def _sweep(head: Mapping[str, int], folders: Mapping[str, DeltaFolder], mark: str) -> None:
    """Delete the files of a change that was never committed."""
    if not mark:
        return
    for table, folder in folders.items():
        kept = {stored.path for stored in folder.files(head.get(table, 0))}
        for path in folder.folder.rglob(f"*{mark}*.parquet"):
            if path.relative_to(folder.folder).as_posix() not in kept:
                path.unlink(missing_ok=True)


def _elsewhere() -> Refusal:
    return Refusal(
        "store_elsewhere",
        what=(
            "Filerna med uppgifter och databasen hör inte ihop.",
            "The files with records and the database don't belong together.",
        ),
        todo=(
            "Kontrollera PLUG_HOME och DATABASE_URL; återställ båda från samma säkerhetskopia.",
            "Check PLUG_HOME and DATABASE_URL; restore both from the same backup.",
        ),
    )


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
