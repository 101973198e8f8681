"""Deleting pupils everywhere: believed rows, history, derived tables and held imports. Nothing keeps a copy."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .applying import ordered
from .columns import Table
from .delta import NOW, THEN, StoredFile
from .derived import DERIVED
from .engine import literal, name, parquet
from .ledger import Disposal, Ledger
from .tables import TABLES
from .waiting import forget_identities
from .writing import Writing, stored_columns

if TYPE_CHECKING:
    from .store import Store


def decide_disposal(ledger: Ledger, codes: Iterable[str], *, at: datetime, by: str) -> None:
    """Write down that these codes are to go; readers hide them from now on."""
    taken = {disposal.at for disposal in ledger.disposals()}
    while at in taken:
        at += timedelta(microseconds=1)
    with ledger.transaction() as transaction:
        transaction.put_disposal(Disposal(at, by, frozenset(codes)))


def finish_disposals(store: "Store") -> None:
    """Carry out the disposals that are decided but not done.

    Readers hide the codes from the decision on; rows go in one change of the store, then the files of every earlier
    version. Killed in between, the next call begins again: deleting what is gone already changes nothing.
    """
    waiting = [disposal for disposal in store.ledger.disposals() if not disposal.purged]
    codes = sorted(code for disposal in waiting for code in disposal.codes)
    if not waiting:
        return
    store.held.purge(codes)
    forget_identities(store.home, codes)
    with store.writing() as writing:
        for table in (*TABLES.values(), *DERIVED.values()):
            if table.person_columns:
                _delete(store, writing, table, codes)
        writing.commit()
    for folder in store.folders.values():
        folder.vacuum(hours=0)
    with store.ledger.transaction() as transaction:
        for disposal in waiting:
            transaction.put_disposal(replace(disposal, purged=True))


def _delete(store: "Store", writing: Writing, table: Table, codes: Iterable[str]) -> None:
    """Write every file of a table that names one of the codes again, without them."""
    files = writing.files(table.name)
    if not files:
        return
    listed = ", ".join(literal(code) for code in codes)
    inside = " OR ".join(f"{name(column)} IN ({listed})" for column in table.person_columns)
    folder = store.folders[table.name].folder
    everything = parquet((folder / stored.path for stored in files), "filename = 'stored_in'")
    hit = {str(path) for (path,) in store.engine.run(f"SELECT DISTINCT stored_in FROM {everything} WHERE {inside}")}
    for stored in files:
        if str(folder / stored.path) in hit:
            _write_without(store, writing, table, (stored, inside))


def _write_without(store: "Store", writing: Writing, table: Table, less: tuple[StoredFile, str]) -> None:
    stored, inside = less
    path = store.folders[table.name].folder / stored.path
    # A code column that is empty is nobody's: `NOT (… IN …)` alone would drop its row.
    query = f"SELECT * FROM {parquet([path])} WHERE NOT COALESCE(({inside}), false)"
    writing.add(
        table.name,
        ordered(table, query),
        stored.partition,
        columns=stored_columns(table, derived=table.name in DERIVED),
        kind=NOW if stored.current else THEN,
    )
    writing.remove(table.name, [stored])
