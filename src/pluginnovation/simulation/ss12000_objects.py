"""The registers as SS 12000 objects, field names and words as the standard has them."""

from collections.abc import Callable
from typing import Any

import polars as pl

from .school_year import TERMS
from .staff import teaching_group

Object = dict[str, Any]
Tables = dict[str, pl.DataFrame]

META = {"created": "2025-08-11T06:00:00Z", "modified": "2025-08-11T06:00:00Z"}
TERM_DATES = {"VT": ("01-08", "06-12"), "HT": ("08-18", "12-19")}


def _object(identity: str, **fields: Any) -> Object:
    """An object with id and meta; fields without a value are left out."""
    return {"id": identity, "meta": META, **{name: value for name, value in fields.items() if value is not None}}


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _reference(identity: str | None) -> Object | None:
    return None if identity is None else {"id": identity}


def _by(frame: pl.DataFrame, column: str) -> dict[str, list[Object]]:
    """The rows of a frame as dicts, in order, by one of the columns."""
    found: dict[str, list[Object]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[column], []).append(row)
    return found


def organisations(tables: Tables) -> list[Object]:
    """Authorities and school units."""
    return [
        _object(
            row["id"],
            displayName=row["display_name"],
            organisationType=row["organisation_type"],
            parentOrganisation=_reference(row["parent_id"]),
            schoolUnitCode=row["school_unit_code"],
            municipalityCode=row["municipality_code"],
            schoolTypes=row["school_types"].split() if row["school_types"] else None,
        )
        for row in tables["organisations"].iter_rows(named=True)
    ]


def persons(tables: Tables) -> list[Object]:
    """Everyone, pupils with their enrolments and guardians."""
    enrolments, responsibles = _by(tables["enrolments"], "person_id"), _by(tables["responsibles"], "person_id")
    found = []
    for row in tables["persons"].iter_rows(named=True):
        home = row["home_municipality_code"]
        found.append(
            _object(
                row["id"],
                givenName=row["given_name"],
                familyName=row["family_name"],
                birthDate=_day(row["birth_date"]),
                sex=row["sex"],
                securityMarking=row["security_marking"],
                personStatus=row["person_status"],
                eduPersonPrincipalNames=[row["eppn"]] if row["eppn"] else None,
                emails=[{"value": row["email"], "type": "Skola elev" if home else "Skola personal"}]
                if row["email"]
                else None,
                addresses=[{"type": "Folkbokföring", "municipalityCode": home}] if home else None,
                enrolments=[_enrolment(each) for each in enrolments.get(row["id"], ())] or None,
                responsibles=[_responsible(each) for each in responsibles.get(row["id"], ())] or None,
            )
        )
    return found


def _enrolment(row: Object) -> Object:
    fields = {
        "enroledAt": {"id": row["organisation_id"]},
        "schoolType": row["school_type"],
        "schoolYear": row["school_year"],
        "educationCode": row["programme_code"],
        "startDate": _day(row["start_date"]),
        "endDate": _day(row["end_date"]),
    }
    if row["programme_code"]:
        fields["programme"] = {"id": f"prog-{row['programme_code']}"}
    return {name: value for name, value in fields.items() if value is not None}


def _responsible(row: Object) -> Object:
    return {"person": {"id": row["responsible_id"]}, "relationType": row["relation_type"]}


def programmes(tables: Tables) -> list[Object]:
    """The upper secondary programmes that anyone is on."""
    codes = sorted(tables["enrolments"]["programme_code"].drop_nulls().unique())
    return [_object(f"prog-{code}", code=code, name=code, schoolType="GY") for code in codes]


def groups(tables: Tables) -> list[Object]:
    """Classes and teaching groups with their members."""
    members = _by(tables["memberships"], "group_id")
    return [
        _object(
            row["id"],
            displayName=row["display_name"],
            groupType=row["group_type"],
            organisation={"id": row["organisation_id"]},
            startDate=_day(row["start_date"]),
            endDate=_day(row["end_date"]),
            groupMemberships=[_member(each) for each in members.get(row["id"], ())],
        )
        for row in tables["groups"].iter_rows(named=True)
    ]


def _member(row: Object) -> Object:
    member = {"person": {"id": row["person_id"]}, "startDate": _day(row["start_date"])}
    return member if row["end_date"] is None else {**member, "endDate": _day(row["end_date"])}


def duties(tables: Tables) -> list[Object]:
    """One duty per person, place and role; what it is for which group stands inside it."""
    found: dict[tuple[str, str, str], Object] = {}
    for row in tables["duties"].iter_rows(named=True):
        key = (row["person_id"], row["organisation_id"], row["duty_role"])
        if row["group_id"] is None:
            found[key] = _object(
                f"d-{row['person_id']}",
                person={"id": row["person_id"]},
                dutyAt={"id": row["organisation_id"]},
                dutyRole=row["duty_role"],
                startDate=_day(row["start_date"]),
                endDate=_day(row["end_date"]),
                assignmentRole=[],
            )
            continue
        role = {
            "group": {"id": row["group_id"]},
            "type": row["assignment_type"],
            "startDate": _day(row["start_date"]),
            "endDate": _day(row["end_date"]),
        }
        found[key]["assignmentRole"].append({name: value for name, value in role.items() if value is not None})
    return list(found.values())


