"""Two rule sets on the same pupils: what is asked again of kept results is what a full run gives."""

from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Any

import ibis
import pytest
from hypothesis import given, settings

from pluginnovation.signals.authority import Seen, seen_by_rules, seen_of, signals_by_rules
from pluginnovation.signals.comparison import (
    ANY,
    FAMILIES,
    Kept,
    anyone_raised,
    compared,
    families_anew,
    results_under,
)
from pluginnovation.signals.rule_changes import rule_set_of
from pluginnovation.signals.rules import RULE_SET_1, CalendarDays, RuleSet
from pluginnovation.signals.run import all_signals, attendance_signals
from tests.spec.drawn import DAYS, FACTS, IMPORT, SOURCE, drawn, engine, frame_of, keep, load, sql_of
from tests.unit.signals.by_hand import World
from tests.unit.signals.worlds import worlds

AS_OF = date(2026, 4, 23)
DAY = date(2026, 1, 1)


def put_in(world: World) -> None:
    tables = {name: rows for name, rows in asdict(world).items() if name != "lateness_is_absence"}
    stamped = {name: [row | {"source": SOURCE, "import_id": IMPORT} for row in rows] for name, rows in tables.items()}
    load(stamped, lateness_is_absence=world.lateness_is_absence)


def full(rules: RuleSet, as_of: date, named: str) -> ibis.Table:
    return keep(all_signals(FACTS, DAYS, as_of=as_of, rules=rules, keep=keep), named)


def levels(results: ibis.Table) -> dict[tuple[str, str], Any]:
    rows = frame_of(results.select("pupil", "signal", "level", "raised")).to_dicts()
    return {(row["pupil"], row["signal"]): (row["level"], row["raised"]) for row in rows}


def rules_with(**changes: Any) -> RuleSet:
    return rule_set_of(changes, number=2, since=DAY)


OTHER_LIMITS = rules_with(
    absence_28d=[5, 20, 50], absence_term=[20, 30, 50], unexcused_28d=[1, 2, 50], unexcused_month=[1, 60, 61],
    repeated_absence_28d=[1, 5, 6], rising_absence=[1, 20, 50], absence_streak=[1, 2, 9],
    subject_avoidance=[1, 41, 99], lateness_28d=[1, 2, 3], coverage_28d=[90, 75, 1],
)  # fmt: skip


@cache
def steps(rules: RuleSet, as_of: date) -> tuple[str, ...]:
    """The SQL of all attendance signals, step by step: the same for all rows."""
    found: list[str] = []

    def noted(expression: ibis.Table, named: str) -> ibis.Table:
        found.append(f'CREATE OR REPLACE TABLE "{named}" AS {sql_of(expression)}')
        return ibis.table(expression.schema(), name=named)

    results = attendance_signals(FACTS, DAYS, as_of=as_of, rules=rules, keep=noted)
    return (*found, f"CREATE OR REPLACE TABLE results_{rules.number} AS {sql_of(results)}")


def attendance(rules: RuleSet, as_of: date) -> ibis.Table:
    for step in steps(rules, as_of):
        engine().execute(step)
    return ibis.table(RESULTS, name=f"results_{rules.number}")


RESULTS = attendance_signals(FACTS, DAYS, as_of=AS_OF).schema()


@settings(max_examples=40)
@given(worlds())
def test_kept_results_under_other_limits_are_those_of_a_full_run(drawn_world: tuple[World, date]):
    world, as_of = drawn_world
    put_in(world)
    kept = Kept(attendance(RULE_SET_1, as_of), RULE_SET_1)
    again = results_under(kept, Seen(FACTS, DAYS, OTHER_LIMITS), as_of=as_of, keep=keep, named="again")
    assert families_anew(OTHER_LIMITS, RULE_SET_1) == ()
    assert levels(again) == levels(attendance(OTHER_LIMITS, as_of))


@pytest.mark.parametrize(
    "rules",
    [
        rules_with(window_days=14, absence_28d=[5, 6, 7], points_behind=[1, 2, 3]),
        rules_with(min_reported_pct=50, left_without_enrolment=[1, 2, 3]),
        rules_with(left_ahead_days=0, left_season=["07-01", "07-02"]),
        rules_with(calendar=[{"kind": "study_day", "name": "", "first": "2026-04-20", "last": "2026-04-23"}]),
        rules_with(cell_times=3),
    ],
    ids=["window", "coverage", "seasons", "calendar", "cells"],
)
def test_results_are_counted_anew_only_where_more_than_limits_changes(rules: RuleSet):
    load(drawn(LESSONS, {"enrolments": ENROLMENTS}))
    kept = Kept(full(RULE_SET_1, AS_OF, "kept"), RULE_SET_1)
    seen = seen_of(FACTS, DAYS, rules, [SOURCE], everything=True)
    again = results_under(kept, seen, as_of=AS_OF, keep=keep, named="again")
    wanted = keep(all_signals(seen.facts, seen.days, as_of=AS_OF, rules=rules, keep=keep), "full")
    assert levels(again) == levels(wanted)


def test_only_what_a_rule_touches_is_counted_anew():
    assert families_anew(rules_with(window_days=14), RULE_SET_1) == ("attendance",)
    assert families_anew(rules_with(move_months=6), RULE_SET_1) == ("enrolments",)
    assert families_anew(rules_with(cell_points=9), RULE_SET_1) == ()
    own = (CalendarDays("term", "", date(2026, 1, 9), date(2026, 6, 12)),)
    assert families_anew(replace(RULE_SET_1, calendar=own), RULE_SET_1) == ("attendance", "grades")
    assert set(FAMILIES) == {"attendance", "grades", "enrolments"}


