"""What rarely comes, and must be answered all the same."""

import gzip
import json

import pytest

from pluginnovation.records import ss_files, text_files
from pluginnovation.records.fingerprints import is_same_json, may_be, print_of, print_of_items
from pluginnovation.records.profiles import PROFILES
from pluginnovation.records.refusals import Refusal
from tests.unit.records.school import SCHOOL, lessons, of, only, ss, text
from tests.unit.records.test_read_ss12000 import SCHOOL as OBJECTS
from tests.unit.records.test_read_ss12000 import attendance, event, ref, thing

CSV = PROFILES["csv"]
ROW = "mira,ma,2025-09-01,08:00,60,true,60,0,0,0,0"


def test_a_print_is_of_the_lines_whatever_stands_in_them(tmp_path):
    path = tmp_path / "lessons.csv"
    prints = []
    for content in (lessons(ROW), lessons(ROW.replace("ma", "m\x1fa")), lessons(ROW).replace("\n", "\r\n")):
        path.write_bytes(content.encode())
        prints.append(print_of([path], CSV).content)

    assert prints[0] != prints[1]
    assert prints[0].split(".")[-1] == prints[2].split(".")[-1]


def test_the_same_json_is_told_by_its_bytes_or_else_by_its_items(tmp_path, monkeypatch):
    one, two = tmp_path / "groups-1.json", tmp_path / "groups-2.json"
    one.write_text('{"data": [{"id": "7a"}, {"id": "7b"}]}')
    kept = print_of_items([one], "groups").told(superseded=0)
    one.write_text('{"data": [{"id": "7b"}]}')
    two.write_text('{"data": [{"id": "7a"}]}')
    assert is_same_json(kept, [one, two], "groups")
    two.write_text('{"data": [{"id": "7c"}]}')
    assert not is_same_json(kept, [one, two], "groups")

    one.write_text('{"data": [{"id": "7a"}, {"id": "7b"}]}')
    monkeypatch.setattr("pluginnovation.records.fingerprints.raw_items", None)
    assert is_same_json(kept, [one], "groups")


def test_the_size_of_files_tells_when_they_need_not_be_read(tmp_path):
    path, packed = tmp_path / "lessons.csv", tmp_path / "lessons.csv.gz"
    path.write_text(lessons(ROW))
    packed.write_bytes(gzip.compress(lessons(ROW).encode()))
    kept = print_of([path], CSV).content
    path.write_text(lessons(ROW).removesuffix("\n"))

    assert may_be(kept, [path], CSV)
    assert may_be(kept, [packed], CSV)
    assert may_be("of another version", [path], CSV)
    path.write_text(lessons(ROW, ROW))
    assert not may_be(kept, [path], CSV)


def test_a_packed_source_again_changes_nothing(reader):
    files = {"lessons.csv": None, "lessons.csv.gz": gzip.compress(lessons(ROW).encode())}
    reader.csv(files)

    assert reader.csv(files).status == "unchanged"


def test_quoted_cells_are_read_again_when_their_lines_are_turned(reader):
    head = "id,display_name,group_type,organisation_id\n"
    first, second = '8a,"8\nA",Klass,birch\n', '9b,"9\nB",Klass,birch\n'
    reader.csv({"groups.csv": head + first + second})

    assert reader.csv({"groups.csv": head + first + second}).status == "unchanged"
    assert reader.csv({"groups.csv": head + second + first}).status == "unchanged"
    mixed = head + '8a,"8\nB",Klass,birch\n9b,"9\nA",Klass,birch\n'
    assert of(reader.csv({"groups.csv": mixed}), "groups").changed == 2


def test_a_marker_that_is_not_json_says_nothing(reader):
    reader.csv({"simulation.json": "{"})

    assert reader.store.ledger.imports()[0].simulated is False


def test_a_single_json_file_is_a_source(reader, tmp_path):
    where = ss(tmp_path / "s", {"groups": OBJECTS["groups"], "simulation": {"simulated": True}})
    summary = reader.read(where / "groups.json")

    assert (of(summary, "groups").new, summary.simulated) == (1, True)


def test_a_quoted_cell_larger_than_a_block_is_read_whole(reader, monkeypatch):
    monkeypatch.setattr(text_files.blocks, "__kwdefaults__", {"encoding": "utf-8", "size": 64})
    name = "\n".join(["rad"] * 100)
    reader.csv(
        {"groups.csv": f'id,display_name,group_type,organisation_id\n8a,"{name}",Klass,birch\n9b,9B,Klass,birch\n'}
    )

    assert [row["display_name"] for row in reader.rows("groups")] == [name, "9B"]


