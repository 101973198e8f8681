"""The derived table of signals: one part per day they were run for. A second run for a day replaces the first."""

from collections.abc import Mapping
from datetime import date

import ibis

from .delta import DeltaFolder, StoredFile
from .derived import SIGNALS
from .engine import Engine, casts, table_of
from .facts import Picture, select
from .writing import Writing, stored_columns


def write_signals(writing: Writing, as_of: date, query: str, note: Mapping[str, str]) -> int:
    """Write the signals of a day in place of those of an earlier run; returns how many rows.

    Takes   query   SQL that gives the columns of SIGNALS by name
            note    what the file should say about itself, by name
    """
    writing.remove(SIGNALS.name, _of_day(writing.files(SIGNALS.name), as_of))
    written = writing.add_noted(
        SIGNALS.name,
        # As they come: sorting a million rows by code would take as long as computing them, and nobody reads a few.
        f"SELECT {casts(SIGNALS.columns)} FROM ({query})",
        {"as_of": as_of.isoformat()},
        columns=stored_columns(SIGNALS, derived=True),
        note=note,
    )
    return written.rows if written else 0


def signals_of(engine: Engine, folder: DeltaFolder, picture: Picture, as_of: date) -> ibis.Table:
    """The signals kept for a day; no row when it was never run."""
    version = picture.head.get(SIGNALS.name, 0)
    files = _of_day(folder.files(version), as_of)
    hiding = f"_{abs(hash(picture.hidden))}" if picture.hidden else ""
    named = f"signals_{version}_{as_of:%Y%m%d}{hiding}"
    engine.view(named, select(SIGNALS, folder, files, picture))
    return table_of(named, SIGNALS.columns)


def files_of_day(folder: DeltaFolder, picture: Picture, as_of: date) -> tuple[StoredFile, ...]:
    """The files that hold the signals of a day."""
    return _of_day(folder.files(picture.head.get(SIGNALS.name, 0)), as_of)


def signal_days(folder: DeltaFolder, picture: Picture) -> list[date]:
    """The days for which signals are kept, in order."""
    files = folder.files(picture.head.get(SIGNALS.name, 0))
    return sorted({date.fromisoformat(stored.partition["as_of"]) for stored in files})


def _of_day(files: tuple[StoredFile, ...], as_of: date) -> tuple[StoredFile, ...]:
    return tuple(stored for stored in files if stored.partition["as_of"] == as_of.isoformat())
