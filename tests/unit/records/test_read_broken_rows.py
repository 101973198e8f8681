"""Rows that break a rule go to quarantine, with file, line, rule and the kind of value; the rest is stored."""

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.rules import RULES
from tests.unit.records.school import SCHOOL, lessons, of, text

# what is wrong: cells after student and activity -> rule
LESSONS = {
    "2025-09-01,08:00,60,true,30,0,10,10,0": ("minutes_do_not_add_up", "whole number"),
    "2025-09-01,08:00,60,true,,0,50,11,0": ("minutes_do_not_add_up", "empty"),
    "2025-09-01,08:00,60,true,-5,0,65,0,0": ("minutes_out_of_range", "negative number"),
    "2025-09-01,08:00,1441,true,1441,0,0,0,0": ("minutes_out_of_range", "whole number"),
    "2025-09-01,08:00,99999999999,true,60,0,0,0,0": ("minutes_out_of_range", "large number"),
    "2025-09-01,08:00,60,true,60.5,0,0,0,0": ("not_a_whole_number", "decimal number"),
    "2025-09-01,08:00,60,true,sextio,0,0,0,0": ("not_a_whole_number", "text"),
    "2025-09-01,08:00,60,true,0,0,0,60,61": ("late_over_offered", "whole number"),
    "2025-09-01,08:00,60,false,0,0,0,5,0": ("unreported_with_minutes", "true or false"),
    "2025-09-01,08:00,60,false,,,,,5": ("unreported_with_minutes", "true or false"),
    "2025-09-01,08:00,60,ja,60,0,0,0,0": ("not_true_or_false", "text"),
    "2025-02-30,08:00,60,true,60,0,0,0,0": ("not_a_date", "date"),
    "2025-9-1,08:00,60,true,60,0,0,0,0": ("not_a_date", "text"),
    "0025-09-01,08:00,60,true,60,0,0,0,0": ("date_out_of_range", "date"),
    "2025-09-01,24:00,60,true,60,0,0,0,0": ("not_a_time", "time"),
    "2025-09-01,åtta,60,true,60,0,0,0,0": ("not_a_time", "text"),
    "2025-09-01,08:00,,true,60,0,0,0,0": ("required_cell_empty", "empty"),
    "2025-09-01,08:00,60,true,60,0,0,0": ("wrong_number_of_cells", "row"),
    "2025-09-01,08:00,60,true,60,0,0,0,0,0": ("wrong_number_of_cells", "row"),
}


def test_lessons_that_break_a_rule_are_turned_away_and_the_others_stored(reader):
    good = "noor,ma,2025-09-01,08:00,60,true,60,0,0,0,0"
    summary = reader.csv({"lessons.csv": lessons(good, *(f"mira,ma,{cells}" for cells in LESSONS))}, max_quarantine=100)

    told = {line: (file, rule, kind) for file, line, rule, kind in reader.quarantine()}
    assert told == {line: ("lessons.csv", *said) for line, said in enumerate(LESSONS.values(), start=3)}
    assert (of(summary, "lessons").new, of(summary, "lessons").turned_away) == (1, len(LESSONS))


PARTS = "other_minutes, excused_minutes, unexcused_minutes"


def test_each_row_says_which_columns_its_rule_is_about(reader):
    days = (
        "person_id,organisation_id,school_type,school_year,start_date,end_date\nmira,birch,GR,8,2025-08-18,2025-08-17\n"
    )
    grades = "student_id,subject_code,grade,registered_date,kind\nmira,MA,G,2025-06-10,final\n"
    sums = "student_id,activity_id,start_date,end_date,reported_sum,attended_sum\nmira,ma,2025-09-01,2025-09-30,10,11\n"
    wrong = [
        "mira,ma,2025-09-01,08:00,60,true,30,0,10,10,0",
        "mira,ma,2025-09-01,08:00,60,false,0,0,0,5,0",
        "mira,ma,2025-09-01,08:00,60,true,0,0,0,60,61",
        "mira,ma,2025-02-30,08:00,60,true,60,0,0,0,0",
        "mira,ma,2025-09-01,24:00,60,true,60,0,0,0,0",
        "mira,xx,2025-09-01,08:00,60,true,60,0,0,0,0",
        "mira,ma,2025-09-01,08:00,60,true,60,0,0,0",
    ]
    files = {"enrolments.csv": days, "grades.csv": grades, "attendance_sums.csv": sums, "lessons.csv": lessons(*wrong)}
    reader.csv(files, max_quarantine=100)

    assert reader.columns() == [
        ("sums_do_not_add_up", "reported_sum, attended_sum, other_sum, excused_sum, unexcused_sum"),
        ("end_before_start", "end_date, start_date"),
        ("grade_not_in_scale", "grade, registered_date"),
        ("minutes_do_not_add_up", f"attended_minutes, {PARTS}, offered_minutes"),
        ("unreported_with_minutes", f"is_reported, attended_minutes, {PARTS}, late_minutes"),
        ("late_over_offered", "late_minutes, offered_minutes"),
        ("not_a_date", "date"),
        ("not_a_time", "start_time"),
        ("unknown_activity", "activity_id"),
        # The one rule about a row and no column of it.
        ("wrong_number_of_cells", ""),
    ]


