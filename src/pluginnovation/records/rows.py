"""The rows of one pupil with where each came from, and what the tables hold in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pluginnovation.privacy.grounds import Grant

from .columns import SQL_TYPES, Column, Table
from .delta import DeltaFolder
from .derived import DERIVED
from .engine import literal, name, names, parquet
from .facts import Picture, hidden_codes
from .ledger import Ledger

if TYPE_CHECKING:
    from .store import Store


@dataclass(frozen=True, slots=True)
class TableStatus:
    """What one source has in one table: rows believed now, and their first and last day (None: no days)."""

    source: str
    table: str
    rows: int
    first: date | None
    last: date | None


_ORIGIN: Final[dict[str, Any]] = {
    "import_id": pl.Int32,
    "imported_at": pl.Datetime("us", "UTC"),
    "file": pl.String,
    "row_no": pl.Int32,
}


def rows_of(store: "Store", grant: Grant, table: Table, period: tuple[date, date]) -> pl.DataFrame:
    """The rows of the pupil that a grant opens, in day order, with the import, file and row each came from.

    Takes   period   first and last day, inclusive; a table without days gives all its rows
    """
    since, until = period
    folder = store.folders[table.name]
    paths = [
        folder.folder / stored.path
        for stored in folder.files(store.ledger.head().get(table.name, 0))
        if stored.current and stored.partition["source"] == grant.source
        # Files tell their days, so that a month opens a month's files.
        if (held := stored.days(table.day)) is None or (held[0] <= until and since <= held[1])
    ]
    hidden = hidden_codes(store.ledger.disposals())
    if not paths or grant.pupil in hidden:
        return _no_rows(store, table.columns)
    within = f" AND {name(table.day)} BETWEEN {literal(since)} AND {literal(until)}" if table.day else ""
    found = store.engine.beside(
        f"SELECT {names(table.names)}, import_id, file_no, row_no FROM {parquet(paths)}"
        f" WHERE pupil = {literal(grant.pupil)}{within} ORDER BY {names(table.sort)}"
    )
    return found.join(_origins(store.ledger), on=["import_id", "file_no"], how="left").select(*table.names, *_ORIGIN)


def _no_rows(store: "Store", columns: tuple[Column, ...]) -> pl.DataFrame:
    shown = ", ".join(f"CAST(NULL AS {SQL_TYPES[column.type]}) AS {name(column.name)}" for column in columns)
    nothing = store.engine.beside(f"SELECT {shown} WHERE false")
    return nothing.with_columns(pl.lit(None, kind).alias(word) for word, kind in _ORIGIN.items())


def _origins(ledger: Ledger) -> pl.DataFrame:
    """Which file each number of each import stands for."""
    listed = [
        (row.id, number, row.at, file) for row in ledger.imports() for number, file in enumerate(row.files or ("",))
    ]
    schema: dict[str, Any] = {
        "import_id": pl.Int32,
        "file_no": pl.Int16,
        "imported_at": pl.Datetime("us", "UTC"),
        "file": pl.String,
    }
    return pl.DataFrame(listed, schema=schema, orient="row")


def table_status(folders: Mapping[str, DeltaFolder], picture: Picture) -> list[TableStatus]:
    """Rows, first and last day per source and table of facts, told by the log without reading a file."""
    found = []
    for table, folder in folders.items():
        if table in DERIVED:
            continue
        files = [stored for stored in folder.files(picture.head.get(table, 0)) if stored.current]
        for source in sorted({stored.partition["source"] for stored in files}):
            ours = [stored for stored in files if stored.partition["source"] == source]
            day = (
                "date"
                if "date" in ours[0].low
                else next((d for d in ("end_date", "registered_date") if d in ours[0].low), "")
            )
            days = [held for stored in ours if (held := stored.days(day))]
            found.append(
                TableStatus(
                    source,
                    table,
                    sum(stored.rows for stored in ours),
                    min((held[0] for held in days), default=None),
                    max((held[1] for held in days), default=None),
                )
            )
    return found
