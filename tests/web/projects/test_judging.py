"""Screening, blind reviews and one decision, through the pages and as the database lets each role."""

import re
import zlib

import pytest
from django.db import transaction

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.projects.applying import send_in
from pluginnovation.web.projects.judging import Ruling, ask_reviewer, decide, declare, withdraw_review
from pluginnovation.web.projects.models import CallDecision, Review, ReviewSheet, SubProject
from tests.web.fenced import asking_by, seen
from tests.web.projects.called import NOW, filled_in, process_leader, reviewed

RULED = {"verdict": "grant", "grant": "40 000", "reasons": "Behovet är stort", "conditions": "Rapport i juni"}


@pytest.fixture
def sent(pals):
    return send_in(application=filled_in(pals), by=pals.petra, at=NOW)


def test_an_application_that_lacks_something_goes_back_and_can_be_sent_again(pals, visit_as, sent):
    there = f"/ansokningar/{sent.pk}/"
    told = {"check_1": "no", "verdict": "eligible", "text": ""}
    refused = visit_as(pals.rut, f"{there}villkor/", **told)
    assert refused.status_code == 422 and "alla villkor" in refused.content.decode()
    assert visit_as(pals.rut, f"{there}villkor/", **(told | {"verdict": "incomplete"})).status_code == 422
    back = told | {"verdict": "incomplete", "text": "Budgeten saknar resor"}
    assert visit_as(pals.rut, f"{there}villkor/", **back).status_code == 302
    assert "Budgeten saknar resor" in visit_as(pals.petra, there).content.decode()
    assert visit_as(pals.petra, f"{there}svar/1/", text="Mer", seen="1").status_code == 302
    assert visit_as(pals.petra, f"{there}skicka/", go="1").status_code == 302
    ok = {"check_1": "yes", "verdict": "eligible", "text": ""}
    assert visit_as(process_leader(), f"{there}villkor/", **ok).status_code == 302
    assert visit_as(pals.rut, f"{there}villkor/", **ok).status_code == 409


def test_two_review_blind_and_read_each_other_when_the_last_is_in(pals, visit_as, sent):
    pia, there = process_leader(), f"/ansokningar/{sent.pk}/"
    visit_as(pals.rut, f"{there}villkor/", check_1="yes", verdict="eligible", text="")
    for person in (pals.rut, pia):
        asked = visit_as(pals.rut, f"{there}granskare/", reviewer=str(person.pk))
        # Rut is asked herself, so her page is the question of a conflict from then on.
        assert asked.status_code == 302
        assert visit_as(person, there).headers["Location"] == f"{there}jav/"
        assert "Fler ska komma" not in visit_as(person, f"{there}jav/").content.decode()
        assert visit_as(person, f"{there}jav/", conflict="no", what="").status_code == 302
    sheet = {"text": "Ruts ord", "advice": "grant"}
    refused = visit_as(pals.rut, f"{there}granskning/", score_1="3", **sheet)
    assert refused.status_code == 422 and not ReviewSheet.objects.exists()
    assert visit_as(pals.rut, f"{there}granskning/", score_1="4", score_2="1", **sheet).status_code == 302
    assert "Ruts ord" not in visit_as(pia, there).content.decode()
    with asking_by(pia):
        assert seen("projects_reviewsheet", "text") == set()
    assert visit_as(pals.rut, f"{there}beslut/", **RULED).status_code == 409
    last = {"text": "Pias ord", "advice": "grant_less", "score_1": "2", "score_2": "2"}
    assert visit_as(pia, f"{there}granskning/", **last).status_code == 302
    page = visit_as(pals.rut, there).content.decode()
    assert "Pias ord" in page and "21 av 32" in page.replace("\u00a0", " ") and "långt isär" in page
    assert visit_as(pia, f"{there}granskning/", **last).status_code == 409
    assert "Pias ord" not in visit_as(pals.petra, there).content.decode()


