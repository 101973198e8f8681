"""A protected pupil whom the sink lets in: handed over, and still in no fact, no file and no count but the refused."""

import pytest

from pluginnovation.records.admitted import Change, LetIn, Told, after, change_of
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import discard_import, release_import
from pluginnovation.records.sink import NoSink
from pluginnovation.records.store import Store
from pluginnovation.records.summary import DRY_RUN, HELD, UNCHANGED
from tests.unit.records.school import FIRST, SCHOOL, Reader, of, ss, text

MARKED = (
    text(SCHOOL["persons"]) + "sami,Kanarie,Skyddadson,Sekretessmarkering,2011-01-01,20110101-0000,sami@exempel.se\n"
)
HERS = {
    "persons.csv": MARKED,
    "enrolments.csv": text(SCHOOL["enrolments"]) + "sami,birch,GR,8,2025-08-18,\n",
    "memberships.csv": text(SCHOOL["memberships"]) + "8a,sami,2025-08-18\n",
    "lessons.csv": text(SCHOOL["lessons"]) + "sami,ma,2025-09-01,08:00,60,true,0,0,0,60,0\n",
    "responsibles.csv": "person_id,responsible_id\nsami,asa\nmira,asa\n",
}


class Sink(NoSink):
    """Lets some ids in, and remembers what it was given."""

    def __init__(self, *ids: str) -> None:
        self.ids, self.unread, self.taken = ids, True, []

    def lets_in(self, source):
        return LetIn(self.ids, self.unread)

    def take(self, changes):
        self.taken.append(changes)

    @property
    def told(self) -> Told:
        return self.taken[-1].admitted[0]


def on_disk(reader, word):
    return [
        path
        for path in reader.store.home.rglob("*")
        if path.is_file() and "import" not in path.parts and word.encode() in path.read_bytes()
    ]


def test_what_is_read_of_her_goes_to_the_sink_and_to_no_table(reader):
    sink = Sink("sami")
    summary = reader.csv(HERS, sink=sink)

    told = sink.told
    assert (told.code, told.source_id) == (reader.code("sami"), "sami")
    assert {table: len(rows) for table, rows in told.rows.items()} == {
        "persons": 1, "enrolments": 1, "memberships": 1, "lessons": 1,
    }  # fmt: skip
    assert told.rows["persons"][""] == {
        "given_name": "Kanarie", "family_name": "Skyddadson", "birth_date": "2011-01-01",
        "security_marking": "Sekretessmarkering",
    }  # fmt: skip
    assert next(iter(told.rows["lessons"].values()))["unexcused"] == 60
    code = reader.code("sami")
    for table in ("persons", "pupils", "enrolments", "memberships", "lessons", "responsibles"):
        assert code not in str(reader.rows(table))
    assert code not in str(sink.taken[-1].persons.to_dicts()) + str(sink.taken[-1].work)
    assert not on_disk(reader, "Kanarie")
    refused = {one.name: one.refused_protected for one in summary.resources if one.refused_protected}
    assert refused == {"persons": 1, "enrolments": 1, "memberships": 1, "lessons": 1, "responsibles": 1}


def test_the_import_counts_as_if_nobody_were_let_in(reader, tmp_path):
    with Store.open(tmp_path / "home2", FileLedger(tmp_path / "home2" / "ledger.json"), memory="512MB") as other:
        without = Reader(other, tmp_path / "source2").csv(HERS)

    assert reader.csv(HERS, sink=Sink("sami")).resources == without.resources


def test_nobody_else_protected_is_handed_over(reader):
    sink = Sink("sami")
    more = HERS["persons.csv"] + "kim,Dold,Dolsson,Skyddad folkbokföring,2011-01-01,,\n"
    reader.csv(HERS | {"persons.csv": more}, sink=sink)

    assert [one.source_id for one in sink.taken[-1].admitted] == ["sami"]
    assert "Dold" not in str(sink.taken[-1])


def test_an_id_that_is_nobody_or_somebody_ordinary_hands_nothing_over(reader):
    sink = Sink("nosuch", "mira")
    reader.csv(HERS, sink=sink)

    assert [one.rows for one in sink.taken[-1].admitted] == [{}, {}]
    assert reader.code("mira") in str(reader.rows("pupils"))


def test_an_unchanged_source_is_read_again_until_the_decision_has_met_its_pupil(reader):
    reader.csv(HERS)
    sink = Sink("sami")
    summary = reader.csv(HERS, sink=sink)
    assert (summary.status, summary.import_id) == (UNCHANGED, None)
    assert sink.told.rows["persons"]

    sink.unread = False
    reader.csv(HERS, sink=sink)
    assert len(sink.taken) == 1
    assert len(reader.store.ledger.imports()) == 1


def test_a_dry_run_hands_nothing_over(reader):
    sink = Sink("sami")
    assert reader.csv(HERS, sink=sink, dry_run=True).status == DRY_RUN
    assert sink.taken == []


