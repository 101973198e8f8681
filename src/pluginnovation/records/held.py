"""Imports that wait for a person: their staged rows, stored apart from the facts."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from .carried import on
from .engine import Engine, literal, name, names, parquet
from .ledger import HELD, ImportRow, Ledger
from .reconcile import Staged
from .refusals import Refusal
from .staging import CARRIED
from .tables import TABLES

TOLD: Final = "told"


def waiting_import(ledger: Ledger, import_id: int) -> ImportRow:
    """The ledger's row of an import that waits.

    Raises  Refusal 'not_held' when there is none, or it doesn't wait any more
    """
    for row in ledger.imports():
        if row.id == import_id and row.status == HELD:
            return row
    raise Refusal(
        "not_held",
        what=(f"Inläsning {import_id} väntar inte.", f"Import {import_id} isn't held."),
        todo=("Se vilka som väntar med plug records status.", "See which are with plug records status."),
    )


def _keys_told(rows: Staged, held: Path) -> str:
    """SQL for the keys of an import's own rows; of a large table, those that the held import has too."""
    table = rows.table
    told = f"SELECT DISTINCT {names(table.key)} FROM {name(rows.relation)} WHERE file_no <> {CARRIED}"
    if table.whole:
        return told
    return f"SELECT a.* FROM ({told}) a SEMI JOIN {parquet([held])} b ON {on(table.key)}"


class HeldImports:
    """One folder per held import, with what newer ones have told since. The ledger says which still wait."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    def keep(self, import_id: int, staged: Mapping[str, Staged]) -> None:
        """Write the staged rows of an import."""
        self.drop(import_id)
        folder = self._folder / str(import_id)
        folder.mkdir(parents=True, mode=0o700)
        for table, rows in staged.items():
            path = folder / f"{table}.parquet"
            self._engine.run(
                f"COPY (SELECT * FROM {name(rows.relation)}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
            )
        whole = {table: rows.whole for table, rows in staged.items()}
        (folder / "held.json").write_text(json.dumps({"whole": whole}), "utf-8")

    def stage(self, import_id: int, source: str) -> list[Staged]:
        """Put the rows of a held import back where an import reads them."""
        folder = self._folder / str(import_id)
        whole = json.loads((folder / "held.json").read_text("utf-8"))["whole"]
        staged = []
        for table, is_whole in whole.items():
            relation = f"held_{import_id}_{table}"
            path = folder / f"{table}.parquet"
            self._engine.run(f"CREATE OR REPLACE VIEW {name(relation)} AS SELECT * FROM {parquet([path])}")
            staged.append(Staged(TABLES[table], relation, source, is_whole))
        return staged

    def note_told(self, newer: int, staged: Mapping[str, Staged], waiting: Iterable[int]) -> None:
        """Keep the keys that a newer import tells beside each one that waits: confirming leaves no other trace.

        Takes   newer     the import that is about to count; if it never does, nobody asks for its keys
                staged    its rows, as they stand in the engine
                waiting   the held imports of its source
        """
        for import_id in waiting:
            folder = self._folder / str(import_id) / TOLD / str(newer)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, mode=0o700)
            for table, rows in staged.items():
                held = self._folder / str(import_id) / f"{table}.parquet"
                if held.exists():
                    path = folder / f"{table}.parquet"
                    self._engine.run(
                        f"COPY ({_keys_told(rows, held)}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
                    )

    def told(self, import_id: int, table: str, newer: Iterable[int]) -> list[Path]:
        """The files with the keys that newer imports told of a table while this one waited."""
        folder = self._folder / str(import_id) / TOLD
        return [path for each in newer if (path := folder / str(each) / f"{table}.parquet").exists()]

    def drop(self, import_id: int) -> None:
        """Delete the rows of an import that was released or discarded."""
        shutil.rmtree(self._folder / str(import_id), ignore_errors=True)

    def sweep(self, waiting: Iterable[int]) -> None:
        """Delete the folders of imports that don't wait."""
        kept = {str(import_id) for import_id in waiting}
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def purge(self, codes: Iterable[str]) -> None:
        """Delete pupils' rows from every held import."""
        listed = ", ".join(literal(code) for code in sorted(codes))
        for path in sorted(self._folder.rglob("*.parquet")) if self._folder.is_dir() else ():
            table = TABLES[path.stem]
            told = table.key if TOLD in path.parts else table.names
            columns = [column for column in table.person_columns if column in told]
            if not columns:
                continue
            outside = " AND ".join(f"{name(column)} NOT IN ({listed})" for column in columns)
            beside = path.with_suffix(".new")
            self._engine.run(
                f"COPY (SELECT * FROM {parquet([path])} WHERE {outside}) TO {literal(str(beside))}"
                " (FORMAT parquet, COMPRESSION zstd)"
            )
            beside.replace(path)
