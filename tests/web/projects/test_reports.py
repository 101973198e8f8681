"""Reports: written beside the registers, handed in with the figures of that day, approved, printed, published."""

import json
import re
from datetime import date, timedelta
from zlib import decompressobj

import pytest

from pluginnovation.projects.reports import FINAL, INTERIM
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.projects.models import Claim, PartCounts, RegisterFigure, Report
from pluginnovation.web.projects.reporting import (
    Beginning,
    Claiming,
    approve,
    begin_report,
    claim,
    hand_in,
    publish,
    send_back,
    write_report,
)
from tests.pals import TODAY
from tests.web.projects.running import AT, STARTS, figure, takes_part

ANSWERS = {
    "goals_reached": "partly", "goals_text": "Frånvaron minskade.", "attendance": "better", "unexcused": "same",
    "grades": "not_measured", "mapped": "not_measured", "in_school": "not_measured", "worked": "Att samma vuxna mötte.",
    "did_not_work": "Sms på kvällen.",
}  # fmt: skip
LEADER, REGION = "sub_project_leader", "regional_lead"


@pytest.fixture
def draft(running):
    """A draft of the interim report; two figures are known, and one is of too few."""
    figure(running.project, "absence_share", (-8.0, -2.0))
    figure(running.project, "unexcused_share", (-1.0, 2.0))
    figure(running.project, "passes_share", (None, None), before=None, now=None, n=0, of=0, few=True)
    return begin_report(
        sub_project=running.project, beginning=Beginning(INTERIM, STARTS, TODAY), by=running.lena, at=AT
    )


def write(running, report, **said):
    return write_report(report=report, answers=said, seen=report.version, by=running.lena, at=AT)


def refused(act) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def test_not_measured_is_refused_where_the_registers_have_the_figure(running, draft):
    assert refused(lambda: write(running, draft, attendance="not_measured")) == "not_measured_is_wrong"
    claiming = Claiming("Närvaron är inte mätt.", "not_measured", "absence_share")
    assert refused(lambda: claim(report=draft, claiming=claiming, by=running.lena, at=AT)) == "not_measured_is_wrong"
    assert write(running, draft, grades="not_measured").answers["grades"] == "not_measured"


def test_two_who_write_at_once_notice_each_other(running, draft, visit_as):
    write(running, draft, worked="Det Lena skrev.")
    assert refused(lambda: write(running, draft, worked="Det andra.")) == "others_were_first"
    page = visit_as(running.lena, f"/rapporter/{draft.pk}/skriv/experience/", seen="0", worked="Det andra.")
    assert page.status_code == 409
    text = page.content.decode()
    assert "Det Lena skrev." in text
    assert "Det andra." in text
    assert 'name="seen" value="1"' in text


def test_what_is_missing_is_named_and_nothing_is_handed_in(running, draft, visit_as):
    page = visit_as(running.lena, f"/rapporter/{draft.pk}/lamna/", x="1")
    assert page.status_code == 422
    assert "Det saknas svar: Är målen nådda?" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_figures_of_the_day_stay_in_a_report_that_is_handed_in(running, draft, visit_as):
    report = write(running, draft, **ANSWERS)
    claim(report=report, claiming=Claiming("Måndagarna är bättre.", "better", "absence_share"), by=running.lena, at=AT)
    claim(report=report, claiming=Claiming("Eleverna trivs bättre."), by=running.lena, at=AT)
    report = hand_in(report=report, role=LEADER, by=running.lena, at=AT)
    assert list(Claim.objects.order_by("pk").values_list("verdict", flat=True)) == ["agrees", "not_registered"]
    RegisterFigure.objects.filter(measure="absence_share").update(low=1.0, high=3.0, before=5.0, now=9.0)
    page = visit_as(running.per, f"/rapporter/{report.pk}/").content.decode()
    assert "17,0 till 12,0\u00a0%, förändring −8,0 till −2,0; 48 av 50 deltagare." in page
    assert "Stämmer" in page
    assert "Mäts inte i registret" in page
    assert "Färre än tio deltagare har uppgifter, så siffran visas inte." in page
    assert refused(lambda: write(running, report, worked="Nytt.")) == "already_done"


def test_a_draft_is_the_sub_projects_own(running, draft, visit_as):
    assert visit_as(running.lena, f"/rapporter/{draft.pk}/").status_code == 200
    for who in (running.per, running.pals.rut, running.pals.petra):
        assert visit_as(who, f"/rapporter/{draft.pk}/").status_code == 404


def test_the_region_sends_back_and_approves_and_the_sub_project_publishes_by_choice(running, draft):
    rut, report = running.pals.rut, write(running, draft, **ANSWERS)
    assert refused(lambda: approve(report=report, role=REGION, by=rut, at=AT)) == "already_done"
    report = hand_in(report=report, role=LEADER, by=running.lena, at=AT)
    assert refused(lambda: approve(report=report, role="process_leader", by=running.per, at=AT)) == "not_yours"
    report = send_back(report=report, why="Berätta mer om målen.", role=REGION, by=rut, at=AT)
    assert (report.state, report.submitted_at) == ("draft", None)
    report = hand_in(report=report, role=LEADER, by=running.lena, at=AT)
    report = approve(report=report, role=REGION, by=rut, at=AT)
    assert refused(lambda: publish(report=report, role=REGION, by=rut, at=AT)) == "not_yours"
    assert publish(report=report, role=LEADER, by=running.lena, at=AT).state == "published"


