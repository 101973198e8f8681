"""Identities come in by the frame, and leave at once when they must."""

import polars as pl
import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction

from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.events import pupils_hidden
from pluginnovation.web.people.models import (
    Duty,
    Enrolment,
    Group,
    Membership,
    Organisation,
    Person,
    Responsible,
    User,
    Visit,
)
from pluginnovation.web.people.sealed import identity_seal
from pluginnovation.web.people.sink import PeopleSink
from tests.pals import CANARY, SOURCE, TODAY, code_of, everyone, persons, work
from tests.web.signals.conftest import draw


def take(**changes):
    PeopleSink().take(IdentityChanges(SOURCE, **changes))


def counts():
    return [m.objects.count() for m in (Person, Organisation, Group, Membership, Enrolment, Duty, User)]


def test_the_cast_came_in(pals):
    assert counts() == [13, 3, 5, 7, 6, 11, 11]
    mira = Person.objects.get(code=pals.mira)
    assert (mira.name, mira.name_by_family, mira.initials) == ("Mira Åkesson", "Åkesson, Mira", "MÅ")
    assert mira.email == "mira@skola.example"
    assert mira.civic_no_lookup == identity_seal().lookup("20100101-mira")


def test_contacts_and_civic_numbers_are_sealed_in_the_database(pals):
    with connection.cursor() as cursor:
        cursor.execute("SELECT civic_no, email, eppn, civic_no_lookup FROM people_person")
        stored = " ".join(str(row) for row in cursor.fetchall())
    assert "example" not in stored
    assert "20100101" not in stored


def test_the_same_again_changes_nothing(pals):
    before = counts()
    PeopleSink().take(everyone())
    assert counts() == before
    assert Duty.objects.filter(role="mentor").count() == 3


def test_duties_get_their_roles_and_a_groups_new_type_changes_them(pals):
    assert set(Duty.objects.filter(person=code_of("tova")).values_list("role", flat=True)) == {"teacher"}
    groups = work()["groups"].filter(pl.col("group") == "ma").with_columns(group_type=pl.lit("Mentor"))
    take(work={"groups": groups})
    assert set(Duty.objects.filter(person=code_of("tova")).values_list("role", flat=True)) == {"mentor"}


def test_a_row_that_ended_leaves_the_copy(pals):
    membership = work()["memberships"].filter(pl.col("pupil") == pals.mira, pl.col("group") == "9A")
    take(work={"memberships": membership.with_columns(ended=pl.lit(value=True))})
    assert list(Membership.objects.filter(pupil=pals.mira).values_list("group", flat=True)) == [pals.group("ma")]


def test_a_changed_row_is_changed_and_not_doubled(pals):
    membership = work()["memberships"].filter(pl.col("pupil") == pals.noor)
    take(work={"memberships": membership.with_columns(end_date=pl.lit(TODAY))})
    assert Membership.objects.get(pupil=pals.noor).end_date == TODAY


def test_rows_without_dates_are_told_apart_by_the_rest_of_their_key(pals):
    undated = work()["memberships"].with_columns(start_date=pl.lit(None, pl.Date))
    for _ in range(2):
        take(work={"memberships": undated})
    assert Membership.objects.filter(start_date=None).count() == undated.height


def test_a_person_whom_the_source_stops_naming_is_out_of_sight_and_comes_back_by_being_named(pals):
    take(persons=persons("mira", ended=True))
    assert not Person.objects.get(code=pals.mira).in_source
    assert Person.objects.get(code=pals.mira).family_name == "Åkesson"
    take(persons=persons("mira"))
    assert Person.objects.get(code=pals.mira).in_source


def test_a_pupil_without_a_person_is_kept_without_identity(pals):
    take(work={"memberships": work()["memberships"][:1].with_columns(pupil=pl.lit(code_of("who")))})
    who = Person.objects.get(code=code_of("who"))
    assert (who.name, who.is_pupil, who.family_name) == (code_of("who"), True, "")


def test_places_that_nobody_describes_get_their_id_for_a_name(pals):
    only = {"memberships": work()["memberships"][:1].with_columns(group=pl.lit("7Q")),
            "enrolments": work()["enrolments"][:1].with_columns(organisation=pl.lit("far"))}  # fmt: skip
    take(work=only)
    assert Group.objects.get(code=pals.group("7Q")).display_name == "7Q"
    assert Organisation.objects.get(code=pals.place("far")).display_name == "far"


def test_another_authoritys_places_are_other_places(pals):
    PeopleSink().take(IdentityChanges("grannby", None, None, work()))
    assert Group.objects.filter(display_name="9A").count() == 2
    assert Membership.objects.filter(group=pals.group("9A")).count() == 3


def test_death_and_moving_abroad_are_noted_from_events_and_taken_back(pals):
    def events(ended, *rows):
        schema = {"pupil": pl.String, "event": pl.String, "date": pl.Date, "programme": pl.String, "ended": pl.Boolean}
        take(work={"outcome_events": pl.DataFrame([(*row, None, ended) for row in rows], schema=schema, orient="row")})

    events(False, (pals.mira, "moved_abroad", TODAY), (pals.noor, "degree", TODAY), (pals.ali, "deceased", TODAY))
    gone = {person.code: person.gone_on for person in Person.objects.filter(is_pupil=True)}
    assert (gone[pals.mira], gone[pals.noor], gone[pals.ali]) == (TODAY, None, TODAY)
    events(True, (pals.mira, "moved_abroad", TODAY))
    assert Person.objects.get(code=pals.mira).gone_on is None


