"""A ledger in one JSON file, for an installation or a test without a database."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from .ledger import QUARANTINE_COLUMNS, Disposal, ImportRow


class FileLedger:
    """The ledger as one file. A commit writes a new file beside it and renames: before or after, never between."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> dict[str, int]:
        """The version that counts for each table."""
        return dict(self._read()["head"])

    def imports(self) -> list[ImportRow]:
        """All imports, by id."""
        return [
            _import_row(found) for _, found in sorted(self._read()["imports"].items(), key=lambda pair: int(pair[0]))
        ]

    def quarantine(self, import_id: int) -> pl.DataFrame:
        """What an import turned away."""
        kept = self._read()["quarantine"].get(str(import_id), {})
        # A list written before a column was added has nothing to say in it.
        nothing = [None] * len(kept.get("rule", ()))
        return pl.DataFrame({name: kept.get(name, nothing) for name in QUARANTINE_COLUMNS}, schema=QUARANTINE_COLUMNS)

    def disposals(self) -> list[Disposal]:
        """All disposals, by time."""
        return [
            Disposal(_time(found["at"]), found["by"], frozenset(found["codes"]), found["purged"])
            for _, found in sorted(self._read()["disposals"].items())
        ]

    @contextmanager
    def transaction(self) -> Iterator["FileTransaction"]:
        """One commit: everything that the block wrote, or nothing."""
        transaction = FileTransaction(self._read())
        yield transaction
        self._replace(transaction.content)

    def _read(self) -> dict[str, Any]:
        if not self._path.exists():
            return {"head": {}, "imports": {}, "quarantine": {}, "disposals": {}}
        content: dict[str, Any] = json.loads(self._path.read_text("utf-8"))
        return content

    def _replace(self, content: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        # The rename itself must survive a power cut, not only the content.
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class FileTransaction:
    """What one commit will write."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def set_head(self, table: str, version: int) -> None:
        """From the commit on, this version of the table counts."""
        self.content["head"][table] = version

    def put_import(self, row: ImportRow) -> None:
        """Write the import, in place of one with the same id."""
        self.content["imports"][str(row.id)] = {
            **asdict(row),
            "at": row.at.isoformat(),
            "finished_at": row.finished_at.isoformat(),
            "undone_at": row.undone_at.isoformat() if row.undone_at else None,
        }

    def put_quarantine(self, import_id: int, rows: pl.DataFrame) -> None:
        """Write what was turned away, in place of what the import had."""
        self.content["quarantine"][str(import_id)] = rows.select(list(QUARANTINE_COLUMNS)).to_dict(as_series=False)

    def put_disposal(self, disposal: Disposal) -> None:
        """Write the disposal, in place of one with the same time."""
        self.content["disposals"][disposal.at.isoformat()] = {
            "at": disposal.at.isoformat(),
            "by": disposal.by,
            "codes": sorted(disposal.codes),
            "purged": disposal.purged,
        }


def _import_row(found: dict[str, Any]) -> ImportRow:
    return ImportRow(
        **{
            **found,
            "at": _time(found["at"]),
            "finished_at": _time(found["finished_at"]),
            "files": tuple(found["files"]),
            "because": tuple(found["because"]),
            "undone_at": _time(found["undone_at"]) if found.get("undone_at") else None,
        }
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
