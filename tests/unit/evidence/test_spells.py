"""Times to leaving school, from the records: half-years seen, how it ended, and who is compared with whom."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from pluginnovation.evidence.dataset import ASSIGNED
from pluginnovation.evidence.designs.life_tables import ASKED_ABOUT, STILL_THERE
from pluginnovation.evidence.estimate import estimate
from pluginnovation.evidence.measures import Seen
from pluginnovation.evidence.outcomes import LEFT_SCHOOL
from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.plan_files import lock
from pluginnovation.evidence.spells import DEGREE, GONE, half_years, spells_of
from pluginnovation.records.refusals import Refusal
from tests.spec.drawn import DAYS, FACTS, SOURCE, drawn, frame_of, load

INDEX = date(2023, 8, 21)
PLAN = Plan(
    name="stays", question="Did coaches make them stay?", method="study_coach", design="hazard", comparison="others",
    outcome=Outcome(LEFT_SCHOOL, "yes_no", -1), window=Window(INDEX, 30, date(2023, 8, 22), date(2025, 8, 21)),
    as_dated=True,
)  # fmt: skip
AT = datetime(2023, 8, 1, tzinfo=UTC)
TABLES = {
    "enrolments": """
        pupil  | organisation | school_type | school_year | start_date | end_date
        -------+--------------+-------------+-------------+------------+-----------
        stays  | birch        | GY          |           1 | 2023-08-18 |
        leaves | birch        | GY          |           1 | 2023-08-18 | 2024-03-01
        moves  | birch        | GY          |           1 | 2023-08-18 | 2024-06-10
        moves  | oak          | GY          |           2 | 2024-08-19 |
        ends   | oak          | GY          |           3 | 2023-08-18 | 2024-06-10
        abroad | oak          | GY          |           1 | 2023-08-18 | 2023-11-01
        later  | oak          | GY          |           1 | 2023-08-18 | 2025-12-01
    """,
    "outcome_events": """
        pupil  | event        | date
        -------+--------------+-----------
        ends   | degree       | 2024-06-10
        abroad | moved_abroad | 2023-11-01
    """,
}
LESSONS = """
    pupil | date       | offered | unexcused | is_reported
    ------+------------+---------+-----------+------------
    stays | 2023-08-21 |     100 |        30 | yes
"""


@pytest.fixture(scope="module")
def seen() -> Seen:
    load(drawn(LESSONS, TABLES))
    return Seen(FACTS, DAYS, None, frame_of)


def listed(**offered: bool) -> pl.DataFrame:
    rows = [{"source": SOURCE, "pupil": p, "offered": yes, "decided_on": INDEX} for p, yes in offered.items()]
    return pl.DataFrame([{name: row.get(name) for name in ASSIGNED} for row in rows], schema=ASSIGNED)


def followed(seen: Seen, who: pl.DataFrame, *, as_of: date = date(2025, 9, 1), plan: Plan = PLAN):
    return spells_of(lock(plan, at=AT, by="anna"), who, seen, seen, as_of=as_of)


def test_each_is_followed_until_school_is_left_or_nobody_can_see_further(seen):
    """Two years are three whole half-years of 183 days. Who begins at another school hasn't left; who takes a degree
    or moves abroad ends in another way; who leaves after the last day seen is still there."""
    found = followed(seen, listed(stays=True)).spells
    by_pupil = dict(zip(("abroad", "ends", "later", "leaves", "moves", "stays"),
                        zip(found.terms.tolist(), found.ending.tolist(), strict=True), strict=True))  # fmt: skip
    assert half_years(PLAN) == 3
    assert by_pupil == {
        "stays": (3, STILL_THERE), "moves": (3, STILL_THERE), "later": (3, STILL_THERE),
        "leaves": (2, ASKED_ABOUT), "ends": (2, DEGREE), "abroad": (1, GONE),
    }  # fmt: skip
    assert found.treated.tolist() == [False] * 5 + [True]


def test_who_left_after_the_day_it_is_asked_on_is_still_there(seen):
    found = followed(seen, listed(stays=True), as_of=date(2024, 2, 25)).spells
    assert found.terms.tolist() == [1] * 6
    assert found.ending.tolist() == [GONE, STILL_THERE, STILL_THERE, STILL_THERE, STILL_THERE, STILL_THERE]


def test_a_draw_is_compared_within_itself_and_can_earn_more(seen):
    alone, drawn_ = followed(seen, listed(stays=True)), followed(seen, listed(stays=True, leaves=False))
    assert (len(alone.spells), alone.horizons.cap) == (6, 2)
    assert (len(drawn_.spells), drawn_.horizons.cap) == (2, 5)


def test_absence_before_keeps_like_with_like(seen):
    cells = followed(seen, listed(stays=True)).spells.cell.tolist()
    assert cells[5] not in cells[:5]  # thirty per cent of absence; nothing is known of the others'


def test_so_few_get_a_sentence_and_no_number(seen):
    found = estimate(lock(PLAN, at=AT, by="anna"), followed(seen, listed(stays=True)))
    assert (found.cannot_tell, found.estimate) == ("too_few", None)


def test_an_outcome_that_is_no_point_in_time_is_refused(seen):
    with pytest.raises(Refusal) as refused:
        followed(seen, listed(stays=True), plan=replace(PLAN, outcome=Outcome("absence_share", "share", -1)))
    assert refused.value.code == "outcome_not_of_time"
