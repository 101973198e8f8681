"""Made-up files of other systems, read through profiles."""

import pytest

from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.refusals import Refusal
from tests.unit.records.school import SCHOOL, folder, of, only, text

VKLASS = """Elev-id;Namn;Kurs;Undv. tid;Lekt.;N min;GF min;F min;N %;GF %;F %;Ej reg tid
mira;Påhittad A;ma;1 200;20;900;60;120;83;6;11;120
noor;Påhittad B;ma;600;10;600;0;0;100;0;0;0
"""
NAME = "Närvaro 8A 2026-01-07 2026-01-31.csv"

EVENTS = """personid;start;stop;lessonid;courseid;lessonminutes;reason;minutes;comment
mira;2026-01-07T08:10:00;2026-01-07T09:10:00;1;ma;60;LateArrival;10;
mira;2026-01-07T08:10:00;2026-01-07T09:10:00;1;ma;60;Invalid;20;
mira;2026-01-08T08:10:00;2026-01-08T09:10:00;2;ma;60;;;
noor;2026-01-07T08:10:00;2026-01-07T09:10:00;1;ma;60;Present;60;
noor;2026-01-08T08:10:00;2026-01-08T09:10:00;2;ma;60;Invalid;60;
noor;2026-01-08T08:10:00;2026-01-08T09:10:00;2;ma;60;Valid;60;
noor;2026-01-08T08:10:00;2026-01-08T09:10:00;2;ma;60;Invalid;0;
"""


def rows(reader, table, *columns):
    names = {reader.code("mira"): "mira", reader.code("noor"): "noor"}
    found = [(names[row["pupil"]], *(row[column] for column in columns)) for row in reader.rows(table)]
    return sorted(found, key=str)


def own(said, **top):
    """A profile of our own, for one file of lessons unless more is said."""
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in top.items()]
    return parsed("\n".join(['name = "own"', *lines, said]), "own.toml")


def test_a_vklass_report_becomes_sums_with_what_nobody_reported(reader, tmp_path):
    summary = reader.read(only(tmp_path / "s", {NAME: VKLASS}), profile="vklass")

    assert of(summary, "attendance_sums").new == 2
    assert rows(reader, "attendance_sums", "offered", "reported", "attended", "excused", "unexcused") == [
        ("mira", 1200, 1080, 900, 60, 120),
        ("noor", 600, 600, 600, 0, 0),
    ]
    row = reader.rows("attendance_sums")[0]
    assert (str(row["start_date"]), str(row["end_date"]), row["activity"]) == ("2026-01-07", "2026-01-31", "ma")


def test_a_vklass_report_without_courses_is_about_everything(reader, tmp_path):
    report = "Elev-id;Undv. tid;N min;GF min;F min;Ej reg tid\nmira;100;100;0;0;0\n"
    path = tmp_path / NAME
    path.write_text(report, "utf-8")
    assert of(reader.read(path, profile="vklass"), "attendance_sums").new == 1
    assert reader.rows("attendance_sums")[0]["activity"] == "alla"


def test_a_report_that_does_not_say_its_period_is_refused(reader, tmp_path):
    with pytest.raises(Refusal) as refused:
        reader.read(only(tmp_path / "s", {"Närvaro 8A.csv": VKLASS}), profile="vklass")
    assert refused.value.code == "period_not_in_name"
    assert reader.store.ledger.imports() == []


def test_a_vklass_row_that_cannot_be_right_is_set_aside(reader, tmp_path):
    report = VKLASS.replace("900;60;120", "90x;60;120").replace("100;0;0;0\n", "100;0;0;inget\n")
    reader.read(only(tmp_path / "s", {NAME: report}), profile="vklass", max_quarantine=100)
    assert reader.columns() == [("not_a_whole_number", "attended_sum"), ("not_a_whole_number", "reported_sum")]


