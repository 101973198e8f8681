"""Who was offered the help, from the node's own draws, measures and first days, and never anybody from elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from pluginnovation.evidence.dataset import ASSIGNED
from pluginnovation.records.refusals import Refusal
from pluginnovation.support.lottery import METHOD
from pluginnovation.web.evidence.actions import draft_plan
from pluginnovation.web.evidence.answering import given_of
from pluginnovation.web.evidence.decisions import POINTS, decisions_of
from pluginnovation.web.evidence.listing import Listed, hand_in
from pluginnovation.web.evidence.models import StoredPlan
from pluginnovation.web.evidence.stored import plan_of
from pluginnovation.web.support.models import Dose, Draw, Measure, PointMark
from tests.pals import SOURCE
from tests.web.evidence.conftest import AT
from tests.web.helped_school import PLAN

INDEX = date(2026, 2, 2)
WHOLE = {"planned": pl.Int64}
LATER = datetime(2026, 4, 2, 9, tzinfo=UTC)
DRAWN_AT = datetime(2026, 1, 20, 9, tzinfo=UTC)
WINDOW = replace(PLAN.window, index_date=INDEX, opens=INDEX + timedelta(days=1), closes=date(2026, 4, 1))


def measure(pals, pupil, **change):
    said = {
        "pupil": pupil, "school": pals.place("bjork"), "kind": "study_coach", "level": "individual",
        "intent": "remedial", "reach": "intensive", "starts": INDEX, "state": "running", "owner": "x",
        "planned_dose": 10, "by": pals.asa, "at": DRAWN_AT,
    }  # fmt: skip
    return Measure.objects.create(**said | change)


def decided(asked, way="draws", **change):
    plan = replace(PLAN, name=way, window=WINDOW, decisions=f"{way}:study_coach", **change)
    row = draft_plan(plan=plan, sub_project=None, by=asked.eva, at=AT)
    return decisions_of(row, plan_of(row))


def test_everybody_in_a_logged_draw_stands_there_drawn_or_not(asked):
    """Ali lost a later draw too: the first one counts. One by priority is no draw, and one after the index date isn't
    of this plan."""
    pals = asked.pals
    mira, noor, ali = (measure(pals, one, state=state) for one, state in
                       ((pals.mira, "running"), (pals.noor, "queued"), (pals.ali, "queued")))  # fmt: skip
    Dose.objects.create(measure=mira, pupil=pals.mira, on=INDEX + timedelta(days=3), times=4, by=pals.asa, at=AT)
    Dose.objects.create(measure=mira, pupil=pals.mira, on=date(2026, 4, 2), times=3, by=pals.asa, at=AT)
    said = {"school": pals.place("bjork"), "kind": "study_coach", "term": "2026VT", "places": 1, "by": pals.petra}
    lots = [[str(mira.pk), "9", 1, 3, True], [str(noor.pk), "9", 1, 3, False], [str(ali.pk), "9", 1, 3, False]]
    draw = Draw.objects.create(way=METHOD, lots=lots, at=DRAWN_AT, **said)
    Draw.objects.create(way=METHOD, lots=[[str(ali.pk), "", 1, 1, True]], at=DRAWN_AT + timedelta(days=1), **said)
    Draw.objects.create(way="priority", lots=[[str(noor.pk), "", 1, 1, True]], at=DRAWN_AT, **said)
    Draw.objects.create(way=METHOD, lots=[[str(noor.pk), "", 1, 1, True]], at=AT, **said)
    rows = {one["pupil"]: one for one in decided(asked).to_dicts()}
    assert {pupil: (one["offered"], one["taken_up"], one["stratum"]) for pupil, one in rows.items()} == {
        pals.mira: (True, True, f"{draw.pk} 9"),
        pals.noor: (False, False, f"{draw.pk} 9"),
        pals.ali: (False, False, f"{draw.pk} 9"),
    }
    assert (rows[pals.mira]["times"], rows[pals.mira]["planned"]) == (4, 10)
    assert {one["source"] for one in rows.values()} == {SOURCE}
    assert {one["decided_on"] for one in rows.values()} == {DRAWN_AT.date()}


def test_how_far_the_method_was_followed_is_told_by_the_last_day_of_the_outcome(asked):
    """Mira's measure follows three points, Noor's none. What is marked after the last day isn't of this answer."""
    pals = asked.pals
    mira = measure(pals, pals.mira, method="morgonstart", fidelity="Samma vuxen\nTvå gånger\nFöre lektionen")
    measure(pals, pals.noor)
    for point, said, at in ((0, "no", DRAWN_AT), (0, "yes", DRAWN_AT), (1, "unknown", DRAWN_AT), (2, "yes", LATER)):
        PointMark.objects.create(measure=mira, pupil=pals.mira, point=point, followed=said, by=pals.asa, at=at)
    rows = {one["pupil"]: [one[name] for name in POINTS] for one in decided(asked, "measures").to_dicts()}
    assert rows == {pals.mira: [3, 1, 1, 0], pals.noor: [None] * 4}


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (12, {"points_known": (50.0, 12), "points_followed": (75.0, 12), "points_partly": (25.0, 12)}),
        (9, {"points_known": (37.5, 12)}),
    ],
)
def test_the_shares_have_known_points_below_them_and_ten_pupils_behind(known, told):
    """Twelve pupils with four points; of those told, two each: of four such pairs three and a half are followed."""
    rows = [
        {"offered": True, "times": 1, "planned": None, "points": 4, "points_known": 2 * (n < known),
         "points_followed": (1 + n % 2) * (n < known), "points_partly": (1 - n % 2) * (n < known)}
        for n in range(12)
    ]  # fmt: skip
    rows += [dict.fromkeys(rows[0], 0) | {"offered": False}]
    found = {one.name: (one.estimate, one.n) for one in given_of(-1.0, pl.DataFrame(rows, schema_overrides=WHOLE))}
    assert found.pop("times_of_help") == (1.0, 12)
    assert found == told
    few = pl.DataFrame(rows[:9], schema_overrides=WHOLE)
    assert given_of(-1.0, few) == ()


