"""Keeping files few: a table that grows a little each day is written together now and then."""

from collections import defaultdict
from typing import Final

from .applying import ordered
from .columns import Table
from .delta import NOW, THEN, StoredFile
from .derived import DERIVED
from .engine import parquet
from .writing import Writing, stored_columns

# Reading a month from so many files costs no more than from one; many more would be felt.
FILES_OF_A_PART: Final = 8


def tidy(writing: Writing, table: Table) -> int:
    """Write the parts of a table that have too many files together again; returns how many parts that were.

    The rows stay as they are, believed ones and those of history apart.
    """
    parts: dict[tuple[bool, tuple[tuple[str, str], ...]], list[StoredFile]] = defaultdict(list)
    for stored in writing.files(table.name):
        parts[stored.current, tuple(sorted(stored.partition.items()))].append(stored)
    crowded = {part: files for part, files in parts.items() if len(files) > FILES_OF_A_PART}
    for (current, partition), files in crowded.items():
        writing.add(
            table.name,
            ordered(table, f"SELECT * FROM {parquet(writing.paths(table.name, files))}"),
            dict(partition),
            columns=stored_columns(table, derived=table.name in DERIVED),
            kind=NOW if current else THEN,
        )
        writing.remove(table.name, files)
    return len(crowded)