def test_edlevo_rows_of_one_lesson_become_one_with_lateness_as_absence(reader, tmp_path):
    summary = reader.read(only(tmp_path / "s", {"absence-events.csv": EVENTS}), profile="edlevo")

    assert of(summary, "lessons").new == 4
    assert rows(reader, "lessons", "date", "start_minute", "is_reported", "attended", "excused", "unexcused", "late")[
        :4
    ] == [
        ("mira", *_day(7), 490, True, 30, 0, 30, 10),
        ("mira", *_day(8), 490, False, 0, 0, 0, 0),
        ("noor", *_day(7), 490, True, 60, 0, 0, 0),
        # The same reason again is a correction of it: the last one counts.
        ("noor", *_day(8), 490, True, 0, 60, 0, 0),
    ]


def _day(day):
    from datetime import date

    return (date(2026, 1, day),)


def test_lateness_that_is_not_absence_lies_inside_attendance(reader, tmp_path):
    from pluginnovation.records.profiles import profile_named

    said = profile_named("edlevo").text.replace("is_absence = true", "is_absence = false")
    reader.read(only(tmp_path / "s", {"absence-events.csv": EVENTS}), profile=parsed(said, "own.toml"))

    assert rows(reader, "lessons", "attended", "unexcused", "late")[1] == ("mira", 40, 20, 10)
    assert not reader.store.ledger.imports()[0].lateness_is_absence


def test_edlevo_sums_put_reasons_together_and_lateness_where_it_belongs(reader, tmp_path):
    sums = """personid;courseorsubjectid;start;stop;offeredminutes;reason;minutes
mira;ma;2026-01-07;2026-01-31;600;Present;500
mira;ma;2026-01-07;2026-01-31;600;Invalid;20
mira;ma;2026-01-07;2026-01-31;600;LateArrival;10
noor;ma;2026-01-07;2026-01-31;600;;
"""
    reader.read(only(tmp_path / "s", {"aggregation.csv": sums}), profile="edlevo")
    assert rows(reader, "attendance_sums", "offered", "reported", "attended", "excused", "unexcused") == [
        ("mira", 600, 530, 500, None, 30),
        ("noor", 600, 0, None, None, None),
    ]


def test_a_reason_that_nobody_knows_and_one_without_minutes_are_set_aside(reader, tmp_path):
    events = EVENTS.replace("Present", "Praktik").replace("LateArrival;10", "LateArrival;")
    reader.read(only(tmp_path / "s", {"events.csv": events}), profile="edlevo", max_quarantine=100)
    assert reader.columns() == [("not_a_whole_number", "late_minutes"), ("word_not_in_list", "reason")]


LESSONS = """Elev;Aktivitet;Dag;Kl;Längd;Rapporterad;Giltig;Ogiltig
mira;ma;7/1 2026;8.10;1,5;Ja;0,5;0
noor;ma;7/1 2026;8.10;1,5;NEJ;;
"""
OWN = """
dates = ["D/M YYYY"]
times = ["h.mm"]
true_words = ["ja"]
false_words = ["nej"]
[files.lessons]
names = ["lektion*.txt"]
units = { offered_minutes = "hours", excused_minutes = "hours", unexcused_minutes = "hours" }
[files.lessons.columns]
"elev" = "student_id"
Aktivitet = "activity_id"
Dag = "date"
Kl = "start_time"
"Längd" = "offered_minutes"
Rapporterad = "is_reported"
Giltig = "excused_minutes"
Ogiltig = "unexcused_minutes"
"""


@pytest.mark.parametrize(
    ("encoding", "bytes_"),
    [("cp1252", LESSONS.encode("cp1252")), ("utf-16", LESSONS.encode("utf-16")), ("utf-8", LESSONS.encode("utf-8-sig")),
     ("utf-16-le", LESSONS.encode("utf-16-le")), ("utf-16-be", b"\xfe\xff" + LESSONS.encode("utf-16-be"))],
)  # fmt: skip
def test_hours_with_a_comma_other_days_and_other_words_in_any_encoding(reader, tmp_path, encoding, bytes_):
    profile = own(OWN, delimiter=";", encoding=encoding, decimal=",")
    reader.read(only(tmp_path / "s", {"Lektioner.txt": bytes_}), profile=profile)
    assert rows(reader, "lessons", "date", "start_minute", "offered", "is_reported", "attended", "excused") == [
        ("mira", *_day(7), 490, 90, True, 60, 30),
        ("noor", *_day(7), 490, 90, False, 0, 0),
    ]