def test_a_choice_is_what_was_decided_by_the_index_date_and_began_around_it(asked):
    pals = asked.pals
    measure(pals, pals.mira)
    measure(pals, pals.noor, at=datetime(2026, 2, 3, 9, tzinfo=UTC))  # decided too late to be of this plan
    measure(pals, pals.ali, starts=INDEX - timedelta(days=200))  # began long before
    measure(pals, pals.sixten, kind="counsellor")
    measure(pals, "", group=pals.group("9A"))
    found = decided(asked, "measures", design="comparison").to_dicts()
    assert [(one["pupil"], one["offered"]) for one in found] == [(pals.mira, True)]


def test_a_roll_out_is_each_schools_first_day(asked):
    pals = asked.pals
    measure(pals, pals.mira, starts=INDEX)
    measure(pals, pals.noor, starts=INDEX - timedelta(days=9))
    measure(pals, pals.sixten, school=pals.place("alm"), state="queued")
    found = decided(asked, "starts", design="rollout").to_dicts()
    # As the records name the school: it is their months that are compared.
    assert found == [{"organisation": "bjork", "started_on": INDEX - timedelta(days=9)}]


@pytest.mark.parametrize("way", ["draws", "measures", "starts"])
def test_without_a_decision_there_is_nothing_to_count_by(asked, way):
    with pytest.raises(Refusal) as refused:
        decided(asked, way, design="rollout" if way == "starts" else "waiting_list")
    assert refused.value.code == "decisions_missing"


def test_a_list_is_handed_in_once_and_never_to_a_locked_plan(asked):
    given = decisions_of(asked.draft, plan_of(asked.draft))
    assert (given.height, given["offered"].sum()) == (400, 200)
    with pytest.raises(Refusal) as refused:
        hand_in(row=asked.draft, listed=Listed(given.select(list(ASSIGNED)).to_dicts()), by=None, at=AT)
    assert refused.value.code == "list_stands"
    StoredPlan.objects.filter(pk=asked.draft.pk).update(checksum="0" * 64, locked_at=AT)
    with pytest.raises(Refusal) as refused:
        hand_in(row=asked.draft, listed=Listed(given.select(list(ASSIGNED)).to_dicts()), by=None, at=AT)
    assert refused.value.code == "plan_already_locked"
