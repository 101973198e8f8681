"""An import is taken back: the store reads as though it hadn't been read, and still tells what was known meanwhile."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.ledger import UNDONE
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.sink import NoSink
from pluginnovation.records.store import Store
from pluginnovation.records.tables import TABLES
from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from pluginnovation.records.waiting import release_import
from tests.unit.records.school import FIRST, SCHOOL, Reader, lessons, ss, text

HIDDEN = ("known_from", "known_to")
BECAUSE = "fel termin"


def undo(reader, number, *, dry_run=False, why=BECAUSE):
    reader._undone = getattr(reader, "_undone", 0) + 1
    at = FIRST + timedelta(days=reader._day, hours=reader._undone)
    return undo_import(reader.store, number, UndoAsked("adam", at, why, dry_run))


def everything(store, at=None):
    """Every believed row with where it came from, and the days rolled up from them."""
    facts = store.facts(at)
    tables = {
        name: sorted(store.frame(getattr(facts, name)).drop(HIDDEN, strict=False).iter_rows(), key=str)
        for name in TABLES
    }
    return tables | {"days": sorted(store.frame(store.days(at)).iter_rows(), key=str)}


def alike(store):
    """Everything but the numbers of imports, files and rows."""
    return {
        name: sorted(
            store.frame(getattr(store.facts(), name))
            .drop(*HIDDEN, "import_id", "file_no", "row_no", strict=False)
            .iter_rows(),
            key=str,
        )
        for name in TABLES
    } | {"days": sorted(store.frame(store.days()).iter_rows(), key=str)}


ONE_LESSON = some.builds(
    lambda pupil, day, time, away, length: (
        f"{pupil},ma,{day},{time},{length},true,{length - min(away, length)},0,0,{min(away, length)},0"
    ),
    some.sampled_from(["mira", "noor"]),
    some.sampled_from(["2025-09-01", "2025-09-02", "2025-10-01"]),
    some.sampled_from(["08:00", "10:00"]),
    some.sampled_from([0, 20, 60]),
    some.sampled_from([60, 60, 0]),
)


def persons(names):
    head = "id,given_name,family_name,security_marking,birth_date,civic_no,email"
    rows = [f"{one},{name},Ek,Ingen,2011-03-04,," for one, name in names.items()]
    return "\n".join([head, *rows, "asa,Åsa,Berg,Ingen,1980-01-01,,"]) + "\n"


def memberships(rows):
    return "\n".join(["group_id,person_id,start_date,end_date", *rows]) + "\n"


FILES = some.fixed_dictionaries(
    {
        "persons.csv": some.one_of(
            some.none(),
            some.sampled_from([
                persons({"mira": "Mira", "noor": "Noor"}),
                persons({"mira": "Mirja", "noor": "Noor", "sami": "Sami"}),
                persons({"mira": "Mira"}),
            ]),
        ),
        "memberships.csv": some.one_of(
            some.none(),
            some.lists(
                some.sampled_from(["8a,mira,2025-08-18,", "8a,noor,2025-08-18,", "8a,noor,2025-08-18,2025-12-01"]),
                max_size=2, unique_by=lambda row: row.split(",")[1],
            ).map(memberships),
        ),
        "lessons.csv": some.one_of(
            some.none(),
            some.lists(ONE_LESSON, max_size=4, unique_by=lambda row: tuple(row.split(",")[:4])).map(
                lambda rows: lessons(*rows)
            ),
        ),
    }
)  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(FILES, min_size=2, max_size=3))
def test_undoing_the_last_import_gives_what_was_before_it_and_reading_it_again_what_was_after(imports):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with Store.open(home, FileLedger(home / "ledger.json"), memory="512MB") as store:
            reader = Reader(store, Path(folder) / "source")
            reader.csv()
            *earlier, last = imports
            for files in earlier:
                if reader.csv(files, max_quarantine=100).status == "held":
                    return
            before, known = alike(store), everything(store)
            summary = reader.csv(last, max_quarantine=100)
            if summary.status == "held":
                return
            if summary.import_id is None:
                return
            after, then = alike(store), everything(store)
            row = store.ledger.imports()[-1]
            undo(reader, summary.import_id)
            assert everything(store) == known
            assert everything(store, row.finished_at) == then
            again = reader.csv(last, max_quarantine=100)
            assert (again.status, alike(store)) == ("done", after)
            undo(reader, again.import_id)
            assert alike(store) == before
            assert everything(store, row.finished_at) == then


def test_the_summary_says_what_goes_what_turns_back_and_what_counts_again(reader):
    reader.csv()
    changed = lessons("mira,ma,2025-09-01,08:00,60,true,0,0,0,60,0", "mira,ma,2025-09-02,08:00,60,true,60,0,0,0,0",
                      "noor,ma,2025-09-01,08:00,0,true,0,0,0,0,0")  # fmt: skip
    reader.csv({"lessons.csv": changed})
    tried = undo(reader, 2, dry_run=True)
    assert (tried.status, store_status(reader)) == ("dry_run", ["done", "done"])
    told = {one.name: (one.removed, one.reverted, one.restored) for one in tried.resources}
    assert told["lessons"] == (1, 1, 1)
    assert told["persons"] == (0, 0, 0)
    done = undo(reader, 2)
    assert {one.name: (one.removed, one.reverted, one.restored) for one in done.resources} == told
    assert store_status(reader) == ["done", UNDONE]
    row = reader.store.ledger.imports()[-1]
    assert (row.decided_by, row.why, row.undoable) == ("adam", BECAUSE, False)


def store_status(reader):
    return [row.status for row in reader.store.ledger.imports()]


def test_the_file_before_is_unchanged_after_an_undo_and_the_undone_one_is_new(reader):
    reader.csv()
    more = {"lessons.csv": lessons("mira,ma,2025-09-02,08:00,60,true,60,0,0,0,0")}
    reader.csv(more)
    undo(reader, 2)
    assert reader.csv().status == "unchanged"
    assert reader.csv(more).import_id == 3


def test_ss12000_imports_are_undone_as_well(reader, tmp_path):
    place = tmp_path / "ss"
    one = {"id": "p1", "givenName": "Mira", "familyName": "Ek", "securityMarking": "Ingen", "personStatus": "Aktiv"}
    group = {"id": "g1", "displayName": "8A", "groupType": "Klass", "organisation": {"id": "s1"},
             "groupMemberships": [{"person": {"id": "p1"}, "startDate": "2025-08-18"}]}  # fmt: skip
    school = {"id": "s1", "displayName": "Björkskolan", "organisationType": "Skolenhet"}
    reader.read(ss(place, {"persons": [one], "organisations": [school], "groups": [group]}))
    before = everything(reader.store)
    two = one | {"id": "p2", "givenName": "Noor"}
    gone = {"data": {"persons": ["p1"]}}
    summary = reader.read(
        ss(place, {"persons": [two], "groups": [group | {"groupMemberships": []}], "deletedEntities": gone})
    )
    assert everything(reader.store) != before
    undo(reader, summary.import_id)
    assert everything(reader.store) == before


def refusal(reader, number):
    with pytest.raises(Refusal) as said:
        undo(reader, number)
    return said.value


def test_only_the_newest_of_a_source_is_taken_back(reader):
    reader.csv()
    reader.csv({"lessons.csv": lessons("mira,ma,2025-09-02,08:00,60,true,60,0,0,0,0")})
    reader.csv({"lessons.csv": lessons("mira,ma,2025-09-03,08:00,60,true,60,0,0,0,0")})
    said = refusal(reader, 1)
    assert said.code == "undo_later_first"
    assert "3, 2" in said.text("sv")
    for number in (3, 2, 1):
        undo(reader, number)
    assert all(rows == [] for rows in everything(reader.store).values())


def test_another_source_is_not_in_the_way_and_stays_as_it_is(reader):
    reader.csv()
    reader.csv(source="En annan")
    undo(reader, 1)
    sources = reader.store.frame(reader.store.facts().persons.select("source").distinct())
    assert sources["source"].to_list() == ["En annan"]


def test_what_does_not_count_is_not_taken_back(reader):
    reader.csv()
    undo(reader, 1)
    assert refusal(reader, 1).code == "undo_not_done"
    assert refusal(reader, 9).code == "undo_unknown"


def test_after_thirty_days_it_stands(reader):
    reader.csv()
    reader._day += 31
    assert refusal(reader, 1).code == "undo_too_late"


def test_one_from_before_imports_could_be_taken_back_says_so_whatever_was_read_since(reader):
    reader.csv()
    with reader.store.ledger.transaction() as transaction:
        transaction.put_import(replace(reader.store.ledger.imports()[0], undoable=False))
    reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,60,true,0,0,0,60,0")})
    found = refusal(reader, 1)
    assert found.code == "undo_not_kept"
    assert "innan inläsningar gick att ta tillbaka" in found.text("sv")


def marked(one):
    return text(SCHOOL["persons"]).replace(f"{one},Mira,Ek,Ingen", f"{one},Mira,Ek,Sekretessmarkering")


def test_somebody_whom_the_undone_import_marked_as_protected_stays_protected(reader):
    reader.csv()
    reader.csv({"persons.csv": marked("mira")})
    undo(reader, 2)
    mira = reader.code("mira")
    assert [row["person"] for row in reader.rows("refused")] == [mira]
    assert mira not in {row["pupil"] for row in reader.rows("enrolments")}
    # The source says so again: now she is back, though it is the same file as before.
    assert reader.csv().status == "done"
    assert mira in {row["pupil"] for row in reader.rows("enrolments")}


def test_somebody_whom_the_undone_import_let_in_is_protected_again_and_leaves_no_trace(reader):
    reader.csv({"persons.csv": marked("mira")})
    reader.csv()
    at = reader.store.ledger.imports()[-1].finished_at
    undo(reader, 2)
    mira = reader.code("mira")
    assert [row["person"] for row in reader.rows("refused")] == [mira]
    for then in (None, at):
        assert mira not in str([rows for name, rows in everything(reader.store, then).items() if name != "refused"])
    assert mira in reader.store.facts(at).disposed_since


def groups(count):
    rows = [f"{number}a,{number}A,Klass,birch" for number in range(8, 8 + count)]
    return "\n".join(["id,display_name,group_type,organisation_id", *rows]) + "\n"


def test_a_held_import_that_was_released_is_taken_back(reader):
    reader.csv()
    before = everything(reader.store)
    assert reader.csv({"groups.csv": groups(30)}).status == "held"
    at = FIRST + timedelta(days=reader._day, minutes=5)
    release_import(reader.store, 2, sink=NoSink(), by="adam", at=at, why="nytt schema")
    assert reader.store.ledger.imports()[-1].why == "nytt schema"
    undo(reader, 2)
    assert everything(reader.store) == before
