"""What every test stands on: the network is closed, except towards this machine itself."""

import os
import shutil
import socket
from typing import Any

import pytest
from hypothesis import settings

from pluginnovation.records.store import DuckEngine
from tests.compiled import sql_of
from tests.settings import HOME

# Two cores are shared by two workers, so time says nothing; in CI the same cases come every time.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex
_HERE = ("127.", "::1", "localhost")


# Where the files are that wait for browsers, servers and processes, or that draw many cases.
LONG = ("tests/browser/", "tests/web/cli/", "tests/unit/signals/", "tests/unit/records/")


class NetworkClosed(RuntimeError):
    """A test tried to reach another machine."""


def _only_here(own: socket.socket, address: Any) -> None:
    if own.family != socket.AF_UNIX and not str(address[0]).startswith(_HERE):
        raise NetworkClosed(f"A test tried to reach {address[0]}. Tests speak to this machine only.")


def _guarded_connect(own: socket.socket, address: Any) -> None:
    _only_here(own, address)
    _connect(own, address)


def _guarded_connect_ex(own: socket.socket, address: Any) -> int:
    _only_here(own, address)
    return _connect_ex(own, address)


@pytest.fixture(scope="session", autouse=True)
def network_closed():
    """No Python socket leaves the machine. Chromium and PostgreSQL's own library aren't held by this; both get a
    loopback address or a socket's path."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _guarded_connect)
    patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def written_once():
    """The store takes its SQL from what was written before, see `compiled.py`."""
    patch = pytest.MonkeyPatch()
    patch.setattr(DuckEngine, "sql_of", sql_of)
    yield
    patch.undo()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes begin first, so that the workers end together (with `--no-loadscope-reorder`)."""
    items.sort(key=lambda item: next((n for n, at in enumerate(LONG) if item.nodeid.startswith(at)), len(LONG)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's home and its server's folder, when every worker has left."""
    if hasattr(config, "workerinput") or not HOME.exists():
        return
    from pluginnovation.web.config.postgres import places_of

    shutil.rmtree(places_of(HOME).root, ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)