# what is fine: cells -> attended, other, excused, unexcused, late
FINE = {
    "2025-09-01,8:00,60,true,,,,,": (60, 0, 0, 0, 0),
    "2025-09-01,08:00:00,60,TRUE,,5,10,15,": (30, 5, 10, 15, 0),
    "2025-09-01,08:00,60,true,0,,,60,60": (0, 0, 0, 60, 60),
    "2025-09-01,08:00,60,true, 60,0,0,0,0": (60, 0, 0, 0, 0),
    "2025-09-01,08:00,60,false,0,0,,0,": (0, 0, 0, 0, 0),
    "2025-09-01,08:00,1440,true,1440,,,,": (1440, 0, 0, 0, 0),
}


def test_lessons_with_empty_cells_are_filled_in(reader):
    days = {f"2025-09-{day:02}": cells.replace("2025-09-01", f"2025-09-{day:02}") for day, cells in enumerate(FINE, 1)}
    reader.csv({"lessons.csv": lessons(*(f"mira,ma,{cells}" for cells in days.values()))})

    rows = sorted(reader.rows("lessons"), key=lambda row: row["date"])
    parts = ("attended", "other", "excused", "unexcused", "late")
    assert [tuple(row[part] for part in parts) for row in rows] == list(FINE.values())
    assert {row["start_minute"] for row in rows} == {480}


# file: (a row to add, rule)
OTHERS = [
    ("lessons", "nobody,ma,2025-09-01,08:00,60,true,60,0,0,0,0", "unknown_person"),
    ("lessons", "mira,xx,2025-09-01,08:00,60,true,60,0,0,0,0", "unknown_activity"),
    ("enrolments", "mira,nowhere,GR,8,2025-08-18,", "unknown_organisation"),
    ("enrolments", "mira,birch,GR,8,2025-08-18,2025-08-17", "end_before_start"),
    ("enrolments", "mira,birch,GR,11,2025-08-19,", "number_out_of_range"),
    ("enrolments", "mira,birch,GRUND,8,2025-08-19,", "word_not_in_list"),
    ("enrolments", "mira,birch,GR,8,,", "required_cell_empty"),
    ("memberships", "9b,mira,2025-08-18", "unknown_group"),
    ("memberships", "8a,mira,18/8 2025", "not_a_date"),
    ("organisations", "elm,Almskolan,Skolan,hm", "word_not_in_list"),
    ("organisations", "elm,Almskolan,Skolenhet,xx", "unknown_organisation"),
    ("persons", "sami,Sa\x07mi,Ek,Ingen,2011-01-01,,", "control_characters"),
    ("persons", f"sami,{'a' * 1001},Ek,Ingen,2011-01-01,,", "text_too_long"),
    ("persons", "sami,Sami,Ek,Hemlig,2011-01-01,,", "word_not_in_list"),
    ("duties", "nobody,birch,Lärare,,", "unknown_person"),
]


def test_rows_of_other_files_that_break_a_rule_are_turned_away(reader):
    files = {name: text(SCHOOL[name]) + "".join(f"{row}\n" for at, row, _ in OTHERS if at == name) for name in SCHOOL}
    reader.csv({f"{name}.csv": content for name, content in files.items()}, max_quarantine=100)

    told = sorted((file, rule) for file, _, rule, _ in reader.quarantine())
    assert told == sorted((f"{name}.csv", rule) for name, _, rule in OTHERS)


GRADES = "student_id,subject_code,grade,registered_date,kind,semester\n"


def test_a_grade_must_be_in_the_scale_of_its_day(reader):
    broken = {
        "mira,MA,G,2025-06-10,final,VT": "grade_not_in_scale",
        "mira,MA,A,2010-06-10,final,VT": "grade_not_in_scale",
        "mira,MA,a,2025-06-10,final,VT": "grade_not_in_scale",
        "mira,MA,A,2025-06-10,slut,VT": "word_not_in_list",
        "mira,MA,A,2025-06-10,final,Vår": "word_not_in_list",
    }
    fine = ["mira,MA,MVG,2010-06-10,final,VT", "mira,MA,F,2025-06-10,warning,"]
    summary = reader.csv({"grades.csv": GRADES + "\n".join([*broken, *fine]) + "\n"})

    assert [rule for *_, rule, _ in sorted(reader.quarantine(), key=lambda row: row[1])] == list(broken.values())
    assert of(summary, "grades").new == 2


def test_a_dash_in_print_is_the_same_grade_as_a_hyphen(reader):
    reader.csv({"grades.csv": GRADES + "mira,MA,–,2025-06-10,term,VT\n"})

    assert reader.rows("grades")[0]["grade"] == "-"