def test_a_conflict_shuts_the_reviewer_out_and_is_not_a_decision_to_make(pals, visit_as, sent):
    there = f"/ansokningar/{sent.pk}/"
    visit_as(pals.rut, f"{there}villkor/", check_1="yes", verdict="eligible", text="")
    visit_as(pals.rut, f"{there}granskare/", reviewer=str(pals.rut.pk))
    assert visit_as(pals.rut, f"{there}jav/", conflict="yes", what="").status_code == 422
    assert visit_as(pals.rut, f"{there}jav/", conflict="yes", what="Min syster är rektor").status_code == 302
    page = visit_as(pals.rut, there).content.decode()
    assert "Du har anmält jäv" in page and "Fler ska komma" not in page
    assert visit_as(pals.rut, f"{there}granskning/").status_code == 404
    assert visit_as(pals.rut, f"{there}beslut/").status_code == 404
    assert visit_as(pals.rut, f"{there}jav/", conflict="no", what="").status_code == 409


def inflated(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_a_decision_makes_its_sub_project_and_its_letter(pals, visit_as):
    application = reviewed(pals)
    there = f"/ansokningar/{application.pk}/"
    assert visit_as(process_leader(), f"{there}beslut/", **RULED).status_code == 404
    much = visit_as(pals.rut, f"{there}beslut/", **(RULED | {"grant": "60 000"}))
    assert much.status_code == 422 and not CallDecision.objects.exists()
    assert visit_as(pals.rut, f"{there}beslut/", **(RULED | {"grant": ""})).status_code == 422
    assert visit_as(pals.rut, f"{there}beslut/", **RULED).status_code == 302
    made = SubProject.objects.get()
    assert (made.application, made.grant, made.own, made.state, made.school) == (
        application, 4_000_000, 5_000_000, "planned", pals.place("bjork"),
    )  # fmt: skip
    assert "Behovet är stort" in visit_as(pals.petra, there).content.decode()
    letter = visit_as(pals.petra, f"{there}beslut.pdf")
    assert letter.headers["Content-Type"] == "application/pdf"
    streams = re.findall(rb"stream\r?\n(.*?)\nendstream", letter.content, re.DOTALL)
    pdf = letter.content + b"".join(map(inflated, streams))
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang (sv)", b"pdfuaid"):
        assert part in pdf, part


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_of_theirs_is_done(pals, visit_as):
    application = reviewed(pals)
    decide(application=application, ruling=Ruling(None, "Nej", role="regional_lead"), by=pals.rut, at=NOW)
    second = visit_as(pals.rut, f"/ansokningar/{application.pk}/beslut/", **RULED)
    page = second.content.decode()
    assert second.status_code == 409 and "redan beslutat" in page
    assert "Nej" in page and "Behovet är stort" in page  # the one that stands, beside what was written
    assert not SubProject.objects.exists()
    with pytest.raises(Exception, match="unique"), transaction.atomic():
        CallDecision.objects.create(application=application, granted=False, reasons="x", by=pals.rut, at=NOW)


def test_a_review_is_asked_for_once_of_somebody_of_the_region_and_can_be_waited_for_no_more(pals, sent):
    from pluginnovation.web.projects.judging import Screened, screen

    screen(application=sent, screened=Screened({1: True}, "eligible", "", "regional_lead"), by=pals.rut, at=NOW)
    with pytest.raises(Refusal, match="can't be chosen"):
        ask_reviewer(application=sent, reviewer=pals.petra, by=pals.rut, at=NOW)
    review = ask_reviewer(application=sent, reviewer=pals.rut, by=pals.rut, at=NOW)
    with pytest.raises(Refusal, match="done already"):
        ask_reviewer(application=sent, reviewer=pals.rut, by=pals.rut, at=NOW)
    with pytest.raises(Refusal, match="your role"):
        declare(review=review, conflict=False, what="", by=process_leader(), at=NOW)
    withdraw_review(review=review, by=pals.rut, at=NOW)
    with pytest.raises(Refusal, match="done already"):
        withdraw_review(review=Review.objects.get(pk=review.pk), by=pals.rut, at=NOW)
