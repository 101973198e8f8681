"""A sub-project's own locked plan is taken over as it stands, and answered for those who took part or were drawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from pluginnovation.evidence.plan_files import intact
from pluginnovation.records.refusals import Refusal
from pluginnovation.support.lottery import METHOD
from pluginnovation.web.evidence.decisions import POINTS, decisions_of
from pluginnovation.web.evidence.listing import Listed, draws_for, hand_in, tie_draw
from pluginnovation.web.evidence.models import Assigned, HandedIn, StoredPlan
from pluginnovation.web.evidence.stored import departures_of, locked_of, plan_of
from pluginnovation.web.evidence.taking_over import first_offered, take_over
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.projects.models import Deviation
from pluginnovation.web.projects.planning import Choosing, lock_plan
from pluginnovation.web.support.models import Dose, Draw, Measure, PointMark
from tests.pals import SOURCE
from tests.web.projects.running import STARTS, Running, set_up, takes_part

AT = datetime(2026, 4, 23, 9, tzinfo=UTC)
LOCKED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
CHOSEN = Choosing("Did it help?", "study_coach", "comparison", "others", "absence_share",
                  STARTS + timedelta(days=7), date(2026, 4, 1))  # fmt: skip


@pytest.fixture
def running(pals) -> Running:
    return set_up(pals)


def locked(running, choosing=CHOSEN):
    lock_plan(sub_project=running.project, choosing=choosing, by=running.lena, at=LOCKED_AT)
    assert take_over(at=AT) == 1
    return StoredPlan.objects.get()


def test_nothing_of_a_plan_changes_by_being_taken_over_and_it_is_taken_over_once(running):
    row = locked(running)
    assert (row.locked_at, row.locked_by, row.sub_project) == (LOCKED_AT, running.lena, running.project.pk)
    assert row.checksum == running.project.evaluation_plan.checksum
    assert intact(locked_of(row))
    assert take_over(at=AT) == 0


def test_those_who_took_part_when_its_time_began_are_those_helped(running):
    row = locked(running)
    takes_part(running, running.pals.mira)
    takes_part(running, running.pals.noor, start_date=plan_of(row).window.index_date + timedelta(days=3))
    found = decisions_of(row, plan_of(row)).to_dicts()
    assert [(one["pupil"], one["offered"], one["taken_up"]) for one in found] == [(running.pals.mira, True, None)]


def test_the_draw_that_a_plan_names_is_who_is_compared(running):
    pals = running.pals
    waits = [
        Measure.objects.create(
            pupil=pupil, school=pals.place("bjork"), kind="study_coach", state=state, level="individual",
            intent="remedial", reach="intensive", starts=STARTS, owner="x", by=pals.asa, at=LOCKED_AT,
        )
        for pupil, state in ((pals.mira, "running"), (pals.ali, "queued"))
    ]  # fmt: skip
    lots = [[str(one.pk), "", 1, 2, one.state == "running"] for one in waits]
    draw = Draw.objects.create(school=pals.place("bjork"), kind="study_coach", term="2026VT", places=1, way=METHOD,
                               lots=lots, by=pals.petra, at=LOCKED_AT)  # fmt: skip
    row = locked(running, Choosing(**{name: getattr(CHOSEN, name) for name in CHOSEN.__slots__}
                                   | {"design": "waiting_list", "draw": draw.pk}))  # fmt: skip
    found = {one["pupil"]: one["offered"] for one in decisions_of(row, plan_of(row)).to_dicts()}
    assert found == {pals.mira: True, pals.ali: False}


def drawn_at(running, at: datetime, **more) -> Draw:
    """A draw at the sub-project's school: Mira gets a place, Ali waits."""
    pals = running.pals
    waits = [
        Measure.objects.create(
            pupil=pupil, school=pals.place("bjork"), kind="study_coach", state=state, level="individual",
            intent="remedial", reach="intensive", starts=STARTS, owner="x", by=pals.asa, at=LOCKED_AT,
        )
        for pupil, state in ((pals.mira, "running"), (pals.ali, "queued"))
    ]  # fmt: skip
    lots = [[str(one.pk), "", 1, 2, one.state == "running"] for one in waits]
    values = {"school": pals.place("bjork"), "way": METHOD, "seed": 71} | more
    return Draw.objects.create(kind="study_coach", term="2026VT", places=1, lots=lots, by=pals.petra, at=at, **values)


WAITING = Choosing(**{name: getattr(CHOSEN, name) for name in CHOSEN.__slots__} | {"design": "waiting_list"})


