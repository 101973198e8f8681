"""A plan is checked, locked and never silently another."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from pluginnovation.evidence.choose import Allowed, proposals, strongest
from pluginnovation.evidence.designs.waiting_list import waiting_list
from pluginnovation.evidence.estimate import Scored, estimate
from pluginnovation.evidence.plan import Outcome, Plan, Population, Window, checked
from pluginnovation.evidence.plan_files import (
    Departure,
    canonical,
    checksum,
    departed,
    intact,
    lock,
    plan_from_json,
    plan_from_toml,
    plan_to_toml,
)
from pluginnovation.records.refusals import Refusal
from tests.house.tree import ROOT
from tests.reference.evidence.plans import a_plan
from tests.unit.evidence.made_up import World, lottery

AT = datetime(2025, 8, 20, 12, tzinfo=UTC)
PLAN = Plan(
    name="mentors-2025",
    question='Höjde mentorerna "närvaron"?',
    method="mentor",
    design="waiting_list",
    comparison="those not drawn",
    outcome=Outcome("absence_share", "share", -1),
    window=Window(date(2025, 9, 1), 180, date(2025, 9, 2), date(2026, 6, 10)),
    population=Population(("GY",), (1, 2), ()),
    covariates=("absence_share_before", "girl"),
    placebos=("absence_share_earlier",),
    subgroups=("girls", "boys"),
    seed=7,
    cost=1200.0,
)


def test_a_plan_is_the_same_plan_after_a_file():
    assert plan_from_toml(plan_to_toml(PLAN)) == PLAN
    assert plan_from_json(canonical(PLAN)) == PLAN
    assert plan_from_toml(plan_to_toml(replace(PLAN, cost=None))) == replace(PLAN, cost=None)


def test_any_change_changes_the_checksum():
    others = [
        replace(PLAN, seed=8),
        replace(PLAN, outcome=replace(PLAN.outcome, benefit=1)),
        replace(PLAN, subgroups=()),
    ]
    assert len({checksum(one) for one in (PLAN, *others)}) == 4
    assert checksum(PLAN) == checksum(replace(PLAN, seed=7))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": "Å b"}, "name"),
        ({"question": " "}, "question"),
        ({"method": ""}, "method"),
        ({"comparison": ""}, "comparison"),
        ({"design": "guess"}, "design"),
        ({"seed": -1}, "seed"),
        ({"cost": -5.0}, "cost"),
        ({"outcome": Outcome("", "share", 1)}, "outcome.name"),
        ({"outcome": Outcome("a", "index", 1)}, "outcome.kind"),
        ({"outcome": Outcome("a", "share", 0)}, "outcome.benefit"),
        ({"outcome": Outcome("a", "share", 1, 0.0)}, "outcome.worthwhile"),
        ({"window": replace(PLAN.window, opens=date(2025, 9, 1))}, "window.opens"),
        ({"window": replace(PLAN.window, closes=date(2025, 9, 1))}, "window.closes"),
        ({"window": replace(PLAN.window, before_days=0)}, "window.before_days"),
        ({"covariates": ("girl", "girl")}, "covariates"),
        ({"covariates": ("absence_share",)}, "covariates"),
        ({"covariates": tuple(f"c{n}" for n in range(41))}, "covariates"),
        ({"subgroups": tuple(f"year_{n}" for n in range(13))}, "subgroups"),
    ],
)
def test_a_plan_that_cant_be_carried_out_is_refused_with_its_place(change, where):
    with pytest.raises(Refusal) as refused:
        checked(replace(PLAN, **change))
    assert refused.value.where == where
    assert refused.value.code == f"plan_{where.replace('.', '_')}"


@pytest.mark.parametrize(
    "text", ["a = [", "name = 3", plan_to_toml(PLAN).replace("seed", "sead"), plan_to_toml(PLAN) + "index = 1\n"]
)
def test_a_plan_file_that_cant_be_read_is_refused(text):
    with pytest.raises(Refusal, match="can't be read") as refused:
        plan_from_toml(text)
    assert refused.value.code == "plan_unreadable"
    with pytest.raises(Refusal):
        plan_from_json(text.encode())


def test_a_locked_plan_tells_whether_anybody_could_have_looked():
    assert lock(PLAN, at=AT, by="anna").ahead
    assert not lock(PLAN, at=AT.replace(year=2026), by="anna").ahead
    with pytest.raises(ValueError, match="zone"):
        lock(PLAN, at=AT.replace(tzinfo=None), by="anna")


def test_a_departure_needs_a_reason_and_stays():
    locked = lock(a_plan("waiting_list", kind="share", cost=600.0), at=AT, by="anna")
    with pytest.raises(Refusal) as refused:
        departed(locked, Departure(AT, "anna", "another window", " "))
    assert refused.value.code == "departure_empty"
    left = departed(locked, Departure(AT, "anna", "another window", "the register closed early"))
    assert intact(left)
    found = estimate(left, lottery(World(effect=6.0), 1))
    assert found.departures == ("2025-08-20T12:00:00+00:00 another window: the register closed early",)
    assert found.plan == locked.checksum
    cost = next(one for one in found.extra if one.name == "cost_per_unit")
    assert cost.estimate == pytest.approx(600 / found.estimate)
    assert cost.low < cost.estimate < cost.high


def test_a_plan_changed_after_it_was_locked_isnt_run():
    locked = lock(a_plan("waiting_list", kind="share"), at=AT, by="anna")
    with pytest.raises(Refusal) as refused:
        estimate(replace(locked, plan=replace(locked.plan, seed=2)), lottery(World(), 1))
    assert refused.value.code == "plan_changed"
    with pytest.raises(Refusal) as refused:
        table = lottery(World(), 1)
        estimate(locked, Scored(table, table.outcome))
    assert refused.value.code == "data_of_other_design"


def test_an_estimate_is_what_its_design_gives_and_says_when_it_was_locked_late():
    plan, table = a_plan("waiting_list", kind="share", as_dated=True), lottery(World(), 1)
    late = estimate(lock(plan, at=AT.replace(year=2027), by="anna"), table)
    assert late.estimate == waiting_list(plan, table).estimate
    assert late.assumptions[-2:] == ("records_as_dated", "locked_after_outcome_began")


@pytest.mark.parametrize(
    ("there", "design", "cap"),
    [
        (Allowed(), "before_after", 0),
        (Allowed(helped=30, others=400, known_before=4), "comparison", 2),
        (Allowed(helped=30, others=9, known_before=4), "before_after", 0),
        (Allowed(helped=30, others=400, known_before=4, starts=3, never=0, periods_before=3), "rollout", 3),
        (Allowed(rule_pupils=300, rule_values=40, helped=30, others=400, known_before=4), "threshold", 4),
        (Allowed(drawn_pupils=20, waiting_pupils=20, rule_pupils=300, rule_values=40), "waiting_list", 5),
        (Allowed(drawn_pupils=20, waiting_pupils=9, drawn_schools=3, waiting_schools=3), "school_draw", 4),
        (Allowed(began_units=1, other_units=9, periods_before=6), "synthetic_control", 2),
    ],
)
def test_the_strongest_design_that_the_data_allow_is_proposed_with_its_reasons(there, design, cap):
    first = strongest(there)
    assert (first.design, first.cap) == (design, cap)
    assert all(text for both in (first.why, first.rests_on, first.broken_by) for text in both)
    allowed = [one.allowed for one in proposals(there)]
    assert allowed == sorted(allowed, reverse=True)


def test_the_plan_in_the_documentation_can_be_locked():
    text = (ROOT / "docs" / "how-to" / "tell-what-it-changed.md").read_text("utf-8")
    drawn = text.split("```toml\n")[1].split("```")[0]
    assert lock(plan_from_toml(drawn), at=AT, by="anna").ahead


def test_an_answer_tells_how_much_of_the_help_was_had_and_of_how_many_that_is_known():
    table = lottery(World(), 1)
    helped = np.flatnonzero(table.treated)
    hours = np.full(len(table), np.nan)
    hours[helped[:20]] = np.arange(20)
    locked = lock(a_plan("waiting_list", kind="share"), at=AT, by="anna")
    told = {one.name: one for one in estimate(locked, replace(table, dose=hours)).extra}
    assert (told["hours_of_help"].estimate, told["hours_of_help"].n) == (9.5, 20)
    assert told["hours_known"].estimate == pytest.approx(100 * 20 / len(helped))
    hours[helped[9:]] = np.nan
    assert "hours_of_help" not in {one.name for one in estimate(locked, replace(table, dose=hours)).extra}


def test_where_decisions_are_found_is_part_of_what_is_locked_and_handed_in_ones_change_no_earlier_checksum():
    plan = a_plan("waiting_list")
    assert b"decisions" not in canonical(plan)
    found = replace(plan, decisions="draws:study_coach")
    assert checksum(found) != checksum(plan)
    assert plan_from_json(canonical(found)) == found
    for wrong in ("draws", "draws:", "somewhere:else"):
        with pytest.raises(Refusal) as refused:
            checked(replace(plan, decisions=wrong))
        assert refused.value.code == "plan_decisions"
