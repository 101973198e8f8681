"""SS 12000 objects as rows: the same columns as the CSV files, so that one set of checks serves both.

A nested list becomes rows of its own table, each with the place of the object it stood in.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from pluginnovation.reference.code_lists import NOT_PROTECTED

from .csv_rows import ROW
from .ss_files import Items
from .ss_objects import (
    Activity,
    Address,
    AggregatedAttendance,
    Duty,
    Email,
    Enrolment,
    Grade,
    Group,
    Identified,
    Organisation,
    Person,
    Ref,
    StudyPlan,
    Syllabus,
)
from .taking import MARKED, MODIFIED

AUTUMN_BEGINS: Final = 7

Row = dict[str, Any]


@dataclass(slots=True)
class Lookups:
    """What rows need from other resources: plans of subjects by id, and codes of programmes by id."""

    syllabuses: dict[str, Syllabus] = field(default_factory=dict)
    programmes: dict[str, str | None] = field(default_factory=dict)


def _id(ref: Ref | None) -> str | None:
    return ref.id if ref is not None else None


def _marked(ref: Ref | None) -> bool:
    """Whether a reference to a person says by itself that the person is protected."""
    return ref is not None and ref.security_marking not in (None, NOT_PROTECTED)


def organisation_rows(item: Organisation, _: Lookups) -> Iterator[tuple[str, Row]]:
    """One organisation."""
    yield (
        "organisations",
        {
            "id": item.id,
            "display_name": item.display_name,
            "organisation_type": item.organisation_type,
            "parent_id": _id(item.parent_organisation),
            "school_unit_code": item.school_unit_code,
            "municipality_code": item.municipality_code,
            "school_types": " ".join(item.school_types) if item.school_types else None,
        },
    )


def person_rows(item: Person, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """A person with her responsible adults and enrolments."""
    yield (
        "persons",
        {
            "id": item.id,
            "given_name": item.given_name,
            "family_name": item.family_name,
            "civic_no": item.civic_no.value if item.civic_no else None,
            "birth_date": item.birth_date,
            "sex": item.sex,
            "security_marking": item.security_marking or NOT_PROTECTED,
            "person_status": item.person_status,
            "home_municipality_code": _home(item.addresses or ()),
            "eppn": next(iter(item.edu_person_principal_names or ()), None),
            "email": _email(item.emails or ()),
        },
    )
    for responsible in item.responsibles or ():
        yield (
            "responsibles",
            {
                "person_id": item.id,
                "responsible_id": _id(responsible.person),
                "relation_type": responsible.relation_type,
                MARKED: _marked(responsible.person),
            },
        )
    for enrolment in item.enrolments or ():
        if not enrolment.cancelled:
            yield "enrolments", _enrolment(item, enrolment, lookups)


def _home(addresses: Iterable[Address]) -> str | None:
    """The municipality of registration, else of any address."""
    found = sorted((address.type != "Folkbokföring", address.municipality_code or "") for address in addresses)
    return next((code for _, code in found if code), None)


def _email(emails: Iterable[Email]) -> str | None:
    """The school's address before a private one."""
    found = sorted((not (email.type or "").startswith("Skola"), email.value or "") for email in emails)
    return next((value for _, value in found if value), None)


def _enrolment(item: Person, enrolment: Enrolment, lookups: Lookups) -> Row:
    programme = _id(enrolment.programme)
    return {
        "person_id": item.id,
        "organisation_id": _id(enrolment.enroled_at) or _id(enrolment.enrolled_at),
        "school_type": enrolment.school_type,
        "school_year": enrolment.school_year,
        "programme_code": lookups.programmes.get(programme or "") or enrolment.education_code,
        "start_date": enrolment.start_date,
        "end_date": enrolment.end_date,
    }


def group_rows(item: Group, _: Lookups) -> Iterator[tuple[str, Row]]:
    """A group with its members."""
    yield (
        "groups",
        {
            "id": item.id,
            "display_name": item.display_name,
            "group_type": item.group_type,
            "organisation_id": _id(item.organisation),
            "start_date": item.start_date,
            "end_date": item.end_date,
        },
    )
    for member in item.group_memberships or ():
        yield (
            "memberships",
            {
                "group_id": item.id,
                "person_id": _id(member.person),
                "start_date": member.start_date,
                "end_date": member.end_date,
                MARKED: _marked(member.person),
            },
        )


def duty_rows(item: Duty, _: Lookups) -> Iterator[tuple[str, Row]]:
    """A duty, and one row more for each group it is for."""
    duty = {
        "person_id": _id(item.person),
        "organisation_id": _id(item.duty_at),
        "duty_role": item.duty_role,
        "start_date": item.start_date,
        "end_date": item.end_date,
        MARKED: _marked(item.person),
    }
    yield "duties", duty
    for role in item.assignment_role or ():
        yield (
            "duties",
            {
                **duty,
                "group_id": _id(role.group),
                "assignment_type": role.type or role.assignment_role_type,
                "start_date": role.start_date or item.start_date,
                "end_date": role.end_date or item.end_date,
            },
        )


