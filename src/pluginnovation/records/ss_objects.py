"""The parts of the SS 12000 objects that we read. What isn't named here is skipped while decoding.

Written from our own summary of SS 12000:2020/korr 1:2022. Everything that a server may leave out is optional: what
is really needed is checked as a starred column, row by row, like in any other source.
"""

from typing import Annotated

import msgspec

# Larger than any number of minutes, points or years, small enough for every column.
Number = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


class SsObject(msgspec.Struct, rename="camel", gc=False):
    """Decoded without the garbage collector's bookkeeping: objects have no cycles."""


class Meta(SsObject):
    """When the object was last changed."""

    modified: str | None = None


class Ref(SsObject):
    """A reference to another object; one to a person may say that the person is protected."""

    id: str | None = None
    security_marking: str | None = None


class Identified(SsObject):
    """What every object has."""

    id: str | None = None
    meta: Meta | None = None


class Organisation(Identified):
    """A place in the tree of an authority."""

    display_name: str | None = None
    organisation_type: str | None = None
    parent_organisation: Ref | None = None
    school_unit_code: str | None = None
    municipality_code: str | None = None
    school_types: list[str] | None = None


class CivicNo(SsObject):
    """Personal number."""

    value: str | None = None


class Email(SsObject):
    """An address with its kind."""

    value: str | None = None
    type: str | None = None


class Address(SsObject):
    """Only the municipality is read."""

    type: str | None = None
    municipality_code: str | None = None


class Enrolment(SsObject):
    """Inside a person."""

    enroled_at: Ref | None = None
    enrolled_at: Ref | None = None
    school_type: str | None = None
    school_year: Number | None = None
    start_date: str | None = None
    end_date: str | None = None
    cancelled: bool | None = None
    education_code: str | None = None
    programme: Ref | None = None


class Responsible(SsObject):
    """Inside a person: who is responsible for her."""

    person: Ref | None = None
    relation_type: str | None = None


class Person(Identified):
    """Pupil, guardian or staff."""

    given_name: str | None = None
    family_name: str | None = None
    civic_no: CivicNo | None = None
    birth_date: str | None = None
    sex: str | None = None
    security_marking: str | None = None
    person_status: str | None = None
    emails: list[Email] | None = None
    addresses: list[Address] | None = None
    edu_person_principal_names: list[str] | None = None
    enrolments: list[Enrolment] | None = None
    responsibles: list[Responsible] | None = None


class Membership(SsObject):
    """Inside a group."""

    person: Ref | None = None
    start_date: str | None = None
    end_date: str | None = None


class Group(Identified):
    """Class, mentor group, teaching group."""

    display_name: str | None = None
    group_type: str | None = None
    organisation: Ref | None = None
    start_date: str | None = None
    end_date: str | None = None
    group_memberships: list[Membership] | None = None


class Assignment(SsObject):
    """Inside a duty: for which group."""

    group: Ref | None = None
    type: str | None = None
    assignment_role_type: str | None = None
    start_date: str | None = None
    end_date: str | None = None


class Duty(Identified):
    """What a member of staff does where."""

    person: Ref | None = None
    duty_at: Ref | None = None
    duty_role: str | None = None
    assignment_role: list[Assignment] | None = None
    start_date: str | None = None
    end_date: str | None = None


class Programme(Identified):
    """Only its code is read."""

    code: str | None = None


class Syllabus(Identified):
    """A subject or course."""

    subject_code: str | None = None
    course_code: str | None = None
    points: Number | None = None
    subject_designation: str | None = None


class Activity(Identified):
    """A subject or course as it is taught."""

    display_name: str | None = None
    organisation: Ref | None = None
    syllabus: Ref | None = None


class StudentException(SsObject):
    """Inside a calendar event: a pupil for whom it is different."""

    student: Ref | None = None
    participates: bool | None = None
    teaching_length: Number | None = None


class CalendarEvent(Identified):
    """One lesson in the timetable."""

    activity: Ref | None = None
    start_time: str | None = None
    end_time: str | None = None
    cancelled: bool | None = None
    teaching_length_student: Number | None = None
    student_exceptions: list[StudentException] | None = None


class Attendance(Identified):
    """What was reported about one pupil and one lesson."""

    calendar_event: Ref | None = None
    student: Ref | None = None
    is_reported: bool | None = None
    attendance_minutes: Number | None = None
    valid_absence_minutes: Number | None = None
    invalid_absence_minutes: Number | None = None
    other_attendance_minutes: Number | None = None


class AggregatedAttendance(Identified):
    """Sums for one pupil, activity and period."""

    activity: Ref | None = None
    student: Ref | None = None
    start_date: str | None = None
    end_date: str | None = None
    attendance_sum: Number | None = None
    valid_absence_sum: Number | None = None
    invalid_absence_sum: Number | None = None
    other_attendance_sum: Number | None = None
    reported_sum: Number | None = None
    offered_sum: Number | None = None


class Grade(Identified):
    """One grade, also a corrected one."""

    student: Ref | None = None
    syllabus: Ref | None = None
    grade_value: str | None = None
    registered_date: str | None = None
    semester: str | None = None
    year: Number | None = None
    final_grade: bool | None = None
    trial: bool | None = None


class PlannedSyllabus(SsObject):
    """Inside a study plan's content."""

    syllabus: Ref | None = None
    start_date: str | None = None


class PlanContent(SsObject):
    """One part of a study plan."""

    type: str | None = None
    syllabuses: list[PlannedSyllabus] | None = None


class StudyPlan(Identified):
    """The courses of one pupil."""

    student: Ref | None = None
    content: list[PlanContent] | None = None


OBJECTS: dict[str, type[Identified]] = {
    "organisations": Organisation,
    "persons": Person,
    "groups": Group,
    "duties": Duty,
    "programmes": Programme,
    "syllabuses": Syllabus,
    "activities": Activity,
    "calendarEvents": CalendarEvent,
    "attendances": Attendance,
    "aggregatedAttendance": AggregatedAttendance,
    "grades": Grade,
    "studyplans": StudyPlan,
}
