"""The tests' shelf of written SQL: it holds what ibis writes, and tells expressions apart."""

from datetime import date

import ibis
import pytest

from pluginnovation.signals.run import attendance_signals
from tests.compiled import digest, written
from tests.spec.drawn import DAYS, FACTS

ROWS = ibis.table({"pupil": "string", "minutes": "int32", "date": "date"}, name="rows")


def longest(as_of: date) -> ibis.Table:
    """Ten signals in one expression, built anew."""
    return attendance_signals(FACTS, DAYS, as_of=as_of)


def test_what_is_taken_from_the_shelf_is_what_ibis_writes():
    as_of = date(2026, 4, 23)
    plain = str(ibis.to_sql(longest(as_of), dialect="duckdb", pretty=False))
    assert written(longest(as_of)) == written(longest(as_of)) == plain


def test_another_day_is_another_text():
    assert written(longest(date(2026, 4, 23))) != written(longest(date(2026, 4, 22)))


@pytest.mark.parametrize(
    "other",
    [
        ROWS.filter(ROWS.minutes > 6),
        ROWS.filter(ROWS.minutes >= 5),
        ROWS.filter(ROWS.minutes > 5.0),
        ROWS.filter(ROWS.minutes > ibis.literal(5, "int64")),
        ROWS.filter(ROWS.minutes.cast("int64") > 5),
        ROWS.filter(ROWS.minutes > 5).select("pupil", "minutes"),
        ROWS.filter(ROWS.minutes > 5).rename(minuter="minutes"),
        ROWS.filter(ROWS.minutes > 5).order_by("date"),
        ROWS.filter((ROWS.minutes > 5) & (ROWS.pupil == "mira")),
        ibis.table(ROWS.schema(), name="others").filter(lambda rows: rows.minutes > 5),
        ibis.table(ROWS.schema(), name="rows", database="other").filter(lambda rows: rows.minutes > 5),
    ],
)
def test_expressions_that_differ_in_anything_are_told_apart(other):
    assert digest(other) != digest(ROWS.filter(ROWS.minutes > 5))


def test_the_same_expression_built_twice_is_the_same():
    again = ibis.table({"pupil": "string", "minutes": "int32", "date": "date"}, name="rows")
    assert digest(again.filter(again.minutes > 5)) == digest(ROWS.filter(ROWS.minutes > 5))
