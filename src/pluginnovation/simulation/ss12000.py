"""The region as a folder of SS 12000 JSON."""

from pathlib import Path

import polars as pl


class Ss12000Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add_lessons(self, frame: pl.DataFrame) -> None: ...

    def write(self, tables: dict[str, pl.DataFrame]) -> None: ...