def activities(tables: Tables) -> list[Object]:
    """What is taught, by whom, to which group."""
    teachers: dict[str, list[str]] = {}
    taught = set(tables["groups"]["id"])
    for row in tables["duties"].iter_rows(named=True):
        if row["group_id"] and row["group_id"].startswith("g-"):
            teachers.setdefault(row["group_id"], []).append(f"d-{row['person_id']}")
    return [
        _object(
            row["id"],
            displayName=row["display_name"],
            organisation={"id": row["organisation_id"]},
            calendarEventsRequired=True,
            groups=[{"id": group} for group in (teaching_group(row["id"]),) if group in taught],
            teachers=[{"duty": {"id": duty}} for duty in teachers.get(teaching_group(row["id"]), ())],
            # What stands for all teaching of a school has no subject.
            syllabus=_reference(
                row["subject_code"] and syllabus_id(row["subject_code"], row["course_code"], row["points"])
            ),
        )
        for row in tables["activities"].iter_rows(named=True)
    ]


def syllabus_id(subject: str, course: str | None, points: int | None) -> str:
    """The id of the plan of a subject or course; vocational programmes have some courses with fewer points."""
    return f"sy-{course}-{points}" if course else f"sy-{subject}"


def syllabuses(tables: Tables) -> list[Object]:
    """Every plan that an activity, a grade or a study plan refers to."""
    columns = ["subject_code", "course_code", "points"]
    frames = [tables[name].select(columns) for name in ("activities", "grades", "study_plans")]
    rows = (
        pl.concat(frames)
        .filter(pl.col("subject_code").is_not_null())
        .unique(["subject_code", "course_code", "points"], keep="first", maintain_order=True)
    )
    return [
        _object(
            syllabus_id(row["subject_code"], row["course_code"], row["points"]),
            schoolType="GY" if row["course_code"] else "GR",
            official=True,
            subjectCode=row["subject_code"],
            subjectName=row["subject_code"],
            courseCode=row["course_code"],
            points=row["points"],
        )
        for row in rows.sort("subject_code", "course_code", "points").iter_rows(named=True)
    ]


def grades(tables: Tables) -> list[Object]:
    """Grades; the standard has no warnings."""
    found = []
    for number, row in enumerate(tables["grades"].filter(pl.col("kind") != "warning").iter_rows(named=True)):
        registered = _day(row["registered_date"])
        found.append(
            {
                "id": f"b{number:07d}",
                "meta": {"created": f"{registered}T12:00:00Z", "modified": f"{registered}T12:00:00Z"},
                "student": {"id": row["student_id"]},
                "syllabus": {"id": syllabus_id(row["subject_code"], row["course_code"], row["points"])},
                "gradeValue": row["grade"],
                "registeredDate": registered,
                "semester": row["semester"],
                "year": row["year"],
                "finalGrade": row["kind"] == "final",
                "trial": row["kind"] == "trial",
            }
        )
    return found


def studyplans(tables: Tables) -> list[Object]:
    """One study plan per pupil; when a course is planned stands as the dates of its term."""
    return [
        _object(f"sp-{pupil}", student={"id": pupil}, startDate=_day(TERMS[0][1]), content=[_content(rows)])
        for pupil, rows in _by(tables["study_plans"], "student_id").items()
    ]


def _content(rows: list[Object]) -> Object:
    plans = []
    for row in rows:
        first, last = TERM_DATES[row["planned_semester"][4:]]
        year = row["planned_semester"][:4]
        syllabus = {"id": syllabus_id(row["subject_code"], row["course_code"], row["points"])}
        plans.append({"syllabus": syllabus, "startDate": f"{year}-{first}", "endDate": f"{year}-{last}"})
    return {
        "title": "Studieplan",
        "type": "Gymnasiegemensamma",
        "points": sum(row["points"] for row in rows),
        "syllabuses": plans,
    }


def aggregated_attendance(tables: Tables) -> list[Object]:
    """Sums of attendance per pupil, activity and month, in regions with earlier years."""
    if "attendance_sums" not in tables:
        return []
    return [
        _object(
            f"ns-{row['student_id']}-{row['activity_id']}-{row['start_date']}",
            student={"id": row["student_id"]},
            activity={"id": row["activity_id"]},
            startDate=_day(row["start_date"]),
            endDate=_day(row["end_date"]),
            attendanceSum=row["attended_sum"],
            validAbsenceSum=row["excused_sum"],
            invalidAbsenceSum=row["unexcused_sum"],
            otherAttendanceSum=row["other_sum"],
            reportedSum=row["reported_sum"],
            offeredSum=row["offered_sum"],
        )
        for row in tables["attendance_sums"].iter_rows(named=True)
    ]


OBJECTS: dict[str, Callable[[Tables], list[Object]]] = {
    "organisations": organisations,
    "persons": persons,
    "programmes": programmes,
    "groups": groups,
    "duties": duties,
    "activities": activities,
    "syllabuses": syllabuses,
    "aggregatedAttendance": aggregated_attendance,
    "grades": grades,
    "studyplans": studyplans,
}
