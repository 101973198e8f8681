"""Rows that are too old go, with their history, and rows of held pupils stay."""

from datetime import date

from pluginnovation.records.aging import forget_before, rows_before
from tests.unit.records.stored import bring, day_of_import, day_rows, lesson, rolled_up_again, rows
from tests.unit.records.test_store_disposal import bytes_of, signal_rows

OLD, EDGE, NEW = "2025-09-01", "2026-02-27", "2026-04-01"
GIVEN = {"lessons": [lesson(pupil, day) for pupil in ("mira", "noor") for day in (OLD, EDGE, NEW)]}
LIMIT = {"lessons": date(2026, 2, 15), "pupil_days": date(2026, 2, 15)}


def days_of(store, pupil):
    return [str(row[2]) for row in rows(store, "lessons") if row[0] == pupil]


def test_whole_months_before_the_day_go_and_the_month_of_the_day_stays(store):
    bring(store, 1, GIVEN)
    assert rows_before(store, LIMIT) == {"lessons": 2, "pupil_days": 2}
    assert forget_before(store, LIMIT) == {"lessons": 2, "pupil_days": 2}
    left = {str(row) for row in rows(store, "lessons")}
    assert len(left) == 4
    assert not [row for row in left if "2025, 9" in row]
    assert day_rows(store) == rolled_up_again(store)


def test_what_was_believed_once_goes_too(store):
    bring(store, 1, GIVEN)
    bring(store, 2, {"lessons": [lesson("mira", OLD, unexcused=60)]})
    assert rows_before(store, {"lessons": LIMIT["lessons"]}) == {"lessons": 3}
    forget_before(store, LIMIT)
    assert "datetime.date(2025, 9" not in bytes_of(store).decode()
    assert rows(store, "lessons", day_of_import(1)) == rows(store, "lessons")


def test_rows_of_a_held_pupil_stay_and_are_not_counted(store):
    bring(store, 1, GIVEN)
    assert forget_before(store, LIMIT, keep=["noor"]) == {"lessons": 1, "pupil_days": 1}
    assert len([row for row in rows(store, "lessons") if row[0] == "noor"]) == 3
    assert len([row for row in rows(store, "lessons") if row[0] == "mira"]) == 2
    assert rows_before(store, LIMIT, keep=["noor"]) == {"lessons": 0, "pupil_days": 0}


def test_a_hold_that_is_lifted_lets_the_rest_go(store):
    bring(store, 1, GIVEN)
    forget_before(store, LIMIT, keep=["noor"])
    assert forget_before(store, LIMIT) == {"lessons": 1, "pupil_days": 1}


def test_signals_of_earlier_days_go(store):
    bring(store, 1, GIVEN)
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        store.write_signals(day, signal_rows(store, "mira"))
    assert forget_before(store, {"signals": date(2026, 4, 1)}) == {"signals": 1}
    assert store.signal_days() == [date(2026, 4, 1)]


def test_doing_it_again_changes_nothing(store):
    bring(store, 1, GIVEN)
    forget_before(store, LIMIT)
    before = bytes_of(store), store.ledger.head()
    assert forget_before(store, LIMIT) == {"lessons": 0, "pupil_days": 0}
    assert (bytes_of(store), store.ledger.head()) == before
