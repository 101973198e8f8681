"""A node that has taken over the made-up catalogue."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from pluginnovation.knowledge.catalogue import Catalogue
from pluginnovation.knowledge.signing import public_key_of, signed
from pluginnovation.web.sharing.taking import Taken, take_over_catalogue
from tests.unit.knowledge.made_up import AT, KEY, catalogue_of

TRUSTED = public_key_of(KEY)
Take = Callable[..., Taken]


@pytest.fixture
def take(db: Any) -> Take:
    """Take over a catalogue as the night does."""

    def taken(catalogue: Catalogue, key: bytes = KEY, at: datetime = AT) -> Taken:
        return take_over_catalogue(raw=signed(catalogue, key), trusted=TRUSTED, by=None, at=at)

    return taken


@pytest.fixture
def catalogue(take: Take) -> Catalogue:
    """The made-up catalogue, taken over."""
    found = catalogue_of()
    take(found)
    return found
