"""The engine's SQL says what ibis' own says; the tests' shelf of it holds it, and tells expressions apart."""

import re
from datetime import date

import ibis
import pytest

from pluginnovation.records.engine import duck_sql
from pluginnovation.signals.run import all_signals, attendance_signals
from tests.compiled import digest, written
from tests.spec.drawn import DAYS, FACTS, drawn, engine, load, statements

ROWS = ibis.table({"pupil": "string", "minutes": "int32", "date": "date"}, name="rows")

LESSONS = """
    pupil | date                   | offered | unexcused
    mira  | 2026-04-01..2026-04-10 |      60 |        60
    mira  | 2026-04-13..2026-04-23 |      60 |
    noor  | 2026-04-23             |      60 |
"""


def longest(as_of: date) -> ibis.Table:
    """Ten signals in one expression, built anew."""
    return attendance_signals(FACTS, DAYS, as_of=as_of)


def test_what_is_taken_from_the_shelf_is_what_the_engine_is_given():
    as_of = date(2026, 4, 23)
    assert written(longest(as_of)) == written(longest(as_of)) == duck_sql(longest(as_of))


def test_selects_stay_one_inside_another_and_ibis_goes_on_as_it_was():
    twice = ROWS.mutate(hours=ROWS.minutes / 60)
    twice = twice.mutate(late=twice.hours > 1)
    assert duck_sql(twice).count("SELECT") == 2
    assert str(ibis.to_sql(twice, dialect="duckdb")).count("SELECT") == 1


def test_what_the_engine_is_given_means_what_ibis_writes():
    as_of = date(2026, 4, 23)
    load(drawn(LESSONS, {}))
    plain, ours = (
        engine().sql(f"{text} ORDER BY pupil, signal").fetchall()
        for text in (str(ibis.to_sql(longest(as_of), dialect="duckdb")), duck_sql(longest(as_of)))
    )
    assert len(ours) == len(plain) > 0
    assert ours == plain


def test_no_step_that_two_others_stand_on_holds_rows_of_facts():
    """The engine keeps such a step whole, so one of every day or lesson would cost more than it spares."""
    steps = "\n".join(statements(date(2026, 4, 23), all_signals))
    kept = re.findall(r'"t\d+" AS \(SELECT \* FROM "(\w+)" AS', steps)
    assert kept
    assert not {"days", "lessons", "attendance_sums", "grades"} & set(kept)


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
