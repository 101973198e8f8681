"""A plan is rehearsed on last year's pupils who are most like its own, and on no day after its index date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.dataset import ASSIGNED
from pluginnovation.evidence.panels import STARTS
from pluginnovation.evidence.plan import Outcome, Plan, Population, Window
from pluginnovation.evidence.rehearsing import nearest, rehearsed
from pluginnovation.records.derived import PUPIL_DAYS
from pluginnovation.records.refusals import Refusal
from tests.spec.drawn import DAYS, FACTS, SOURCE, TABLES, frame, frame_of, load, put

INDEX = date(2025, 9, 1)
YEAR = timedelta(days=364)
AT = datetime(2025, 9, 1, 9, tzinfo=UTC)
PLAN = Plan(
    name="mentors", question="Did mentors help?", method="mentor", design="comparison", comparison="others",
    outcome=Outcome("absence_share", "share", -1, 3.0), window=Window(INDEX, 28, date(2025, 9, 2), date(2025, 11, 30)),
    population=Population(years=(1,)), covariates=("absence_share_before",), placebos=(),
)  # fmt: skip
A_YEAR, SCHOOLS, THESE = 240, 8, "p"
RNG = np.random.default_rng(11)
USUAL = {f"{cohort}{n:03}": float(RNG.gamma(4, 5)) for cohort in "qp" for n in range(A_YEAR)}


def day(pupil: str, on: date, missed: float) -> dict[str, object]:
    minutes = {"offered": 1000, "reported": 1000, "excused": 0}
    return {"source": SOURCE, "pupil": pupil, "date": on, **minutes, "unexcused": int(10 * min(max(missed, 0), 100))}


def records(
    *, also: tuple[dict[str, object], ...] = (), without: str = "", began: date = date(2024, 8, 15)
) -> SimpleNamespace:
    """A school year of q-pupils and one of p-pupils, at eight schools, as a store gives them.

    Takes   also   more days; without: how the name begins of those who have none; began: when the q-pupils did
    """
    stays = [
        {"source": SOURCE, "pupil": pupil, "organisation": f"s{n % SCHOOLS}", "school_type": "GY", "school_year": year,
         "start_date": start, "end_date": end}
        for cohort, first in (("q", began), ("p", date(2025, 8, 14)))
        for n, pupil in enumerate(f"{cohort}{n:03}" for n in range(A_YEAR))
        for year, start, end in ((1, first, date(first.year + 1, 6, 10)), (2, date(first.year + 1, 8, 14), None))
        if start <= INDEX
    ]  # fmt: skip
    load({"enrolments": stays})
    rng = np.random.default_rng(12)
    rows = [
        day(pupil, on, usual + rng.normal(0, 4))
        for pupil, usual in USUAL.items()
        for cohort_index in [INDEX - YEAR if pupil[0] == "q" else INDEX]
        for on in [cohort_index - timedelta(days=9), *(cohort_index + timedelta(days=after) for after in (10, 45, 75))]
        if on <= INDEX and not (without and pupil.startswith(without))
    ]
    put("days", frame(PUPIL_DAYS, [*rows, *also]).select(DAYS.columns))
    return SimpleNamespace(facts=lambda known_at=None: FACTS, days=lambda known_at=None: DAYS, frame=frame_of)


def decided(pupils: list[str], offered: list[bool] | None = None) -> pl.DataFrame:
    rows = [
        {"source": SOURCE, "pupil": pupil, "offered": True if offered is None else offered[n], "decided_on": INDEX}
        for n, pupil in enumerate(pupils)
    ]
    return pl.DataFrame([{name: row.get(name) for name in ASSIGNED} for row in rows], schema=ASSIGNED)


THOSE = [f"p{n:03}" for n in range(A_YEAR)]
CHOSEN = [pupil for pupil in THOSE if USUAL[pupil] > 25]


def test_the_days_are_a_year_earlier_and_the_pupils_last_years():
    told = rehearsed(PLAN, decided(CHOSEN), records(), at=AT)
    assert (told.first, told.last) == (PLAN.window.opens - YEAR, PLAN.window.closes - YEAR)
    assert told.rehearsal.why == ""
    assert told.rehearsal.n == A_YEAR
    assert 0 < told.rehearsal.least < 20


def test_no_day_after_the_index_date_is_looked_at():
    """Whoever will be helped misses everything afterwards: nothing of that may show before the plan is locked."""
    later = tuple(day(pupil, INDEX + timedelta(days=20), 100) for pupil in THOSE)
    before = rehearsed(PLAN, decided(CHOSEN), records(), at=AT)
    assert rehearsed(PLAN, decided(CHOSEN), records(also=later), at=AT) == before


def test_those_chosen_are_stood_for_by_who_is_most_like_them_at_their_school_and_nobody_twice():
    named = (np.array(["a", "a", "b", "b"]), {"missed": np.array([20.0, 21.0, 20.0, 5.0]), "girl": np.ones(4)})
    there = (np.array(["b", "a", "a", "b", "c"]), {"missed": np.array([4.0, 50.0, 22.0, 9.0, 20.0])})
    assert nearest(named, there).tolist() == [2, 1, 3, 0]
    assert nearest(named, (there[0][:2], {"missed": there[1]["missed"][:2]})).tolist() == [1, -1, 0, -1]


@pytest.mark.parametrize("drawn", [120, 240])
def test_after_a_draw_only_those_in_it_count_and_more_see_more(drawn):
    plan = replace(PLAN, design="waiting_list")
    pupils = THOSE[:drawn]
    told = rehearsed(plan, decided(pupils, [n // 8 % 2 == 0 for n in range(drawn)]), records(), at=AT).rehearsal
    assert (told.why, told.n) == ("", drawn)
    whole = rehearsed(plan, decided(THOSE, [n // 8 % 2 == 0 for n in range(A_YEAR)]), records(), at=AT).rehearsal
    assert told.least >= whole.least
    # The planner's: one for each school and one for the difference are known.
    assert whole.df == A_YEAR - SCHOOLS - 1


def test_a_draw_at_one_school_is_rehearsed_since_nothing_tells_how_schools_differ():
    pupils = [f"p{n:03}" for n in range(0, A_YEAR, SCHOOLS)]
    told = rehearsed(
        replace(PLAN, design="waiting_list"),
        decided(pupils, [n % 2 == 0 for n in range(len(pupils))]),
        records(),
        at=AT,
    ).rehearsal
    assert (told.why, told.n) == ("", len(pupils))


def test_at_a_threshold_the_rule_says_who_and_one_that_is_seldom_followed_sees_less():
    plan = replace(PLAN, design="threshold", score="absence_share_before", cutoff=18.0, covariates=())
    store = records(also=tuple(day(pupil, INDEX - timedelta(days=9), usual) for pupil, usual in USUAL.items()))
    by_rule = [pupil for pupil in THOSE if USUAL[pupil] >= 18]
    always = rehearsed(plan, decided(by_rule), store, at=AT).rehearsal
    seldom = rehearsed(plan, decided(by_rule[::2]), store, at=AT).rehearsal
    assert always.why == seldom.why == ""
    assert seldom.least > 1.5 * always.least
    hardly = rehearsed(plan, decided(by_rule[:3]), store, at=AT).rehearsal
    assert (hardly.why, hardly.n) == ("rule_not_followed", 0)
    nobody = rehearsed(replace(plan, cutoff=90.0), decided(CHOSEN), store, at=AT).rehearsal
    assert nobody.why == "nobody_treated"


def test_those_who_left_a_year_before_tell_how_few_more_staying_would_show():
    """Last year's, since this year's had all stayed until somebody was offered the help."""
    window = Window(INDEX, 28, date(2025, 9, 2), INDEX + timedelta(days=190))
    plan = replace(PLAN, design="hazard", outcome=Outcome("left_school", "yes_no", -1, 10.0), window=window)
    store = records()
    left = {f"q{n:03}": date(2024, 11, 30) for n in range(0, A_YEAR, 3)}
    stays = [
        {"source": SOURCE, "pupil": f"{cohort}{n:03}", "organisation": f"s{n % SCHOOLS}", "school_type": "GY",
         "school_year": 1, "start_date": first, "end_date": left.get(f"{cohort}{n:03}")}
        for cohort, first in (("q", date(2024, 8, 15)), ("p", date(2025, 8, 14))) for n in range(A_YEAR)
    ]  # fmt: skip
    put("enrolments", frame(TABLES["enrolments"], stays))
    told = rehearsed(plan, decided(THOSE, [n // 8 % 2 == 0 for n in range(A_YEAR)]), store, at=AT).rehearsal
    assert (told.why, told.n) == ("", A_YEAR)
    # Of a hundred on each side a third leave: the doubt of such a difference, less what staying takes of it.
    assert told.se == pytest.approx(100 * ((0.23 * 0.77 + 0.33 * 0.67) / 120) ** 0.5, rel=0.15)


@pytest.mark.parametrize("design", ["rollout", "synthetic_control"])
def test_schools_that_begin_are_tried_as_if_they_had_begun_a_year_earlier(design):
    days = tuple(
        day(f"q{n:03}", date(2024, month, 20), USUAL[f"q{n:03}"] + n % SCHOOLS % 3 + month % 2 + n % 5)
        for n in range(A_YEAR)
        for month in (4, 5, 6, 8, 9, 10, 11)
    )
    plan = replace(PLAN, design=design, window=replace(PLAN.window, before_days=160), population=Population(),
                   covariates=())  # fmt: skip
    starts = [
        ("s0", date(2025, 9, 2)),
        ("s1", date(2025, 9, 2) if design == "synthetic_control" else date(2025, 10, 6)),
    ]
    store = records(also=days, began=date(2024, 1, 8))
    told = rehearsed(plan, pl.DataFrame(starts, schema=STARTS, orient="row"), store, at=AT)
    assert told.last == PLAN.window.closes - YEAR
    assert told.rehearsal.why == ""
    assert told.rehearsal.least > 0


def test_records_that_dont_reach_a_year_back_are_taken_from_just_before():
    plan = replace(PLAN, window=Window(date(2025, 10, 20), 28, date(2025, 10, 21), date(2025, 11, 20)))
    autumn = tuple(
        day(p, on, USUAL[p] + n % 7) for n, p in enumerate(THOSE) for on in (date(2025, 8, 28), date(2025, 10, 1))
    )
    store = records(without="q", also=autumn)
    told = rehearsed(plan, decided(CHOSEN), store, at=AT)
    assert (told.first, told.last) == (date(2025, 9, 20), plan.window.index_date)
    assert (told.rehearsal.why, told.rehearsal.n) == ("", A_YEAR)
    nothing = rehearsed(PLAN, decided(CHOSEN), records(without="q"), at=AT)
    assert nothing.rehearsal.why == "records_too_short"
    assert nothing.last == PLAN.window.closes - YEAR


def test_a_plan_in_which_nobody_is_helped_is_told_so():
    """Nobody of the plan's year was offered the help: that isn't for want of records."""
    told = rehearsed(PLAN, decided([f"q{pupil[1:]}" for pupil in CHOSEN]), records(), at=AT)
    assert told.rehearsal.why == "nobody_treated"


def test_a_rule_whose_score_nobody_knew_a_year_ago_is_tried_on_the_days_before():
    plan = replace(
        PLAN, design="threshold", score="absence_share_before", cutoff=18.0, covariates=(),
        window=Window(date(2025, 10, 20), 28, date(2025, 10, 21), date(2025, 11, 20)),
    )  # fmt: skip
    autumn = tuple(
        day(p, on, USUAL[p] + n % 7) for n, p in enumerate(THOSE) for on in (date(2025, 8, 28), date(2025, 10, 1))
    )
    told = rehearsed(plan, decided(CHOSEN), records(without="q", also=autumn), at=AT)
    assert (told.last, told.rehearsal.why) == (plan.window.index_date, "")


def test_a_choice_that_was_made_later_is_refused():
    late = decided(CHOSEN).with_columns(decided_on=pl.lit(INDEX + timedelta(days=1)))
    with pytest.raises(Refusal) as said:
        rehearsed(PLAN, late, records(), at=AT)
    assert said.value.code == "leak_decided_later"


def test_the_same_plan_and_records_say_the_same():
    store = records()
    assert rehearsed(PLAN, decided(CHOSEN), store, at=AT) == rehearsed(PLAN, decided(CHOSEN), store, at=AT)
