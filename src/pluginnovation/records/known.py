"""What may be referred to: the ids of a resource, in this source and in the store, ended ones too."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from .engine import name, names, parquet
from .pupil_tables import LESSONS
from .tables import TABLES

if TYPE_CHECKING:
    from .store import Store

RULES_OF_REFERENCES: Final = {
    "persons": "unknown_person",
    "organisations": "unknown_organisation",
    "groups": "unknown_group",
    "activities": "unknown_activity",
}


class Known:
    """The ids that references may name. A resource that exists nowhere is not checked against."""

    def __init__(self, store: "Store", source: str) -> None:
        self._store, self._source = store, source
        self._ids: dict[str, pl.Series | None] = {}

    def stored(self, table: str) -> pl.Series | None:
        """Every id the store ever had from this source; None when it never had the resource.

        A lesson from last year may name an activity or a pupil that has ended since.
        """
        head = self._store.ledger.head().get(table, 0)
        folder = self._store.folders[table]
        files = [found for found in folder.files(head) if found.partition.get("source") == self._source] if head else []
        if not files:
            return None
        key = name(TABLES[table].key[0])
        return self._store.engine.frame(
            f"SELECT DISTINCT {key} AS id FROM {parquet(folder.folder / found.path for found in files)}"
        )["id"]

    def current(self, table: str) -> pl.DataFrame:
        """The believed rows of a small table, from this source."""
        rows = self._store.facts().table(TABLES[table])
        return self._store.frame(rows.filter(rows.source == self._source))

    def lessons_at(self, times: pl.DataFrame, folder: Path) -> pl.DataFrame:
        """The keys of the believed lessons at some times.

        Takes   times    activity, date, start_minute
                folder   where a scratch file may be written
        """
        months = {f"{month:%Y-%m}" for month in times["date"].dt.month_start().unique().to_list()}
        head = self._store.ledger.head().get(LESSONS.name, 0)
        stored = self._store.folders[LESSONS.name]
        files = [
            stored.folder / found.path
            for found in (stored.files(head) if head else ())
            if found.current and found.partition.get("source") == self._source and found.partition["month"] in months
        ]
        if not files:
            return pl.DataFrame()
        path = folder / "cancelled.parquet"
        times.write_parquet(path)
        return self._store.engine.frame(
            f"SELECT {names(LESSONS.key, within='l')} FROM {parquet(files)} l SEMI JOIN {parquet([path])} c"
            f" USING ({names(times.columns)})"
        )

    def add(self, table: str, ids: pl.Series) -> None:
        """Ids that this source gives."""
        before = self.ids(table)
        self._ids[table] = (ids if before is None else pl.concat([before, ids])).unique()

    def ids(self, table: str) -> pl.Series | None:
        """What may be named; None: anything."""
        if table not in self._ids:
            self._ids[table] = self.stored(table)
        return self._ids[table]

    def unknown(self, table: str, cells: pl.Series) -> pl.Series | None:
        """True where a cell names nothing known; None when every cell is fine."""
        known = self.ids(table)
        if known is None:
            return None
        missing = cells.unique().drop_nulls()
        missing = missing.filter(~missing.is_in(known.to_list()))
        return cells.is_in(missing.to_list()).fill_null(value=False) if missing.len() else None
