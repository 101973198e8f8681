"""What a profile makes of files, before anything is read in."""

import pytest

from pluginnovation.privacy.pseudonyms import Pseudonymiser
from pluginnovation.records.profiles import profile_named
from pluginnovation.records.profiles_preview import preview
from pluginnovation.records.refusals import Refusal
from tests.unit.records.school import SCHOOL, folder, only, ss, text
from tests.unit.records.test_read_with_profiles import EVENTS, NAME, VKLASS, own

KEY = bytes(range(32))


@pytest.fixture
def look(tmp_path):
    def seen(path, profile, **terms):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        return preview(path, profile, scratch, key=KEY, **terms)

    return seen


def test_columns_understood_and_not_and_the_first_rows_with_codes(look, tmp_path):
    seen = look(only(tmp_path / "s", {NAME: VKLASS, "logo.png": b"x"}), profile_named("vklass"), rows=1)
    (file,) = seen.files

    assert (seen.profile, seen.version, seen.read, seen.turned_away, seen.ignored) == ("vklass", 1, 2, 0, ("logo.png",))
    assert file.understood["Undv. tid"] == "offered_sum"
    assert "Namn" in file.not_understood and "N %" in file.not_understood
    row = dict(zip(file.columns, *file.rows, strict=True))
    assert (row["offered"], row["reported"], row["start_date"]) == ("1200", "1080", "2026-01-07")
    assert row["pupil"] == Pseudonymiser(KEY).code("", "mira")


def test_no_name_number_or_day_of_birth_is_shown(look, tmp_path):
    persons = text(SCHOOL["persons"]).replace("2011-03-04,", "2011-03-04,191212121212")
    seen = look(folder(tmp_path / "s", {"persons.csv": persons}), profile_named("csv"))
    said = repr(seen)

    for hidden in ("Mira", "Ek'", "191212121212", "2011-03-04", "mira@", "'mira'", "'asa'"):
        assert hidden not in said
    persons = next(file for file in seen.files if file.file == "persons.csv")
    assert "2011" in {cell for row in persons.rows for cell in row}


def test_a_protected_person_is_counted_and_never_shown(look, tmp_path):
    persons = text(SCHOOL["persons"]).replace("Mira,Ek,Ingen", "Mira,Ek,Sekretessmarkering")
    seen = look(folder(tmp_path / "s", {"persons.csv": persons}), profile_named("csv"))

    assert seen.refused > 0
    assert Pseudonymiser(KEY).code("", "mira") not in repr(seen)


def test_rows_that_would_be_set_aside_are_counted_and_placed_without_what_they_say(look, tmp_path):
    events = EVENTS.replace("noor;2026-01-07T08:10:00", "noor;hemligt")
    seen = look(only(tmp_path / "s", {"events.csv": events}), profile_named("edlevo"))

    assert seen.broken == {"lessons": {"not_a_date": 1}}
    assert [(one.file, one.line, one.column, one.value_class) for one in seen.set_aside] == [
        ("events.csv", 5, "date", "text")
    ]
    assert "hemligt" not in repr(seen)


def test_a_missing_or_doubled_column_is_told_and_the_other_files_are_read_all_the_same(look, tmp_path):
    seen = look(
        only(
            tmp_path / "s",
            {
                "events.csv": "personid;start;reason\n",
                "aggregation.csv": "personid;PersonID;courseorsubjectid;start;stop\n",
                "groups.csv": "id;display_name;group_type;organisation_id\n8a;8A;Klass;birch\n",
            },
        ),
        profile_named("edlevo"),
    )
    by_name = {file.file: file for file in seen.files}

    assert set(by_name["events.csv"].missing) == {"activity_id", "offered_minutes"}
    assert by_name["aggregation.csv"].twice == ("student_id",)
    assert by_name["groups.csv"].rows and seen.read == 1


def test_a_first_line_that_may_be_somebodys_row_is_not_shown(look, tmp_path):
    seen = look(only(tmp_path / "s", {"persons.csv": "Mira,Ek,x\n", "groups.csv": "id,a@b.se,201103041234\n"}), own(""))
    assert {file.file: file.not_understood for file in seen.files} == {
        "persons.csv": ("#1", "#2", "#3"),
        "groups.csv": ("#2", "#3"),
    }


def test_rows_that_replace_each_other_are_counted(look, tmp_path):
    report = VKLASS.replace(";Kurs;", ";Ämne;").replace("noor;", "mira;")
    seen = look(only(tmp_path / "s", {NAME: report}), profile_named("vklass"))
    assert (seen.read, seen.superseded, seen.turned_away) == (2, 1, 0)


def test_the_standards_json_needs_no_profile(look, tmp_path):
    with pytest.raises(Refusal) as refused:
        look(ss(tmp_path / "s", {"persons": []}), profile_named("vklass"))
    assert refused.value.code == "profile_reads_csv_only"
