"""A folder of SS 12000 JSON: the same facts as from CSV, with the standard's own habits."""

import gzip
import json
from datetime import date
from typing import Any

from tests.unit.records.school import of, ss

META = {"created": "2025-08-18T06:00:00Z", "modified": "2025-08-18T06:00:00Z"}


def thing(identity: str, **fields: Any) -> dict[str, Any]:
    return {"id": identity, "meta": META, **fields}


def ref(identity: str) -> dict[str, str]:
    return {"id": identity}


def event(identity: str, start: str = "2025-09-01T08:00:00+02:00", **fields: Any) -> dict[str, Any]:
    return thing(identity, activity=ref("ma"), startTime=start, **({"teachingLengthStudent": 60} | fields))


def attendance(identity: str, student: str, at: str, modified: str = "2025-09-01T10:00:00Z", **minutes: Any) -> Any:
    fields = {"isReported": True, "attendanceMinutes": 60} | minutes
    return {
        "id": identity,
        "meta": {"created": modified, "modified": modified},
        "student": ref(student),
        "calendarEvent": ref(at),
        **fields,
    }


SCHOOL: dict[str, Any] = {
    "organisations": [
        thing("hm", displayName="Påhittad kommun", organisationType="Huvudman"),
        thing(
            "birch",
            displayName="Björkskolan",
            organisationType="Skolenhet",
            parentOrganisation=ref("hm"),
            schoolTypes=["GR", "GY"],
        ),
    ],
    "persons": [
        thing(
            "mira",
            givenName="Mira",
            familyName="Ek",
            securityMarking="Ingen",
            birthDate="2011-03-04",
            civicNo={"value": "", "nationality": "SE"},
            emails=[{"value": "m@hemma.se", "type": "Privat"}, {"value": "m@skola.se", "type": "Skola elev"}],
            addresses=[
                {"type": "Särskild", "municipalityCode": "0001"},
                {"type": "Folkbokföring", "municipalityCode": "0002"},
            ],
            enrolments=[
                {
                    "enroledAt": ref("birch"),
                    "schoolType": "GY",
                    "schoolYear": 1,
                    "startDate": "2025-08-18",
                    "programme": ref("pr"),
                },
                {
                    "enroledAt": ref("birch"),
                    "schoolType": "GR",
                    "schoolYear": 9,
                    "startDate": "2024-08-18",
                    "cancelled": True,
                },
            ],
            responsibles=[{"person": ref("eva"), "relationType": "Vårdnadshavare"}],
        ),
        thing("eva", givenName="Eva", familyName="Ek", securityMarking="Ingen"),
        thing("asa", givenName="Åsa", familyName="Berg"),
    ],
    "programmes": [thing("pr", code="NA")],
    "groups": [
        thing(
            "8a",
            displayName="8A",
            groupType="Klass",
            organisation=ref("birch"),
            groupMemberships=[{"person": ref("mira"), "startDate": "2025-08-18"}],
        )
    ],
    "duties": [
        thing(
            "d1",
            person=ref("asa"),
            dutyAt=ref("birch"),
            dutyRole="Lärare",
            assignmentRole=[{"group": ref("8a"), "assignmentRoleType": "Mentor"}],
        )
    ],
    "syllabuses": [thing("sy", subjectCode="MAT", courseCode="MATMAT01a", points=100, subjectDesignation="Språkval")],
    "activities": [thing("ma", displayName="Matematik", organisation=ref("birch"), syllabus=ref("sy"))],
    "calendarEvents": [event("e1")],
    "attendances": [attendance("t1", "mira", "e1")],
    "grades": [
        thing(
            "b1",
            student=ref("mira"),
            syllabus=ref("sy"),
            gradeValue="C",
            registeredDate="2026-06-10",
            semester="VT",
            year=2026,
            finalGrade=True,
        )
    ],
    "studyplans": [
        thing(
            "sp",
            student=ref("mira"),
            content=[
                {"type": "Gymnasiegemensamma", "syllabuses": [{"syllabus": ref("sy"), "startDate": "2025-08-18"}]},
                {"type": "Borttagna", "syllabuses": [{"syllabus": ref("sy"), "startDate": "2026-01-08"}]},
            ],
        )
    ],
}


def test_every_resource_becomes_the_rows_it_would_be_in_csv(reader):
    summary = reader.read(ss(reader.where, SCHOOL), source=None)

    assert (summary.source, summary.status) == ("Påhittad kommun", "done")
    assert not any(resource.turned_away for resource in summary.resources)
    mira = reader.code("mira")
    assert reader.rows("enrolments") == [
        {
            "pupil": mira,
            "organisation": "birch",
            "school_type": "GY",
            "school_year": 1,
            "programme": "NA",
            "start_date": date(2025, 8, 18),
            "end_date": None,
            "leave_reason": None,
        }
    ]
    assert [(row["group"], row["assignment_type"]) for row in reader.rows("duties")] == [("8a", "Mentor"), (None, None)]
    assert reader.rows("organisations")[0]["school_types"] == "GR GY"
    assert reader.rows("pupils")[0]["home_municipality"] == "0002"
    assert [(row["person"], row["responsible"]) for row in reader.rows("responsibles")] == [(mira, reader.code("eva"))]
    (lesson,) = reader.rows("lessons")
    assert (lesson["activity"], lesson["start_minute"], lesson["offered"], lesson["attended"]) == ("ma", 480, 60, 60)
    (grade,) = reader.rows("grades")
    assert (grade["course"], grade["points"], grade["grade"], grade["kind"], grade["language_choice"]) == (
        "MATMAT01a",
        100,
        "C",
        "final",
        True,
    )
    assert [(row["planned_semester"], row["required"]) for row in reader.rows("study_plans")] == [("2025HT", True)]