def test_a_draw_made_after_the_lock_is_tied_to_the_plan_with_its_seed_and_time(running):
    row = locked(running, WAITING)
    day = datetime.combine(plan_of(row).window.index_date, datetime.min.time(), UTC) - timedelta(days=1)
    draw = drawn_at(running, day)
    assert [one.pk for one in draws_for(row)] == [draw.pk]
    tied = tie_draw(row=row, number=draw.pk, by=running.lena, at=AT)
    assert (tied.seed, tied.drawn_at, tied.listed, tied.offered) == (71, day, 2, 1)
    found = {one["pupil"]: one["offered"] for one in decisions_of(row, plan_of(row)).to_dicts()}
    assert found == {running.pals.mira: True, running.pals.ali: False}
    event = AuditEvent.objects.filter(action="tie_draw").get()
    assert (event.by_id, event.details["seed"], event.details["draw"]) == (running.lena.pk, 71, draw.pk)
    assert row.checksum == running.project.evaluation_plan.checksum
    assert not draws_for(row).exists()
    with pytest.raises(Refusal) as refused:
        tie_draw(row=row, number=draw.pk, by=running.lena, at=AT)
    assert refused.value.code == "draw_not_of_plan"


def test_the_leader_ties_the_draw_on_a_page_and_reads_its_seed_beside_the_plan(running):
    row = locked(running, WAITING)
    day = datetime.combine(plan_of(row).window.index_date, datetime.min.time(), UTC) - timedelta(days=1)
    client = Client()
    client.force_login(running.lena)
    assert "Det finns ingen lottning att knyta" in client.get(f"/effekt/{row.pk}/lottning/").content.decode()
    draw = drawn_at(running, day)
    assert "Knyt lottningen" in client.get(f"/effekt/{row.pk}/").content.decode()
    page = client.get(f"/effekt/{row.pk}/lottning/").content.decode()
    assert "frö 71" in page
    assert client.post(f"/effekt/{row.pk}/lottning/", {"draw": str(draw.pk + 1)}).status_code == 422
    assert client.post(f"/effekt/{row.pk}/lottning/", {"draw": str(draw.pk)}).status_code == 302
    shown = client.get(f"/effekt/{row.pk}/").content.decode()
    assert "frö 71" in shown
    assert "färre än tio lottades" in shown
    assert "/lottning/" not in shown


@pytest.mark.parametrize("kind", ["before the lock", "after the index date", "by priority", "elsewhere"])
def test_a_draw_of_another_time_place_or_way_is_not_the_plans(running, kind):
    row = locked(running, WAITING)
    index = datetime.combine(plan_of(row).window.index_date, datetime.min.time(), UTC)
    at = {"before the lock": LOCKED_AT - timedelta(hours=1), "after the index date": index + timedelta(days=2)}
    more = {"by priority": {"way": Draw.PRIORITY}, "elsewhere": {"school": running.pals.place("alm")}}.get(kind, {})
    draw = drawn_at(running, at.get(kind, index - timedelta(days=1)), **more)
    with pytest.raises(Refusal) as refused:
        tie_draw(row=row, number=draw.pk, by=running.lena, at=AT)
    assert refused.value.code == "draw_not_of_plan"
    assert not HandedIn.objects.exists()


def a_list(running, **more) -> Listed:
    pals, day = running.pals, STARTS - timedelta(days=1)
    rows = [
        {"source": SOURCE, "pupil": pupil, "offered": pupil == pals.mira, "stratum": None, "decided_on": day}
        for pupil in (pals.mira, pals.ali)
    ]
    return Listed(rows, **more)


def test_a_list_is_handed_in_once_with_what_it_was_drawn_by(running):
    row = locked(running, WAITING)
    at = LOCKED_AT + timedelta(hours=1)
    made = hand_in(row=row, listed=a_list(running, drawn_at=at, seed=9), by=running.lena, at=AT)
    assert (made.listed, made.offered, made.seed, made.drawn_at, made.draw) == (2, 1, 9, at, None)
    event = AuditEvent.objects.filter(action="hand_in_list").get()
    assert (event.details["listed"], event.details["seed"]) == (2, 9)
    with pytest.raises(Refusal) as refused:
        hand_in(row=row, listed=a_list(running), by=running.lena, at=AT)
    assert refused.value.code == "list_stands"
    assert row.assigned.count() == 2


@pytest.mark.parametrize(("at", "code"), [
    (LOCKED_AT - timedelta(hours=1), "draw_before_lock"),
    (datetime(2026, 3, 1, tzinfo=UTC), "draw_too_late"),
])  # fmt: skip
def test_a_list_whose_draw_came_before_the_lock_or_after_the_index_date_is_refused(running, at, code):
    row = locked(running, WAITING)
    with pytest.raises(Refusal) as refused:
        hand_in(row=row, listed=a_list(running, drawn_at=at), by=running.lena, at=AT)
    assert refused.value.code == code
    assert not row.assigned.exists()


def test_an_empty_list_is_refused(running):
    with pytest.raises(Refusal) as refused:
        hand_in(row=locked(running, WAITING), listed=Listed([]), by=running.lena, at=AT)
    assert refused.value.code == "list_empty"


