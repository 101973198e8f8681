"""Published data, read where they stand beside the project; they are never copied into it (see their licences)."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

EVIDENCE = Path(__file__).parents[4] / "shared" / "data" / "evidence"


@pytest.fixture(scope="session")
def published() -> Callable[..., pl.DataFrame]:
    """Reads one published data file by name. Skips, with the reason, where the data aren't beside the project."""

    def read(name: str, separator: str = ",") -> pl.DataFrame:
        path = EVIDENCE / f"{name}.csv"
        if not path.exists():
            pytest.skip(f"published data aren't beside the project: {EVIDENCE.parent.parent.name}/{path.name}")
        return pl.read_csv(path, separator=separator, infer_schema_length=None, null_values=["", "NA"])

    return read
