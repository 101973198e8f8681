"""What a profile makes of files, before anything is read in: rows as read, columns understood, rows set aside.

Nothing is stored. People are shown as codes made with a key that is thrown away, so they match nothing anywhere; names,
civic numbers, addresses and days of birth are never shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from pluginnovation.privacy.pseudonyms import Pseudonymiser

from .admitted import AdmittedRows
from .columns import Table
from .csv_rows import header_of
from .gathered import Gathered
from .known import Known
from .month_files import Stamp
from .people import People
from .pieces import CsvFolder
from .profiles import BESIDE, Profile
from .profiles_parsed import lengths_of
from .reading import Reading, Scratch
from .refusals import Refusal
from .sources import CSV, Source, recognise
from .tables import FILES, csv_columns
from .taking import Place, Taken, Taking

ROWS: Final = 5
LISTED: Final = 20

_HIDDEN: Final = ("digest",)
_NOT_A_HEAD: Final = r"\d{6}|@"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file, as the profile takes it.

    understood       the file's header -> our columns
    not_understood   headers that nothing is read from; one that looks like data is shown by its place only
    missing          starred columns that the file doesn't have: with any, its rows are not read
    twice            our columns that two headers claim: with any, its rows are not read
    columns, rows    the first rows as they would be stored, people as throw-away codes
    """

    file: str
    resource: str
    understood: Mapping[str, str]
    not_understood: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def readable(self) -> bool:
        """Whether its rows can be read."""
        return not self.missing and not self.twice


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that would go to quarantine: where it stands and which rule it breaks, never what it says."""

    file: str
    line: int
    column: str
    rule: str
    value_class: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a profile makes of a folder.

    read, refused   rows in the readable files; those of people whose identity is protected
    superseded      rows followed by another with the same key, which replaces them
    broken          per resource and rule: how many rows would be set aside; references are checked within the files
    set_aside       the first LISTED of them
    ignored         files that the profile knows nothing about
    """

    profile: str
    version: int
    files: tuple[FileSeen, ...]
    read: int = 0
    refused: int = 0
    superseded: int = 0
    broken: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def turned_away(self) -> int:
        """How many rows would be set aside."""
        return sum(rows for rules in self.broken.values() for rows in rules.values())


def preview(path: str | Path, profile: Profile, folder: Path, *, key: bytes, rows: int = ROWS) -> Preview:
    """What a profile makes of a folder, a file or a zip.

    Takes   folder   an empty folder for scratch files
            key      at least 32 random bytes, used for nothing else
            rows     how many rows of each file to show
    Raises  Refusal 'profile_reads_csv_only', and those of `recognise` and of the reader
    """
    (folder / "unpacked").mkdir()
    source = recognise(path, profile, folder / "unpacked")
    if source.kind != CSV:
        raise _csv_only()
    heads = {found: _headed(found, FILES[file], profile) for file, paths in source.files.items() for found in paths}
    good = {file: tuple(one for one in paths if heads[one].readable) for file, paths in source.files.items()}
    readable = {file: paths for file, paths in good.items() if paths}
    coder = Pseudonymiser(key)
    taking = _Watching(People("", coder), rows)
    records = CsvFolder(Source(CSV, readable), profile)
    reading = Reading(records, taking, Scratch(folder, Stamp("", 0, datetime(2000, 1, 1, tzinfo=UTC)), coder))
    reading.read()
    return Preview(
        profile.name,
        profile.version,
        tuple(taking.filled(heads[one]) for one in source.paths),
        sum(gathered.read for gathered in reading.gathered.values()),
        sum(gathered.refused for gathered in reading.gathered.values()),
        sum(map(_superseded, reading.gathered.values())),
        {name: dict(gathered.broken) for name, gathered in reading.gathered.items() if gathered.broken},
        tuple(
            SetAside(row["file"], row["line"], row["column"], row["rule"], row["value_class"])
            for row in reading.quarantine().sort("file", "line").head(LISTED).iter_rows(named=True)
        ),
        source.ignored,
    )


def _superseded(gathered: Gathered) -> int:
    """How many rows of a resource another one with the same key replaces."""
    if gathered.table.monthly:
        gathered.settle()
    else:
        gathered.rows()
    return gathered.superseded


def _headed(path: Path, table: Table, profile: Profile) -> FileSeen:
    """A file with its header compared with what the profile and the format know."""
    cells = header_of(path, profile)
    heads = profile.heads(table.file, cells)
    also = profile.copies(table.file)
    known = {column.csv for column in csv_columns(table)} | (
        {*BESIDE.get(table.file, ()), *lengths_of(table.file)} if profile.translates else set()
    )
    understood = {
        cell: ", ".join([head, *(more for more, first in also.items() if first == head)])
        for cell, head in zip(cells, heads, strict=True)
        if head in known
    }
    rest = [(place, cell) for place, cell in enumerate(cells, 1) if cell not in understood]
    there = profile.supplied(table.file, heads)
    return FileSeen(
        path.name,
        table.name,
        understood,
        tuple(_head_or_place(cell, place, anything=bool(understood)) for place, cell in rest),
        tuple(column.csv for column in csv_columns(table) if column.required and column.csv not in there),
        tuple(sorted({head for head in heads if head in known and heads.count(head) > 1})),
    )


def _head_or_place(cell: str, place: int, *, anything: bool) -> str:
    """A header, or its place when it may be data: a file without a header begins with somebody's row."""
    data = not anything or pl.Series([cell]).str.contains(_NOT_A_HEAD).item()
    return f"#{place}" if data else cell


class _Watching(Taking):
    """Takes rows in as an import does, and remembers the first good ones of each file."""

    def __init__(self, people: People, rows: int) -> None:
        super().__init__(people, _WithinSource(), AdmittedRows({}))
        self._most, self._first = rows, dict[str, pl.DataFrame]()

    def take(self, table: Table, raw: pl.DataFrame, place: Place) -> Taken:
        """The same rows."""
        taken = super().take(table, raw, place)
        shown = taken.rows.select(name for name in table.names if name in taken.rows.columns and name not in _HIDDEN)
        before = self._first.get(place.file, shown.clear())
        self._first[place.file] = pl.concat([before, shown.head(self._most - before.height)])
        return taken

    def filled(self, seen: FileSeen) -> FileSeen:
        """A file with its first rows."""
        rows = self._first.get(seen.file, pl.DataFrame())
        return FileSeen(
            seen.file, seen.resource, seen.understood, seen.not_understood, seen.missing, seen.twice,
            tuple(rows.columns), tuple(tuple(map(_text, rows.columns, row)) for row in rows.iter_rows()),
        )  # fmt: skip


class _WithinSource(Known):
    """Ids of the files themselves; there is no store."""

    def __init__(self) -> None:
        self._ids: dict[str, pl.Series | None] = {}

    def stored(self, table: str) -> pl.Series | None:  # noqa: ARG002 - as the one with a store
        """Nothing."""
        return None


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "birth_date":
        return f"{value.year}"
    if column == "start_minute":
        return f"{value // 60:02}:{value % 60:02}"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv_only() -> Refusal:
    return Refusal(
        "profile_reads_csv_only",
        what=("Profiler läser CSV, och det här är SS 12000.", "Profiles read CSV, and this is SS 12000."),
        todo=("Läs in det utan profil.", "Import it without a profile."),
    )
