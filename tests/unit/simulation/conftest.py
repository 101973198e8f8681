"""Two made-up regions that the tests of this folder share: a small one in both formats, and one with truth enough."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from pluginnovation.records.columns import SQL_TYPES
from pluginnovation.records.tables import FILES, csv_columns
from pluginnovation.simulation import Truth, Wanted, simulate, write_region
from pluginnovation.simulation.sizes import shared_sizes

TYPES = {"DATE": pl.Date, "BOOLEAN": pl.Boolean, "SMALLINT": pl.Int16, "INTEGER": pl.Int32}
CLOCK = "start_time"


@dataclass(frozen=True)
class Made:
    """A region on disk and the truth about it."""

    folder: Path
    truth: Truth

    def table(self, name: str) -> pl.DataFrame:
        """One CSV file, read with the types of the records format."""
        types = {column.csv: TYPES.get(SQL_TYPES[column.type], pl.String) for column in csv_columns(FILES[name])}
        return pl.read_csv(self.folder / f"{name}.csv", schema_overrides={**types, CLOCK: pl.String})


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Made:
    """400 pupils in thirteen municipalities, as CSV and as SS 12000 JSON."""
    folder = tmp_path_factory.mktemp("small") / "region"
    return Made(folder, simulate(folder, pupils=400, municipalities=13, seed=7, json=True))


@pytest.fixture(scope="session")
def region(tmp_path_factory) -> Made:
    """5,000 pupils in thirteen municipalities, with three years before this one."""
    folder = tmp_path_factory.mktemp("region") / "region"
    return Made(folder, write_region(folder, Wanted(shared_sizes(5_000, 13), seed=11, years=4)))