def test_a_quotation_mark_never_closed_is_not_read_to_the_end_of_the_disk(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "BLOCK_BYTES", 100)
    monkeypatch.setattr(text_files, "LINE_BYTES", 100)
    monkeypatch.setattr(text_files.blocks, "__kwdefaults__", {"encoding": "utf-8", "size": 100})
    rows = "\n".join(['8a,"8A,Klass,birch', *["9b,9B,Klass,birch"] * 200])
    with pytest.raises(Refusal) as refused:
        reader.csv({"groups.csv": f"id,display_name,group_type,organisation_id\n{rows}\n"})

    assert refused.value.code == "quote_never_closed"


def test_a_quotation_mark_inside_a_cell_is_a_character(reader):
    reader.csv({"groups.csv": text(SCHOOL["groups"]) + '9b,9"B,Klass,birch\n'})

    assert {row["display_name"] for row in reader.rows("groups")} == {"8A", '9"B'}


@pytest.mark.parametrize("content", ["id\n8å\n".encode("utf-16"), b"\xff\xfe\x00\x00"])
def test_packed_text_in_a_wide_encoding_is_refused_too(reader, tmp_path, content):
    with pytest.raises(Refusal, match="UTF-8"):
        reader.read(only(tmp_path / "s", {"groups.csv.gz": gzip.compress(content)}))


def test_another_encoding_that_does_not_fit_is_refused(reader, tmp_path):
    with pytest.raises(Refusal, match="UTF-8"):
        reader.read(only(tmp_path / "s", {"groups.csv": b"id;\x81\n"}), profile="csv-semicolon-latin1")


def test_a_json_file_too_large_to_decode_at_once_says_how_to_split_it(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(ss_files, "MOST_BYTES", 10)
    with pytest.raises(Refusal) as refused:
        reader.read(ss(tmp_path / "s", {"attendances": [attendance("1", "mira", "e1")]}))

    assert (refused.value.code, "attendances-0001.json" in refused.value.text("sv")) == ("file_too_large", True)


@pytest.mark.parametrize(("content", "code"), [("{", "not_json"), ('{"data": [7]}', "no_list_of_objects")])
def test_deleted_entities_that_are_not_what_they_should_be(reader, tmp_path, content, code):
    where = ss(tmp_path / "s", {"groups": []})
    (where / "deletedEntities.json").write_text(content)
    with pytest.raises(Refusal) as refused:
        reader.read(where)

    assert refused.value.code == code


def test_deleted_entities_may_stand_in_several_objects(reader):
    reader.read(ss(reader.where, OBJECTS))
    gone = {"data": [{"groups": ["8a"]}, {"note": "x"}]}
    reader.read(ss(reader.where, {"deletedEntities": gone, "groups": []}))

    assert reader.rows("groups") == []


def test_json_broken_between_two_imports_is_refused_before_anything_is_compared(reader):
    reader.read(ss(reader.where, {"groups": OBJECTS["groups"]}))
    for content, code in (("{", "not_json"), ('{"data": 7}', "no_list_of_objects")):
        (reader.where / "groups.json").write_text(content)
        with pytest.raises(Refusal) as refused:
            reader.read(reader.where)
        assert refused.value.code == code


def test_attendances_without_any_timetable_cannot_be_placed(reader):
    summary = reader.read(ss(reader.where, {"attendances": [attendance("1", "mira", "e1")]}))

    assert of(summary, "lessons").quarantined == {"unknown_calendar_event": 1}


def test_an_event_without_a_length_or_an_end_is_turned_away(reader):
    events = [event("e1", teachingLengthStudent=None)]
    summary = reader.read(ss(reader.where, {"calendarEvents": events, "attendances": [attendance("1", "mira", "e1")]}))

    assert of(summary, "lessons").quarantined == {"required_cell_empty": 1}


def test_a_study_plan_may_leave_the_term_open(reader):
    plan = thing("sp", student=ref("mira"), content=[{"type": "Utökade", "syllabuses": [{"syllabus": ref("sy")}]}])
    reader.read(ss(reader.where, OBJECTS | {"studyplans": [plan]}))

    assert [(row["planned_semester"], row["required"]) for row in reader.rows("study_plans")] == [(None, False)]


def test_a_json_document_with_a_byte_order_mark_is_json(reader):
    where = ss(reader.where, {"groups": []})
    (where / "groups.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"data": OBJECTS["groups"]}).encode())

    assert of(reader.read(where), "groups").new == 1


def test_the_summary_counts_what_was_superseded_and_cancelled_in_words(reader):
    summary = reader.csv({"lessons.csv": lessons(ROW, ROW, "noor,ma,2025-09-01,08:00,0,false,,,,,")})

    assert "1 ersatta, 1 inställda" in summary.text("sv")
