"""The store: facts that can be trusted, and the one engine that computes on them.

Facts and derived tables are Delta tables under the home; the ledger says which version of each counts. This is the
only file that opens the engine. What computes beside it is named in `computing.py`.
"""

import errno
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self

import duckdb
import ibis
import polars as pl

from pluginnovation.privacy.grounds import Grant

from .ahead import Ahead
from .applying import Arrival
from .days import days_then, rebuild_days
from .derived import DERIVED, PUPIL_DAYS, SIGNALS
from .disposal import decide_disposal, finish_disposals
from .engine import duck_sql, name
from .facts import Facts, Picture, disposed_since, picture_of
from .held import HeldImports, waiting_import
from .import_run import ImportRun, next_arrival
from .ledger import HELD, Ledger, lateness_apart
from .rows import TableStatus, rows_of, table_status
from .scratch import Scratch, sweep
from .signal_table import signal_days, signals_of, write_signals
from .tables import TABLES
from .tidying import tidy
from .writing import Writing, folder_of, recover, writers_lock

WAIT_SECONDS: Final = 30.0
EVERY_TABLE: Final = (*TABLES.values(), *DERIVED.values())


class DuckEngine:
    """DuckDB in the process. One statement at a time, but for short reads beside."""

    def __init__(self, scratch: Path, *, memory: str, threads: int) -> None:
        self._scratch = Scratch(scratch)
        self.scratch = self._scratch.folder
        self._turn, self._naming, self._ahead = threading.RLock(), threading.Lock(), Ahead()
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory,
                "threads": threads,
                "temp_directory": str(self.scratch),
                # Nothing relies on the order of rows, and its own tables last a few steps: no keeping, no tidying up.
                "preserve_insertion_order": False,
                "checkpoint_threshold": "1TB",
                # The engine never goes out on the network by itself.
                "autoinstall_known_extensions": False,
                "TimeZone": "UTC",
            },
        )

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        self._ahead.settled()
        return self._run(sql, values)

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._turn, _disk_errors():
            return self._connection.execute(sql, list(values)).fetchall()

    def frame(self, sql: str) -> pl.DataFrame:
        """The same as a frame."""
        self._ahead.settled()
        with self._turn, _disk_errors():
            return pl.DataFrame(self._connection.sql(sql).to_arrow_table())

    def run_beside(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives, on a connection of its own: several can run at once."""
        with _disk_errors(), self._connection.cursor() as cursor:
            return cursor.execute(sql).fetchall()

    def beside(self, sql: str) -> pl.DataFrame:
        """A frame, read on a connection of its own: a short read doesn't wait for a long one."""
        with _disk_errors(), self._connection.cursor() as cursor:
            return pl.DataFrame(cursor.sql(sql).to_arrow_table())

    def view(self, named: str, sql: str, *, of_files: bool = False) -> None:
        """Give a query a name, in place of an earlier one. One of files doesn't wait for what runs ahead."""
        with self._naming:
            (self.run_beside if of_files else self.run)(f"CREATE OR REPLACE VIEW {name(named)} AS {sql}")

    def keep(self, named: str, sql: str) -> None:
        """Begin to compute the rows of a query, once, to be kept under a name; the next statement waits for them."""
        self._ahead.begin(lambda: self._run(f"CREATE OR REPLACE TEMP TABLE {name(named)} AS {sql}"))

    def sql_of(self, expression: ibis.Table) -> str:
        """The engine's SQL for an expression."""
        return duck_sql(expression)

    def close(self) -> None:
        """Close the engine and delete its scratch files."""
        self._ahead.close()
        with self._turn:
            self._connection.close()
        self._scratch.remove()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """The engine's own error for a full or broken disk, as the error that Python has for it."""
    try:
        yield
    except duckdb.IOException as error:
        raise OSError(errno.ENOSPC if "No space left" in str(error) else errno.EIO, str(error)) from error


class Store(AbstractContextManager["Store"]):
    """Facts and derived tables of one home."""

    def __init__(self, home: Path, ledger: Ledger, engine: DuckEngine) -> None:
        self.home, self.ledger, self.engine = home, ledger, engine
        self.folders = {table.name: folder_of(home, table) for table in EVERY_TABLE}
        self.held = HeldImports(engine, home / "held")
        self._note = home / "facts" / "writing.json"
        self._turn, self._locked = threading.RLock(), False

    @classmethod
    def open(cls, home: Path, ledger: Ledger, *, memory: str = "2GB", threads: int = 2) -> Self:
        """Open the store of a home. Reading needs no lock; the first writer makes what is missing.

        Takes   memory    the engine's limit; beyond it, it works in scratch files under the home
                threads   how many cores it may use
        """
        return cls(home, ledger, DuckEngine(home / "scratch", memory=memory, threads=threads))

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def picture(self, known_at: datetime | None = None) -> Picture:
        """Which versions count now, and whom to leave out."""
        return picture_of(self.ledger, known_at)

    def facts(self, known_at: datetime | None = None) -> Facts:
        """The facts as believed now, or as known at an earlier time."""
        return Facts(self.engine, self.folders, self.picture(known_at), disposed_since(self.ledger, known_at))

    def days(self, known_at: datetime | None = None) -> ibis.Table:
        """`pupil_days`: stored for what we know now, worked out when asked for an earlier time."""
        picture = self.picture(known_at)
        facts = Facts(self.engine, self.folders, picture, frozenset())
        if picture.known_at is None:
            return facts.table(PUPIL_DAYS)
        return days_then(self.engine, facts, facts.months(), self.engine.scratch, lateness_apart(self.ledger.imports()))

    def frame(self, expression: ibis.Table) -> pl.DataFrame:
        """The rows of an expression."""
        return self.engine.frame(self.engine.sql_of(expression))

    def materialise(self, expression: ibis.Table, named: str) -> ibis.Table:
        """The rows of an expression, computed once and kept under a name until it is used again."""
        self.engine.keep(named, self.engine.sql_of(expression))
        return ibis.table(expression.schema(), name=named)

    def sql(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement in the engine. For records code only; stages write expressions."""
        return self.engine.run(statement, values)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer. Whatever a killed writer left behind is undone first.

        Raises  Refusal 'store_busy' when another writer is still at work after WAIT_SECONDS
        """
        with self._turn:
            if self._locked:
                yield
                return
            with writers_lock(self.home / "writers.lock", WAIT_SECONDS):
                self._locked = True
                try:
                    recover(self.ledger, self.folders, self._note)
                    sweep(self.home / "scratch")
                    yield
                finally:
                    self._locked = False

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A change of the store. Ends with its `commit`; anything else leaves the store as it was."""
        with self.lock():
            change = Writing(self.engine, self.ledger, self.folders, self._note)
            try:
                yield change
            except BaseException:
                # When even this fails (the ledger is out of reach), the next writer does it.
                with suppress(Exception):
                    change.undo()
                raise

    @contextmanager
    def importing(self, source: str, at: datetime) -> Iterator[ImportRun]:
        """An import under way, alone with the store until the block ends.

        Takes   at   when its rows become known; moved on when an earlier import was as late
        """
        with self.lock():
            self.finish_disposals()
            with self._running(next_arrival(self.ledger, source, at)) as run:
                yield run

    @contextmanager
    def releasing(self, import_id: int, at: datetime) -> Iterator[ImportRun]:
        """A held import under way again, with its rows staged and compared; its `commit` makes them count.

        Raises  Refusal 'not_held'
        """
        with self.lock():
            held = waiting_import(self.ledger, import_id)
            arrival = replace(next_arrival(self.ledger, held.source, at), id=held.id)
            with self._running(arrival) as run:
                run.staged_again(import_id)
                yield run

    @contextmanager
    def _running(self, arrival: Arrival) -> Iterator[ImportRun]:
        run = ImportRun(self, arrival)
        try:
            yield run
        finally:
            run.forget()

    def roll_up(self) -> None:
        """Work out every day of the roll-up again, from all lessons."""
        with self.writing() as change:
            rebuild_days(self.engine, change, lateness_apart(self.ledger.imports()))
            change.commit()

    def write_signals(self, as_of: date, expression: ibis.Table, **note: str) -> int:
        """Keep the signals of a day, in place of those of an earlier run for it; returns how many rows."""
        with self.writing() as change:
            rows = write_signals(change, as_of, self.engine.sql_of(expression), note)
            change.commit()
        return rows

    def signals(self, as_of: date) -> ibis.Table:
        """The signals kept for a day; empty when it was never run."""
        return signals_of(self.engine, self.folders[SIGNALS.name], self.picture(), as_of)

    def signal_days(self) -> list[date]:
        """The days for which signals are kept, in order."""
        return signal_days(self.folders[SIGNALS.name], self.picture())

    def lessons_of(self, grant: Grant, since: date, until: date) -> pl.DataFrame:
        """The lessons of the pupil that the grant opens, with the import, file and row each came from."""
        return self.rows_of(grant, "lessons", since, until)

    def rows_of(self, grant: Grant, table: str, since: date, until: date) -> pl.DataFrame:
        """The rows of one pupil in a table of facts whose day lies in the period, with where each came from.

        Takes   grant   made by the door, after the visit was written
        Gives   the table's columns, then `import_id`, `imported_at`, `file`, `row_no`
        """
        return rows_of(self, grant, TABLES[table], (since, until))

    def status(self) -> list[TableStatus]:
        """Rows, first and last day per source and table, told by the log without reading a file."""
        return table_status(self.folders, self.picture())

    def purge(self, codes: Iterable[str], *, at: datetime, by: str) -> None:
        """Delete pupils' rows everywhere: facts, history, derived tables, held imports. No version keeps them."""
        with self.lock():
            decide_disposal(self.ledger, codes, at=at, by=by)
            self.finish_disposals()

    def finish_disposals(self) -> None:
        """Carry out every disposal that is decided but not done; also what a killed process left."""
        with self.lock():
            finish_disposals(self)

    def tidy(self) -> int:
        """Write parts of tables that lie in many small files together; returns how many. Changes no row."""
        with self.writing() as change:
            parts = sum(tidy(change, table) for table in EVERY_TABLE)
            change.commit()
        return parts

    def vacuum(self) -> int:
        """The night's work: finish disposals, tidy, delete files older than seven days; returns how many."""
        with self.lock():
            self.finish_disposals()
            self.tidy()
            self.held.sweep(row.id for row in self.ledger.imports() if row.status == HELD)
            return sum(folder.vacuum() for folder in self.folders.values())
