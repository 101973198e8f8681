"""A folder of CSV, read into the store."""

import gzip
import zipfile
from datetime import date

import pytest

from pluginnovation.records.refusals import Refusal
from tests.unit.records.school import SCHOOL, SOURCE, folder, lessons, of, only, text


def test_every_resource_arrives_with_its_counts(reader):
    summary = reader.csv()

    assert summary.status == "done"
    assert {resource.name: resource.new for resource in summary.resources} == {
        "organisations": 2,
        "persons": 3,
        "enrolments": 2,
        "groups": 1,
        "memberships": 2,
        "duties": 1,
        "activities": 1,
        "lessons": 2,
    }
    assert reader.rows("lessons")[0].keys() >= {"pupil", "activity", "date", "start_minute", "attended"}


def test_people_are_codes_and_staff_are_not_pupils(reader):
    reader.csv()

    assert {row["pupil"] for row in reader.rows("pupils")} == {reader.code("mira"), reader.code("noor")}
    assert reader.rows("duties")[0]["person"] == reader.code("asa")
    asa = next(row for row in reader.rows("persons") if row["person"] == reader.code("asa"))
    assert asa["birth_date"] is None


def test_the_source_is_named_after_its_one_authority(reader):
    assert reader.csv(source=None).source == "Påhittad kommun"


@pytest.mark.parametrize("rows", ["", "hm2,Annan kommun,Huvudman,\n"])
def test_none_or_several_authorities_need_a_name(reader, rows):
    organisations = "id,display_name,organisation_type,parent_id\n" + (
        f"hm,En kommun,Huvudman,\n{rows}" if rows else ""
    )
    with pytest.raises(Refusal) as refused:
        reader.csv({"organisations.csv": organisations}, source=None)
    assert refused.value.code == "source_name_needed"


def test_a_source_without_organisations_needs_a_name(reader, tmp_path):
    with pytest.raises(Refusal, match="--source"):
        reader.read(only(tmp_path / "s", {"lessons.csv": lessons()}), source=None)


def test_a_dry_run_compares_and_stores_nothing(reader):
    summary = reader.csv(dry_run=True)

    assert (summary.status, summary.import_id, of(summary, "lessons").new) == ("dry_run", None, 2)
    assert reader.store.ledger.imports() == []
    assert reader.rows("lessons") == []


def test_split_files_packed_files_bom_and_crlf_are_one_resource(reader):
    rows = text(SCHOOL["lessons"]).splitlines()
    summary = reader.csv(
        {
            "lessons.csv": None,
            "lessons-0001.csv": "﻿" + "\r\n".join(rows[:2]) + "\r\n",
            "lessons-0002.csv.gz": gzip.compress("\n".join([rows[0], rows[2]]).encode()),
        }
    )

    assert of(summary, "lessons").new == 2
    assert "lessons-0002.csv.gz" in reader.store.ledger.imports()[0].files


def test_a_row_knows_its_file_and_its_place_in_it(reader):
    reader.csv({"lessons-0002.csv": lessons("", "mira,ma,2025-09-02,08:00,60,true,60,0,0,0,0")})

    rows = reader.store.frame(reader.store.facts().lessons).to_dicts()
    files = reader.store.ledger.imports()[0].files
    assert {(row["pupil"], row["date"].day): (files[row["file_no"]], row["row_no"]) for row in rows} == {
        (reader.code("mira"), 1): ("lessons.csv", 1),
        (reader.code("noor"), 1): ("lessons.csv", 2),
        # The blank line counts: whoever opens the file finds the row at this place below the header.
        (reader.code("mira"), 2): ("lessons-0002.csv", 2),
    }


def test_a_single_file_is_a_source_and_is_known_by_its_columns(reader, tmp_path):
    path = tmp_path / "export från systemet.csv"
    path.write_text(lessons("mira,ma,2025-09-01,08:00,60,true,60,0,0,0,0"), "utf-8")

    assert of(reader.read(path), "lessons").new == 1


def test_a_zip_of_csv_is_a_source(reader, tmp_path):
    where, path = folder(tmp_path / "s"), tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in where.iterdir():
            archive.write(found, f"inner/{found.name}")

    assert of(reader.read(path), "lessons").new == 2


def test_other_columns_and_other_files_are_let_be(reader):
    summary = reader.csv(
        {"groups.csv": "x,id,display_name,group_type,organisation_id\n1,8a,8A,Klass,birch\n", "notes.txt": "?"}
    )

    assert of(summary, "groups").new == 1
    assert summary.ignored == ("notes.txt",)