def test_two_people_stand_behind_a_published_report(running, draft):
    """Somebody with both duties neither approves what they handed in nor publishes what they approved."""
    rut, lena = running.pals.rut, running.lena
    report = hand_in(report=write(running, draft, **ANSWERS), role=LEADER, by=rut, at=AT)
    assert refused(lambda: approve(report=report, role=REGION, by=rut, at=AT)) == "own_report"
    report = approve(report=report, role=REGION, by=lena, at=AT)
    assert refused(lambda: publish(report=report, role=LEADER, by=lena, at=AT)) == "own_report"
    assert Report.objects.get(pk=report.pk).published is None
    assert publish(report=report, role=LEADER, by=rut, at=AT).state == "published"


def test_a_published_document_has_no_person_and_no_small_number(running, draft, visit_as):
    takes_part(running, running.pals.mira)
    report = write(running, draft, **ANSWERS)
    for move, role, by in (
        (hand_in, LEADER, running.lena),
        (approve, REGION, running.pals.rut),
        (publish, LEADER, running.lena),
    ):
        report = move(report=report, role=role, by=by, at=AT)
    answer = visit_as(running.per, f"/rapporter/{report.pk}/dokument/")
    document = json.loads(answer.content)
    assert [one["measure"] for one in document["figures"]] == ["absence_share", "unexcused_share"]
    assert document["figures"][0]["n"] == 48
    assert document["hidden"] == ["passes_share"]
    assert document["texts"]["worked"] == ANSWERS["worked"]
    for word in (running.pals.mira, "Mira", "Lena", running.pals.place("bjork")):
        assert word not in answer.content.decode()


def test_a_report_fills_itself_in_and_says_how_much(running, draft, visit_as):
    PartCounts.objects.create(
        sub_project=running.project, came=50, going_on=30, completed=20, early=0, moved=0, planned=400, given=260,
        points=150, points_known=120, points_followed=90, points_partly=20, as_of=TODAY, at=AT,
    )  # fmt: skip
    page = visit_as(running.lena, f"/rapporter/{draft.pk}/").content.decode()
    assert "13 av 19 siffror (68\u00a0%) fylldes i av sig själva." in page
    assert "En visas inte, eftersom färre än tio ligger bakom." in page


def test_there_is_one_final_report_and_it_asks_what_becomes_of_the_work(running, draft):
    begin = Beginning(FINAL, STARTS, TODAY)
    final = begin_report(sub_project=running.project, beginning=begin, by=running.lena, at=AT)
    again = lambda: begin_report(sub_project=running.project, beginning=begin, by=running.lena, at=AT)  # noqa: E731
    assert refused(again) == "already_done"
    final = write(running, final, **ANSWERS)
    assert refused(lambda: hand_in(report=final, role=LEADER, by=running.lena, at=AT)) == "report_missing"
    final = write(running, final, absorbed="partly", absorbed_owner="Biträdande rektor")
    assert hand_in(report=final, role=LEADER, by=running.lena, at=AT).state == "handed_in"


@pytest.mark.parametrize(
    ("kind", "last", "code"), [("yearly", TODAY, "not_offered"), (INTERIM, STARTS - timedelta(days=1), "day_wrong")]
)
def test_a_report_that_can_not_be_is_not_begun(running, kind, last, code):
    begin = Beginning(kind, STARTS, last)
    assert refused(lambda: begin_report(sub_project=running.project, beginning=begin, by=running.lena, at=AT)) == code


def test_every_section_can_be_written_and_is_led_on_to_the_next(running, draft, visit_as):
    page = visit_as(running.lena, f"/rapporter/{draft.pk}/skriv/participants/").content.decode()
    assert "Registret säger:" in page
    attendance = page.split('name="attendance"')
    assert len(attendance) == 5  # four choices: not measured isn't one of them
    answer = visit_as(running.lena, f"/rapporter/{draft.pk}/skriv/goals/", seen="0", goals_reached="partly", vidare="1")
    assert answer["Location"] == f"/rapporter/{draft.pk}/skriv/participants/"
    wrong = visit_as(running.lena, f"/rapporter/{draft.pk}/skriv/goals/", seen="1", goals_reached="perhaps")
    assert wrong.status_code == 422
    assert visit_as(running.lena, f"/rapporter/{draft.pk}/skriv/after/").status_code == 404


def test_the_paper_is_a_tagged_pdf_without_names_of_pupils(running, draft, visit_as):
    takes_part(running, running.pals.mira)
    answer = visit_as(running.lena, f"/rapporter/{draft.pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    streams = re.findall(rb"stream\r?\n(.*?)endstream", answer.content, re.DOTALL)
    told = answer.content + b"".join(decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang (sv)", b"pdfuaid"):
        assert part in told
    assert "Åkesson".encode("utf-16-be") not in told


def test_reports_that_wait_come_first_for_the_region(running, draft, visit_as):
    report = hand_in(report=write(running, draft, **ANSWERS), role=LEADER, by=running.lena, at=AT)
    page = visit_as(running.pals.rut, "/rapporter/").content.decode()
    assert "En rapport väntar på godkännande." in page
    assert visit_as(running.pals.rut, f"/rapporter/{report.pk}/godkann/", x="1").status_code == 302
    assert "Ingen rapport väntar på godkännande." in visit_as(running.per, "/rapporter/").content.decode()
    assert Report.objects.get().approved_at.date() == date(2026, 4, 23)
