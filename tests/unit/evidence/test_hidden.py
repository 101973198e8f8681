"""Whether something nobody wrote down would be enough to change what staff's choice seems to show."""

from dataclasses import replace

import numpy as np
import pytest

from pluginnovation.evidence.designs.comparison import STRONGER, comparison, hidden_reason, past_foretells
from pluginnovation.evidence.designs.comparison import Robust as Effect
from pluginnovation.evidence.grade import graded
from pluginnovation.evidence.sensitivity import times_all_known
from pluginnovation.evidence.table import Table, make_table
from tests.reference.evidence.plans import a_plan
from tests.unit.evidence.made_up import World, chosen

TABLE = chosen(World(), 1)


def effect(estimate: float, se: float = 1.0) -> Effect:
    return Effect(estimate, se, 1_000, np.ones(1), 10.0, np.ones(len(TABLE), bool), separated=False)


def test_what_all_that_is_known_moves_is_the_measure():
    """Twice the gap takes a reason twice as strong, and one without a gap takes none."""
    once, twice = times_all_known(TABLE, 2.0), times_all_known(TABLE, 4.0)
    assert once is not None
    assert twice == pytest.approx(2 * once)
    assert times_all_known(TABLE, 0.0) == 0.0
    assert times_all_known(TABLE, -1.0) == 0.0


def test_covariates_that_say_nothing_of_the_choice_are_no_comfort():
    random = np.random.default_rng(3)
    noise = replace(TABLE, covariates=random.normal(size=TABLE.covariates.shape))
    found = times_all_known(noise, 2.0)
    # As strong as what explains a twentieth of both, though next to nothing was seen to.
    assert found is not None
    assert found < 2.0 / (0.04 * float(TABLE.outcome.std()))


@pytest.mark.parametrize(("estimate", "must_pass", "held"), [
    (-12.0, True, True),  # far from nought: stays on its side
    (-2.5, True, False),  # leaves nought out, but only just
    (0.0, True, False),  # near nought, but a reason as strong would have hidden three points
    (-1.9, False, None),  # holds both nought and three: nothing to lose
])  # fmt: skip
def test_a_conclusion_must_stand_against_a_reason_somewhat_stronger_than_all_that_is_known(estimate, must_pass, held):
    found = hidden_reason(TABLE, effect(estimate), 3.0)
    assert (found.must_pass, found.threshold) == (must_pass, STRONGER)
    assert {"held": True, "failed": False, "unknown": None}[found.outcome] is held


def test_a_small_and_sure_answer_stands_when_what_is_worth_something_is_far_away():
    assert hidden_reason(TABLE, effect(0.0, 0.1), 30.0).outcome == "held"


def test_the_past_foretells_nothing_where_everything_that_decided_is_known():
    found = [past_foretells(chosen(World(), seed)).outcome for seed in range(20)]
    assert found.count("held") >= 15


def test_the_past_gives_a_hidden_lasting_reason_away():
    found = [past_foretells(chosen(World(hidden=1.0), seed)).outcome for seed in range(20)]
    assert found.count("failed") >= 18


def traced(seed: int, hidden: float = 0.35, pupils: int = 1_200) -> Table:
    """Pupils chosen by what is known and by something lasting that left a faint trace in three parts of the past."""
    random = np.random.default_rng(seed)
    known, unknown, noise = random.normal(size=pupils), random.normal(size=pupils), random.normal(size=(4, pupils))
    helped = random.random(pupils) < 1 / (1 + np.exp(1 - 0.5 * known - hidden * unknown))
    past = {f"past_{at}": way * (known + 0.5 * unknown) + noise[at] for at, way in enumerate((1, -1, 1))}
    return make_table(2 * known + 2 * unknown + noise[3], helped, school=random.integers(0, 20, pupils),
                      covariates={"known": known}, placebos=past)  # fmt: skip


def alone(table: Table, at: int) -> Table:
    return replace(table, placebos=table.placebos[:, [at]], placebo_names=(table.placebo_names[at],))


def test_traces_too_faint_one_by_one_are_seen_together_whichever_way_each_goes():
    worlds = [traced(seed) for seed in range(40)]
    together = sum(past_foretells(one).outcome == "failed" for one in worlds)
    one_by_one = max(sum(past_foretells(alone(one, at)).outcome == "failed" for one in worlds) for at in range(3))
    assert together >= 36
    assert together >= one_by_one + 5


def test_where_staff_chose_by_what_is_known_the_past_together_is_wrong_one_time_in_ten():
    found = [past_foretells(traced(seed, hidden=0.0)).outcome for seed in range(100)]
    assert 3 <= found.count("failed") <= 18


def test_a_past_that_says_the_same_as_what_is_known_and_one_that_is_missing_tell_nothing():
    table = traced(1)
    same = replace(table, placebos=np.column_stack([3 * table.covariates[:, 0], np.full(len(table), np.nan)]),
                   placebo_names=("same", "missing"))  # fmt: skip
    assert (past_foretells(same).outcome, past_foretells(same).must_pass) == ("unknown", False)
    holes = table.placebos.copy()
    holes[:200] = np.nan
    assert past_foretells(replace(table, placebos=holes)).value is not None


def test_without_a_past_there_is_nothing_to_tell_by_and_that_is_said_once():
    bare = Table(TABLE.outcome, TABLE.treated, TABLE.school, TABLE.stratum, TABLE.covariates, TABLE.names,
                 np.zeros((len(TABLE), 0)))  # fmt: skip
    found = past_foretells(bare)
    assert (found.outcome, found.must_pass) == ("unknown", False)


def test_an_answer_with_a_hidden_reason_behind_it_ends_with_one_dot_or_none():
    plan = a_plan("comparison", kind="share")
    for seed in range(5):
        grade = graded(comparison(plan, chosen(World(hidden=1.0), seed)), worthwhile=3.0)
        assert grade.dots <= 1
        assert any(step.code == "design_broken" for step in grade.steps)