@pytest.mark.parametrize(
    ("encoding", "bytes_"),
    [("utf-8", LESSONS.encode("cp1252")), ("cp1252", LESSONS.encode("utf-8-sig")), ("cp1252", LESSONS.encode("utf-16")),
     ("utf-16", LESSONS.encode("utf-16")[:-1])],
)  # fmt: skip
def test_another_encoding_than_the_profiles_is_refused(reader, tmp_path, encoding, bytes_):
    profile = own(OWN, delimiter=";", encoding=encoding, decimal=",")
    with pytest.raises(Refusal) as refused:
        reader.read(only(tmp_path / "s", {"Lektioner.txt": bytes_}), profile=profile)
    assert refused.value.code == "encoding_unknown"


HEAD = "student_id,activity_id,date,start_time,offered_minutes,excused_minutes,unexcused_minutes,late_minutes"


@pytest.mark.parametrize(
    ("said", "row", "expected"),
    [
        ('[unreported]\nsaid_by = "nothing"', "60,0,0,", (60, True, 60, 0)),
        ('[unreported]\nsaid_by = "empty"', "60,,,", (60, False, 0, 0)),
        ('[unreported]\nsaid_by = "empty"', "60,0,,", (60, True, 60, 0)),
        ('[unreported]\nsaid_by = "nothing"\n[lateness]\nis_apart = true', "60,0,20,10", (60, True, 30, 30)),
        (
            '[unreported]\nsaid_by = "nothing"\n[lateness]\nis_apart = true\nis_absence = false',
            "60,0,20,10",
            (60, True, 40, 20),
        ),
    ],
)
def test_rules_about_lateness_and_what_nobody_reported(reader, tmp_path, said, row, expected):
    lessons = f"{HEAD}\nmira,ma,2026-01-07,08:10,{row}\n"
    reader.read(only(tmp_path / "s", {"lessons.csv": lessons}), profile=own(said))
    assert rows(reader, "lessons", "offered", "is_reported", "attended", "unexcused") == [("mira", *expected)]


def test_unreported_lessons_that_are_not_offered_are_cancelled(reader, tmp_path):
    lessons = f"{HEAD}\nmira,ma,2026-01-07,08:10,60,,,\nnoor,ma,2026-01-07,08:10,60,0,60,\n"
    profile = own('[unreported]\nsaid_by = "empty"\nis_offered = false')
    summary = reader.read(only(tmp_path / "s", {"lessons.csv": lessons}), profile=profile)
    assert of(summary, "lessons").cancelled == 1
    assert rows(reader, "lessons", "unexcused") == [("noor", 60)]


@pytest.mark.parametrize(("within", "offered", "reported"), [("true", 600, 500), ("false", 700, 600)])
def test_sums_know_whether_the_unreported_minutes_lie_within_the_offered(reader, tmp_path, within, offered, reported):
    head = "student_id,activity_id,start_date,end_date,offered_sum,Ej"
    profile = own(
        f'[unreported]\nsaid_by = "minutes"\nis_within_offered = {within}\n'
        '[files.attendance_sums.columns]\nEj = "unreported_sum"\n'
    )
    files = {"attendance_sums.csv": f"{head}\nmira,ma,2026-01-07,2026-01-31,600,100\n"}
    reader.read(only(tmp_path / "s", files), profile=profile)
    assert rows(reader, "attendance_sums", "offered", "reported") == [("mira", offered, reported)]


def test_lessons_with_unreported_minutes_are_unreported(reader, tmp_path):
    head = "student_id,activity_id,date,start_time,offered_minutes,unreported_minutes"
    files = {"lessons.csv": f"{head}\nmira,ma,2026-01-07,08:10,60,0\nnoor,ma,2026-01-07,08:10,60,60\n"}
    reader.read(only(tmp_path / "s", files), profile=own('[unreported]\nsaid_by = "minutes"'))
    assert rows(reader, "lessons", "offered", "is_reported") == [("mira", 60, True), ("noor", 60, False)]


