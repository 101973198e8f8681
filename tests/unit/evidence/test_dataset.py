"""The analysis table: what was known on the index date, who was offered help, what became of them; and no leakage."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import ibis
import numpy as np
import polars as pl
import pytest

from pluginnovation.evidence.dataset import ASSIGNED, analysis_table
from pluginnovation.evidence.measures import MEASURES, Seen
from pluginnovation.evidence.plan import Outcome, Plan, Population, Window
from pluginnovation.evidence.plan_files import lock
from pluginnovation.records.refusals import Refusal
from tests.spec.drawn import DAYS, FACTS, SOURCE, drawn, frame_of, load

INDEX, CLOSES = date(2025, 9, 8), date(2025, 9, 19)
KNOWN = datetime(2025, 9, 8, 20, tzinfo=UTC)
PLAN = Plan(
    name="mentors", question="Did mentors help?", method="mentor", design="comparison", comparison="others",
    outcome=Outcome("absence_share", "share", -1), window=Window(INDEX, 7, date(2025, 9, 9), CLOSES),
    covariates=("absence_share_before", "girl", "school_year", "courses_passed"), placebos=("absence_share_earlier",),
    subgroups=("girls", "boys", "high_absence", "year_2"),
)  # fmt: skip
AT = datetime(2025, 9, 1, tzinfo=UTC)

LESSONS = """
    pupil | date                   | offered | unexcused | excused | is_reported
    ------+------------------------+---------+-----------+---------+------------
    mira  | 2025-08-26             |     100 |       100 |         | yes
    mira  | 2025-09-02..2025-09-08 |     100 |        40 |      10 | yes
    mira  | 2025-09-09..2025-09-19 |     100 |        20 |         | yes
    noor  | 2025-09-02             |     100 |        10 |         | yes
    noor  | 2025-09-08             |     100 |           |         | no
    noor  | 2025-09-09             |     100 |        10 |         | yes
    noor  | 2025-09-19             |     300 |           |         | no
    sami  | 2025-09-02..2025-09-08 |     100 |           |         | yes
    ture  | 2025-09-02..2025-09-19 |     100 |        99 |         | yes
"""
TABLES = {
    "pupils": """
        pupil | sex
        ------+-------
        mira  | Kvinna
        noor  | Okänt
        sami  | Man
        ture  | Man
    """,
    "enrolments": """
        pupil | organisation | school_type | school_year | start_date | end_date
        ------+--------------+-------------+-------------+------------+-----------
        mira  | birch        | GY          |           2 | 2025-08-18 |
        noor  | birch        | GY          |           1 | 2025-08-18 |
        sami  | oak          | GY          |           2 | 2025-08-18 | 2025-09-08
        ture  | oak          | GR          |           9 | 2025-08-18 |
    """,
    "grades": """
        pupil | subject | grade | registered_date | kind
        ------+---------+-------+-----------------+------
        mira  | MA      | C     | 2025-09-08      | final
        mira  | EN      | F     | 2025-09-08      | final
        mira  | SV      | A     | 2025-09-09      | final
        sami  | MA      | E     | 2025-09-05      | term
    """,
}


@pytest.fixture(scope="module")
def seen() -> Seen:
    load(drawn(LESSONS, TABLES))
    return Seen(FACTS, DAYS, KNOWN, frame_of)


def assigned(**rows: date) -> pl.DataFrame:
    made = [{"source": SOURCE, "pupil": name, "offered": True, "decided_on": day} for name, day in rows.items()]
    return pl.DataFrame([{name: row.get(name) for name in ASSIGNED} for row in made], schema=ASSIGNED)


def built(seen: Seen, plan: Plan = PLAN, who: pl.DataFrame | None = None, *, as_of: date = CLOSES):
    who = assigned(mira=INDEX) if who is None else who
    return analysis_table(lock(plan, at=AT, by="anna"), who, seen, replace(seen, known_at=None), as_of=as_of)


def test_each_pupil_has_what_was_known_before_and_what_became_of_them(seen):
    """Noor's outcome is unknown: a quarter of what was offered is reported. Sami moved away on the index date."""
    table = built(seen, replace(PLAN, population=Population(("GY",)))).table
    assert table.treated.tolist() == [True, False, False]
    assert table.school.tolist() == [0, 0, 1]
    np.testing.assert_array_equal(table.outcome, [20.0, np.nan, np.nan])
    known = dict(zip(table.names, table.covariates.T.tolist(), strict=True))
    # Noor's absence is unknown (half is reported), so it has the others' mean and a column that says so; sex likewise.
    assert known["absence_share_before"] == [50.0, 25.0, 0.0]
    assert known["absence_share_before_unknown"] == [0.0, 1.0, 0.0]
    assert known["girl"] == [1.0, 0.5, 0.0]
    assert known["school_year"] == [2.0, 1.0, 2.0]
    assert known["courses_passed"] == [1.0, 0.0, 0.0]
    np.testing.assert_array_equal(table.placebos[:, 0], [100.0, np.nan, np.nan])
    groups = dict(zip(table.group_names, table.groups.T.tolist(), strict=True))
    assert groups["girls"] == [True, False, False]
    assert groups["boys"] == [False, False, True]
    assert groups["high_absence"] == [True, False, False]
    assert groups["year_2"] == [True, False, True]


def test_an_outcome_that_lies_ahead_is_unknown_for_everybody(seen):
    assert np.isnan(built(seen, as_of=date(2025, 9, 18)).table.outcome).all()


