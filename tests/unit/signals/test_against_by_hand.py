"""The expressions say the same as the definition worked out row by row."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from tests.spec.drawn import IMPORT, SOURCE, attendance, load
from tests.unit.signals.by_hand import World, attendance_by_hand
from tests.unit.signals.worlds import worlds


def computed(world: World, as_of: date) -> dict[tuple[str, str], dict[str, Any]]:
    tables = {name: rows for name, rows in asdict(world).items() if name != "lateness_is_absence"}
    stamped = {name: [row | {"source": SOURCE, "import_id": IMPORT} for row in rows] for name, rows in tables.items()}
    load(stamped, lateness_is_absence=world.lateness_is_absence)
    return {(row["pupil"], row["signal"]): row for row in attendance(as_of).to_dicts()}


@settings(max_examples=60)
@given(worlds())
def test_every_signal_says_what_the_definition_says(drawn: tuple[World, date]):
    world, as_of = drawn
    wanted, got = attendance_by_hand(world, as_of), computed(world, as_of)
    assert set(got) == set(wanted)
    for key, said in wanted.items():
        row = got[key]
        value = None if said.value is None else pytest.approx(float(said.value), rel=1e-12, abs=1e-12)
        assert (key, row["value"], row["level"]) == (key, value, said.level)
        assert row["raised"] == (None if said.level is None else said.level >= 1)
        assert (row["numerator"], row["denominator"]) == (said.numerator, said.denominator)
        assert row["school"] == said.school