def lessons_of(reader: Any, events: list[Any], attendances: list[Any]) -> Any:
    return of(reader.read(ss(reader.where, {"calendarEvents": events, "attendances": attendances})), "lessons")


def test_lessons_are_placed_by_the_clock_on_the_wall(reader):
    events = [
        event("summer", "2025-09-01T06:00:00Z"),
        event("winter", "2025-12-01T07:00:00Z"),
        event("local", "2025-12-02T08:00:00"),
    ]
    lessons_of(reader, events, [attendance(name, "mira", name) for name in ("summer", "winter", "local")])

    assert {row["start_minute"] for row in reader.rows("lessons")} == {480}


def test_a_length_not_said_is_from_start_to_end(reader):
    events = [event("e1", teachingLengthStudent=None, endTime="2025-09-01T09:20:00+02:00")]
    lessons_of(reader, events, [attendance("t1", "mira", "e1", attendanceMinutes=None)])

    (row,) = reader.rows("lessons")
    assert (row["offered"], row["attended"]) == (80, 80)


def test_an_event_that_cannot_be_placed_in_time_is_turned_away(reader):
    events = [event("e1", teachingLengthStudent=None, endTime="nio"), event("e2", "i morgon"), event("e3")]
    counts = lessons_of(reader, events, [attendance(name, "mira", name) for name in ("e1", "e2", "e3", "e4")])

    assert (counts.read, counts.new) == (4, 1)
    assert counts.quarantined == {"required_cell_empty": 2, "unknown_calendar_event": 1}
    assert ("unknown_calendar_event", "calendarEvent") in reader.columns()


def test_a_cancelled_lesson_and_a_pupil_who_did_not_take_part_count_as_no_lesson(reader):
    exception = {"student": ref("noor"), "participates": False}
    shorter = {"student": ref("mira"), "participates": True, "teachingLength": 40}
    events = [
        event("e1", studentExceptions=[exception, shorter]),
        event("e2", "2025-09-02T08:00:00+02:00", cancelled=True),
    ]
    told = [
        attendance("1", "mira", "e1", attendanceMinutes=40),
        attendance("2", "noor", "e1"),
        attendance("3", "mira", "e2"),
    ]
    counts = lessons_of(reader, events, told)

    assert (counts.new, counts.cancelled, counts.quarantined) == (1, 2, {})
    assert reader.rows("lessons")[0]["offered"] == 40


def test_the_latest_change_of_an_object_wins_wherever_it_stands(reader):
    late, early = "2025-09-03T08:00:00+02:00", "2025-09-02T23:00:00Z"
    told = [
        attendance("1", "mira", "e1", late, attendanceMinutes=0, invalidAbsenceMinutes=60),
        attendance("1", "mira", "e1", early),
        attendance("1", "mira", "e1", "not a time"),
    ]
    counts = lessons_of(reader, [event("e1", cancelled=True) | {"meta": {"modified": "2025-01-01"}}, event("e1")], told)

    assert counts.superseded == 2
    assert reader.rows("lessons")[0]["unexcused"] == 60


def test_an_item_that_breaks_the_standard_is_turned_away_alone(reader):
    told = [
        attendance("1", "mira", "e1"),
        attendance("2", "noor", "e1", attendanceMinutes="sextio"),
        7,
        attendance("3", "x", "e1"),
    ]
    counts = lessons_of(reader, [event("e1")], told)

    assert (counts.read, counts.new, counts.quarantined) == (4, 2, {"not_as_the_standard_says": 2})
    assert [(file, line) for file, line, *_ in reader.quarantine()] == [
        ("attendances.json", 2),
        ("attendances.json", 3),
    ]
    assert {row["row_no"] for row in reader.store.frame(reader.store.facts().lessons).to_dicts()} == {1, 4}


def test_a_resource_of_only_broken_items_is_turned_away_too(reader):
    summary = reader.read(ss(reader.where, {"groups": [7]}))

    assert of(summary, "groups").quarantined == {"not_as_the_standard_says": 1}


