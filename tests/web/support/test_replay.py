"""The made-up adults' help is done again through the ordinary actions: dated, once, and only what could be done."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pluginnovation import web
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import AuditEvent, Duty, Organisation
from pluginnovation.web.signals.models import SignalChange
from pluginnovation.web.support.models import Case, Dose, Measure, NextStep, PointMark
from pluginnovation.web.support.replaying import followed, measures_since, replay_measures
from pluginnovation.web.support.replaying_cases import help_again
from pluginnovation.web.support.replaying_points import POINTS
from pluginnovation.web.support.time_told import EVERYTHING, school_time
from tests.pals import SOURCE, TODAY, Pals

SINCE = date(2026, 1, 1)


def begun(pupil: str, on: str, *, by: str = "asa", method: str = "mentor_talk", **more: Any) -> dict[str, Any]:
    return {
        "id": f"s-{pupil}-{on}", "type": "measure_started", "at": f"{on}T08:00:00Z", "by": f"id-{by}",
        "pupil": f"id-{pupil}", "measure": f"m-{pupil}-{on}", "method": method, "intent": "preventive",
        "reach": "targeted", "level": "individual", "planned_dose": 6, "signal": "absence_28d",
    } | more  # fmt: skip


def later(event: dict[str, Any], on: str, **more: Any) -> dict[str, Any]:
    kept = {key: event[key] for key in ("by", "pupil", "measure")}
    kind = "measure_ended" if "reason" in more else "dose_delivered"
    return kept | {"id": f"{kind}-{event['measure']}-{on}", "type": kind, "at": f"{on}T09:00:00Z"} | more


START = begun("mira", "2026-02-09")
TERM = [
    START,
    later(START, "2026-03-20", dose=4, planned_dose=6),
    later(START, "2026-04-10", reason="completed", delivered_dose=4),
]


def test_a_measure_is_begun_given_and_ended_on_its_days(pals: Pals) -> None:
    done = replay_measures(TERM, SOURCE)
    assert (done.started, done.given, done.ended, done.passed_over) == (1, 1, 1, 0)
    measure = Measure.objects.get()
    assert (measure.pupil, measure.school, measure.owner) == (pals.mira, pals.place("bjork"), str(pals.asa.person_id))
    assert (measure.starts, measure.ended_on) == (date(2026, 2, 9), date(2026, 4, 10))
    assert (measure.owner_role, measure.state, measure.end_reason) == ("mentor", "ended", "completed")
    assert (Dose.objects.get().times, Dose.objects.get().on) == (4, date(2026, 3, 20))
    assert AuditEvent.objects.filter(action="start_measure", by=pals.asa).count() == 1


def test_a_sub_projects_work_with_whole_classes_is_no_pupils_measure() -> None:
    alone = begun("mira", "2026-02-09", method="class_climate")
    together = begun("noor", "2026-02-09", method="class_climate", sub_project="class_climate")
    coached = begun("ali", "2026-02-09", method="study_coach", sub_project="study_coach")
    listed = [alone, together, later(together, "2026-03-20", dose=1, planned_dose=3), coached]
    assert measures_since(listed, SINCE) == [alone, coached]


def test_begun_again_nothing_is_done_twice(pals: Pals) -> None:
    replay_measures(TERM, SOURCE)
    done = replay_measures(TERM, SOURCE)
    assert (done.started, done.given, done.ended) == (0, 0, 0)
    assert (Measure.objects.count(), Dose.objects.count()) == (1, 1)


def following(method: str) -> dict[str, Any]:
    """A measure of those that follow their kind's method, which every other one does."""
    starts = (begun("mira", "2026-02-09", method=method, measure=f"m-{number}") for number in range(20))
    return next(event for event in starts if followed(event))


@pytest.mark.parametrize("method", ["attendance_team", "study_coach"])
def test_some_points_of_a_cases_method_are_marked_once_when_something_was_given(pals: Pals, method: str) -> None:
    case = Case.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="support_investigation", state="programme", by=pals.petra,
        opened_at=datetime(2026, 2, 2, 9, tzinfo=UTC), at=datetime(2026, 2, 2, 9, tzinfo=UTC),
    )  # fmt: skip
    start = following(method)
    first, second = (later(start, on, dose=2, planned_dose=6) for on in ("2026-03-02", "2026-03-20"))
    replay_measures([start], SOURCE, cases={start["measure"]: case.pk})
    assert Measure.objects.get().fidelity_points == list(POINTS[followed(start)]) != []
    assert not PointMark.objects.exists()
    for _ in range(2):
        replay_measures([start, first, second], SOURCE, cases={start["measure"]: case.pk})
    marks = list(PointMark.objects.values_list("point", "at", "by"))
    assert 0 < len({point for point, *_rest in marks}) == len(marks) <= len(POINTS[followed(start)])
    assert {(at.date(), by) for _point, at, by in marks} == {(date(2026, 3, 2), pals.asa.pk)}
    assert AuditEvent.objects.filter(action="mark_points", by=pals.asa).count() == 1


def test_a_measure_outside_a_case_has_no_points_to_mark(pals: Pals) -> None:
    start = following("study_coach")
    replay_measures([start, later(start, "2026-03-02", dose=2, planned_dose=6)], SOURCE)
    assert Measure.objects.get().fidelity == "" and not PointMark.objects.exists()


