"""What the tests of projects share."""

import pytest

from tests.pals import Pals
from tests.web.projects.running import Running, set_up


@pytest.fixture
def running(pals: Pals) -> Running:
    """A sub-project that goes on."""
    return set_up(pals)
