"""Any run of imports gives what a few lines of Python say it should, now and as known after each of them."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.store import Store
from pluginnovation.records.tables import TABLES
from tests.unit.records.stored import bring, day_of_import, day_rows, lesson, membership, rolled_up_again, rows

PUPILS = some.sampled_from(["mira", "noor", "sami"])
DAYS = some.sampled_from(["2025-09-29", "2025-09-30", "2025-10-01", "2026-04-01"])

LESSONS = some.builds(
    lesson,
    PUPILS,
    DAYS,
    activity=some.sampled_from(["ma", "sv"]),
    start_minute=some.sampled_from([480, 600]),
    offered=some.sampled_from([60, 60, 60, 0]),
    unexcused=some.sampled_from([0, 0, 20, 60]),
    late=some.sampled_from([0, 0, 10]),
)
MEMBERSHIPS = some.builds(
    membership, some.sampled_from(["7b", "7c"]), PUPILS, end_date=some.sampled_from([None, day_of_import(1).date()])
)


def one_per_key(table: str, given_rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({tuple(row[key] for key in TABLES[table].key): row for row in given_rows}.values())


IMPORTS = some.lists(
    some.fixed_dictionaries(
        {
            "lessons": some.lists(LESSONS, max_size=6).map(lambda found: one_per_key("lessons", found)),
            "memberships": some.lists(MEMBERSHIPS, max_size=3).map(lambda found: one_per_key("memberships", found)),
        }
    ),
    min_size=1,
    max_size=3,
)


def believed(before: dict[str, dict[Any, Any]], tables: dict[str, list[dict[str, Any]]]) -> dict[str, dict[Any, Any]]:
    """What is believed after an import, said plainly."""
    after = {"lessons": dict(before["lessons"]), "memberships": {}}
    for table, given_rows in tables.items():
        for row in given_rows:
            key = tuple(row[column] for column in TABLES[table].key)
            after[table][key] = tuple(row.get(column) for column in TABLES[table].names)
            if row.get("offered") == 0:
                del after[table][key]
    return after


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(IMPORTS)
def test_any_run_of_imports_is_believed_and_remembered(imports):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with Store.open(home, FileLedger(home / "ledger.json"), memory="512MB") as store:
            known: list[dict[str, dict[Any, Any]]] = [{"lessons": {}, "memberships": {}}]
            for number, tables in enumerate(imports, start=1):
                bring(store, number, tables)
                known.append(believed(known[-1], tables))
                assert day_rows(store) == rolled_up_again(store)
            for number, then in enumerate(known[1:], start=1):
                at = day_of_import(number)
                for table in ("lessons", "memberships"):
                    assert rows(store, table, at) == sorted(then[table].values(), key=str)
                assert day_rows(store, at) == rolled_up_again(store, at)
