"""A home of its own, an administrator in it, and a server to fetch from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.pals import Pals
from tests.unit.records.ss_server import SsServer, serving

SECRET = "b3arer-som-ingen-ska-se"


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """An empty home."""
    settings.PLUG_HOME = tmp_path / "home"
    settings.PLUG_HOME.mkdir(mode=0o700)
    return tmp_path / "home"


@pytest.fixture
def adam(pals: Pals, client: Client, home: Path) -> Client:
    """The administrator, signed in."""
    client.force_login(pals.adam)
    return client


@pytest.fixture
def school() -> Iterator[SsServer]:
    """A server that lets in whoever has the secret."""
    with serving(SsServer(tokens={SECRET})) as own:
        yield own
