"""What every test of the hub stands on: the network is closed, and the database holds the pages that come along."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from pluginnovation.web.config.postgres import Places
from tests.hub.settings import HOME
from tests.hub.standing import copy_for, server_of, template_of

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex
_HERE = ("127.", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def network_closed() -> Iterator[None]:
    """No Python socket leaves the machine."""

    def only_here(own: socket.socket, address: Any) -> None:
        if own.family != socket.AF_UNIX and not str(address[0]).startswith(_HERE):
            raise RuntimeError(f"A test tried to reach {address[0]}. Tests speak to this machine only.")

    def connect(own: socket.socket, address: Any) -> None:
        only_here(own, address)
        _connect(own, address)

    def connect_ex(own: socket.socket, address: Any) -> int:
        only_here(own, address)
        return _connect_ex(own, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    patch.setattr(socket.socket, "connect_ex", connect_ex)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def server() -> Iterator[Places]:
    """The session's PostgreSQL."""
    with server_of(HOME) as places:
        yield places


@pytest.fixture(scope="session")
def django_db_setup(server: Places, django_db_blocker: Any) -> None:
    """The hub's tables and pages, in a copy of this worker's own."""
    with django_db_blocker.unblock():
        template_of(server)
        copy_for(server, os.environ.get("PYTEST_XDIST_WORKER", "alone"))


@pytest.fixture(autouse=True)
def pages_forgotten() -> None:
    """What a test made is rolled back, and no page that was kept of it is shown to the next."""
    from pluginnovation.web.knowledge.pages.kept import _change_sign

    _change_sign()


@pytest.fixture
def as_role(db: None) -> Callable[[str], Client]:
    """A browser signed in as one of the demo's roles: contributor, peer_reviewer or editor."""

    def signed_in(role: str) -> Client:
        client = Client()
        answer = client.post("/konto/demo/", {"role": role})
        assert answer.status_code == 302, answer.content
        return client

    return signed_in


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's home and its server's folder, when every worker has left."""
    if hasattr(config, "workerinput") or not HOME.exists():
        return
    from pluginnovation.web.config.postgres import places_of

    shutil.rmtree(places_of(HOME).root, ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)
