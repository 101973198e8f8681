"""The hub's schema has no place for a person of a node: no table, no field, no role, no way to the other database."""

import ast
import re
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from pluginnovation.privacy.fields import FIELDS
from pluginnovation.web.config.hub.rights import RIGHTS, give_rights, rights_are_given, rights_on, tables_in
from pluginnovation.web.config.postgres import HUB_OWNER, HUB_WEB, HUB_WORKER, WEB
from tests.house.tree import SRC
from tests.hub.standing import superuser

pytestmark = pytest.mark.django_db
# The apps whose tables a hub may have. Another one is a decision, taken here.
APPS = {
    "account", "admin", "allauth", "auth", "contenttypes", "csp", "editors", "knowledge", "messages", "mfa",
    "modelcluster", "postgres", "sessions", "simple_translation", "staticfiles", "taggit", "wagtailadmin",
    "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects", "wagtailsearch", "wagtailsites", "wagtailusers",
}  # fmt: skip
# Every field of a hub's own table that is about somebody: an adult, by their own hand, or one of the editors.
OF_ADULTS = {
    "knowledge.Registration": {
        "name",
        "email",
        "organisation",
        "needs",
        "token",
        "at",
        "withdrawn_at",
        "waiting",
        "event",
    },
    "editors.Editor": {
        "login",
        "name",
        "school",
        "email",
        "password",
        "last_login",
        "demo",
        "is_active",
        "is_superuser",
    },
}
PERSONAL = re.compile(
    r"(pupil|elev|person|civic|personnummer|guardian|birth|sex$|given_name|family_name|phone|absence|lesson|secrecy)"
)


def node_labels() -> set[str]:
    """Every table of a node that its field classification calls a person's, or that leads to one."""
    return {label.split(".")[0] for label in FIELDS} - {"account", "mfa", "auth", "contenttypes", "sessions"}


def test_the_hub_has_these_apps_and_no_other():
    assert {config.label for config in apps.get_app_configs()} <= APPS


def test_no_app_of_a_node_is_installed():
    assert {"people", "records", "signals", "support", "protection"} <= node_labels()
    assert not node_labels() & {config.label for config in apps.get_app_configs()} - {"knowledge"}
    assert not [app for app in settings.INSTALLED_APPS if re.search(r"web\.(?!knowledge)", app)]


def test_no_table_of_a_person_of_the_node_is_in_the_hubs_database():
    with connection.cursor() as cursor:
        tables = tables_in(cursor)
    theirs = tuple(f"{label}_" for label in node_labels())
    assert len(tables) > 60
    assert not [table for table in tables if table.startswith(theirs)]


def test_no_field_of_the_hubs_own_tables_is_about_a_pupil():
    own = [model for label in ("knowledge", "editors") for model in apps.get_app_config(label).get_models()]
    found = [
        f"{model.__name__}.{field.name}" for model in own for field in model._meta.fields if PERSONAL.search(field.name)
    ]
    assert not found
    for label, fields in OF_ADULTS.items():
        there = {field.name for field in apps.get_model(label)._meta.fields} - {"id"}
        assert there == fields, f"{label}: say of a new field whether it may be there"


def test_no_other_table_of_the_hubs_own_has_a_field_for_a_name_or_an_address():
    own = [model for label in ("knowledge", "editors") for model in apps.get_app_config(label).get_models()]
    named = {
        model._meta.label
        for model in own
        for field in model._meta.local_fields
        if field.name in {"name", "email", "login"} or field.get_internal_type() == "EmailField"
    }
    assert named == set(OF_ADULTS)


def test_every_table_is_sorted_and_each_role_has_the_rights_that_are_written_down():
    give_rights()
    assert rights_are_given()
    with connection.cursor() as cursor:
        tables = tables_in(cursor)
        cursor.execute(
            "SELECT table_name, grantee, string_agg(privilege_type, ', ') FROM information_schema.role_table_grants"
            " WHERE grantee = ANY(%s) AND table_schema = 'public' GROUP BY 1, 2",
            [[HUB_WEB, HUB_WORKER]],
        )
        given = {(table, role): set(rights.split(", ")) for table, role, rights in cursor.fetchall()}
    assert not [table for table in tables if not any(table.startswith(beginning) for beginning in RIGHTS)]
    for table in tables:
        for role, rights in zip((HUB_WEB, HUB_WORKER), rights_on(table), strict=True):
            whole = {part for part in rights.split(", ") if re.fullmatch("[A-Z]+", part)}
            assert given.get((table, role), set()) == whole, table


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE editors_editor SET is_superuser = true",
        "INSERT INTO auth_permission (name, content_type_id, codename) VALUES ('x', 1, 'x')",
        "UPDATE knowledge_siteestimaterow SET document = '{}'",
        "DROP TABLE knowledge_methodpage",
        "CREATE TABLE people_person (code text)",
        "SET ROLE hub_worker",
    ],
)
def test_the_web_can_not_make_itself_more_than_it_is(server, statement):
    password = (Path(settings.PLUG_HOME) / "keys" / "hub-web.password").read_text().strip()
    reach = {"host": str(server.sockets), "user": HUB_WEB, "password": password}
    with superuser(server) as session:
        session.execute(f"GRANT CONNECT ON DATABASE {connection.settings_dict['NAME']} TO {HUB_WEB}")
    own = psycopg.connect(**reach, dbname=connection.settings_dict["NAME"])  # type: ignore[arg-type]
    with own as web, pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(statement)


def test_the_nodes_roles_are_nobody_here():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.role_table_grants WHERE grantee LIKE 'plug\\_%%'"
            " AND grantee <> 'plug_superuser'"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT has_database_privilege(%s, 'plug', 'CONNECT')", [HUB_OWNER])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_database_privilege(%s, 'plug_hub', 'CONNECT')", [WEB])
        assert cursor.fetchone() == (False,)


def test_the_code_of_the_hub_names_no_table_of_a_node():
    hub = [*(SRC / "web" / "knowledge").rglob("*.py"), *(SRC / "web" / "config" / "hub").rglob("*.py")]
    named = {
        node.value
        for path in hub
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not [text for text in named if re.fullmatch(r"(people|support|records|signals|protection)\.[A-Z]\w+", text)]


def test_models_and_migrations_say_the_same():
    from io import StringIO

    from django.core.management import call_command

    call_command("makemigrations", "knowledge", "editors", check=True, dry_run=True, stdout=StringIO())