LESSONS = """
    pupil | date                   | offered | unexcused | is_reported
    ------+------------------------+---------+-----------+------------
    mira  | 2026-03-02..2026-04-17 |     300 |        30 |
    mira  | 2026-04-20..2026-04-23 |     300 |       300 |
    noor  | 2026-03-02..2026-04-23 |     300 |        20 |
    ali   | 2026-04-20..2026-04-23 |     300 |         0 | no
"""
ENROLMENTS = """
    pupil | organisation | school_type | school_year | start_date | end_date
    ------+--------------+-------------+-------------+------------+-----------
    mira  | bjork        | GR          | 9           | 2025-08-18 |
    noor  | bjork        | GR          | 9           | 2025-08-18 |
    ali   | alm          | GR          | 8           | 2025-08-18 |
    vera  | alm          | GY          | 1           | 2025-08-18 | 2026-03-31
"""


def counts_of(signal: str, before: RuleSet, after: RuleSet) -> dict[str, tuple[int, ...]]:
    load(drawn(LESSONS, {"enrolments": ENROLMENTS}))
    kept = Kept(full(RULE_SET_1, AS_OF, "kept"), RULE_SET_1)
    both = [
        results_under(kept, Seen(FACTS, DAYS, rules), as_of=AS_OF, keep=keep, named=f"under_{place}")
        for place, rules in enumerate((before, after))
    ]
    rows = frame_of(compared(*both).union(compared(*map(anyone_raised, both)))).to_dicts()
    names = ("n", "before", "after", "newly", "no_longer", "unknown_before", "unknown_after")
    return {row["school"]: tuple(row[name] for name in names) for row in rows if row["signal"] == signal}


def test_a_comparison_counts_who_is_raised_by_each_school_by_school():
    lower, higher = rules_with(absence_28d=[6, 15, 20]), rules_with(absence_28d=[50, 60, 70])
    # Mira was away 30 % of the 28 days, Noor 6,7 %; nothing is reported about Ali.
    assert counts_of("absence_28d", RULE_SET_1, lower) == {"alm": (1, 0, 0, 0, 0, 1, 1), "bjork": (2, 1, 2, 1, 0, 0, 0)}
    assert counts_of("absence_28d", lower, higher)["bjork"] == (2, 2, 0, 0, 2, 0, 0)


def test_all_signals_together_count_a_pupil_once_and_leave_the_reporting_out():
    high = {
        name: [90, 95, 100] for name in ("absence_28d", "absence_term", "unexcused_28d", "rising_absence")
    } | {"absence_streak": [50, 60, 70], "repeated_absence_28d": [30, 35, 40]}  # fmt: skip
    counts = counts_of(ANY, RULE_SET_1, rules_with(**high))
    assert counts["bjork"] == (2, 2, 0, 0, 2, 0, 0)
    # Ali's coverage is no signal about Ali, whose absence is unknown. Of Vera, who has left, the age isn't known.
    assert counts["alm"] == (2, 0, 0, 0, 0, 1, 1)


def test_each_source_is_counted_by_its_own_rules():
    load(drawn(LESSONS, {}))
    here, there = RULE_SET_1, rules_with(absence_28d=[1, 2, 3])
    parts = seen_by_rules(FACTS, DAYS, {SOURCE: there, "elsewhere": here})
    assert [part.rules.number for part in parts] == [1, 2]
    found = frame_of(signals_by_rules(parts, as_of=AS_OF, keep=keep))
    assert set(found["rule_set"]) == {2}
    assert set(found.filter(found["signal"] == "absence_28d")["level"]) == {3, None}


def test_with_the_same_rules_everywhere_nothing_is_filtered():
    (whole,) = seen_by_rules(FACTS, DAYS, {SOURCE: RULE_SET_1, "elsewhere": RULE_SET_1})
    assert (whole.facts, whole.days) == (FACTS, DAYS)
    assert seen_by_rules(FACTS, DAYS, {}) == [Seen(FACTS, DAYS, RULE_SET_1)]


def test_the_authoritys_own_term_goes_before_that_of_the_source():
    calendars = (
        "organisation | kind | name | start_date | end_date\n---\nbjork | term | 2026VT | 2026-01-09 | 2026-06-12"
    )
    load(drawn(LESSONS, {"enrolments": ENROLMENTS, "calendars": calendars}))
    own = rules_with(calendar=[{"kind": "term", "name": "", "first": "2026-04-13", "last": "2026-06-12"}])
    seen = seen_of(FACTS, DAYS, own, [SOURCE], everything=True)
    rows = frame_of(all_signals(seen.facts, seen.days, as_of=AS_OF, rules=own, keep=keep)).to_dicts()
    terms = {row["pupil"]: row for row in rows if row["signal"] == "absence_term"}
    assert terms["mira"]["rests_from"] == date(2026, 4, 13)
    assert terms["mira"]["school_days"] == 9


def test_lessons_on_the_authoritys_own_study_days_do_not_count():
    load(drawn(LESSONS, {"enrolments": ENROLMENTS}))
    own = rules_with(calendar=[{"kind": "study_day", "name": "", "first": "2026-04-20", "last": "2026-04-23"}])
    seen = seen_of(FACTS, DAYS, own, [SOURCE], everything=True)
    rows = frame_of(all_signals(seen.facts, seen.days, as_of=AS_OF, rules=own, keep=keep)).to_dicts()
    found = {(row["pupil"], row["signal"]): row for row in rows}
    assert found["mira", "absence_streak"]["value"] == 0
    assert found["mira", "absence_28d"]["value"] == pytest.approx(0.1)
    assert ("ali", "coverage_28d") not in found
