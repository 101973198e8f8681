"""What a profile says, done to the rows of a file: their cells become the format's cells, still as text.

What can't be read is left as it stands, so that the reader of cells sets its row aside under the ordinary rules.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import polars as pl

from .columns import BOOL, DATE, STRING, Column
from .csv_rows import RAGGED, CsvFile
from .profiles import Profile
from .profiles_formats import Length, clock_of, day_of, has_clock, minutes_of, whole_number
from .profiles_minutes import late_where_it_belongs, said_reported
from .profiles_parsed import lengths_of
from .profiles_reasons import ODD, by_reason
from .refusals import Refusal
from .tables import csv_columns

__all__ = ["ODD", "translated"]

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Cell = Callable[[str], str | None]


def translated(file: CsvFile, blocks: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows of a file as the format writes them.

    Takes   blocks   the rows as `csv_rows.rows` gives them
    Gives   the same columns and those that the profile fills, as text, and `row_no`. Rows that tell one reason each of
            the same lesson become one row, at the place of the first; `odd_reason` is true where a reason is unknown
    Raises  Refusal 'period_not_in_name'
    """
    if not file.profile.translates:
        yield from blocks
        return
    rule = file.profile.rule(file.table.file)
    if not rule.reasons:
        for block in blocks:
            yield _said(file, _cells(file, block))
        return
    # A lesson's reasons may stand anywhere in the file: it is read whole.
    every = list(blocks)
    if every:
        whole = (
            pl.concat(every, how="diagonal").with_columns(pl.col(RAGGED).fill_null(value=False))
            if any(RAGGED in block.columns for block in every)
            else pl.concat(every)
        )
        yield _said(file, by_reason(file.table, rule, _cells(file, whole)))


def _said(file: CsvFile, raw: pl.DataFrame) -> pl.DataFrame:
    return said_reported(file.table, file.profile, late_where_it_belongs(file.table, file.profile, raw))


def _cells(file: CsvFile, raw: pl.DataFrame) -> pl.DataFrame:
    """Every column of the file's rule there, each cell written our way."""
    profile, table = file.profile, file.table
    rule = profile.rule(table.file)
    copies = {more: raw[first] for more, first in profile.copies(table.file).items() if first in raw.columns}
    raw = raw.with_columns(cells.alias(more) for more, cells in copies.items())
    raw = raw.with_columns(pl.lit(said).alias(name) for name, said in rule.constants.items() if name not in raw.columns)
    if rule.period_in_name:
        raw = _with_period(raw, file.path.name)
    readers = {column.csv: _reader(profile, table.file, column) for column in csv_columns(table)}
    readers |= {name: _length(profile, table.file, name) for name in lengths_of(table.file)}
    return raw.with_columns(
        _mapped(raw[name], read).alias(name) for name, read in readers.items() if read and name in raw.columns
    )


def _mapped(cells: pl.Series, read: Cell) -> pl.Series:
    """Each distinct cell read once; an empty one is null, one that can't be read stays."""
    distinct = cells.unique().drop_nulls()
    values = [(read(cell) or cell) if cell.strip() else None for cell in distinct.to_list()]
    return cells.replace_strict(distinct, pl.Series(values, dtype=pl.String), default=None, return_dtype=pl.String)


def _reader(profile: Profile, file: str, column: Column) -> Cell | None:
    """How a cell of a column is read; None when it is taken as it stands."""
    if column.csv in profile.rule(file).words:
        words = {_plain(word): ours for word, ours in profile.rule(file).words[column.csv].items()}
        return lambda cell: words.get(_plain(cell))
    if column.csv == "start_time":
        clocks = (*profile.times, *(one for one in profile.dates if has_clock(one)))
        return lambda cell: clock_of(cell, clocks)
    if column.type == DATE:
        return lambda cell: day_of(cell, profile.dates)
    if column.type == BOOL:
        said = {_plain(word): "true" for word in profile.true_words}
        said |= {_plain(word): "false" for word in profile.false_words}
        return lambda cell: said.get(_plain(cell))
    return None if column.type == STRING else lambda cell: whole_number(cell, profile.decimal)


def _length(profile: Profile, file: str, name: str) -> Cell:
    unit = profile.rule(file).units.get(name, "minutes")
    length = Length(unit, profile.decimal, profile.lesson_minutes)
    return lambda cell: minutes_of(cell, length)


def _plain(word: str) -> str:
    return word.strip().casefold()


def _with_period(raw: pl.DataFrame, name: str) -> pl.DataFrame:
    """The first and last day of a report, from its file's name, where no column says them."""
    missing = [column for column in ("start_date", "end_date") if column not in raw.columns]
    days = _ISO.findall(name)
    if missing and len(days) != 2:
        raise Refusal(
            "period_not_in_name",
            where=name,
            what=("Filens namn säger inte vilken tid den gäller.", "The file's name doesn't say its period."),
            todo=(
                "Ge den ett namn med första och sista dag, som rapport 2026-01-07 2026-01-31.csv.",
                "Name it with its first and last day, as report 2026-01-07 2026-01-31.csv.",
            ),
        )
    period = dict(zip(("start_date", "end_date"), sorted(days), strict=True)) if missing else {}
    return raw.with_columns(pl.lit(period[column]).alias(column) for column in missing)