def test_a_missing_row_of_a_whole_resource_has_ended(reader):
    reader.csv()
    summary = reader.csv({"memberships.csv": "group_id,person_id,start_date\n8a,mira,2025-08-18\n"})

    assert of(summary, "memberships").ended == 1
    assert [row["pupil"] for row in reader.rows("memberships")] == [reader.code("mira")]


def test_lessons_are_increments_and_a_correction_replaces(reader):
    reader.csv()
    summary = reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,60,true,0,0,0,60,0")})

    assert (of(summary, "lessons").changed, of(summary, "lessons").ended) == (1, 0)
    assert sorted(row["unexcused"] for row in reader.rows("lessons")) == [0, 60]


def test_the_last_row_with_a_key_counts(reader):
    summary = reader.csv(
        {
            "lessons.csv": None,
            "lessons-0001.csv": lessons(
                "mira,ma,2025-09-01,08:00,60,true,60,0,0,0,0",
                "noor,ma,2025-09-01,08:00,60,true,60,0,0,0,0",
                "mira,ma,2025-09-01,08:00,60,true,0,0,0,60,0",
            ),
            "lessons-0002.csv": lessons("noor,ma,2025-09-01,08:00,60,true,0,60,0,0,0"),
            "groups.csv": "id,display_name,group_type,organisation_id\n8a,8A,Klass,birch\n8a,8 A,Klass,birch\n",
        }
    )

    assert (of(summary, "lessons").superseded, of(summary, "groups").superseded) == (2, 1)
    assert {row["pupil"]: (row["unexcused"], row["other"]) for row in reader.rows("lessons")} == {
        reader.code("mira"): (60, 0),
        reader.code("noor"): (0, 60),
    }
    assert reader.rows("groups")[0]["display_name"] == "8 A"


def test_a_cancelled_lesson_removes_the_one_it_was(reader):
    reader.csv()
    summary = reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,0,false,,,,,")})

    assert (of(summary, "lessons").cancelled, of(summary, "lessons").ended) == (1, 1)
    assert [row["pupil"] for row in reader.rows("lessons")] == [reader.code("noor")]


def test_a_partial_source_is_enough_and_checks_no_reference(reader, tmp_path):
    head = "student_id,activity_id,start_date,end_date,offered_sum,reported_sum,attended_sum\n"
    summary = reader.read(only(tmp_path / "s", {"attendance_sums.csv": f"{head}p,a,2026-01-01,2026-01-31,,300,200\n"}))

    assert of(summary, "attendance_sums").new == 1
    assert reader.rows("pupils")[0] == {
        "pupil": reader.code("p"),
        "birth_date": None,
        "sex": None,
        "home_municipality": None,
        "status": None,
    }


def test_persons_of_an_earlier_import_are_found_when_pupils_come_later(reader, tmp_path):
    reader.read(only(tmp_path / "s", {"persons.csv": text(SCHOOL["persons"])}))
    assert reader.rows("pupils") == []
    reader.read(only(tmp_path / "s", {"lessons.csv": text(SCHOOL["lessons"])}))

    born = {row["pupil"]: row["birth_date"] for row in reader.rows("pupils")}
    assert born == {reader.code("mira"): date(2011, 3, 4), reader.code("noor"): date(2011, 5, 6)}


def test_references_are_checked_against_the_store_too_also_what_has_ended(reader, tmp_path):
    reader.csv()
    reader.csv({"persons.csv": text(SCHOOL["persons"]).replace("noor,Noor,Al,Ingen,2011-05-06,,\n", "")})
    more = lessons("noor,ma,2025-09-02,08:00,60,true,60,0,0,0,0", "nobody,ma,2025-09-02,08:00,60,true,60,0,0,0,0")
    summary = reader.read(only(tmp_path / "s", {"lessons.csv": more}))

    assert of(summary, "lessons").new == 1
    assert of(summary, "lessons").quarantined == {"unknown_person": 1}


def test_lateness_may_lie_inside_attendance(reader):
    reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,60,true,60,0,0,0,10")}, profile="csv-late-is-present")

    assert reader.store.ledger.imports()[0].lateness_is_absence is False


def test_a_profile_reads_other_delimiters_and_encodings(reader, tmp_path):
    groups = "id;display_name;group_type;organisation_id\n8å;Åttan;Klass;b\n".encode("cp1252")
    reader.read(only(tmp_path / "s", {"groups.csv": groups}), profile="csv-semicolon-latin1")

    assert reader.rows("groups")[0]["group"] == "8å"


def test_the_import_says_who_asked_and_what_was_read(reader):
    reader.csv({"simulation.json": '{"simulated": true}'})

    row = reader.store.ledger.imports()[0]
    assert (row.source, row.by, row.simulated, row.place, row.profile) == (SOURCE, "test", True, "source", "csv")
    assert row.counts["lessons"]["read"] == 2