def test_sums_must_fit_in_what_is_reported_and_a_plan_needs_a_term(reader):
    sums = "student_id,activity_id,start_date,end_date,reported_sum,attended_sum,excused_sum\n"
    plans = "student_id,course_code,points,planned_semester\n"
    summary = reader.csv(
        {
            "attendance_sums.csv": sums
            + "mira,ma,2025-09-01,2025-09-30,100,90,11\nnoor,ma,2025-09-01,2025-09-30,100,90,10\n",
            "study_plans.csv": plans + "mira,MATMAT01a,100,2026HT\nmira,ENGENG05,100,hösten\nmira,SVESVE01,,2026HT\n",
        }
    )

    assert of(summary, "attendance_sums").quarantined == {"sums_do_not_add_up": 1}
    assert of(summary, "study_plans").quarantined == {"not_a_semester": 1, "required_cell_empty": 1}


def test_a_formula_is_stored_as_the_text_it_is(reader):
    reader.csv({"groups.csv": "id,display_name,group_type,organisation_id\n8a,=cmd|' /C calc'!A1,Klass,birch\n"})

    assert reader.rows("groups")[0]["display_name"] == "=cmd|' /C calc'!A1"


def test_quoted_commas_and_line_breaks_stay_inside_their_cell(reader):
    reader.csv(
        {"groups.csv": 'id,display_name,group_type,organisation_id\n8a,"8A, ""blå""\nandra raden",Klass,birch\n'}
    )

    assert reader.rows("groups")[0]["display_name"] == '8A, "blå"\nandra raden'


def test_a_cell_of_ten_megabytes_is_turned_away_and_the_rest_is_stored(reader):
    summary = reader.csv({"groups.csv": text(SCHOOL["groups"]) + f"9b,{'x' * 10_000_000},Klass,birch\n"})

    assert (of(summary, "groups").new, of(summary, "groups").quarantined) == (1, {"text_too_long": 1})


def test_nul_in_a_cell_is_turned_away(reader):
    summary = reader.csv({"groups.csv": text(SCHOOL["groups"]) + "9b,9\x00B,Klass,birch\n"})

    assert of(summary, "groups").quarantined == {"control_characters": 1}


def test_no_value_of_a_row_is_in_what_is_said_about_it(reader):
    reader.csv({"persons.csv": text(SCHOOL["persons"]) + "sami,Hemligt,Kanarieson,Ingen,2011-31-01,201101011234,\n"})

    assert "Kanarieson" not in str(reader.store.ledger.quarantine(1).to_dicts())
    assert "20110101" not in str(reader.store.ledger.quarantine(1).to_dicts())


def test_a_row_turned_away_has_not_ended_what_is_stored_under_its_key(reader):
    reader.csv()
    summary = reader.csv({"groups.csv": "id,display_name,group_type,organisation_id\n8a,8A,Klassen,birch\n"})

    assert (of(summary, "groups").ended, of(summary, "groups").quarantined) == (0, {"word_not_in_list": 1})
    assert reader.rows("groups")[0]["group_type"] == "Klass"


def test_rows_of_somebody_whose_own_row_is_broken_are_kept(reader):
    summary = reader.csv({"persons.csv": text(SCHOOL["persons"]).replace("2011-05-06", "6 maj")})

    assert of(summary, "persons").quarantined == {"not_a_date": 1}
    assert of(summary, "lessons").new == 2


def test_strict_refuses_the_whole_source_for_one_row(reader):
    with pytest.raises(Refusal) as refused:
        reader.csv({"lessons.csv": lessons("mira,ma,2025-09-01,08:00,60,true,1,0,0,0,0")}, strict=True)

    assert (refused.value.code, refused.value.where) == ("rows_break_rules", "lessons.csv, 2")
    assert reader.store.ledger.imports() == []


def many(broken: int, good: int) -> str:
    rows = [
        f"mira,ma,2025-09-{day:02},08:00,60,true,{60 if day > broken else 1},0,0,0,0"
        for day in range(1, broken + good + 1)
    ]
    return lessons(*rows)


def test_over_five_per_cent_refuses_the_whole_source(reader):
    with pytest.raises(Refusal) as refused:
        reader.csv({"lessons.csv": many(broken=2, good=19)})

    assert refused.value.code == "too_many_rows_break_rules"
    assert "2 / 21" in refused.value.text("sv")
    assert reader.rows("organisations") == []


def test_the_line_can_be_moved_and_few_rows_are_no_share(reader):
    assert of(reader.csv({"lessons.csv": many(broken=2, good=19)}, max_quarantine=10), "lessons").new == 19
    assert of(reader.csv({"lessons.csv": many(broken=3, good=17)}), "lessons").quarantined == {
        "minutes_do_not_add_up": 3
    }


def test_every_rule_is_said_in_swedish_and_english():
    assert all(swedish and english and swedish != english for swedish, english in RULES.values())
