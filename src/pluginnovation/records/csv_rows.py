"""The rows of a CSV file as text: cells unchanged, empty ones null, each row with its place.

Regular blocks are split by polars on every core. Whatever is irregular (rows of another length, quoted commas, blank
lines) goes through Python's own reader, which says exactly which row is wrong. Both give the same rows (tested).
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from .columns import BOOL, INT16, INT32, Table
from .profiles import BESIDE, Profile
from .refusals import Refusal
from .tables import csv_columns
from .text_files import LINE_BYTES, Block, blocks, count, wrong_encoding

# Read as numbers and truths at once where all cells are; the readers of cells take both. Wider than the stored type,
# so that a number out of range is told from a text.
_KINDS: Final = {INT16: pl.Int32, INT32: pl.Int32, BOOL: pl.Boolean}

TIME: Final = "start_time"

RAGGED: Final = "ragged"
ROW: Final = "row_no"


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One CSV file, its header read and found good.

    heads    the names of all its columns, ours where the profile translates
    number   its place in the import's list of files
    """

    path: Path
    table: Table
    profile: Profile
    heads: tuple[str, ...]
    number: int = 0

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns we read, in the file's order."""
        known = {column.csv for column in csv_columns(self.table)}
        if self.profile.translates:
            known |= set(BESIDE.get(self.table.file, ()))
        return tuple(head for head in self.heads if head in known)


def opened(path: Path, table: Table, profile: Profile, number: int = 0) -> CsvFile:
    """A CSV file with its header checked.

    Raises  Refusal 'column_missing' or 'column_twice', naming file, column and what was expected, and those of `blocks`
    """
    heads = _heads(path, table, profile)
    for head in heads:
        if heads.count(head) > 1:
            raise _twice(path.name, head)
    there = profile.supplied(table.file, heads)
    for column in csv_columns(table):
        if column.required and column.csv not in there:
            raise _missing(path.name, column.csv, table)
    return CsvFile(path, table, profile, heads, number)


def header_of(path: Path, profile: Profile) -> tuple[str, ...]:
    """The cells of a file's first line, as they stand."""
    first = next(blocks(path, encoding=profile.encoding, size=2**16), None)
    if first is None:
        return ()
    try:
        text = first.content.split(b"\n", 1)[0].decode("utf-8")
        return tuple(cell.strip() for cell in next(csv.reader([text], delimiter=profile.delimiter), []))
    except (UnicodeDecodeError, csv.Error):
        raise wrong_encoding(path.name) from None


def _heads(path: Path, table: Table, profile: Profile) -> tuple[str, ...]:
    return profile.heads(table.file, header_of(path, profile))


def rows(file: CsvFile, seen: Callable[[Block], None] | None = None) -> Iterator[pl.DataFrame]:
    """The rows of a file, block by block.

    Takes   seen   shown every block as it is in the file, the header too
    Gives   the wanted columns (string, null when empty), `row_no` (int32; the line in the file, less one for the
            header) and, where some may be, `ragged` (bool: the row has another number of cells than the header)
    Raises  Refusal 'encoding_unknown', and those of `blocks`
    """
    for block in blocks(file.path, encoding=file.profile.encoding):
        if seen is not None:
            seen(block)
        below = _below_header(block) if block.line == 1 else block
        if below.content:
            yield _block(file, below)


def _below_header(block: Block) -> Block:
    return Block(block.content[block.content.index(b"\n") + 1 :], 2, block.lines - 1)


def _block(file: CsvFile, block: Block) -> pl.DataFrame:
    cells = len(file.heads)
    # A row that is too long makes polars give up; so, with as many commas as there should be, none is too short.
    if cells > 1 and count(block.content, file.profile.delimiter.encode()) == block.lines * (cells - 1):
        for kinds in ({},) if file.profile.translates else (_KINDS, {}):
            try:
                return _fast(file, block, kinds)
            except pl.exceptions.ComputeError:
                pass  # a cell of another kind; a stray quotation mark or wrong bytes: the exact reader tells which
    return _exact(file, block)


def _fast(file: CsvFile, block: Block, kinds: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """A block at the speed of polars; columns of these types already as values."""
    types = {column.csv: kinds.get(column.type, pl.String) for column in csv_columns(file.table) if column.csv != TIME}
    frame = pl.read_csv(
        block.content,
        has_header=False,
        separator=file.profile.delimiter,
        schema={str(place): types.get(head, pl.String) for place, head in enumerate(file.heads)},
        columns=[file.heads.index(head) for head in file.wanted],
    )
    if frame.height != block.lines or (b'"' in block.content and not _quotes_close(frame)):
        return _exact(file, block)
    return frame.rename(dict(zip(frame.columns, file.wanted, strict=True))).with_columns(
        pl.int_range(block.line - 1, block.line - 1 + frame.height, dtype=pl.Int32).alias(ROW),
    )


def _quotes_close(frame: pl.DataFrame) -> bool:
    """Whether no cell kept a quotation mark: then every one of them was around a cell."""
    return not frame.select(pl.any_horizontal(pl.col(pl.String).str.contains('"', literal=True).any())).item()


def _exact(file: CsvFile, block: Block) -> pl.DataFrame:
    """Row by row with Python's reader."""
    try:
        text = block.content.decode("utf-8")
    except UnicodeDecodeError:
        raise wrong_encoding(file.path.name) from None
    csv.field_size_limit(LINE_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=file.profile.delimiter)
    places = [file.heads.index(head) for head in file.wanted]
    columns: list[list[str | None]] = [[] for _ in places]
    numbers: list[int] = []
    ragged: list[bool] = []
    line = block.line
    for cells in reader:
        if cells:
            numbers.append(line - 1)
            ragged.append(len(cells) != len(file.heads))
            _spread(cells, places, columns)
        line = block.line + reader.line_num
    frame = pl.DataFrame(dict(zip(file.wanted, columns, strict=True)), schema=dict.fromkeys(file.wanted, pl.String))
    return frame.with_columns(pl.Series(ROW, numbers, pl.Int32), pl.Series(RAGGED, ragged, pl.Boolean))


def _spread(cells: Sequence[str], places: Sequence[int], columns: Sequence[list[str | None]]) -> None:
    for place, column in zip(places, columns, strict=True):
        column.append((cells[place] or None) if place < len(cells) else None)


def _missing(name: str, column: str, table: Table) -> Refusal:
    expected = ", ".join(wanted.csv for wanted in csv_columns(table) if wanted.required)
    return Refusal(
        "column_missing",
        where=name,
        what=(f"Kolumnen {column} saknas.", f"The column {column} is missing."),
        todo=(f"Dessa kolumner måste finnas: {expected}.", f"These columns must be there: {expected}."),
    )


def _twice(name: str, column: str) -> Refusal:
    return Refusal(
        "column_twice",
        where=name,
        what=(f"Kolumnen {column} finns två gånger.", f"The column {column} is there twice."),
        todo=("Ta bort den ena eller ge den ett annat namn.", "Remove one or give it another name."),
    )
