"""What the hub's pages tell of research is what the published data say, computed anew."""

import tomllib

import pytest

from benchmarks.hub_numbers import NUMBERS, as_toml, computed
from tests.reference.evidence.conftest import EVIDENCE


def test_the_numbers_of_the_pages_are_those_of_the_data():
    if not EVIDENCE.exists():
        pytest.skip("published data aren't beside the project")
    found = as_toml(computed(EVIDENCE))
    assert tomllib.loads(found) == tomllib.loads(NUMBERS.read_text(encoding="utf-8"))


def test_the_first_of_them_is_what_the_review_printed():
    """Wilson and others 2011: odds ratio 1.72 over 152 studies, and 21.1 per cent becoming 13."""
    told = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))["wilson/all"]
    assert (round(told["estimate"], 2), told["studies"], int(told["left_with"])) == (1.72, 152, 13)
