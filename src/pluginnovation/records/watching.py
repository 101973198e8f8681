"""Looking on while an import works: how far it has come, and the rows it sets aside also when nothing is stored."""

from typing import Final, Protocol

import polars as pl

# What an import does besides reading a resource, whose name is then the step.
UNPACK: Final = "unpack"
COMPARE: Final = "compare"
STORE: Final = "store"


class Watch(Protocol):
    """Someone who looks on. What it raises stops the import, and then nothing is changed."""

    def step(self, name: str, rows: int = 0) -> None:
        """The import has come here: UNPACK, COMPARE, STORE, or a resource with so many of its rows read."""

    def set_aside(self, rows: pl.DataFrame) -> None:
        """The rows that broke a rule, with QUARANTINE_COLUMNS; told before the whole source is refused for them."""


class NoWatch:
    """Nobody looks on."""

    def step(self, name: str, rows: int = 0) -> None:
        """Do nothing."""

    def set_aside(self, rows: pl.DataFrame) -> None:
        """Do nothing."""
