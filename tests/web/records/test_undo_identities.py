"""An import that is taken back leaves names, places and ties as it found them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.undo_asked import UNDO_WITHIN, UndoAsked
from pluginnovation.records.undoing import undo_import
from pluginnovation.web.people.former import forget_former
from pluginnovation.web.people.models import AuditEvent, FormerIdentity, Person, User
from pluginnovation.web.people.sink import PeopleSink
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.records.models import Import, Server, ServerResource
from tests.unit.records.school import SCHOOL, folder, text

# The same text is sealed differently each time.
SEALED = ("civic_no", "email", "eppn")
AT = datetime(2026, 4, 20, 3, tzinfo=UTC)
TABLES = {
    "people_person": "code", "people_organisation": "code", "people_group": "code",
    "people_membership": "group_id, pupil_id, start_date, end_date",
    "people_enrolment": "pupil_id, organisation_id, school_type, school_year, programme, start_date, end_date",
    "people_resident": "pupil_id, municipality, enrolled_elsewhere, start_date, end_date",
    "people_duty": "source, person_id, organisation_id, role, duty_role, assignment_type, group_id",
    "people_responsible": "pupil_id, responsible_id, relation_type",
}  # fmt: skip


@pytest.fixture
def read(db, tmp_path):
    """Import the school with some files changed, each time a day later."""
    days = iter(range(1, 100))

    def act(**files):
        changed = {f"{name}.csv": text(drawn) if drawn else drawn for name, drawn in files.items()}
        asked = Asked(by="test", at=AT + timedelta(days=next(days)), source="Birkby", sink=PeopleSink())
        with opened_store(tmp_path / "home") as store:
            return import_source(store, folder(tmp_path / "source", changed), asked)

    act.home = tmp_path / "home"
    return act


def undo(read, number):
    with opened_store(read.home) as store:
        asked = UndoAsked("adam", Import.objects.get(pk=number).at + timedelta(hours=1), "fel kommun")
        return undo_import(store, number, asked, PeopleSink())


def identities(*less):
    """Everything that pages know of people and places, numbers that the database gives left out."""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            what = f"(to_jsonb(t) - '{{{','.join(less)}}}'::text[])::text" if columns == "code" else columns
            cursor.execute(f"SELECT {what} FROM {table} t")
            found[table] = sorted(cursor.fetchall(), key=str)
    return found


OTHER = {
    "persons": """
        id,given_name,family_name,security_marking,birth_date,civic_no,email
        mira,Mirja,Eke,Ingen,2011-03-04,20110304-mira,ny@exempel.se
        sami,Sami,Ny,Ingen,2011-07-08,,
        asa,Åsa,Berg,Ingen,1980-01-01,,asa@exempel.se
        bo,Bo,Ny,Ingen,1981-01-01,,
    """,
    "groups": """
        id,display_name,group_type,organisation_id
        8a,8 Alfa,Klass,birch
        8b,8B,Klass,birch
    """,
    "memberships": """
        group_id,person_id,start_date
        8b,mira,2025-08-18
        8b,sami,2025-08-18
        8c,sami,2025-08-18
    """,
    "enrolments": """
        person_id,organisation_id,school_type,school_year,start_date,end_date
        mira,birch,GR,9,2025-08-18,
        sami,birch,GR,9,2025-08-18,
    """,
    "duties": """
        person_id,organisation_id,duty_role,group_id,assignment_type
        asa,birch,Rektor,,
        bo,birch,Lärare,8b,Mentor
    """,
    "responsibles": """
        person_id,responsible_id,relation_type
        mira,asa,Vårdnadshavare
    """,
    "outcome_events": """
        person_id,event,date
        mira,moved_abroad,2026-03-01
    """,
}


@pytest.mark.parametrize("names", [[name] for name in OTHER] + [list(OTHER), ["persons", "groups", "duties"]])
def test_identities_are_as_they_were(read, names):
    read()
    before = identities()
    summary = read(**{name: OTHER[name] for name in names})
    after = identities(*SEALED)
    assert (summary.status, before != identities()) == ("done", True)
    undo(read, summary.import_id)
    now = identities()
    # Whoever got a login by the import can't be deleted: visits and audit rows may point there.
    kept = [row for row in now["people_person"] if '"in_source": false' in row[0] and '"given_name": "Bo"' in row[0]]
    assert len(kept) == (1 if "persons" in names and "duties" in names else 0)
    assert now | {"people_person": [row for row in now["people_person"] if row not in kept]} == before
    assert not FormerIdentity.objects.filter(of_import=summary.import_id).exists()
    again = read(**{name: OTHER[name] for name in names})
    assert again.status == "done"
    assert identities(*SEALED) == after


def test_the_first_import_of_a_source_leaves_nobody(read):
    read()
    undo(read, 1)
    assert not Person.objects.exclude(code__in=User.objects.values("person")).exists()
    now = identities()
    assert [now[table] for table in ("people_membership", "people_duty", "people_enrolment")] == [[], [], []]


def test_the_audit_says_who_took_it_back_and_why(read):
    read()
    undo(read, 1)
    row = AuditEvent.objects.filter(action="import").latest("pk")
    assert row.details["status"] == "undone"
    assert (row.details["asked_by"], row.details["why"]) == ("adam", "fel kommun")


def test_the_next_fetch_from_that_server_begins_from_the_beginning(read):
    read()
    server = Server.objects.create(name="Birkby", address="https://x.example", token="bearer", secret="env:X",
                                   since=AT.date(), added_at=AT)  # fmt: skip
    ServerResource.objects.create(server=server, resource="persons", mark=AT)
    undo(read, 1)
    assert ServerResource.objects.get().mark is None


def test_somebody_who_is_hidden_leaves_what_is_kept_of_earlier_imports_too(read):
    read()
    read(persons=OTHER["persons"])
    mira = Person.objects.get(given_name="Mirja").code
    assert FormerIdentity.objects.filter(code=mira).exists()
    read(persons=text(SCHOOL["persons"]).replace("mira,Mira,Ek,Ingen", "mira,Mira,Ek,Sekretessmarkering"))
    assert not FormerIdentity.objects.filter(code=mira).exists()


def test_what_is_kept_of_old_imports_is_forgotten(read):
    read()
    assert FormerIdentity.objects.exists()
    assert forget_former(at=datetime.now(UTC) + timedelta(hours=1)) == 0
    assert forget_former(at=datetime.now(UTC) + UNDO_WITHIN + timedelta(hours=1)) > 0
    assert not FormerIdentity.objects.exists()
