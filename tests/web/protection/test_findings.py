"""The night finds what to ask about, once; a person judges it with a reason, and it stays judged."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now

from pluginnovation.privacy.anomalies import EMERGENCY, OFF_HOURS, OUTSIDE, RELATIVE
from pluginnovation.web.people.models import AuditEvent, Responsible
from pluginnovation.web.people.sink import hide
from pluginnovation.web.protection.finding import look_at_visits
from pluginnovation.web.protection.models import Anomaly
from tests.pals import TODAY, code_of

NIGHT = datetime(2026, 4, 22, 23, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
YESTERDAY = TODAY - timedelta(days=1)


def found() -> list[tuple[str, str, int]]:
    return list(Anomaly.objects.order_by("id").values_list("rule", "viewer__name", "n"))


def test_a_staff_member_who_opens_an_own_child_is_found(pals, looked):
    Responsible.objects.create(pupil_id=pals.mira, responsible_id=code_of("asa"), relation_type="Vårdnadshavare")
    looked(pals.asa, pals.mira, days=1)
    looked(pals.asa, pals.noor, days=1)
    looked(pals.petra, pals.mira, days=1)
    assert look_at_visits(until=YESTERDAY, at=now()) == 1
    assert found() == [(RELATIVE, "Åsa Dahl", 1)]
    assert Anomaly.objects.get().pupil == pals.mira


def test_own_groups_are_told_from_others(pals, looked):
    for number in range(30):
        looked(pals.asa, f"other{number:011}", days=1)
    for pupil in (pals.mira, pals.noor):
        looked(pals.asa, pupil, days=1)
    look_at_visits(until=YESTERDAY, at=now())
    assert found() == [(OUTSIDE, "Åsa Dahl", 30)]


def test_nights_in_local_time_and_emergencies_are_found(pals, looked):
    for pupil in (pals.mira, pals.noor, pals.ali):
        looked(pals.asa, pupil, at=NIGHT)
    looked(pals.tova, pals.sixten, days=1, reach="emergency")
    look_at_visits(until=YESTERDAY, at=now())
    assert found() == [(EMERGENCY, "Tova Lind", 1), (OFF_HOURS, "Åsa Dahl", 3)]


def test_a_second_night_finds_the_same_once_and_leaves_the_judged_alone(pals, looked, dag):
    for pupil in (pals.mira, pals.noor, pals.ali):
        looked(pals.asa, pupil, at=NIGHT)
    look_at_visits(until=YESTERDAY, at=now())
    number = Anomaly.objects.get().pk
    assert dag.post(f"/avvikelser/{number}/", {"why": "Jour den kvällen."}).status_code == 302
    assert look_at_visits(until=TODAY, at=now()) == 0
    assert Anomaly.objects.get().why == "Jour den kvällen."


def test_judging_needs_a_reason_and_is_written_in_the_audit(pals, dag):
    one = Anomaly.objects.create(rule=OFF_HOURS, viewer=pals.asa, role="mentor", day=YESTERDAY, n=3, found_at=now())
    for why in ("", "   ", "x" * 501):
        assert dag.post(f"/avvikelser/{one.pk}/", {"why": why}).status_code == 422
    assert dag.post(f"/avvikelser/{one.pk}/", {"why": "Jour."}).status_code == 302
    assert dag.post(f"/avvikelser/{one.pk}/", {"why": "En gång till."}).status_code == 422
    one.refresh_from_db()
    assert (one.judged_by, one.why) == (pals.dag, "Jour.")
    assert AuditEvent.objects.filter(action="judge_anomaly", by=pals.dag, about=str(one.pk)).count() == 1


def test_a_judged_one_leaves_the_list_of_the_waiting(pals, dag):
    Anomaly.objects.create(
        rule=OFF_HOURS, viewer=pals.asa, role="mentor", day=YESTERDAY, n=3, found_at=now(), why="Jour.",
        judged_by=pals.dag, judged_at=now(),
    )  # fmt: skip
    assert "Åsa Dahl" not in dag.get("/avvikelser/").content.decode()
    assert "Åsa Dahl" in dag.get("/avvikelser/?visa=bedomda").content.decode()
    assert "Jour." in dag.get("/avvikelser/?visa=bedomda&format=csv").content.decode()


def test_a_finding_about_a_pupil_goes_when_the_pupil_is_hidden(pals):
    values = {"viewer": pals.asa, "role": "mentor", "day": YESTERDAY, "n": 1, "found_at": now()}
    Anomaly.objects.create(rule=RELATIVE, pupil=pals.mira, **values)
    Anomaly.objects.create(rule=RELATIVE, pupil=pals.noor, **values)
    hide([pals.mira])
    assert [one.pupil for one in Anomaly.objects.all()] == [pals.noor]


@pytest.mark.parametrize("path", ["/avvikelser/?regel=finns-inte&visa=x", "/avvikelser/?sida=-1"])
def test_a_strange_question_is_answered_with_the_whole_list(dag, path):
    assert dag.get(path).status_code == 200