def test_words_of_code_lists_are_translated_and_the_unknown_set_aside(reader, tmp_path):
    persons = text(SCHOOL["persons"]).replace(",Ingen,", ",nej,").replace("Noor,Al,nej", "Noor,Al,ja")
    profile = own('[files.persons.words.security_marking]\nNej = "Ingen"\nJa = "Sekretessmarkering"\n')
    summary = reader.read(folder(tmp_path / "s", {"persons.csv": persons}), profile=profile)

    assert of(summary, "persons").refused_protected == 1
    assert {row["pupil"] for row in reader.rows("pupils")} == {reader.code("mira")}


def test_an_empty_marking_is_never_taken_for_no_marking(reader, tmp_path):
    persons = text(SCHOOL["persons"]).replace("Noor,Al,Ingen", "Noor,Al,")
    profile = own('[files.persons.words.security_marking]\n"" = "Ingen"\n')
    reader.read(folder(tmp_path / "s", {"persons.csv": persons}), profile=profile, max_quarantine=100)
    assert ("required_cell_empty", "security_marking") in reader.columns()


def test_constants_fill_columns_that_the_export_lacks(reader, tmp_path):
    head = "student_id,subject_code,grade,registered_date"
    profile = own('[files.grades.constants]\nkind = "term"\n')
    reader.read(only(tmp_path / "s", {"grades.csv": f"{head}\nmira,MA,E,2026-01-07\n"}), profile=profile)
    assert rows(reader, "grades", "grade", "kind") == [("mira", "E", "term")]


def test_a_header_that_is_named_twice_or_missing_is_refused_in_our_words(reader, tmp_path):
    def code(head):
        with pytest.raises(Refusal) as refused:
            reader.read(
                only(tmp_path / "s", {"lektion.txt": f"{head}\n"}), profile=own(OWN, delimiter=";", decimal=",")
            )
        return refused.value.code

    assert code("Elev;ELEV;Aktivitet;Dag;Kl;Längd;Rapporterad") == "column_twice"
    assert code("Elev;Aktivitet;Dag;Kl;Rapporterad") == "column_missing"


def test_the_same_file_again_changes_nothing_until_the_profile_is_another(reader, tmp_path):
    where = only(tmp_path / "s", {"lessons.csv": f"{HEAD}\nmira,ma,2026-01-07,08:10,60,0,20,10\n"})
    one = own('version = 1\n[unreported]\nsaid_by = "nothing"')
    two = own('version = 2\n[unreported]\nsaid_by = "nothing"\n[lateness]\nis_apart = true')

    assert [reader.read(where, profile=profile).status for profile in (one, one, two)] == ["done", "unchanged", "done"]
    assert rows(reader, "lessons", "unexcused") == [("mira", 30)]
    assert [(row.profile, row.profile_version) for row in reader.store.ledger.imports()] == [("own", 1), ("own", 2)]


def test_a_profile_with_nothing_to_translate_reads_as_the_format_itself(reader, tmp_path):
    grades = "student_id,subject_code,grade,registered_date,kind,points\nmira,MA,E,2026-01-07,term,100\n"
    files = {
        "grades.csv": grades,
        "calendars.csv": "organisation_id,kind,start_date,end_date\nbirch,term,x,2026-06-01\n",
    }
    reader.read(folder(tmp_path / "s", files), profile="csv", max_quarantine=100)
    before = {table: reader.rows(table) for table in ("persons", "lessons", "grades", "groups", "enrolments", "duties")}
    away = reader.quarantine()
    again = reader.read(folder(tmp_path / "s", files), profile=own(""), max_quarantine=100)

    assert again.status == "unchanged"
    assert {table: reader.rows(table) for table in before} == before
    assert away == reader.quarantine() == [("calendars.csv", 2, "not_a_date", "text")]