def test_a_row_of_hers_that_breaks_a_rule_is_neither_handed_over_nor_listed(reader):
    sink = Sink("sami")
    wrong = HERS["lessons.csv"] + "sami,ma,2025-13-01,08:00,60,true,0,0,0,60,0\n"
    summary = reader.csv(HERS | {"lessons.csv": wrong}, sink=sink)

    assert len(sink.told.rows["lessons"]) == 1
    assert of(summary, "lessons").quarantined == {}


def test_a_broken_row_of_a_table_that_is_given_whole_ends_nothing(reader):
    sink = Sink("sami")
    wrong = HERS["enrolments.csv"].replace("sami,birch,GR,8", "sami,birch,XX,8")
    reader.csv(HERS | {"enrolments.csv": wrong}, sink=sink)

    assert "enrolments" not in sink.told.whole
    assert "memberships" in sink.told.whole


def held(reader, sink):
    """An import that waits since nearly everybody is gone, with her in it."""
    many = {
        "persons.csv": MARKED + "".join(f"p{n},P,{n},Ingen,2011-01-01,,\n" for n in range(40)),
        "enrolments.csv": HERS["enrolments.csv"] + "".join(f"p{n},birch,GR,8,2025-08-18,\n" for n in range(40)),
    }
    reader.csv(HERS | many, sink=NoSink())
    return reader.csv(HERS, sink=sink)


def test_an_import_that_waits_keeps_her_sealed_and_hands_over_when_it_is_released(reader):
    sink = Sink("sami")
    summary = held(reader, sink)
    assert (summary.status, sink.taken) == (HELD, [])
    assert not on_disk(reader, "Kanarie")

    release_import(reader.store, summary.import_id, sink=sink, by="test", at=FIRST)
    assert sink.told.rows["persons"][""]["given_name"] == "Kanarie"
    assert not sink.taken[-1].late


def test_an_import_that_is_discarded_leaves_nothing(reader):
    sink = Sink("sami")
    summary = held(reader, sink)
    discard_import(reader.store, summary.import_id, by="test", at=FIRST)

    assert sink.taken == []
    assert not list(reader.store.home.rglob("admitted.sealed"))


def test_ss_12000_hands_over_what_came_and_says_what_that_replaces(reader, tmp_path):
    sink = Sink("sami")
    reader.csv(HERS)
    person = {
        "id": "sami", "givenName": "Kanarie", "familyName": "Skyddadson", "securityMarking": "Sekretessmarkering",
        "birthDate": "2011-01-01",
        "enrolments": [{"enroledAt": {"id": "birch"}, "schoolType": "GR", "schoolYear": 8, "startDate": "2025-08-18"}],
    }  # fmt: skip
    reader.read(ss(tmp_path / "s", {"persons": [person]}), sink=sink)

    assert sink.told.rows["enrolments"]
    assert set(sink.told.whole) == {"enrolments"}


ROW = {"activity": "ma", "date": "2026-04-01", "start_minute": 480, "offered": 60}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (Told("c", "i", {"grades": {"a": {"grade": "E"}}}), {"grades": {"a": {"grade": "E"}, "b": {"grade": "C"}}}),
        (Told("c", "i", {"grades": {"a": {"grade": "E"}}}, whole=("grades",)), {"grades": {"a": {"grade": "E"}}}),
        (Told("c", "i", {}), {"grades": {"a": {"grade": "F"}, "b": {"grade": "C"}}}),
        (Told("c", "i", {}, whole=("grades",)), {"grades": {}}),
    ],
)
def test_what_is_kept_is_what_came_last(told, kept):
    before = {"grades": {"a": {"grade": "F"}, "b": {"grade": "C"}}}
    assert after(before, change_of(before, told)) == kept


def test_the_same_again_changes_nothing():
    before = {"grades": {"a": {"grade": "F"}}}
    assert not change_of(before, Told("c", "i", before, whole=("grades",)))


def test_a_late_release_only_adds():
    before = {"grades": {"a": {"grade": "F"}}}
    told = Told("c", "i", {"grades": {"a": {"grade": "A"}, "b": {"grade": "C"}}}, whole=("grades",))
    assert change_of(before, told, only_new=True) == Change({"grades": {"b": {"grade": "C"}}}, {})


def test_a_lesson_that_is_cancelled_for_all_is_gone_and_a_group_replaces_its_own_members():
    before = {
        "lessons": {"ma\x1f2026-04-01\x1f480": ROW},
        "memberships": {"8a\x1f": {"group": "8a"}, "8b\x1f": {"group": "8b"}},
    }
    change = change_of(before, Told("c", "i", groups=("8a",), cancelled=("ma\x1f2026-04-01\x1f480",)))
    assert change.gone == {"lessons": ["ma\x1f2026-04-01\x1f480"], "memberships": ["8a\x1f"]}
