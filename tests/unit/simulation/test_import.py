"""The region comes in through the ordinary import, without a row turned away, and both formats give the same facts."""

from datetime import UTC, datetime

import polars as pl
import pytest

from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.records.tables import TABLES
from pluginnovation.simulation import SOURCE

AT = datetime(2026, 6, 13, 4, tzinfo=UTC)
# What the standard has no field for: see simulation/ss12000.py.
ONLY_IN_CSV = {"lessons": ["late"], "enrolments": ["leave_reason"], "grades": ["language_choice"]}


@pytest.fixture(scope="module")
def imported(small, tmp_path_factory):
    """Summary and facts of the CSV folder and of the JSON folder, read under the same name with the same key."""
    found = {}
    key = None
    for name, folder in (("csv", small.folder), ("json", small.folder / "ss12000")):
        home = tmp_path_factory.mktemp(name)
        if key is not None:
            (home / "keys").mkdir(mode=0o700)
            (home / "keys" / "pseudonym.key").write_bytes(key)
            (home / "keys" / "pseudonym.key").chmod(0o600)
        with Store.open(home, FileLedger(home / "ledger.json")) as store:
            summary = import_source(store, folder, Asked(by="test", at=AT, source=SOURCE))
            facts = store.facts()
            tables = {
                table: store.frame(getattr(facts, table).select(TABLES[table].names))
                for table in ("organisations", "pupils", "enrolments", "groups", "memberships", "lessons", "grades")
            }
        key = (home / "keys" / "pseudonym.key").read_bytes()
        found[name] = (summary, tables)
    return found


@pytest.mark.parametrize("name", ["csv", "json"])
def test_no_row_is_turned_away(imported, name):
    summary, _ = imported[name]
    assert summary.simulated
    assert {one.name: dict(one.quarantined) for one in summary.resources if one.quarantined} == {}


def test_only_protected_people_are_refused(small, imported):
    summary, tables = imported["csv"]
    protected = len(small.truth.protected)
    refused = {one.name: one.refused_protected for one in summary.resources}
    assert refused["persons"] == protected
    assert tables["enrolments"]["pupil"].n_unique() == 400 - sum(
        each.startswith("p") for each in small.truth.protected["person_id"]
    )


@pytest.mark.parametrize("table", ["organisations", "pupils", "enrolments", "groups", "memberships", "lessons"])
def test_both_formats_give_the_same_facts(imported, table):
    columns = [name for name in TABLES[table].names if name not in ONLY_IN_CSV.get(table, [])]
    ours, theirs = (imported[name][1][table].select(columns).sort(columns) for name in ("csv", "json"))
    assert len(ours) > 0
    assert ours.equals(theirs)


def test_both_formats_give_the_same_grades_but_for_warnings(imported):
    columns = [name for name in TABLES["grades"].names if name not in ONLY_IN_CSV["grades"]]
    ours, theirs = (imported[name][1]["grades"].select(columns).sort(columns) for name in ("csv", "json"))
    assert ours.filter(pl.col("kind") != "warning").equals(theirs)
