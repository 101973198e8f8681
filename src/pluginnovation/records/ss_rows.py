"""SS 12000 objects as rows: the same columns as the CSV files, so that one set of checks serves both.

A nested list becomes rows of its own table.
"""

from collections.abc import Iterator
from typing import Final

from .ss_objects import (
    Activity,
    AggregatedAttendance,
    Duty,
    Grade,
    Group,
    Organisation,
    StudyPlan,
    Syllabus,
)
from .ss_persons import Lookups, Row, id_of, marked
from .taking import MARKED

AUTUMN_BEGINS: Final = 7


def organisation_rows(item: Organisation, _: Lookups) -> Iterator[tuple[str, Row]]:
    """One organisation."""
    yield (
        "organisations",
        {
            "id": item.id,
            "display_name": item.display_name,
            "organisation_type": item.organisation_type,
            "parent_id": id_of(item.parent_organisation),
            "school_unit_code": item.school_unit_code,
            "municipality_code": item.municipality_code,
            "school_types": " ".join(item.school_types) if item.school_types else None,
        },
    )


def group_rows(item: Group, _: Lookups) -> Iterator[tuple[str, Row]]:
    """A group with its members."""
    yield (
        "groups",
        {
            "id": item.id,
            "display_name": item.display_name,
            "group_type": item.group_type,
            "organisation_id": id_of(item.organisation),
            "start_date": item.start_date,
            "end_date": item.end_date,
        },
    )
    for member in item.group_memberships or ():
        yield (
            "memberships",
            {
                "group_id": item.id,
                "person_id": id_of(member.person),
                "start_date": member.start_date,
                "end_date": member.end_date,
                MARKED: marked(member.person),
            },
        )


def duty_rows(item: Duty, _: Lookups) -> Iterator[tuple[str, Row]]:
    """A duty, and one row more for each group it is for."""
    duty = {
        "person_id": id_of(item.person),
        "organisation_id": id_of(item.duty_at),
        "duty_role": item.duty_role,
        "start_date": item.start_date,
        "end_date": item.end_date,
        MARKED: marked(item.person),
    }
    yield "duties", duty
    for role in item.assignment_role or ():
        yield (
            "duties",
            {
                **duty,
                "group_id": id_of(role.group),
                "assignment_type": role.type or role.assignment_role_type,
                "start_date": role.start_date or item.start_date,
                "end_date": role.end_date or item.end_date,
            },
        )


def activity_rows(item: Activity, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """An activity with what its syllabus says."""
    syllabus = lookups.syllabuses.get(id_of(item.syllabus) or "", Syllabus())
    yield (
        "activities",
        {
            "id": item.id,
            "display_name": item.display_name,
            "organisation_id": id_of(item.organisation),
            "subject_code": syllabus.subject_code,
            "course_code": syllabus.course_code,
            "points": syllabus.points,
        },
    )


def sum_rows(item: AggregatedAttendance, _: Lookups) -> Iterator[tuple[str, Row]]:
    """Sums for one pupil, activity and period."""
    yield (
        "attendance_sums",
        {
            "student_id": id_of(item.student),
            "activity_id": id_of(item.activity),
            "start_date": item.start_date,
            "end_date": item.end_date,
            "offered_sum": item.offered_sum,
            "reported_sum": item.reported_sum,
            "attended_sum": item.attendance_sum,
            "other_sum": item.other_attendance_sum,
            "excused_sum": item.valid_absence_sum,
            "unexcused_sum": item.invalid_absence_sum,
            MARKED: marked(item.student),
        },
    )


def grade_rows(item: Grade, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """One grade. The standard has no warnings; a grade is final, by examination, or of a term."""
    syllabus = lookups.syllabuses.get(id_of(item.syllabus) or "", Syllabus())
    designation = (syllabus.subject_designation or "").casefold()
    yield (
        "grades",
        {
            "student_id": id_of(item.student),
            "subject_code": syllabus.subject_code,
            "course_code": syllabus.course_code,
            "points": syllabus.points,
            "grade": item.grade_value,
            "registered_date": item.registered_date,
            "semester": item.semester,
            "year": item.year,
            "kind": "trial" if item.trial else "final" if item.final_grade else "term",
            "language_choice": True if "språkval" in designation else None,
            MARKED: marked(item.student),
        },
    )


def plan_rows(item: StudyPlan, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """The courses of a study plan, each with the term in which it is planned to begin."""
    for content in item.content or ():
        if content.type == "Borttagna":
            continue
        for planned in content.syllabuses or ():
            syllabus = lookups.syllabuses.get(id_of(planned.syllabus) or "", Syllabus())
            yield (
                "study_plans",
                {
                    "student_id": id_of(item.student),
                    "course_code": syllabus.course_code,
                    "subject_code": syllabus.subject_code,
                    "points": syllabus.points,
                    "planned_semester": _semester(planned.start_date),
                    "required": content.type != "Utökade",
                    MARKED: marked(item.student),
                },
            )


def _semester(start: str | None) -> str | None:
    if not start or len(start) < len("2026-08") or not start[5:7].isdigit():
        return None
    return f"{start[:4]}{'HT' if int(start[5:7]) >= AUTUMN_BEGINS else 'VT'}"
