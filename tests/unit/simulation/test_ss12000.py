"""The JSON folder tells the same facts as the CSV folder, in the standard's objects."""

import json

import polars as pl
import pytest


def documents(folder, resource):
    for path in sorted((folder / "ss12000").glob(f"{resource}*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert document["pageToken"] is None
        yield from document["data"]


@pytest.mark.parametrize(
    "resource", ["organisations", "persons", "groups", "duties", "activities", "syllabuses", "grades"]
)
def test_every_object_has_an_id_of_its_own_and_its_times(small, resource):
    objects = list(documents(small.folder, resource))
    assert len({each["id"] for each in objects}) == len(objects) > 0
    assert all({"created", "modified"} <= set(each["meta"]) for each in objects)


def test_attendance_says_what_the_lessons_say(small):
    events = {each["id"]: each for each in documents(small.folder, "calendarEvents")}
    rows = []
    for each in documents(small.folder, "attendances"):
        event = events[each["calendarEvent"]["id"]]
        rows.append(
            (each["student"]["id"], event["activity"]["id"], event["startTime"][:10], event["startTime"][11:16],
             event["teachingLengthStudent"], each["isReported"], each.get("attendanceMinutes"),
             each.get("otherAttendanceMinutes"), each.get("validAbsenceMinutes"), each.get("invalidAbsenceMinutes"))
        )  # fmt: skip
    columns = ["student_id", "activity_id", "date", "start_time", "offered_minutes", "is_reported", "attended_minutes",
               "other_minutes", "excused_minutes", "unexcused_minutes"]  # fmt: skip
    told = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    held = small.table("lessons").filter(pl.col("offered_minutes") > 0).select(columns)
    held = held.with_columns(pl.col("date").cast(pl.String), pl.col(pl.Int16).cast(pl.Int64))
    key = ["student_id", "activity_id", "date", "start_time"]
    assert told.sort(key).equals(held.sort(key))


def test_cancelled_lessons_are_cancelled_events(small):
    cancelled = [each for each in documents(small.folder, "calendarEvents") if each["cancelled"]]
    lessons = small.table("lessons").filter(pl.col("offered_minutes") == 0)
    assert len(cancelled) == len(lessons.select("activity_id", "date", "start_time").unique())


def test_the_clock_follows_summer_and_winter(small):
    starts = [each["startTime"] for each in documents(small.folder, "calendarEvents")]
    assert {start[-6:] for start in starts if start.startswith("2025-09")} == {"+02:00"}
    assert {start[-6:] for start in starts if start.startswith("2025-12")} == {"+01:00"}


def test_enrolments_and_guardians_stand_inside_persons(small):
    people = list(documents(small.folder, "persons"))
    enrolled = [
        (each["id"], one["enroledAt"]["id"], one["schoolType"], one["startDate"], one.get("endDate"))
        for each in people
        for one in each.get("enrolments", ())
    ]
    rows = small.table("enrolments").select(
        "person_id", "organisation_id", "school_type", pl.col("start_date", "end_date").cast(pl.String)
    )
    assert sorted(enrolled, key=str) == sorted(rows.rows(), key=str)
    guardians = sum(len(each.get("responsibles", ())) for each in people)
    assert guardians == len(small.table("responsibles"))


def test_members_and_assignments_stand_inside_groups_and_duties(small):
    members = sum(len(each["groupMemberships"]) for each in documents(small.folder, "groups"))
    assert members == len(small.table("memberships"))
    duties = list(documents(small.folder, "duties"))
    assert len(duties) + sum(len(each["assignmentRole"]) for each in duties) == len(small.table("duties"))


def test_grades_are_the_same_but_for_warnings(small):
    told = list(documents(small.folder, "grades"))
    rows = small.table("grades").filter(pl.col("kind") != "warning")
    assert len(told) == len(rows) < len(small.table("grades"))
    assert sorted(each["gradeValue"] for each in told) == sorted(rows["grade"])