def test_responsibles_come_and_go(pals):
    row = pl.DataFrame(
        {"person": [pals.mira], "responsible": [code_of("kaj")], "relation_type": [None], "ended": [False]},
        schema_overrides={"relation_type": pl.String},
    )
    take(responsibles=row)
    take(responsibles=row)
    assert Responsible.objects.get().relation_type == ""
    take(responsibles=row.with_columns(ended=pl.lit(value=True)))
    assert not Responsible.objects.exists()


def test_text_of_every_kind_comes_through_as_it_is(pals):
    name = "=cmd|'\"\n;\\N\\.\t%s {} <b>ǻ"
    take(persons=persons("mira").with_columns(given_name=pl.lit(f"{name}\x00"), family_name=pl.lit("")))
    mira = Person.objects.get(code=pals.mira)
    assert (mira.given_name, mira.family_name) == (name, "")


@pytest.fixture
def heard():
    codes = []

    def hear(codes_hidden=codes, **sent):
        codes_hidden.extend(sent["codes"])

    pupils_hidden.connect(hear, weak=False)
    yield codes
    pupils_hidden.disconnect(hear)


def traces(code):
    """In how many rows of the database, history too, the code stands; visits and audit apart."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for table in {name for (name,) in cursor.fetchall()} - {"people_visit", "people_auditevent"}:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{code}%"])
            if rows := cursor.fetchone()[0]:
                found[table] = rows
    return found


def test_a_new_marking_hides_the_pupil_at_once_everywhere(pals, heard, visit_as):
    Visit.objects.create(at="2026-04-22T10:00Z", viewer=pals.asa, role="mentor", reach="own_group", through="9A",
                         pupil=pals.mira, page="x")  # fmt: skip
    Person.objects.filter(code=pals.mira).update(status="Aktiv")  # leaves a row of history
    assert traces(pals.mira)

    take(protected=[pals.mira])

    assert traces(pals.mira) == {}
    assert heard == [pals.mira]
    assert Visit.objects.get().pupil == pals.mira


def test_a_new_marking_takes_the_pictures_and_the_answers_too(pals):
    draw()
    assert "signals_pupilsnapshot" in traces(pals.mira)
    take(protected=[pals.mira])
    assert traces(pals.mira) == {}


def test_a_marked_row_that_came_all_the_same_is_never_stored(pals, heard):
    take(persons=persons("kaj", "noor", security_marking="Sekretessmarkering"))
    assert not Person.objects.filter(code__in=[code_of("kaj"), pals.noor]).exists()
    assert not Person.objects.filter(family_name=CANARY).exists()
    assert sorted(heard) == [code_of("kaj"), pals.noor]


def test_an_adult_whose_identity_becomes_protected_is_signed_out_and_nameless(pals, client):
    client.force_login(pals.asa)
    take(protected=[code_of("asa")])
    pals.asa.refresh_from_db()
    assert (pals.asa.is_active, pals.asa.name, pals.asa.person_id) == (False, "", None)
    assert client.get("/roll/").status_code == 302


def test_an_adult_whose_marking_is_lifted_comes_back_as_somebody_new(pals):
    take(protected=[code_of("asa")])
    assert traces(code_of("asa")) == {}
    duties = work()["duties"].filter(pl.col("person") == code_of("asa"))
    take(persons=persons("asa"), work={"duties": duties})
    assert User.objects.get(person=code_of("asa")) != pals.asa


def test_an_error_in_a_listener_undoes_the_hiding(pals):
    def fail(**_):
        raise RuntimeError("full disk")

    pupils_hidden.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            take(protected=[pals.mira])
    finally:
        pupils_hidden.disconnect(fail)
    assert Person.objects.filter(code=pals.mira).exists()


def test_the_workers_role_has_the_rights_that_an_import_needs(pals):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'")
        for (table,) in cursor.fetchall():  # of the import that moved the pals in, as another role
            cursor.execute(f"DROP TABLE pg_temp.{table}")
        cursor.execute("SET LOCAL ROLE plug_worker")
        PeopleSink().take(everyone())
        take(protected=[pals.mira])
        cursor.execute("RESET ROLE")
    assert not Person.objects.filter(code=pals.mira).exists()


@pytest.mark.parametrize("role", ["plug_owner", "plug_worker", "plug_web"])
@pytest.mark.parametrize("statement", ["UPDATE people_visit SET page = 'y'", "DELETE FROM people_visit"])
def test_visits_can_not_be_changed_by_anyone(pals, role, statement):
    Visit.objects.create(at="2026-04-22T10:00Z", viewer=pals.asa, role="mentor", reach="own_group", through="9A",
                         pupil=pals.mira, page="x")  # fmt: skip

    def change():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(statement)

    with pytest.raises(DatabaseError, match=r"(?i)cannot (update|delete)|permission denied"):
        change()


def test_a_duty_has_one_holder(pals):
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(role="principal")


def test_who_recorded_a_change_of_duty_stands_in_its_history(pals):
    from pluginnovation.web.people.audit import recorded
    from pluginnovation.web.people.models import AuditEvent

    with recorded("end_duty", by=pals.adam, at="2026-04-23T10:00Z"):
        Duty.objects.filter(person=code_of("asa")).update(end_date=TODAY)
    last = Duty.pgh_event_model.objects.filter(pgh_label="update").latest("pgh_id")
    assert last.pgh_context.metadata == {"audit": AuditEvent.objects.get().pk}


def test_the_officer_is_told_that_somebody_is_protected_now_and_not_who(
    pals, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST, settings.PLUG_OFFICER_MAIL = "localhost", ["dso@skola.example"]
    with django_capture_on_commit_callbacks(execute=True):
        take(protected=[pals.mira])
        take(protected=[code_of("kaj")])  # who was never here
    (one,) = mail.outbox
    assert one.to == ["dso@skola.example"]
    assert not {word for word in ("Mira", "Åkesson", pals.mira, "9A", "Björk") if word in one.subject + one.body}
