"""Taking rows in: read the cells, check the row, put codes for people, and turn away what breaks a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from .cells import POLARS_TYPES, Broken, read_cells, value_class
from .checks import checks_of, complete
from .columns import MINUTES, Table
from .csv_rows import RAGGED, ROW
from .known import RULES_OF_REFERENCES, Known
from .ledger import QUARANTINE_COLUMNS
from .people import People
from .profiles import REASON
from .profiles_applied import ODD
from .pupil_tables import LESSONS
from .tables import csv_columns

if TYPE_CHECKING:
    from .admitted import AdmittedRows

FILE: Final = "file_no"
MODIFIED: Final = "modified"
SOURCE_ID: Final = "source_id"
MARKED: Final = "marked"


@dataclass(frozen=True, slots=True)
class Place:
    """Which file rows come from.

    header   how many lines stand before the first row
    """

    file: str
    number: int
    header: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """One block of rows, taken in.

    rows          the table's columns with codes for people, `file_no`, `row_no`
    read          how many rows there were
    refused       how many were of people whose identity is protected
    turned_away   one row of QUARANTINE_COLUMNS per row that broke a rule
    keys          the keys of those rows: what is stored under them has not ended
    """

    rows: pl.DataFrame
    read: int
    refused: int
    turned_away: pl.DataFrame
    keys: pl.DataFrame


class Taking:
    """Takes in rows of any table, knowing the people and ids of one import.

    admitted   gathers what is told of protected pupils whom a principal has let in
    """

    def __init__(self, people: People, known: Known, admitted: "AdmittedRows") -> None:
        self.people, self.known, self.admitted = people, known, admitted

    def take(self, table: Table, raw: pl.DataFrame, place: Place) -> Taken:
        """The good rows of a block, and why the others are not.

        Takes   raw   CSV columns as text (or values, from JSON), `row_no`, and optionally `ragged`, `modified`,
                      `marked` (the row itself says that the person is protected)
        """
        columns = csv_columns(table)
        broken = [Broken("wrong_number_of_cells", "", raw[RAGGED])] if _any(raw, RAGGED) else []
        broken += [Broken("word_not_in_list", REASON, raw[ODD])] if _any(raw, ODD) else []
        values = []
        for column in columns:
            if column.csv in raw.columns:
                read = read_cells(column, raw[column.csv])
                broken += read.broken
                values.append(read.values.alias(column.name))
            else:
                values.append(
                    pl.repeat(None, raw.height, eager=True, dtype=POLARS_TYPES[column.type]).alias(column.name)
                )
        kept = [raw[name] for name in (ROW, MODIFIED) if name in raw.columns]
        rows = pl.DataFrame([*values, *kept]).with_columns(pl.lit(place.number, dtype=pl.Int16).alias(FILE))
        broken += _checked(table, rows)
        rows, refused = self._coded(table, rows, broken)
        refused = refused | raw[MARKED].fill_null(value=False) if MARKED in raw.columns else refused
        broken += self._unreferred(table, rows)
        rows = complete(table, rows)
        if refused.any():
            self.admitted.add(table, rows.filter(refused), _any_of(broken, rows.height).filter(refused))
        return _parted(table, (rows, raw), (broken, refused), place)

    def _coded(self, table: Table, rows: pl.DataFrame, broken: list[Broken]) -> tuple[pl.DataFrame, pl.Series]:
        """Codes in place of people's ids; true for rows of people who are refused."""
        refused = pl.repeat(False, rows.height, eager=True, dtype=pl.Boolean)
        for column in table.columns:
            if not column.person or not column.csv:
                continue
            if table.name == "persons":
                rows = rows.with_columns(rows[column.name].alias(SOURCE_ID))
            looked = self.people.look_up(rows[column.name])
            rows = rows.with_columns(looked.codes.alias(column.name))
            refused = refused | looked.refused
            if column.refers and looked.unknown.any():
                broken.append(Broken("unknown_person", column.csv, looked.unknown))
        return rows, refused

    def _unreferred(self, table: Table, rows: pl.DataFrame) -> list[Broken]:
        broken = []
        for column in table.columns:
            if not column.refers or column.person:
                continue
            if column.refers == table.name:
                self.known.add(table.name, rows[table.key[0]].drop_nulls())
            unknown = self.known.unknown(column.refers, rows[column.name])
            if unknown is not None:
                broken.append(Broken(RULES_OF_REFERENCES[column.refers], column.csv, unknown))
        return broken