def activity_rows(item: Activity, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """An activity with what its syllabus says."""
    syllabus = lookups.syllabuses.get(_id(item.syllabus) or "", Syllabus())
    yield (
        "activities",
        {
            "id": item.id,
            "display_name": item.display_name,
            "organisation_id": _id(item.organisation),
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
            "student_id": _id(item.student),
            "activity_id": _id(item.activity),
            "start_date": item.start_date,
            "end_date": item.end_date,
            "offered_sum": item.offered_sum,
            "reported_sum": item.reported_sum,
            "attended_sum": item.attendance_sum,
            "other_sum": item.other_attendance_sum,
            "excused_sum": item.valid_absence_sum,
            "unexcused_sum": item.invalid_absence_sum,
            MARKED: _marked(item.student),
        },
    )


def grade_rows(item: Grade, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """One grade. The standard has no warnings; a grade is final, by examination, or of a term."""
    syllabus = lookups.syllabuses.get(_id(item.syllabus) or "", Syllabus())
    designation = (syllabus.subject_designation or "").casefold()
    yield (
        "grades",
        {
            "student_id": _id(item.student),
            "subject_code": syllabus.subject_code,
            "course_code": syllabus.course_code,
            "points": syllabus.points,
            "grade": item.grade_value,
            "registered_date": item.registered_date,
            "semester": item.semester,
            "year": item.year,
            "kind": "trial" if item.trial else "final" if item.final_grade else "term",
            "language_choice": True if "språkval" in designation else None,
            MARKED: _marked(item.student),
        },
    )


def plan_rows(item: StudyPlan, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """The courses of a study plan, each with the term in which it is planned to begin."""
    for content in item.content or ():
        if content.type == "Borttagna":
            continue
        for planned in content.syllabuses or ():
            syllabus = lookups.syllabuses.get(_id(planned.syllabus) or "", Syllabus())
            yield (
                "study_plans",
                {
                    "student_id": _id(item.student),
                    "course_code": syllabus.course_code,
                    "subject_code": syllabus.subject_code,
                    "points": syllabus.points,
                    "planned_semester": _semester(planned.start_date),
                    "required": content.type != "Utökade",
                    MARKED: _marked(item.student),
                },
            )


def _semester(start: str | None) -> str | None:
    if not start or len(start) < len("2026-08") or not start[5:7].isdigit():
        return None
    return f"{start[:4]}{'HT' if int(start[5:7]) >= AUTUMN_BEGINS else 'VT'}"


ROWS: Final[dict[str, Callable[[Any, Lookups], Iterator[tuple[str, Row]]]]] = {
    "organisations": organisation_rows,
    "persons": person_rows,
    "groups": group_rows,
    "duties": duty_rows,
    "activities": activity_rows,
    "aggregatedAttendance": sum_rows,
    "grades": grade_rows,
    "studyplans": plan_rows,
}


def rows_of_items(resource: str, items: Items, lookups: Lookups) -> dict[str, pl.DataFrame]:
    """The rows of a document, one frame per table, each row with its item's place and time of change."""
    found: dict[str, list[Row]] = {}
    make = ROWS[resource]
    for number, item in zip(items.numbers, items.found, strict=True):
        stamp = {ROW: number, MODIFIED: modified(item)}
        for table, row in make(item, lookups):
            found.setdefault(table, []).append(row | stamp)
    return {table: _frame(rows) for table, rows in found.items()}


def modified(item: Identified) -> str | None:
    """When an object was last changed, as the source writes it."""
    return item.meta.modified if item.meta else None


_KINDS: Final = {ROW: pl.Int32, MARKED: pl.Boolean, "required": pl.Boolean, "language_choice": pl.Boolean}
_NUMBERS: Final = ("school_year", "points", "year")


def _frame(rows: list[Row]) -> pl.DataFrame:
    names = {name: None for row in rows for name in row}
    kinds: dict[str, Any] = {
        name: _KINDS.get(name, pl.Int64 if name in _NUMBERS or name.endswith("_sum") else pl.String) for name in names
    }
    frame = pl.DataFrame({name: [_cell(row.get(name)) for row in rows] for name in names}, schema=kinds)
    return frame.with_columns(times(frame[MODIFIED]))


def _cell(value: Any) -> Any:
    """An empty text is an empty cell."""
    return None if value == "" else value


def times(stamps: pl.Series) -> pl.Series:
    """Times of change as times, so that the latest can be told; what isn't one comes before all others."""
    read = stamps.str.to_datetime("%+", strict=False, time_zone="UTC", time_unit="us").dt.replace_time_zone(None)
    if read.null_count() == stamps.null_count():
        return read
    distinct = stamps.filter(read.is_null()).unique().drop_nulls()
    slow = pl.Series([_time(stamp) for stamp in distinct.to_list()], dtype=pl.Datetime("us"))
    rest = stamps.replace_strict(distinct, slow, default=None, return_dtype=pl.Datetime("us"))
    return read.zip_with(read.is_not_null(), rest)


def _time(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
