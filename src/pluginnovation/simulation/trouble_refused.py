"""Deliveries that are refused as a whole, each in a folder named after the refusal it should meet."""

import shutil
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from .trouble_planted import Planted
from .trouble_sheet import Sheet, write_sheet
from .writing import MARKER

SHOWN = 40  # rows; over twenty, so that single ones are a share
HEADER = 1


def refused(folder: Path, _: frozenset[str]) -> list[Planted]:
    """refused/CODE/groups.csv: a starred column that is missing or there twice, an encoding, half the rows wrong."""
    sheet = Sheet(folder / "groups.csv")
    rows = [list(row.cells.values()) for row in islice(sheet.rows(SHOWN), SHOWN)]
    planted = []
    for code, spoil in _SPOILED.items():
        name = f"refused/{code}/groups.csv"
        columns, spoiled, line = spoil(list(sheet.columns), rows)
        write_sheet(folder / name, columns, spoiled)
        if code == "encoding_unknown":
            (folder / name).write_text(f"{','.join(sheet.columns)}\nx,Årskurs,Klass,x,,\n", encoding="utf-16")
        shutil.copy(folder / MARKER, (folder / name).with_name(MARKER))
        planted.append(Planted("refused", name, line, code))
    return planted


_Rows = list[list[str]]
_Spoiled = tuple[list[str], _Rows, int]


def _column_missing(columns: list[str], rows: _Rows) -> _Spoiled:
    return columns[:1] + columns[2:], [row[:1] + row[2:] for row in rows], HEADER


def _column_twice(columns: list[str], rows: _Rows) -> _Spoiled:
    return [*columns, columns[1]], [[*row, row[1]] for row in rows], HEADER


def _encoding(columns: list[str], rows: _Rows) -> _Spoiled:
    return columns, rows, HEADER


def _too_many(columns: list[str], rows: _Rows) -> _Spoiled:
    """Every other row of forty has a group type that isn't in the list."""
    many = [list(rows[place % len(rows)]) for place in range(SHOWN)]
    for place, row in enumerate(many):
        row[0] = f"{row[0]}-{place}"
        row[2] = "Gäng" if place % 2 else row[2]
    return columns, many, HEADER + 2


_SPOILED: Final[Mapping[str, Callable[[list[str], _Rows], _Spoiled]]] = {
    "column_missing": _column_missing,
    "column_twice": _column_twice,
    "encoding_unknown": _encoding,
    "too_many_rows_break_rules": _too_many,
}
