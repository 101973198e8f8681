"""What arrives and what is kept: the one definition of every table of facts.

A table says its columns, its key, which of its days sorts it, whether a source gives it whole, and which column
of which CSV file each of its own columns is read from. Readers, checks, store, simulation, signals and the
documentation all read this file; none of them repeats it.

What is told of each pupil, lesson by lesson and grade by grade, stands in `pupil_tables.py`. Every stored row also
ends with `columns.PROVENANCE`: where it came from, and between which times we believed it.
"""

from .columns import (
    BOOL,
    DATE,
    END,
    END_REQUIRED,
    INT16,
    INT32,
    START,
    START_REQUIRED,
    STRING,
    Column,
    Table,
    organisation_column,
    pupil_column,
)
from .pupil_tables import ATTENDANCE_SUMS, GRADES, LESSONS, OUTCOME_EVENTS, STUDY_PLANS

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
        pupil_column("person_id"),
        organisation_column(),
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
        organisation_column(),
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
        pupil_column("person_id"),
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
        organisation_column(),
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
        organisation_column(),
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
        organisation_column(),
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
        pupil_column("person_id"),
        Column("municipality", STRING, "municipality_code", required=True),
        Column("enrolled_elsewhere", BOOL, "enrolled_elsewhere"),
        START,
        END,
    ),
    key=("pupil", "municipality", "start_date"),
    sort=("pupil",),
    file="residents",
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
