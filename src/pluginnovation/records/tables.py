"""What arrives and what is kept: the one definition of every table of facts.

A table says its columns, its key, which of its days sorts it, whether a source gives it whole, and which column
of which CSV file each of its own columns is read from. Readers, checks, store, simulation, signals and the
documentation all read this file; none of them repeats it.

Every stored row also ends with PROVENANCE: where it came from, and between which times we believed it.
"""

from dataclasses import dataclass

STRING, DATE, BOOL = "string", "date", "bool"
INT8, INT16, INT32, INT64 = "int8", "int16", "int32", "int64"
DOUBLE, TIMESTAMP = "double", "timestamp"

SQL_TYPES = {
    STRING: "VARCHAR",
    DATE: "DATE",
    BOOL: "BOOLEAN",
    INT8: "TINYINT",
    INT16: "SMALLINT",
    INT32: "INTEGER",
    INT64: "BIGINT",
    DOUBLE: "DOUBLE",
    TIMESTAMP: "TIMESTAMP",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, and the cell it is read from.

    name       what it is called in the facts
    type       one of the type words above
    csv        the CSV column it is read from; empty: worked out by the checks
    required   starred in the format: the CSV column must be there and its cells filled
    person     its cells are a source's person ids, stored as opaque codes
    refers     the table whose key it must be found in, when that table exists in the source or the store
    words      the code list (in reference/code_lists.py) that its cells must come from; empty: any text
    """

    name: str
    type: str = STRING
    csv: str = ""
    required: bool = False
    person: bool = False
    refers: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of facts.

    name       its name, in the store and in the summary of an import
    columns    what is stored, in order, PROVENANCE left out
    key        the columns that name a row within its source; empty cells count as equal
    whole      a CSV folder gives all of it: a row that is missing now has ended
    day        the date column that places a row in time; empty: none
    monthly    stored in one folder per source and month ('2026-04') of `day`
    sort       the order of rows inside a stored file
    file       the CSV file it is read from, without its ending; empty: made from other tables
    within     for SS 12000, where rows come inside a larger object: the columns that name that object
    shown      pages and signals may read it; False: only imports do
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    whole: bool = True
    day: str = ""
    monthly: bool = False
    sort: tuple[str, ...] = ()
    file: str = ""
    within: tuple[str, ...] = ()
    shown: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The stored columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def person_columns(self) -> tuple[str, ...]:
        """The columns that hold a person's code: what disposal and a new protection marking look in."""
        return tuple(column.name for column in self.columns if column.person)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


PROVENANCE = (
    Column("source"),
    Column("known_from", TIMESTAMP),
    Column("known_to", TIMESTAMP),
    Column("import_id", INT32),
    Column("file_no", INT16),
    Column("row_no", INT32),
)

MINUTES = ("offered", "attended", "other", "excused", "unexcused", "late")

START = Column("start_date", DATE, "start_date")
START_REQUIRED = Column("start_date", DATE, "start_date", required=True)
END = Column("end_date", DATE, "end_date")
END_REQUIRED = Column("end_date", DATE, "end_date", required=True)


def _pupil(csv: str) -> Column:
    return Column("pupil", STRING, csv, required=True, person=True, refers="persons")


def _organisation(required: bool = True) -> Column:
    return Column("organisation", STRING, "organisation_id", required=required, refers="organisations")


ORGANISATIONS = Table(
    "organisations",
    (
        Column("organisation", STRING, "id", required=True),
        Column("display_name", STRING, "display_name", required=True),
        Column("organisation_type", STRING, "organisation_type", required=True, words="organisation_types"),
        Column("parent", STRING, "parent_id", refers="organisations"),
        Column("school_unit_code", STRING, "school_unit_code"),
        Column("municipality", STRING, "municipality_code"),
        Column("school_types", STRING, "school_types"),
    ),
    key=("organisation",),
    sort=("organisation",),
    file="organisations",
)

# Everyone a source names, staff and guardians too, as codes. `digest` is a keyed hash of the identity that went to
# the sink: it tells that a person changed without keeping who the person is. Quasi-identifiers of people who are
# only staff or guardians are left empty.
PERSONS = Table(
    "persons",
    (
        Column("person", STRING, "id", required=True, person=True),
        Column("birth_date", DATE, "birth_date"),
        Column("sex", STRING, "sex", words="sexes"),
        Column("home_municipality", STRING, "home_municipality_code"),
        Column("status", STRING, "person_status", words="person_statuses"),
        Column("digest"),
    ),
    key=("person",),
    sort=("person",),
    file="persons",
    shown=False,
)

# The rest of persons.csv: it goes to the identity sink and is never stored among the facts.
IDENTITY = (
    Column("given_name", STRING, "given_name", required=True),
    Column("family_name", STRING, "family_name", required=True),
    Column("civic_no", STRING, "civic_no"),
    Column("security_marking", STRING, "security_marking", required=True, words="security_markings"),
    Column("eppn", STRING, "eppn"),
    Column("email", STRING, "email"),
)

# Codes of people whose rows are refused because their identity is protected. Nothing else is known of them, and
# disposal leaves the code here: without it their rows would come back.
REFUSED = Table("refused", (Column("person"),), key=("person",), sort=("person",), shown=False)

RESPONSIBLES = Table(
    "responsibles",
    (
        Column("person", STRING, "person_id", required=True, person=True, refers="persons"),
        Column("responsible", STRING, "responsible_id", required=True, person=True, refers="persons"),
        Column("relation_type", STRING, "relation_type"),
    ),
    key=("person", "responsible"),
    sort=("person", "responsible"),
    file="responsibles",
    within=("person",),
    shown=False,
)

PUPILS = Table(
    "pupils",
    (
        Column("pupil", person=True),
        Column("birth_date", DATE),
        Column("sex"),
        Column("home_municipality"),
        Column("status"),
    ),
    key=("pupil",),
    sort=("pupil",),
)

ENROLMENTS = Table(
    "enrolments",
    (
        _pupil("person_id"),
        _organisation(),
        Column("school_type", STRING, "school_type", required=True, words="school_types"),
        Column("school_year", INT16, "school_year"),
        Column("programme", STRING, "programme_code"),
        START_REQUIRED,
        END,
        Column("leave_reason", STRING, "leave_reason"),
    ),
    key=("pupil", "organisation", "school_type", "start_date"),
    sort=("pupil", "start_date"),
    file="enrolments",
    within=("pupil",),
)

GROUPS = Table(
    "groups",
    (
        Column("group", STRING, "id", required=True),
        Column("display_name", STRING, "display_name", required=True),
        Column("group_type", STRING, "group_type", required=True, words="group_types"),
        _organisation(),
        START,
        END,
    ),
    key=("group",),
    sort=("group",),
    file="groups",
)

MEMBERSHIPS = Table(
    "memberships",
    (
        Column("group", STRING, "group_id", required=True, refers="groups"),
        _pupil("person_id"),
        START,
        END,
    ),
    key=("group", "pupil", "start_date"),
    sort=("group", "pupil"),
    file="memberships",
    within=("group",),
)

DUTIES = Table(
    "duties",
    (
        Column("person", STRING, "person_id", required=True, person=True, refers="persons"),
        _organisation(),
        Column("duty_role", STRING, "duty_role", required=True),
        Column("group", STRING, "group_id", refers="groups"),
        Column("assignment_type", STRING, "assignment_type"),
        START,
        END,
    ),
    key=("person", "organisation", "duty_role", "group", "start_date"),
    sort=("person",),
    file="duties",
    within=("person", "organisation", "duty_role"),
)

ACTIVITIES = Table(
    "activities",
    (
        Column("activity", STRING, "id", required=True),
        Column("display_name", STRING, "display_name", required=True),
        _organisation(),
        Column("subject", STRING, "subject_code"),
        Column("course", STRING, "course_code"),
        Column("points", INT32, "points"),
    ),
    key=("activity",),
    sort=("activity",),
    file="activities",
)

CALENDARS = Table(
    "calendars",
    (
        _organisation(),
        Column("kind", STRING, "kind", required=True, words="calendar_kinds"),
        Column("name", STRING, "name"),
        START_REQUIRED,
        END_REQUIRED,
    ),
    key=("organisation", "kind", "name", "start_date"),
    sort=("organisation", "start_date"),
    file="calendars",
)

RESIDENTS = Table(
    "residents",
    (
        _pupil("person_id"),
        Column("municipality", STRING, "municipality_code", required=True),
        Column("enrolled_elsewhere", BOOL, "enrolled_elsewhere"),
        START,
        END,
    ),
    key=("pupil", "municipality", "start_date"),
    sort=("pupil",),
    file="residents",
)

LESSONS = Table(
    "lessons",
    (
        _pupil("student_id"),
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
        _pupil("student_id"),
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
        _pupil("student_id"),
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
        _pupil("student_id"),
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
        _pupil("person_id"),
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

# In the order they are checked: what others refer to comes first.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ORGANISATIONS,
        PERSONS,
        REFUSED,
        RESPONSIBLES,
        PUPILS,
        ENROLMENTS,
        GROUPS,
        MEMBERSHIPS,
        DUTIES,
        ACTIVITIES,
        CALENDARS,
        RESIDENTS,
        LESSONS,
        ATTENDANCE_SUMS,
        GRADES,
        STUDY_PLANS,
        OUTCOME_EVENTS,
    )
}

FILES: dict[str, Table] = {table.file: table for table in TABLES.values() if table.file}


def csv_columns(table: Table) -> tuple[Column, ...]:
    """The columns of the CSV file a table is read from, with their star (`required`) and code list."""
    identity = IDENTITY if table.name == "persons" else ()
    return tuple(column for column in (*table.columns, *identity) if column.csv)
