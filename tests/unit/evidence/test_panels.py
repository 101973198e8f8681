"""Schools by month: unknown months stay unknown, and a start is where it was."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.designs.rollout import rollout
from pluginnovation.evidence.estimate import Scored, estimate
from pluginnovation.evidence.measures import Seen
from pluginnovation.evidence.panels import STARTS, Months, months_of, rollout_of, units_of
from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.plan_files import lock
from pluginnovation.evidence.staggered import NEVER
from pluginnovation.records.refusals import Refusal
from tests.spec.drawn import DAYS, FACTS, drawn, frame_of, load
from tests.unit.evidence.made_up import World, chosen, staggered

AT = datetime(2025, 8, 1, tzinfo=UTC)
PLAN = Plan(
    name="hosts", question="Did hosts help?", method="host", design="rollout", comparison="schools not yet begun",
    outcome=Outcome("absence_share", "share", -1),
    window=Window(date(2025, 10, 1), 61, date(2025, 10, 2), date(2025, 11, 30)),
)  # fmt: skip
PUPILS = [f"{school}{n}" for school in ("birch", "oak", "elm") for n in range(10 if school != "elm" else 9)]


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Ten pupils at birch and oak, nine at elm; birch began in October's middle; nobody reported oak's September."""
    rows = []
    for pupil in PUPILS:
        for month, missed in ((8, 10), (9, 20), (10, 30), (11, 5)):
            told = "no" if month == 9 and pupil.startswith("oak") else "yes"
            rows.append(f"{pupil} | 2025-{month:02}-15 | 100 | {missed if told == 'yes' else 0} | {told}")
    lessons = "pupil | date | offered | unexcused | is_reported\n---\n" + "\n".join(rows)
    stays = [f"{pupil} | {pupil.rstrip('0123456789')} | GY | 1 | 2025-01-01 |" for pupil in PUPILS]
    again = "birch0 | birch | GR | 9 | 2025-02-01 |"
    table = "pupil | organisation | school_type | school_year | start_date | end_date\n---\n" + "\n".join(
        [*stays, again]
    )
    load(drawn(lessons, {"enrolments": table}))
    return Seen(FACTS, DAYS, None, frame_of)


def starts(**days: date | None) -> pl.DataFrame:
    return pl.DataFrame([{"organisation": k, "started_on": v} for k, v in days.items()], schema=STARTS)


def months(seen: Seen, plan: Plan = PLAN, **days: date | None) -> Months:
    return months_of(lock(plan, at=AT, by="anna"), starts(**days), seen, as_of=date(2025, 12, 1))


def test_months_are_shares_of_what_was_reported_and_few_pupils_are_unknown(seen):
    found = months(seen, birch=date(2025, 10, 20), oak=None)
    assert found.units == ("birch", "elm", "oak")
    assert [month.month for month in found.months] == [8, 9, 10, 11]
    np.testing.assert_array_equal(found.missed[0], [10, 20, 30, 5])
    assert np.isnan(found.missed[1]).all()
    np.testing.assert_array_equal(found.missed[2], [10, np.nan, 30, 5])
    np.testing.assert_array_equal(found.pupils[:, 0], [10, 9, 10])
    assert found.first.tolist() == [2, NEVER, NEVER]


def test_a_day_that_hasnt_been_isnt_in_the_panel(seen):
    locked = lock(PLAN, at=AT, by="anna")
    found = months_of(locked, starts(birch=date(2025, 10, 20)), seen, as_of=date(2025, 10, 31))
    assert [month.month for month in found.months] == [8, 9, 10]


def test_a_mixture_leaves_out_units_that_began_later_and_months_that_somebody_lacks():
    missed = np.arange(24, dtype=float).reshape(4, 6)
    missed[2, 1] = np.nan
    first = np.array([3, 4, NEVER, NEVER])
    days = tuple(date(2025, n, 1) for n in range(1, 7))
    found = units_of(Months(("a", "b", "c", "d"), days, missed, np.full((4, 6), 12.0), first))
    assert found.treated.tolist() == [True, False, False]
    assert found.y.shape == (3, 5)
    assert found.starts == 2


def test_a_panel_of_schools_is_answered_by_the_rollout():
    made = staggered(1)
    days = tuple(date(2025, n, 1) for n in range(1, 9))
    names = tuple(f"s{n}" for n in range(40))
    found = rollout_of(Months(names, days, made.panel.outcome, made.counts, made.panel.first))
    locked = lock(PLAN, at=AT, by="anna")
    assert estimate(locked, found).estimate == rollout(PLAN, made).estimate


def test_a_threshold_and_a_comparison_each_get_their_own_data():
    table = chosen(World(), 1)
    at = table.covariates[:, 0] - 16
    plan = replace(PLAN, design="threshold", score="absence_share_before", cutoff=16.0)
    found = estimate(lock(plan, at=AT, by="anna"), Scored(replace(table, treated=at >= 0), at))
    assert found.design == "threshold"


@pytest.mark.parametrize(
    ("plan", "days", "code"),
    [
        (replace(PLAN, outcome=Outcome("courses_passed", "count", 1)), {}, "outcome_not_of_months"),
        (replace(PLAN, population=replace(PLAN.population, schools=("ash",))), {}, "population_empty"),
    ],
)
def test_what_has_no_months_is_refused(seen, plan, days, code):
    with pytest.raises(Refusal) as refused:
        months(seen, plan, **days)
    assert refused.value.code == code


def test_a_school_that_began_twice_is_refused(seen):
    twice = pl.concat([starts(birch=date(2025, 10, 1))] * 2)
    with pytest.raises(Refusal) as refused:
        months_of(lock(PLAN, at=AT, by="anna"), twice, seen, as_of=date(2025, 12, 1))
    assert refused.value.code == "started_twice"