def test_an_item_that_is_turned_away_names_its_field_and_never_what_stood_there(reader):
    organisations = [
        *SCHOOL["organisations"],
        {"id": "elm", "displayName": 7_777, "organisationType": "Skolenhet"},
        {"displayName": "Kanarieskolan", "organisationType": "Skolenhet"},
        {"id": "oak", "displayName": "Ekskolan", "organisationType": "Skolenhet", "parentOrganisation": {"id": 7_777}},
        "Kanarie",
    ]
    summary = reader.read(ss(reader.where, {"organisations": organisations}), max_quarantine=100)

    assert of(summary, "organisations").quarantined == {
        "not_as_the_standard_says": 3,
        "required_cell_empty": 1,
    }
    assert [column for _, column in reader.columns()] == ["displayName", "id", "parentOrganisation.id", ""]
    said = str(reader.store.ledger.quarantine(1).to_dicts())
    assert "Kanarie" not in said
    assert "7777" not in said


def test_split_and_packed_files_bare_lists_and_other_keys_are_read(reader):
    where = ss(
        reader.where,
        {
            "organisations": {"organisations": SCHOOL["organisations"]},
            "calendarEvents": {"data": None, "calendarEvents": []},
        },
    )
    (where / "calendarEvents.json").write_text(json.dumps([event("e1")]))
    (where / "attendances-0001.json").write_text(json.dumps({"data": [attendance("1", "mira", "e1")]}))
    packed = gzip.compress(json.dumps({"data": [attendance("2", "noor", "e1")]}).encode())
    (where / "attendances-0002.json.gz").write_bytes(packed)
    summary = reader.read(where)

    assert of(summary, "organisations").new == 2
    assert of(summary, "lessons").new == 2


def test_sums_alone_are_enough(reader):
    row = thing(
        "1",
        student=ref("mira"),
        activity=ref("ma"),
        startDate="2026-10-01",
        endDate="2026-10-31",
        attendanceSum=2210,
        validAbsenceSum=240,
        invalidAbsenceSum=150,
        otherAttendanceSum=60,
        reportedSum=2660,
        offeredSum=2700,
    )
    reader.read(ss(reader.where, {"aggregatedAttendance": [row]}))

    (found,) = reader.rows("attendance_sums")
    assert (found["offered"], found["reported"], found["excused"], found["unexcused"]) == (2700, 2660, 240, 150)


def test_a_later_file_changes_only_the_objects_in_it(reader):
    reader.read(ss(reader.where, SCHOOL))
    moved = SCHOOL["persons"][0] | {
        "enrolments": [{"enroledAt": ref("hm"), "schoolType": "GY", "startDate": "2026-01-08"}]
    }
    summary = reader.read(ss(reader.where, {"persons": [moved]}))

    assert (of(summary, "persons").ended, of(summary, "responsibles").ended) == (0, 0)
    assert [(row["organisation"]) for row in reader.rows("enrolments")] == ["hm"]
    assert len(reader.rows("persons")) == 3
    assert len(reader.rows("memberships")) == 1


def test_what_the_source_deleted_has_ended(reader):
    reader.read(ss(reader.where, SCHOOL))
    gone = {"data": {"persons": ["eva"], "groups": ["8a"], "activitites": ["ma"], "attendances": ["t1"]}}
    reader.read(ss(reader.where, {"deletedEntities": gone, "persons": [], "groups": [], "activities": []}))

    assert reader.rows("groups") == reader.rows("activities") == reader.rows("memberships") == []
    assert len(reader.rows("persons")) == 2
    assert len(reader.rows("lessons")) == 1


def test_the_same_folder_again_changes_nothing(reader):
    reader.read(ss(reader.where, SCHOOL))

    assert reader.read(ss(reader.where, SCHOOL)).status == "unchanged"
    turned = SCHOOL | {"persons": SCHOOL["persons"][::-1]}
    assert reader.read(ss(reader.where, turned)).status == "unchanged"
    assert len(reader.store.ledger.imports()) == 1


def test_what_stood_inside_an_earlier_version_of_an_object_does_not_outlive_it(reader):
    earlier = SCHOOL["groups"][0] | {"meta": {"modified": "2025-01-01T00:00:00Z"}}
    later = SCHOOL["groups"][0] | {"groupMemberships": [{"person": ref("asa")}]}
    summary = reader.read(ss(reader.where, SCHOOL | {"groups": [later, earlier, {"displayName": "Utan id"}]}))

    assert (of(summary, "groups").superseded, of(summary, "groups").read) == (1, 3)
    assert of(summary, "groups").quarantined == {"required_cell_empty": 1}
    assert [row["pupil"] for row in reader.rows("memberships")] == [reader.code("asa")]


def test_an_event_cancelled_later_removes_the_lessons_of_everybody(reader):
    events = [event("e1"), event("e2", "2025-09-02T08:00:00+02:00")]
    told = [attendance(f"{who}{at}", who, at) for who in ("mira", "noor") for at in ("e1", "e2")]
    lessons_of(reader, events, told)
    cancelled = [event("e1", cancelled=True), event("e3", "2030-01-07T08:00:00+01:00", cancelled=True)]
    counts = of(reader.read(ss(reader.where, {"calendarEvents": cancelled})), "lessons")

    assert (counts.read, counts.cancelled, counts.ended) == (0, 2, 2)
    assert {row["date"].day for row in reader.rows("lessons")} == {2}
