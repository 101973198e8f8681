"""The second fence: with every filter of the pages gone, a question still gives only what the ground gives."""

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from pluginnovation.privacy.fields import FIELDS
from pluginnovation.web.config.fence.raising import OWN, lower_fence, policy_statements, raise_fence
from pluginnovation.web.config.fence.rows import EXCUSED, FENCED, Rows
from pluginnovation.web.config.postgres import WEB
from tests.pals import Pals, code_of
from tests.web.config.faults_fence import FAULTS
from tests.web.fenced import asking, asking_by, seen
from tests.web.planted import models_of_the_fence, plant

pytestmark = pytest.mark.django_db
# Columns that say who a row is about, or that hold a code of somebody, wherever they turn up.
PEOPLE = ("people.Person", "people.User")


def readable() -> list[str]:
    """The fenced tables that the web may ask at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE relname = ANY (%s) AND has_table_privilege(%s, c.oid, 'SELECT')",
            [list(FENCED), WEB],
        )
        return sorted(name for (name,) in cursor.fetchall())


def open_tables(pals: Pals, planted: dict[str, object]) -> set[str]:
    """The tables that show a row to nobody, or one of Sixten's or Omar's to Åsa."""
    found = set()
    tables = readable()
    with asking():
        found |= {table for table in tables if seen(table, "1")}
    with asking_by(pals.asa):
        for table in tables:
            column = planted[table]._meta.pk.column
            found |= {table} if str(planted[table].pk) in {str(pk) for pk in seen(table, f'"{column}"')} else set()
    return found


def test_nobody_sees_a_row_and_a_mentor_none_of_another_school(pals):
    assert open_tables(pals, plant(pals)) == set()


# What is seen with another row, and so is open when that one is.
HANGS_ON = {
    table: {f"projects_{name}" for name in names.split()}
    for table, names in {
        "projects_activity": "activitytime",
        "projects_application": "applicationanswer applicationbudget calldecision screening",
        "projects_goal": "goalreading",
        "projects_networkmember": "network",
        "projects_report": "claim",
        "projects_subproject": "activity activitytime agreement claim deviation document evaluationplan followupasked"
        " goal goalfigures goalreading handover ledgerentry network networkmember report risk statemove",
    }.items()
}


@pytest.mark.parametrize("table", sorted(table for table, rows in FENCED.items() if rows.see))
def test_a_policy_that_lets_everything_through_is_noticed(pals, table):
    planted = plant(pals)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER POLICY fence_see ON {table} USING (true)")
    assert open_tables(pals, planted) == {table, *HANGS_ON.get(table, ())}


def holds_owner() -> bool:
    """Whether the fence holds the tables' owner too."""
    return bool(seen("pg_class", "relname", "relnamespace = 'public'::regnamespace AND relforcerowsecurity"))


def test_while_tables_change_their_owner_is_not_held_and_the_web_sees_nothing(pals):
    lower_fence()
    assert not holds_owner()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        assert seen("people_person", "code") == set()
        cursor.execute("RESET ROLE")
    raise_fence(roles=True)
    assert holds_owner()
    with asking_by(pals.asa):
        assert pals.mira in seen("people_person", "code")


def test_a_table_whose_fence_is_down_is_noticed(pals):
    planted = plant(pals)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_enrolment DISABLE ROW LEVEL SECURITY")
    assert open_tables(pals, planted) == {"people_enrolment"}


def refused(pals: Pals, planted: dict[str, object]) -> set[str]:
    """The tables in which Åsa may not write such a row: in Omar's name, or about Sixten."""
    found = set()
    for table, row in planted.items():
        with asking_by(pals.asa):
            row.pk = None if row._meta.auto_field else row.pk
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except DatabaseError as error:
                if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
                    found.add(table)
    return found


def test_nobody_writes_in_anothers_name_or_about_somebody_out_of_reach(pals):
    assert refused(pals, plant(pals)) == set(models_of_the_fence())


@pytest.mark.parametrize("table", ["people_visit", "people_auditevent", "signals_answer", "people_statement"])
def test_a_policy_that_lets_everything_be_written_is_noticed(pals, table):
    planted = plant(pals)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER POLICY fence_add ON {table} WITH CHECK (true)")
        # What is written is told back by its number, which the one who wrote it must see.
        cursor.execute(f"ALTER POLICY fence_see ON {table} USING (true)")
    assert table not in refused(pals, planted)


