"""The ledger in a file keeps what every ledger promises, and survives being opened again."""

import pytest

from pluginnovation.records.file_ledger import FileLedger
from tests.unit.records.ledger_promises import LedgerPromises, import_row


@pytest.fixture
def ledger(tmp_path):
    return FileLedger(tmp_path / "ledger.json")


class TestFileLedger(LedgerPromises):
    def test_another_reader_of_the_file_sees_the_commit(self, ledger, tmp_path):
        with ledger.transaction() as transaction:
            transaction.put_import(import_row())
        assert FileLedger(tmp_path / "ledger.json").imports() == [import_row()]

    def test_a_half_written_file_beside_it_is_no_obstacle(self, ledger, tmp_path):
        (tmp_path / "ledger.new").write_text('{"head": {"les')
        with ledger.transaction() as transaction:
            transaction.set_head("lessons", 1)
        assert ledger.head() == {"lessons": 1}
