"""Files that can't be read: one message naming the file, what was expected and what to do; nothing is stored."""

import gzip
import io
import zipfile

import pytest

from pluginnovation.records import text_files
from pluginnovation.records.refusals import Refusal
from tests.unit.records.school import SCHOOL, folder, lessons, only, ss, text

HEAD = "student_id,activity_id,date,start_time,offered_minutes,is_reported"


def refused(reader, path, **terms) -> Refusal:
    with pytest.raises(Refusal) as found:
        reader.read(path, **terms)
    assert reader.store.ledger.imports() == []
    assert found.value.text("sv")
    assert found.value.text("en") == str(found.value)
    return found.value


@pytest.mark.parametrize(
    ("content", "code", "names"),
    [
        (HEAD.replace(",date", "") + "\n", "column_missing", "date"),
        ("", "column_missing", "student_id"),
        (HEAD + ",date\n", "column_twice", "date"),
        ("<html><body>Logga in</body></html>\n", "column_missing", "student_id"),
        ((HEAD + "\n").encode("utf-16"), "encoding_unknown", "UTF-8"),
        ((HEAD + "\nåsa,ma,2025-09-01,08:00,60,true\n").encode("cp1252"), "encoding_unknown", "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "encoding_unknown", "UTF-8"),
        (HEAD + '\n"mira,ma,2025-09-01,08:00,60,true\n', "quote_never_closed", "citattecken"),
    ],
)
def test_a_file_that_is_not_what_it_should_be(reader, tmp_path, content, code, names):
    found = refused(reader, only(tmp_path / "s", {"lessons.csv": content}))

    assert found.code == code
    assert found.where.startswith("lessons.csv")
    assert names in found.text("sv")


def test_one_bad_file_leaves_the_others_unread_too(reader, tmp_path):
    refused(reader, folder(tmp_path / "s", {"lessons.csv": "a,b\n"}))

    assert reader.rows("organisations") == []


@pytest.mark.parametrize(
    ("path", "code"),
    [("https://skola.example/v2", "address_not_read"), ("/nowhere/at/all", "source_missing")],
)
def test_a_source_that_cannot_be_opened(reader, path, code):
    assert refused(reader, path).code == code


def test_a_folder_with_nothing_in_it_says_what_was_expected(reader, tmp_path):
    found = refused(reader, only(tmp_path / "s", {"bilder.png": b"x"}))

    assert found.code == "source_not_recognised"
    assert "persons.csv" in found.text("en")


def test_a_profiles_own_file_names_are_what_was_expected_first(reader, tmp_path):
    found = refused(reader, only(tmp_path / "s", {"export.csv": b"Elev;Datum\n"}), profile="vklass")

    assert found.code == "source_not_recognised"
    assert "Expected one of *närvaro*.csv, " in found.text("en")


def test_csv_and_json_together_is_two_sources(reader, tmp_path):
    found = refused(reader, only(tmp_path / "s", {"groups.csv": text(SCHOOL["groups"]), "groups.json": '{"data": []}'}))

    assert found.code == "source_mixed"


def test_a_file_of_unknown_columns_is_not_a_source(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")

    assert refused(reader, path).code == "source_not_recognised"


def test_a_profile_that_is_not_there(reader, tmp_path):
    assert refused(reader, folder(tmp_path / "s"), profile="excel").code == "profile_unknown"


def test_a_gzip_that_is_cut_off_or_never_was_one(reader, tmp_path):
    packed = gzip.compress(lessons("mira,ma,2025-09-01,08:00,60,true,60,0,0,0,0").encode())
    for content in (packed[:-9], b"not packed at all"):
        assert refused(reader, only(tmp_path / "s", {"lessons.csv.gz": content})).code == "file_broken"


def test_a_gzip_bomb_is_stopped_while_it_unpacks(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "ALWAYS_ALLOWED", 100_000)
    bomb = gzip.compress((HEAD + "\n").encode() + b"\n" * 5_000_000)

    assert refused(reader, only(tmp_path / "s", {"lessons.csv.gz": bomb})).code == "unpacks_too_large"


def test_a_line_without_an_end_is_stopped(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(text_files, "LINE_BYTES", 1000)
    endless = HEAD + "\n" + "x" * 5000
    for name, content in (("lessons.csv", endless.encode()), ("lessons.csv.gz", gzip.compress(endless.encode()))):
        monkeypatch.setattr(text_files.blocks, "__kwdefaults__", {"encoding": "utf-8", "size": 1000})
        assert refused(reader, only(tmp_path / "s", {name: content})).code == "line_too_long"


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not really",
        zipped(("lessons.csv", b"0" * 200_000_000)),
        zipped(("a/lessons.csv", b"x"), ("b/lessons.csv", b"x")),
    ],
    ids=["broken", "bomb", "two of a name"],
)
def test_a_zip_that_is_not_safe_to_open(reader, tmp_path, content):
    path = tmp_path / "s.zip"
    path.write_bytes(content)

    assert refused(reader, path).code == "zip_refused"


def test_a_member_of_a_zip_cannot_leave_its_folder(reader, tmp_path):
    path = tmp_path / "s.zip"
    path.write_bytes(zipped(("../../lessons.csv", lessons("p,a,2025-09-01,08:00,60,true,60,0,0,0,0").encode())))

    assert reader.read(path).status == "done"
    assert not (tmp_path.parent / "lessons.csv").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("inte json", "not_json"),
        ('{"data": [', "not_json"),
        ('{"code": "404", "message": "not found"}', "no_list_of_objects"),
        ('{"data": 7}', "no_list_of_objects"),
        (b"\xff\xfe", "not_json"),
    ],
)
def test_a_json_file_that_is_not_what_it_should_be(reader, tmp_path, content, code):
    path = ss(tmp_path / "s", {})
    (path / "groups.json").write_bytes(content if isinstance(content, bytes) else content.encode())

    assert refused(reader, path).code == code
