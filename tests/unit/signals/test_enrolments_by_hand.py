"""The signals about enrolments say the same as their definitions worked out day by day and row by row."""

from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pluginnovation.signals.catalogue import ATTENDANCE, CATALOGUE
from tests.spec.drawn import IMPORT, SOURCE, attendance, every_signal, load, results_beside
from tests.unit.signals.by_hand import Row, World
from tests.unit.signals.worlds import worlds

DAYS = st.integers(0, 900).map(lambda number: date(2024, 6, 1) + timedelta(days=number))


@st.composite
def enrolments(draw: st.DrawFn) -> list[Row]:
    rows = []
    for start in draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)):
        length = draw(st.sampled_from([None, 0, 30, 80, 300]))
        rows.append(
            {
                "pupil": "p", "organisation": draw(st.sampled_from("abc")), "school_type": "GY", "start_date": start,
                "end_date": None if length is None else start + timedelta(days=length), "source": SOURCE,
            }
        )  # fmt: skip
    return rows


def ends(row: Row) -> date:
    return row["end_date"] or date.max


def moves(rows: list[Row], as_of: date) -> int:
    begun = sorted((row for row in rows if row["start_date"] <= as_of), key=lambda row: row["start_date"])
    found = 0
    for before, row in pairwise(begun):
        day = row["start_date"]
        within = as_of.replace(year=as_of.year - 1) < day <= as_of
        found += within and not 6 <= day.month <= 8 and row["organisation"] != before["organisation"]
    return found


def without(rows: list[Row], as_of: date) -> int:
    begun = [row for row in rows if row["start_date"] <= as_of]
    ahead = [row["start_date"] for row in rows if row["start_date"] > as_of]
    last = max(ends(row) for row in begun)
    if last >= as_of or any((start - as_of).days <= 90 for start in ahead):
        return 0
    after = (last + timedelta(days=number) for number in range(1, (as_of - last).days + 1))
    return sum(not (6, 10) <= (day.month, day.day) <= (8, 31) for day in after)


@settings(max_examples=60)
@given(enrolments(), st.sampled_from([date(2026, 4, 23), date(2026, 7, 20), date(2026, 9, 1), date(2025, 12, 31)]))
def test_moves_and_days_without_a_school_are_what_they_are_by_hand(rows: list[Row], as_of: date):
    load({"enrolments": rows, "pupils": [{"pupil": "p", "birth_date": date(2009, 1, 1), "source": SOURCE}]})
    begun = [row for row in rows if row["start_date"] <= as_of]
    enrolled = any(ends(row) >= as_of for row in begun)
    found = results_beside("frequent_moves", as_of).to_dicts()
    moved, left = (
        [int(str(row["value"]).split(".")[0]) for row in found if row["signal"] == signal]
        for signal in ("frequent_moves", "left_without_enrolment")
    )
    assert moved == ([moves(rows, as_of)] if enrolled else [])
    assert left == ([without(rows, as_of)] if begun else [])


def row_of(found: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(str(found[name]) for name in sorted(found))


@settings(max_examples=10)
@given(worlds())
def test_all_signals_hold_those_of_attendance_as_they_are(drawn: tuple[World, date]):
    world, as_of = drawn
    tables = {name: rows for name, rows in asdict(world).items() if name != "lateness_is_absence"}
    stamped = {name: [row | {"source": SOURCE, "import_id": IMPORT} for row in rows] for name, rows in tables.items()}
    load(stamped, lateness_is_absence=world.lateness_is_absence)
    alone, among = attendance(as_of).to_dicts(), every_signal(as_of).to_dicts()
    assert sorted(map(row_of, alone)) == sorted(row_of(row) for row in among if row["signal"] in ATTENDANCE)
    assert {row["signal"] for row in among} <= set(CATALOGUE)
    assert len({(row["pupil"], row["signal"]) for row in among}) == len(among)
