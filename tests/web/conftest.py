"""A real PostgreSQL for the web's tests: one private server per session, one database per worker."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from psycopg import sql

from pluginnovation.web.config.postgres import OWNER, WEB, WORKER, Places, connection, running
from pluginnovation.web.config.postgres.passwords import SUPERUSER, read_password
from tests.pals import Pals, move_in
from tests.settings import HOME
from tests.web.standing import Build, world

WITH_TWO = {"how": "local", "authority": "", "levels": ["own"], "factors": True}
# A session notes that it goes on once a minute; tests that count a page's queries count the page's own.
FAR_AHEAD = 4_102_444_800


@pytest.fixture(scope="session")
def server() -> Iterator[Places]:
    """The session's server; the last worker to leave stops it. Its owner may make test databases."""
    with running(HOME) as places:
        password = read_password(places.keys, SUPERUSER)
        with psycopg.connect(
            host=str(places.sockets), dbname="postgres", user=SUPERUSER, password=password, autocommit=True
        ) as session:
            session.execute("SELECT pg_advisory_lock(1)")
            # What is lost with the machine is not missed.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                session.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            session.execute("SELECT pg_reload_conf()")
            # Tests write their pictures as the owner, by COPY, as the worker does where it runs.
            session.execute(sql.SQL("ALTER ROLE {} CREATEDB BYPASSRLS").format(sql.Identifier(OWNER)))
            session.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(sql.Identifier(OWNER)))
            # A test may put on the web's or the worker's role, and has nothing of theirs until then: the policies of
            # a role hold whoever inherits from it.
            for role in (WEB, WORKER):
                grant = "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE"
                session.execute(sql.SQL(grant).format(sql.Identifier(role), sql.Identifier(OWNER)))
        yield places


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, server: Places) -> Iterator[None]:
    """Tell Django where the server is, now that it has passwords; and let it make the tables as a first start does."""
    from django.db import connections

    from pluginnovation.web.config.first_tables import one_model_at_a_time

    found = connection(HOME, OWNER)
    for settings in (connections["default"].settings_dict, connections.settings["default"]):
        settings.update(HOST=found.host, USER=found.user, PASSWORD=found.password, NAME=found.name)
    with one_model_at_a_time():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The tables, and then the roles' rights on them, as after a migration."""
    from pluginnovation.web.config.rights import give_rights

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        give_rights()


@pytest.fixture(autouse=True)
def put_in_with_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` puts somebody in who has shown two factors at a level that counts. What the pages of sign-in
    themselves leave in a session isn't touched by this."""
    own = Client._login

    def login(client: Client, user: Any, backend: str | None = None) -> None:
        own(client, user, backend)
        session = client.session
        session.update({"shown": WITH_TWO, "seen": FAR_AHEAD})
        session.save()

    monkeypatch.setattr(Client, "_login", login)


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Build]:
    """Build a world once for the tests of a file (see `standing.py`): call it with what builds it."""
    with django_db_blocker.unblock(), ExitStack() as until_the_last_test:

        def build(make: Callable[[Path], Any]) -> Path:
            folder = tmp_path_factory.mktemp("world")
            until_the_last_test.enter_context(world(folder, make))
            return folder

        yield build


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a file, tests that stand in its world come after those that begin with nothing."""
    files = [list(of_file) for _path, of_file in groupby(items, key=lambda item: item.path)]
    items[:] = [item for of_file in files for item in sorted(of_file, key=_stands)]


def _stands(item: pytest.Item) -> bool:
    return "standing" in getattr(item, "fixturenames", ())


@pytest.fixture
def pals(db: None) -> Iterator[Pals]:
    """The shared cast, on a Thursday in April 2026."""
    with time_machine.travel(datetime(2026, 4, 23, 10, tzinfo=ZoneInfo("Europe/Stockholm"))):
        yield move_in()


@pytest.fixture
def visit_as(pals: Pals) -> Callable[..., HttpResponse]:
    """Ask for a page as someone: the answer. None asks as one who isn't signed in."""

    def visit(user: Any, path: str, role: str = "", **form: str) -> HttpResponse:
        client = Client()
        if user is not None:
            client.force_login(user)
        if role:
            session = client.session
            session["role"] = role
            session.save()
        return client.post(path, form) if form else client.get(path)

    return visit
