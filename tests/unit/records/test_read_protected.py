"""People whose identity is protected: refused in every resource, counted, and purged when they become it later."""

import pytest

from pluginnovation.records.sink import IdentityChanges, NoSink
from tests.unit.records.school import SCHOOL, of, only, ss, text

CANARY = "sami,Kanarie,Skyddadson,Sekretessmarkering,2011-01-01,,\n"


class Sink(NoSink):
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.taken: list[IdentityChanges] = []

    def take(self, changes: IdentityChanges) -> None:
        self.taken.append(changes)


def protected(word: str = "Sekretessmarkering") -> str:
    return text(SCHOOL["persons"]).replace("Noor,Al,Ingen", f"Noor,Al,{word}")


def test_their_rows_are_refused_everywhere_and_counted_apart_from_quarantine(reader):
    summary = reader.csv(
        {
            "persons.csv": text(SCHOOL["persons"]) + CANARY,
            "enrolments.csv": text(SCHOOL["enrolments"]) + "sami,birch,GR,8,2025-08-18,\n",
            "memberships.csv": text(SCHOOL["memberships"]) + "8a,sami,2025-08-18\n",
            "lessons.csv": text(SCHOOL["lessons"]) + "sami,ma,2025-09-01,08:00,60,true,-1,0,0,0,0\n",
            "responsibles.csv": "person_id,responsible_id\nsami,asa\nmira,sami\nmira,asa\n",
        }
    )

    refused = {
        resource.name: resource.refused_protected for resource in summary.resources if resource.refused_protected
    }
    assert refused == {"persons": 1, "enrolments": 1, "memberships": 1, "lessons": 1, "responsibles": 2}
    assert not any(resource.quarantined for resource in summary.resources)
    code = reader.code("sami")
    for table in ("persons", "pupils", "enrolments", "memberships", "lessons", "responsibles"):
        assert code not in str(reader.rows(table))


def test_no_canary_is_anywhere_on_disk(reader):
    reader.csv({"persons.csv": text(SCHOOL["persons"]) + CANARY})

    home = reader.store.home
    assert not [path for path in home.rglob("*") if path.is_file() and b"Kanarie" in path.read_bytes()]


def test_they_are_remembered_when_later_files_say_nothing_of_it(reader, tmp_path):
    reader.csv({"persons.csv": text(SCHOOL["persons"]) + CANARY})
    summary = reader.read(
        only(
            tmp_path / "s",
            {"enrolments.csv": "person_id,organisation_id,school_type,start_date\nsami,birch,GR,2025-08-18\n"},
        )
    )

    assert (of(summary, "enrolments").refused_protected, of(summary, "enrolments").quarantined) == (1, {})


@pytest.mark.parametrize("word", ["Sekretessmarkering", "Skyddad folkbokföring", "Skyddad på något nytt vis"])
def test_a_pupil_who_is_now_protected_is_purged_from_the_past_too(reader, word):
    sink = Sink()
    reader.csv(sink=sink)
    reader.csv({"persons.csv": protected(word)}, sink=sink)

    code = reader.code("noor")
    assert code in sink.taken[-1].protected
    for table in ("persons", "pupils", "enrolments", "memberships", "lessons"):
        assert code not in str(reader.rows(table))
    before = reader.store.facts(known_at=reader.store.ledger.imports()[0].finished_at)
    assert code not in str(reader.store.frame(before.lessons).to_dicts())
    assert code in before.disposed_since
    assert not [
        path
        for path in reader.store.home.rglob("*.parquet")
        if code.encode() in path.read_bytes() and "refused" not in str(path)
    ]


def test_somebody_no_longer_protected_comes_in_again(reader):
    reader.csv({"persons.csv": protected()})
    summary = reader.csv()

    assert (of(summary, "persons").new, of(summary, "lessons").new) == (1, 1)
    assert reader.code("noor") in str(reader.rows("pupils"))


def test_an_empty_marking_is_not_taken_for_no_protection(reader):
    summary = reader.csv({"persons.csv": protected("")})

    assert of(summary, "persons").quarantined == {"required_cell_empty": 1}
    assert of(summary, "lessons").quarantined == {"unknown_person": 1}


def test_the_last_marking_of_a_person_counts(reader):
    summary = reader.csv({"persons.csv": protected() + "noor,Noor,Al,Ingen,2011-05-06,,\n"})

    assert of(summary, "persons").refused_protected == 0


def test_a_reference_may_say_it_where_there_are_no_persons(reader, tmp_path):
    student = {"id": "sami", "securityMarking": "Skyddad folkbokföring"}
    rows = [
        {
            "id": who["id"],
            "student": who,
            "activity": {"id": "ma"},
            "startDate": "2025-09-01",
            "endDate": "2025-09-30",
            "reportedSum": 60,
        }
        for who in (student, {"id": "mira", "securityMarking": "Ingen"})
    ]
    summary = reader.read(ss(tmp_path / "s", {"aggregatedAttendance": rows}))

    assert (of(summary, "attendance_sums").new, of(summary, "attendance_sums").refused_protected) == (1, 1)


def test_identities_go_to_the_sink_and_nowhere_else(reader):
    sink = Sink()
    reader.csv(sink=sink)

    (changes,) = sink.taken
    mira = changes.persons.filter(code=reader.code("mira")).row(0, named=True)
    assert (mira["given_name"], mira["source_id"], mira["is_pupil"], mira["ended"]) == ("Mira", "mira", True, False)
    assert set(changes.work) == {"organisations", "groups", "memberships", "enrolments", "duties"}
    assert not [path for path in reader.store.home.rglob("*") if path.is_file() and b"Mira" in path.read_bytes()]


def test_only_changed_identities_go_to_the_sink(reader):
    sink = Sink()
    reader.csv(sink=sink)
    persons = text(SCHOOL["persons"]).replace("Mira,Ek", "Mira,Eklund").replace("noor,Noor,Al,Ingen,2011-05-06,,\n", "")
    reader.csv({"persons.csv": persons}, sink=sink)

    changed = {row["code"]: (row["family_name"], row["ended"]) for row in sink.taken[-1].persons.to_dicts()}
    assert changed == {reader.code("mira"): ("Eklund", False), reader.code("noor"): (None, True)}


def test_a_sink_that_fails_undoes_the_import(reader):
    class Broken(NoSink):
        def take(self, changes: IdentityChanges) -> None:
            raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError):
        reader.csv(sink=Broken())
    assert reader.store.ledger.imports() == []
    assert reader.rows("lessons") == []


def test_the_sink_hears_who_became_a_pupil_after_the_persons_came(reader, tmp_path):
    sink = Sink()
    reader.read(only(tmp_path / "s", {"persons.csv": text(SCHOOL["persons"])}), sink=sink)
    reader.read(only(tmp_path / "s", {"enrolments.csv": text(SCHOOL["enrolments"])}), sink=sink)

    assert [len(changes.pupils) for changes in sink.taken] == [0, 2]
    assert sink.taken[-1].pupils == tuple(sorted(map(reader.code, ("mira", "noor"))))