def cancelled_lessons(keys: pl.DataFrame) -> Taken:
    """Stored lessons that are said to be cancelled, by their keys, as the rows that cancel them."""
    minutes = [pl.lit(0, dtype=pl.Int16).alias(name) for name in MINUTES]
    unreported = pl.lit(value=False).alias("is_reported")
    place = [pl.lit(0, dtype=pl.Int32).alias(ROW), pl.lit(None, dtype=pl.Datetime("us")).alias(MODIFIED)]
    rows = keys.with_columns(*minutes, unreported, *place, pl.lit(0, dtype=pl.Int16).alias(FILE))
    rows = rows.select(*LESSONS.names, ROW, MODIFIED, FILE)
    return Taken(rows, 0, 0, pl.DataFrame(schema=QUARANTINE_COLUMNS), rows.select(LESSONS.key).clear())


def _any(raw: pl.DataFrame, column: str) -> bool:
    return column in raw.columns and bool(raw[column].any())


def _checked(table: Table, rows: pl.DataFrame) -> list[Broken]:
    """The rules about whole rows that some row breaks."""
    checks = checks_of(table)
    if not checks:
        return []
    wrong = rows.select(check.breaks.fill_null(value=False).alias(check.rule) for check in checks)
    return [
        Broken(check.rule, check.columns[0], wrong[check.rule], check.columns[1:])
        for check in checks
        if wrong[check.rule].any()
    ]


def _any_of(broken: Sequence[Broken], height: int) -> pl.Series:
    """True for rows that break some rule."""
    wrong = pl.repeat(False, height, eager=True, dtype=pl.Boolean)
    for found in broken:
        wrong = wrong | found.rows
    return wrong


def _parted(
    table: Table,
    frames: tuple[pl.DataFrame, pl.DataFrame],
    verdict: tuple[Sequence[Broken], pl.Series],
    place: Place,
) -> Taken:
    """Good rows apart from refused and broken ones. A refused row is never said to have broken a rule."""
    (rows, raw), (broken, refused) = frames, verdict
    nothing = pl.DataFrame(schema=QUARANTINE_COLUMNS)
    if not broken and not refused.any():
        return Taken(rows, raw.height, 0, nothing, rows.select(table.key).clear())
    bad = refused | _any_of(broken, raw.height)
    keys = rows.filter(bad & ~refused).select(table.key) if table.whole else rows.select(table.key).clear()
    listed = _listed(table, raw, [(found, found.rows & ~refused) for found in broken], place)
    return Taken(rows.filter(~bad), raw.height, int(refused.sum()), listed, keys)


def _listed(table: Table, raw: pl.DataFrame, found: Sequence[tuple[Broken, pl.Series]], place: Place) -> pl.DataFrame:
    """The quarantine's lines: for each row the first rule it broke, with the kind of value and never the value."""
    lines = []
    seen = pl.repeat(False, raw.height, eager=True, dtype=pl.Boolean)
    for broken, rows in found:
        fresh = rows & ~seen
        seen = seen | rows
        some = raw.filter(fresh)
        if not some.height:
            continue
        cells = pl.col(broken.column).cast(pl.String) if broken.column in raw.columns else pl.lit("", dtype=pl.String)
        kind = value_class(cells) if broken.column in raw.columns else pl.lit("row")
        lines.append(
            some.select(
                pl.lit(table.name).alias("resource"),
                pl.lit(place.file).alias("file"),
                (pl.col(ROW).cast(pl.Int64) + place.header).alias("line"),
                pl.lit(broken.columns).alias("column"),
                pl.lit(broken.rule).alias("rule"),
                kind.alias("value_class"),
            )
        )
    if not lines:
        return pl.DataFrame(schema=QUARANTINE_COLUMNS)
    return pl.concat(lines).select(list(QUARANTINE_COLUMNS)).cast(pl.Schema(QUARANTINE_COLUMNS))
