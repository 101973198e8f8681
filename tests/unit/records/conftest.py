"""A store of its own for each test."""

import pytest

from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.store import Store
from tests.unit.records.school import Reader


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "home", FileLedger(tmp_path / "home" / "ledger.json"), memory="512MB") as opened:
        yield opened


@pytest.fixture
def reader(store, tmp_path):
    return Reader(store, tmp_path / "source")