def test_a_draw_counts_those_in_it_and_nobody_else(seen):
    plan = replace(PLAN, design="waiting_list")
    who = assigned(mira=INDEX, noor=INDEX).with_columns(offered=pl.col("pupil") == "mira", stratum=pl.lit("one"))
    found = built(seen, plan, who)
    assert found.table.treated.tolist() == [True, False]
    assert found.table.stratum.tolist() == [0, 0]


def test_those_who_were_not_in_the_population_are_counted_apart(seen):
    found = built(seen, replace(PLAN, population=Population(years=(1, 2))), assigned(mira=INDEX, ture=INDEX))
    assert (found.not_enrolled, found.disposed, len(found.table)) == (1, 0, 3)


def test_those_whose_records_were_deleted_since_are_counted_apart(seen):
    facts = SimpleNamespace(**{**vars(FACTS), "disposed_since": frozenset({"gone"})})
    who = assigned(mira=INDEX, gone=INDEX)
    locked = lock(PLAN, at=AT, by="anna")
    found = analysis_table(locked, who, seen, replace(seen, facts=facts, known_at=None), as_of=CLOSES)
    assert (found.not_enrolled, found.disposed) == (0, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"known_at": None}, "leak_known_later"),
        ({"known_at": datetime(2025, 9, 9, 1, tzinfo=UTC)}, "leak_known_later"),
    ],
)
def test_what_was_known_later_may_not_explain(seen, change, code):
    with pytest.raises(Refusal) as refused:
        built(replace(seen, **change))
    assert refused.value.code == code


def test_records_that_came_later_are_read_as_dated_only_when_the_plan_says_so(seen):
    late = replace(seen, known_at=None)
    assert len(built(late, replace(PLAN, as_dated=True)).table) == 4


def test_a_decision_after_the_index_date_is_leakage(seen):
    with pytest.raises(Refusal) as refused:
        built(seen, who=assigned(mira=date(2025, 9, 9)))
    assert refused.value.code == "leak_decided_later"


def test_a_value_that_rests_on_a_later_day_is_leakage(seen, monkeypatch):
    def tomorrow(of: Seen, span: object) -> ibis.Table:
        rows = of.facts.pupils
        return rows.select("source", "pupil", value=ibis.literal(1.0), dated=ibis.date(2025, 9, 9))

    monkeypatch.setitem(MEASURES, "tomorrow", tomorrow)
    with pytest.raises(Refusal) as refused:
        built(seen, replace(PLAN, covariates=("tomorrow",)))
    assert refused.value.code == "leak_dated_later"


@pytest.mark.parametrize(
    ("plan", "who", "code"),
    [
        (replace(PLAN, covariates=("shoe_size",)), assigned(mira=INDEX), "measure_unknown"),
        (replace(PLAN, subgroups=("tall",)), assigned(mira=INDEX), "subgroup_unknown"),
        (replace(PLAN, population=Population(("VUX",))), assigned(mira=INDEX), "population_empty"),
        (PLAN, pl.concat([assigned(mira=INDEX)] * 2), "assigned_twice"),
    ],
)
def test_what_cant_be_built_is_refused(seen, plan, who, code):
    with pytest.raises(Refusal) as refused:
        built(seen, plan, who)
    assert refused.value.code == code


def test_a_plan_changed_after_it_was_locked_gets_no_table(seen):
    locked = lock(PLAN, at=AT, by="anna")
    with pytest.raises(Refusal) as refused:
        analysis_table(replace(locked, plan=replace(PLAN, seed=9)), assigned(mira=INDEX), seen, seen, as_of=CLOSES)
    assert refused.value.code == "plan_changed"


def test_a_threshold_says_whom_the_rule_offers_the_help_and_who_had_it(seen):
    """Mira's absence was 50, Sami's 0 and Ture's 99; the rule offers help from 50, and only Mira had it."""
    plan = replace(PLAN, design="threshold", score="absence_share_before", cutoff=50.0, covariates=("school_year",))
    found = built(seen, plan)
    np.testing.assert_array_equal(found.at, [0, np.nan, -50, 49])
    assert found.table.treated.tolist() == [True, False, False, True]
    assert found.table.taken_up.tolist() == [True, False, False, False]


def test_two_measures_that_are_unknown_together_say_so_once(seen):
    """Absence with and without leave rest on the same lessons; a second such column can't be told apart."""
    plan = replace(PLAN, covariates=("absence_share_before", "unexcused_share_before"))
    names = built(seen, plan).table.names
    assert names == ("absence_share_before", "absence_share_before_unknown", "unexcused_share_before")


def test_a_list_with_those_who_were_not_offered_it_is_who_a_threshold_is_about(seen):
    plan = replace(PLAN, design="threshold", score="absence_share_before", cutoff=20.0)
    who = assigned(mira=INDEX, sami=INDEX).with_columns(offered=pl.col("pupil") == "mira")
    assert len(built(seen, plan, who).table) == 2
    assert len(built(seen, plan, assigned(mira=INDEX)).table) == 4


def test_the_score_that_a_list_tells_is_the_rules_own_and_not_what_the_records_say(seen):
    """The rule went by what was written down that day: 60 and 10, though the records have 50 and 0."""
    plan = replace(PLAN, design="threshold", score="absence_share_before", cutoff=50.0, covariates=("school_year",))
    who = assigned(mira=INDEX, sami=INDEX).with_columns(
        offered=pl.col("pupil") == "mira", score=pl.when(pl.col("pupil") == "mira").then(60.0).otherwise(10.0)
    )
    found = built(seen, plan, who)
    np.testing.assert_array_equal(found.at, [10, -40])
    assert found.table.treated.tolist() == found.table.taken_up.tolist() == [True, False]
