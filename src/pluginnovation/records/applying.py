"""Writing what an import changes: new rows in new files, closed rows moved aside."""

from dataclasses import dataclass
from datetime import datetime

from .columns import Table
from .delta import THEN, StoredFile
from .engine import casts, literal, names, parquet
from .reconcile import PartitionChange
from .writing import Writing, stored_columns


@dataclass(frozen=True, slots=True)
class Arrival:
    """The import that rows come with: what their provenance columns will say."""

    id: int
    source: str
    at: datetime


def write_change(writing: Writing, change: PartitionChange, arrival: Arrival) -> StoredFile | None:
    """Write one partition's change; returns the new file with the rows believed from now on, when it is one file."""
    table = change.table
    columns = stored_columns(table, derived=False)
    if change.closed is None and change.ready:
        taken = [writing.adopt(table.name, ready, change.partition) for ready in change.ready]
        return taken[0] if len(taken) == 1 else None
    if change.closed is None:
        # Sorted first and completed after: the sort moves the fewest bytes.
        added = _with_provenance(change, arrival, ordered(table, change.added))
        return writing.add(table.name, added, change.partition, columns=columns)
    added = _with_provenance(change, arrival, change.added)
    stored = parquet(writing.paths(table.name, change.rewrite), "filename = 'stored_in'", "file_row_number = true")
    listed = names((column.name for column in columns), within="f")
    same_row = "f.stored_in = x.stored_in AND f.file_row_number = x.position"
    kept = f"SELECT {listed} FROM {stored} f ANTI JOIN {change.closed} x ON {same_row}"
    ending = f"SELECT {listed} FROM {stored} f SEMI JOIN {change.closed} x ON {same_row}"
    closed = f"SELECT * REPLACE ({literal(arrival.at)} AS known_to) FROM ({ending})"
    now = writing.add(table.name, ordered(table, f"{kept} UNION ALL {added}"), change.partition, columns=columns)
    writing.add(table.name, ordered(table, closed), change.partition, columns=columns, kind=THEN)
    writing.remove(table.name, change.rewrite)
    return now


def _with_provenance(change: PartitionChange, arrival: Arrival, rows: str) -> str:
    table = change.table
    month = f", {literal(change.partition['month'])} AS month" if table.monthly else ""
    return (
        f"SELECT {casts(table.columns)}, {literal(arrival.source)} AS source, {literal(arrival.at)} AS known_from,"
        f" CAST(NULL AS TIMESTAMPTZ) AS known_to, {arrival.id}::INTEGER AS import_id, file_no::SMALLINT AS file_no,"
        f" row_no::INTEGER AS row_no{month} FROM ({rows})"
    )


def ordered(table: Table, query: str) -> str:
    """The query in the order that the table's files have."""
    return f"SELECT * FROM ({query}) ORDER BY {names(table.sort)}"
