"""What was planted where, and what the import should make of it."""

from dataclasses import dataclass
from typing import Final

import polars as pl

SUPERSEDED, CHANGED, UNCHANGED, STORED = "superseded", "changed", "unchanged", "stored"
SCHEMA: Final = {"trouble": pl.String, "file": pl.String, "line": pl.Int64, "expected": pl.String}


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted row.

    file       path below the region's folder
    line       line in it, the header being 1
    expected   the rule that turns it away, or SUPERSEDED (another row with its key counts), CHANGED or UNCHANGED
               (against what an earlier delivery said), STORED, or the code that refuses the whole delivery
    """

    trouble: str
    file: str
    line: int
    expected: str
