"""The ledger: which version of each table counts, which imports there were, what was turned away.

Facts are files; the ledger says which files count. Whatever belongs to one change (identities, the import's row, its
quarantine, the new versions) is written in one transaction of the ledger, and that commit is the only moment at
which anything changes. There are two ledgers: `FileLedger`, one JSON file, and the database's in `web/records`.
Both pass the same tests (`tests/unit/records/ledger_promises.py`).
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

import polars as pl

DONE: Final = "done"
HELD: Final = "held"
DISCARDED: Final = "discarded"
UNDONE: Final = "undone"

# One row per record that was turned away. `column` names the columns that the rule is about, the one it looks at first
# and the ones it compares it with; empty: the whole row. `value_class` describes the value in the first (such as
# 'negative' or 'text'); the value itself is never written.
QUARANTINE_COLUMNS: Final = {
    "resource": pl.String,
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "rule": pl.String,
    "value_class": pl.String,
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import.

    id             counts up from 1; rows of facts carry it
    source         the source's name; its rows belong to one authority
    place          the last part of the path or address it was read from, never the whole
    by             who asked for it
    at             when it became known: `known_from` of its rows. Strictly later than the import before
    finished_at    when it was committed; an as-known read at T uses the imports finished at or before T
    status         done, held (stored apart, not used), discarded, or undone (taken back after it counted)
    simulated      the source says that its data are made up
    lateness_is_absence   whether the source counts late minutes as absence
    profile        how its files were read, and profile_version: in which version
    files          the names of its files; a row's `file_no` is the index here
    counts         per resource: read, new, changed, unchanged, ended, superseded, refused_protected, …
    fingerprints   per resource: what tells that the same content has come again
    because        why it is held: stable codes with the resource
    limits         which of the source's own limits it was judged by (`bounds.Limits`); empty: the defaults
    decided_by     who released, discarded or took it back; empty: nobody had to
    why            the reason that person gave
    undone_at      when it was taken back: `known_to` of its rows, `known_from` of those that count again in their place
    undoable       what it changed outside the facts is kept for a while, so that it can be taken back
    """

    id: int
    source: str
    place: str
    by: str
    at: datetime
    finished_at: datetime
    status: str = DONE
    simulated: bool = False
    lateness_is_absence: bool = True
    profile: str = "csv"
    files: tuple[str, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    because: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    profile_version: int = 1
    decided_by: str = ""
    why: str = ""
    undone_at: datetime | None = None
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Disposal:
    """Pupils whose rows were deleted everywhere.

    at       as-known reads from before this answer *disposed* for these codes
    codes    the opaque codes
    purged   False between the decision and the deletion: readers hide the codes at once
    """

    at: datetime
    by: str
    codes: frozenset[str]
    purged: bool = False


class Transaction(Protocol):
    """What one commit of the ledger writes. Nothing is seen by others before the block ends without an error."""

    def set_head(self, table: str, version: int) -> None:
        """From now on this version of the table counts."""

    def put_import(self, row: ImportRow) -> None:
        """Write the import; an earlier row with the same id is replaced (a held one that is released)."""

    def put_quarantine(self, import_id: int, rows: pl.DataFrame) -> None:
        """Write what was turned away, with QUARANTINE_COLUMNS; replaces what the import had before."""

    def put_disposal(self, disposal: Disposal) -> None:
        """Write the disposal; an earlier one with the same `at` is replaced."""


class Ledger(Protocol):
    """What the store asks of a ledger. Every answer is as of the last commit."""

    def head(self) -> dict[str, int]:
        """The version that counts for each table; a table never written is missing."""

    def imports(self) -> list[ImportRow]:
        """All imports, by id, held and discarded ones too."""

    def quarantine(self, import_id: int) -> pl.DataFrame:
        """What an import turned away, with QUARANTINE_COLUMNS."""

    def disposals(self) -> list[Disposal]:
        """All disposals, by time."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One commit. An error inside the block undoes all of it, and rises."""


def moments(imports: Iterable[ImportRow]) -> list[tuple[datetime, datetime]]:
    """Every time at which what we know changed, and when that was finished: imports, and the undoing of some."""
    imports = list(imports)
    read = [(row.at, row.finished_at) for row in imports if row.status in (DONE, UNDONE)]
    return read + [(row.undone_at, row.undone_at) for row in imports if row.undone_at is not None]


def lateness_apart(imports: Iterable[ImportRow]) -> frozenset[int]:
    """The imports whose source doesn't count late minutes as absence."""
    return frozenset(row.id for row in imports if not row.lateness_is_absence)
