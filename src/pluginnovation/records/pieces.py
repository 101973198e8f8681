"""What any reader gives: the raw rows of one table from one file, and a folder that gives them."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from .csv_rows import opened, rows
from .fingerprints import Print, Printer
from .ledger import QUARANTINE_COLUMNS
from .profiles import Profile
from .profiles_applied import translated
from .sources import Source
from .tables import TABLES
from .taking import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one table from one file.

    rows    the table's CSV columns, as text or as values; no column at all when nothing became a row
    wrong   quarantine lines of what could not become rows
    older   how many objects are left out, since the source also has a later version of them
    """

    table: str
    rows: pl.DataFrame
    place: Place
    wrong: pl.DataFrame
    older: int = 0


def ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces, the next one read while this one is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = reader.submit(next, pieces, None)
            yield piece


class RecordsFolder(Protocol):
    """A source's files as pieces."""

    def gives(self, table: str) -> bool:
        """Whether the source has the resource that a table's rows stand in."""

    def pieces(self, table: str) -> Iterator[Piece]:
        """The rows of a table, file by file in the order of their names.

        Raises  the refusals of the reader
        """

    def prints(self) -> dict[str, Print]:
        """The print of each resource that was read."""

    @property
    def cancelled(self) -> pl.DataFrame:
        """Lessons that are cancelled for everybody: activity, date, start_minute. Known when the pieces were read."""

    @property
    def deleted(self) -> Mapping[str, pl.Series]:
        """Per table, the ids of objects that the source says it has deleted."""


class CsvFolder:
    """A folder of CSV files."""

    def __init__(self, source: Source, profile: Profile) -> None:
        self._source, self._profile = source, profile
        self._printers: dict[str, Printer] = {}

    def gives(self, table: str) -> bool:
        """Whether there is a file for the table."""
        return TABLES[table].file in self._source.files

    def pieces(self, table: str) -> Iterator[Piece]:
        """The rows of a table's files, block by block."""
        yield from ahead(self._pieces(table))

    def _pieces(self, table: str) -> Iterator[Piece]:
        nothing = pl.DataFrame(schema=QUARANTINE_COLUMNS)
        resource = TABLES[table].file
        printer = self._printers[resource] = Printer(self._profile)
        for path in self._source.files[resource]:
            place = Place(path.name, self._source.number(path))
            file = opened(path, TABLES[table], self._profile, place.number)
            for raw in translated(file, rows(file, printer.see)):
                yield Piece(table, raw, place, nothing)

    def prints(self) -> dict[str, Print]:
        """The print of each resource, once its pieces were read."""
        return {resource: printer.result() for resource, printer in self._printers.items()}

    @property
    def cancelled(self) -> pl.DataFrame:
        """None: each row of a CSV file says it for its pupil."""
        return pl.DataFrame()

    @property
    def deleted(self) -> Mapping[str, pl.Series]:
        """Nothing: what is missing from a CSV file is deleted."""
        return {}
