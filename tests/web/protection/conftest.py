"""Visits of the pals, and the data protection officer signed in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from pluginnovation.web.people.models import User, Visit
from tests.pals import Pals


@pytest.fixture
def dag(pals: Pals) -> Client:
    """The data protection officer, signed in."""
    client = Client()
    client.force_login(pals.dag)
    return client


@pytest.fixture
def adam(pals: Pals) -> Client:
    """The administrator, signed in."""
    client = Client()
    client.force_login(pals.adam)
    return client


@pytest.fixture
def looked(pals: Pals) -> Callable[..., Visit]:
    """Write a visit, as the door does."""

    def look(viewer: User, pupil: str, *, days: int = 0, at: datetime | None = None, **told: str) -> Visit:
        values = {"role": "mentor", "reach": "own_group", "through": pals.group("9A"), "page": "pupil"} | told
        return Visit.objects.create(at=at or now() - timedelta(days=days), viewer=viewer, pupil=pupil, **values)

    return look