@pytest.mark.parametrize("method", POINTS)
def test_the_points_are_those_of_the_pages_that_come_along_with_the_hub(method: str) -> None:
    page = Path(web.__file__).parent / "knowledge" / "content" / "methods" / f"{method}.toml"
    assert list(POINTS[method]) == tomllib.loads(page.read_text(encoding="utf-8"))["sv"]["fidelity"]


@pytest.mark.parametrize(
    "event",
    [
        begun("mira", "2026-02-09", by="nobody"),
        begun("nobody", "2026-02-09"),
        begun("kaj", "2026-02-09"),  # protected
        begun("mira", "2026-02-09", method="nonsense"),
        later(START, "2026-03-20", dose=4, planned_dose=6),  # of a measure that never began
    ],
)
def test_what_could_not_be_done_is_passed_over(pals: Pals, event: dict[str, Any]) -> None:
    assert replay_measures([event], SOURCE).passed_over == 1
    assert not Measure.objects.exists()


def test_somebody_without_a_duty_does_nothing(pals: Pals) -> None:
    Duty.objects.filter(person=str(pals.asa.person_id)).update(end_date=TODAY - timedelta(days=1))
    assert replay_measures(TERM, SOURCE).passed_over == 3


def test_measures_are_followed_from_their_beginning() -> None:
    early = begun("noor", "2025-11-03")
    events = [early, *TERM, later(early, "2026-04-20", reason="completed", delivered_dose=1)]
    assert measures_since(events, SINCE) == TERM


def test_every_time_to_action_of_a_replayed_term_is_that_of_an_independent_calculation(pals: Pals) -> None:
    raised = {("mira", "2026-02-02"): None, ("noor", "2026-02-02"): "2026-03-02", ("ali", "2026-03-16"): None,
              ("mira", "2025-10-06"): "2025-11-03"}  # fmt: skip
    for (pupil, on), ended in raised.items():
        for day, before, after in [(on, 0, 1), *([(ended, 1, 0)] if ended else [])]:
            SignalChange.objects.create(
                source=SOURCE, pupil=getattr(pals, pupil), signal="absence_28d", as_of=day, before=before, after=after
            )
    events = [
        begun("ali", "2026-01-12", by="sam"), begun("mira", "2026-02-09"), begun("mira", "2026-02-20"),
        begun("noor", "2026-03-09"), begun("ali", "2026-04-20", by="sam"),
    ]  # fmt: skip
    replay_measures(events, SOURCE)

    duty = next(one for one in duties_of(pals.petra, TODAY) if one.role == "principal")
    told = school_time(duty, Organisation.objects.get(code=pals.place("bjork")), EVERYTHING, TODAY)
    found = {(one.pupil, f"{one.wait.spell.began}"): (one.wait.days, bool(one.wait.what)) for one in told.waits}
    by_hand = {}
    for (pupil, on), ended in raised.items():
        first, last = date.fromisoformat(on), date.fromisoformat(ended) if ended else TODAY
        days = [date.fromisoformat(one["at"][:10]) for one in events if one["pupil"] == f"id-{pupil}"]
        during = [day for day in days if first <= day <= last]
        by_hand[getattr(pals, pupil), on] = ((min(during, default=last) - first).days, bool(during))
    assert found == by_hand
    # And by eye: 7 days to the measure of 9 February, 28 and 28 without one, 35 to that of 20 April.
    assert sorted(found.values()) == [(7, True), (28, False), (28, False), (35, True)]


def coached(pals: Pals) -> dict[str, Any]:
    """A measure whose id gets a case: a study coach that answers a signal."""
    from zlib import crc32

    days = (date(2026, 2, 2) + timedelta(days=n) for n in range(40))
    on = next(f"{day}" for day in days if crc32(f"m-mira-{day}".encode()) % 3 == 0)
    return begun("mira", on, method="study_coach", intent="remedial", reach="intensive")


def test_a_case_is_opened_before_its_measure_supported_and_closed_with_it(pals: Pals) -> None:
    start = coached(pals)
    end = later(start, "2026-04-20", reason="completed", delivered_dose=3)
    help_again([start, end], SOURCE, since=SINCE, raised_since=SINCE)
    case = Case.objects.get()
    assert (case.pupil, case.kind, case.state) == (pals.mira, "support", "closed")
    assert case.opened_at < Measure.objects.get().at < datetime.fromisoformat(end["at"]) < case.closed_at
    assert Measure.objects.get().case == case
    assert case.follow_ups.count() == 3
    assert (case.goals.count(), case.texts.count()) == (1, 2)


def test_what_was_raised_to_pupil_health_waits_there_and_what_goes_on_has_a_promise(pals: Pals) -> None:
    raised = {
        "id": "a-1", "type": "answer", "at": "2026-04-20T08:00:00Z", "by": "id-asa", "pupil": "id-noor",
        "signal": "absence_28d", "signal_on": "2026-04-13", "answer": "known", "action": "pupil_health",
    }  # fmt: skip
    going = begun("mira", "2026-03-09")
    for _time in range(2):
        help_again([going, raised], SOURCE, since=SINCE, raised_since=SINCE)
    case = Case.objects.get()
    assert (case.pupil, case.state, case.owner_role) == (pals.noor, "assessed", "pupil_health")
    promised = NextStep.objects.get()
    assert (promised.pupil, promised.owner) == (pals.mira, str(pals.asa.person_id))
    assert abs((promised.due - TODAY).days) <= 20