def test_the_web_can_not_take_the_fence_down_or_step_around_it(pals):
    statements = (
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY", "DROP POLICY fence_see ON people_person",
        "CREATE POLICY mine ON people_person USING (true)", "DROP SCHEMA fence CASCADE",
        "ALTER ROLE plug_web BYPASSRLS", "CREATE VIEW fence.all_of_it AS SELECT * FROM people_person",
        "UPDATE people_visit SET page = ''", "DELETE FROM people_auditevent", "TRUNCATE people_visit",
        "UPDATE signals_groupsnapshot SET waiting = 0",
    )  # fmt: skip
    for statement in statements:
        with asking_by(pals.petra), pytest.raises(DatabaseError) as said, transaction.atomic():
            connection.cursor().execute(statement)
        assert isinstance(said.value.__cause__, psycopg.errors.InsufficientPrivilege), statement


def test_the_owner_is_held_by_the_fence_too_and_sees_everything_by_its_own_policy():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s"
            " WHERE c.relrowsecurity AND c.relforcerowsecurity",
            [OWN],
        )
        assert {name for (name,) in cursor.fetchall()} == set(FENCED)


def test_an_unknown_user_a_closed_account_and_somebody_elses_role_open_nothing(pals):
    duty = {"role": "principal", "place": pals.place("bjork")}
    with asking(pals.asa, **duty):
        assert seen("people_person", "code", "is_pupil") == set()
    pals.petra.is_active = False
    pals.petra.save()
    for user in (pals.petra, type(pals.petra)(pk=987654)):
        with asking(user, **duty):
            assert seen("people_person", "code") == set()


def test_whoever_asked_before_is_forgotten_with_the_request(pals, visit_as):
    assert visit_as(pals.petra, f"/elev/{pals.mira}/").status_code == 200
    assert seen("current_setting('plug.asker')") == {""}


def test_a_protected_pupil_is_behind_the_fence_whoever_asks(pals):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET security_marking = 'Sekretessmarkering' WHERE code = %s", [pals.mira])
    for user in (pals.asa, pals.petra, pals.adam, pals.dag):
        with asking_by(user):
            for table in ("people_person", "people_enrolment", "people_membership"):
                column = "code" if table == "people_person" else "pupil_id"
                assert pals.mira not in seen(table, column), (user, table)


@pytest.mark.parametrize(("statement", "says", "fault"), FAULTS)
def test_a_fault_in_the_rule_is_noticed(pals, statement, says, fault):
    from tests.web.config.faults_fence import cases, put_in

    assert cases(pals) == []
    put_in(statement, says, fault)
    assert cases(pals)


def test_each_model_with_a_person_is_fenced_or_excused_with_a_reason():
    named = {}
    here = set(connection.introspection.table_names())
    for meta in (model._meta for model in apps.get_models() if model._meta.db_table in here):
        about = [
            field.name
            for field in meta.concrete_fields
            if (field.is_relation and field.related_model and field.related_model._meta.label in PEOPLE)
            or (field.name in ("pupil", "codes", "person") or (field.name == "code" and "given_name" in FIELDS))
        ]
        if about or meta.label in PEOPLE:
            named[meta.db_table] = about
    undecided = {table: about for table, about in named.items() if table not in FENCED and table not in EXCUSED}
    assert undecided == {}, "Say who may see the rows, in config/fence/rows.py, or why everybody may."
    assert not set(FENCED) & set(EXCUSED)
    assert all(len(reason) > 30 for reason in EXCUSED.values())


def test_the_fence_knows_only_tables_that_are_there():
    assert set(FENCED) | set(EXCUSED) <= set(connection.introspection.table_names())


def test_policies_say_which_command_they_are_for():
    text = "\n".join(policy_statements("t", Rows("x", "a", "b", "c")))
    assert "FOR SELECT TO plug_web USING (a)" in text
    assert "FOR INSERT TO plug_web WITH CHECK (b)" in text
    assert "FOR UPDATE TO plug_web USING (c) WITH CHECK (c)" in text
    assert "FOR" not in policy_statements("t", Rows("x"))[0].split("TO", 1)[1]
    assert len(policy_statements("t", Rows("x"))) == 1


def test_jobs_carry_numbers_and_words_and_nobodys_code():
    fields = {field.name for field in apps.get_model("records.Job")._meta.concrete_fields}
    assert not fields & {"pupil", "person", "code_of", "codes", "name"}
    assert code_of("mira")


def test_a_whole_imports_enrolments_are_noted_at_once_and_not_each_against_all():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")
        cursor.execute(
            "INSERT INTO people_enrolment (pupil_id, organisation_id, school_type, programme, leave_reason, end_date)"
            " SELECT 'n' || n, 's', 'GY', '', '', date '2026-01-01' + n %% 2 FROM generate_series(1, %s) n",
            [50_000],
        )
        cursor.execute("UPDATE people_enrolment SET end_date = NULL")
        assert seen("people_schooled", "count(*)", "last IS NULL") == {50_000}
        cursor.execute("DELETE FROM people_enrolment")
        assert seen("people_schooled", "count(*)") == {0}
        transaction.set_rollback(True)
