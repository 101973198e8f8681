"""The fixture that runs a drawn definition."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from tests.spec.drawn import YES_NO, drawn, load, results_of, rows

WHOLE = {"level", "numerator", "denominator", "detail_1", "detail_2", "detail_3", "school_days"}
DATES = {"rests_from", "rests_to", "last_true"}


def _expected(name: str, cell: str) -> object:
    if not cell:
        return None
    if name == "value":
        return pytest.approx(float(Fraction(cell)), rel=1e-12, abs=1e-12)
    if name == "raised":
        return YES_NO[cell]
    if name in DATES:
        return date.fromisoformat(cell)
    return int(cell) if name in WHOLE else cell


def run_spec(
    signal: Callable[..., object],
    *,
    as_of: date,
    then: str,
    given: str = "",
    lateness_is_absence: bool = True,
    **others: str,
) -> None:
    """Run one signal over drawn lessons (and other drawn tables, by name) and compare with what is drawn.

    `then` lists every result of the signal; only the columns that are drawn are compared. A value may be a
    fraction, an empty cell is unknown.
    """
    load(drawn(given, others), lateness_is_absence=lateness_is_absence)
    results = results_of(signal.__name__, as_of)
    wanted = [{name: _expected(name, cell) for name, cell in row.items()} for row in rows(then)]
    got = [{name: row[name] for name in (wanted[0] if wanted else row)} for row in results]
    by_pupil = {row["pupil"]: row for row in wanted}
    assert sorted(row["pupil"] for row in got) == sorted(by_pupil)
    for row in got:
        assert row == by_pupil[row["pupil"]]


@pytest.fixture
def spec():
    """Run a drawn definition: see `run_spec`."""
    return run_spec
