"""Deleting rows by their age: whole months of lessons, whole days of signals. Rows of held pupils stay."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from .applying import ordered
from .columns import Table
from .delta import NOW, THEN, StoredFile
from .derived import DERIVED, PUPIL_DAYS, SIGNALS
from .engine import literal, name, parquet
from .tables import TABLES
from .writing import Writing, stored_columns

if TYPE_CHECKING:
    from .store import Store

# What grows with the days. Each file of these holds one month, or one day of a run.
AGING: Final[Mapping[str, Table]] = {table.name: table for table in (TABLES["lessons"], PUPIL_DAYS, SIGNALS)}


def rows_before(store: "Store", before: Mapping[str, date], *, keep: Sequence[str] = ()) -> dict[str, int]:
    """How many stored rows are older, per table, believed rows and those of history together.

    Takes   before   for each table of AGING the first day that stays; of lessons and days whole months go
            keep     codes of pupils whose rows stay
    """
    head = store.ledger.head()
    counts = {}
    for table, limit in before.items():
        files = [stored for stored in store.folders[table].files(head.get(table, 0)) if _is_older(stored, limit)]
        counts[table] = sum(stored.rows for stored in files) - _kept_rows(store, AGING[table], files, keep)
    return counts


def forget_before(store: "Store", before: Mapping[str, date], *, keep: Sequence[str] = ()) -> dict[str, int]:
    """Delete them, in one change of the store, and then the files of every earlier version; how many per table.

    Killed in between, the next call does what remains. What is gone already is not counted again.
    """
    counts = rows_before(store, before, keep=keep)
    with store.writing() as writing:
        for table, limit in before.items():
            if counts[table]:
                _forget(writing, AGING[table], limit, keep)
        writing.commit()
    for table in before:
        store.folders[table].vacuum(hours=0)
    return counts


def _forget(writing: Writing, table: Table, limit: date, keep: Sequence[str]) -> None:
    for stored in [each for each in writing.files(table.name) if _is_older(each, limit)]:
        writing.remove(table.name, [stored])
        if keep:
            query = f"SELECT * FROM {parquet(writing.paths(table.name, [stored]))} WHERE {_among(table, keep)}"
            columns = stored_columns(table, derived=table.name in DERIVED)
            kind = NOW if stored.current else THEN
            writing.add(table.name, ordered(table, query), stored.partition, columns=columns, kind=kind)


def _kept_rows(store: "Store", table: Table, files: Sequence[StoredFile], keep: Sequence[str]) -> int:
    if not files or not keep:
        return 0
    paths = parquet(store.folders[table.name].folder / stored.path for stored in files)
    return int(store.engine.run(f"SELECT count(*) FROM {paths} WHERE {_among(table, keep)}")[0][0])


def _among(table: Table, keep: Sequence[str]) -> str:
    listed = ", ".join(literal(code) for code in keep)
    return " OR ".join(f"{name(column)} IN ({listed})" for column in table.person_columns)


def _is_older(stored: StoredFile, limit: date) -> bool:
    return any(part < wanted for part, wanted in _parts(stored, limit))


def _parts(stored: StoredFile, limit: date) -> Iterator[tuple[str, str]]:
    """The part of a file that tells its age, and the first that stays, both as text in the order of time."""
    if "month" in stored.partition:
        yield stored.partition["month"], limit.isoformat()[:7]
    if "as_of" in stored.partition:
        yield stored.partition["as_of"], limit.isoformat()
