"""The tables of what is told of each pupil: lessons and sums of them, grades, study plans and how it ended."""

from .columns import BOOL, DATE, END_REQUIRED, INT16, INT32, START_REQUIRED, STRING, Column, Table, pupil_column

LESSONS = Table(
    "lessons",
    (
        pupil_column("student_id"),
        Column("activity", STRING, "activity_id", required=True, refers="activities"),
        Column("date", DATE, "date", required=True),
        Column("start_minute", INT16, "start_time", required=True),
        Column("offered", INT16, "offered_minutes", required=True),
        Column("is_reported", BOOL, "is_reported", required=True),
        Column("attended", INT16, "attended_minutes"),
        Column("other", INT16, "other_minutes"),
        Column("excused", INT16, "excused_minutes"),
        Column("unexcused", INT16, "unexcused_minutes"),
        Column("late", INT16, "late_minutes"),
    ),
    key=("pupil", "activity", "date", "start_minute"),
    whole=False,
    day="date",
    monthly=True,
    sort=("pupil", "date", "start_minute"),
    file="lessons",
)

ATTENDANCE_SUMS = Table(
    "attendance_sums",
    (
        pupil_column("student_id"),
        Column("activity", STRING, "activity_id", required=True, refers="activities"),
        START_REQUIRED,
        END_REQUIRED,
        Column("offered", INT32, "offered_sum"),
        Column("reported", INT32, "reported_sum"),
        Column("attended", INT32, "attended_sum"),
        Column("other", INT32, "other_sum"),
        Column("excused", INT32, "excused_sum"),
        Column("unexcused", INT32, "unexcused_sum"),
    ),
    key=("pupil", "activity", "start_date", "end_date"),
    whole=False,
    day="end_date",
    sort=("pupil", "end_date"),
    file="attendance_sums",
)

GRADES = Table(
    "grades",
    (
        pupil_column("student_id"),
        Column("subject", STRING, "subject_code", required=True),
        Column("course", STRING, "course_code"),
        Column("points", INT32, "points"),
        Column("grade", STRING, "grade", required=True),
        Column("registered_date", DATE, "registered_date", required=True),
        Column("semester", STRING, "semester", words="semesters"),
        Column("year", INT16, "year"),
        Column("kind", STRING, "kind", required=True, words="grade_kinds"),
        Column("language_choice", BOOL, "language_choice"),
    ),
    key=("pupil", "subject", "course", "registered_date", "kind"),
    whole=False,
    day="registered_date",
    sort=("pupil", "registered_date"),
    file="grades",
)

STUDY_PLANS = Table(
    "study_plans",
    (
        pupil_column("student_id"),
        Column("course", STRING, "course_code", required=True),
        Column("subject", STRING, "subject_code"),
        Column("points", INT32, "points", required=True),
        Column("planned_semester", STRING, "planned_semester"),
        Column("required", BOOL, "required"),
    ),
    key=("pupil", "course"),
    sort=("pupil", "course"),
    file="study_plans",
    within=("pupil",),
)

OUTCOME_EVENTS = Table(
    "outcome_events",
    (
        pupil_column("person_id"),
        Column("event", STRING, "event", required=True, words="outcome_events"),
        Column("date", DATE, "date", required=True),
        Column("programme", STRING, "programme_code"),
    ),
    key=("pupil", "event", "date"),
    whole=False,
    day="date",
    sort=("pupil", "date"),
    file="outcome_events",
)