def test_a_school_has_begun_when_half_of_those_listed_at_it_were_offered(running):
    pals, row = running.pals, locked(running, Choosing(**{name: getattr(CHOSEN, name) for name in CHOSEN.__slots__}
                                                       | {"design": "rollout"}))  # fmt: skip
    hand_in(row=row, listed=a_list(running), by=running.lena, at=AT)
    begun = first_offered(row, date(2026, 4, 1))
    assert begun == {pals.place("bjork"): STARTS - timedelta(days=1)}


def test_what_the_sub_project_decided_to_do_otherwise_is_a_departure(running):
    row = locked(running)
    Deviation.objects.create(sub_project=running.project, what="Färre träffar", decision="Hälften så många",
                             role="sub_project_leader", by=running.lena, at=AT)  # fmt: skip
    assert [(one.what, one.why) for one in departures_of(row)] == [("Färre träffar", "Hälften så många")]


def test_the_list_of_a_sub_projects_plan_tells_what_those_who_took_part_had(running):
    pals, row = running.pals, locked(running)
    day = plan_of(row).window.index_date
    given = Measure.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="study_coach", state="running", level="individual",
        intent="remedial", reach="intensive", starts=day, owner="x", planned_dose=10, by=pals.asa, at=LOCKED_AT,
    )  # fmt: skip
    for on, times in ((day + timedelta(days=9), 3), (date(2026, 4, 9), 5)):  # the second comes after the plan's time
        Dose.objects.create(measure=given, pupil=pals.mira, on=on, times=times, by=pals.asa, at=AT)
    takes_part(running, pals.mira, measure=given)
    for pupil, offered in ((pals.mira, True), (pals.ali, False)):
        Assigned.objects.create(plan=row, source=SOURCE, pupil=pupil, offered=offered, decided_on=day)
    found = {one.pop("pupil"): one for one in decisions_of(row, plan_of(row)).to_dicts()}
    assert (found[pals.mira]["taken_up"], found[pals.mira]["times"], found[pals.mira]["planned"]) == (True, 3, 10)
    assert (found[pals.ali]["offered"], found[pals.ali]["taken_up"], found[pals.ali]["times"]) == (False, None, None)


@pytest.mark.parametrize("listed", [True, False])
def test_how_far_those_who_took_part_had_the_method_is_told_whether_they_are_listed_or_not(running, listed):
    """Mira's measure follows three points, Noor's none, and Ali was offered nothing: his marks are nobody's help. The
    last word by the plan's last day stands, and what is unknown is no answer."""
    pals, row = running.pals, locked(running)
    day, closes = plan_of(row).window.index_date, plan_of(row).window.closes
    points = "Samma vuxen\nTvå gånger i veckan\nFöre första lektionen"
    had = {
        pupil: Measure.objects.create(
            pupil=pupil, school=pals.place("bjork"), kind="study_coach", state="running", level="individual",
            intent="remedial", reach="intensive", starts=day, owner="x", method=follows and "morgonstart",
            fidelity=follows, by=pals.asa, at=LOCKED_AT,
        )
        for pupil, follows in ((pals.mira, points), (pals.noor, ""), (pals.ali, points))
    }  # fmt: skip
    early, late = (datetime(on.year, on.month, on.day, 9, tzinfo=UTC) for on in (closes, closes + timedelta(days=1)))
    marks = [(pals.mira, 0, "no", LOCKED_AT), (pals.mira, 0, "partly", early), (pals.mira, 1, "unknown", early),
             (pals.mira, 2, "yes", late), (pals.ali, 0, "yes", early)]  # fmt: skip
    for pupil, point, said, at in marks:
        PointMark.objects.create(measure=had[pupil], pupil=pupil, point=point, followed=said, by=pals.asa, at=at)
    offered = (pals.mira, pals.noor)
    for pupil in offered:
        takes_part(running, pupil, measure=had[pupil])
    if listed:
        takes_part(running, pals.ali, measure=had[pals.ali])
        for pupil in had:
            Assigned.objects.create(plan=row, source=SOURCE, pupil=pupil, offered=pupil in offered, decided_on=day)
    found = {one["pupil"]: [one[name] for name in POINTS] for one in decisions_of(row, plan_of(row)).to_dicts()}
    assert (found.pop(pals.mira), found.pop(pals.noor)) == ([3, 1, 0, 1], [None] * 4)
    assert found == ({pals.ali: [None] * 4} if listed else {})


def test_a_start_in_steps_is_the_day_when_somebody_of_each_school_first_took_part(running):
    row = locked(running, replace(CHOSEN, design="rollout"))
    takes_part(running, running.pals.noor, start_date=STARTS + timedelta(days=9))
    takes_part(running, running.pals.mira, start_date=STARTS + timedelta(days=2))
    assert decisions_of(row, plan_of(row)).to_dicts() == [
        {"organisation": "bjork", "started_on": STARTS + timedelta(days=2)}
    ]
