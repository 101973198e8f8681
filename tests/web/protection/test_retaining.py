"""Deciding how long documents are kept, and keeping somebody's longer."""

import pytest

from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.protection.models import LegalHold, RetentionRule


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


DECIDED = {"months": "24", "since": "2026-04-23", "why": "Beslut 2026/12."}


def test_the_administrator_decides_and_the_officer_reads(adam, dag, pals):
    assert adam.post("/gallring/regel/lessons/", DECIDED).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.name, rule.months, rule.by, rule.why) == ("lessons", 24, pals.adam, "Beslut 2026/12.")
    assert AuditEvent.objects.filter(action="decide_retention", by=pals.adam, about="lessons").exists()
    page = text_of(dag.get("/gallring/"))
    assert "Beslut av Adam, gäller från" in page
    assert dag.get("/gallring/regel/lessons/").status_code == 404
    assert "24 månader" in text_of(adam.get("/gallring/regel/lessons/"))


def test_the_record_of_processing_says_what_is_decided(adam, dag):
    adam.post("/gallring/regel/signals/", DECIDED)
    assert "24 månader, sedan gallras det" in text_of(dag.get("/behandlingar/"))
    assert "24 månader, sedan gallras det" in dag.get("/behandlingar/?format=csv").content.decode()


@pytest.mark.parametrize(
    "change",
    [{"months": "0"}, {"months": "601"}, {"months": "tolv"}, {"months": "-1"}, {"months": "²"}, {"since": "2026-04-22"},
     {"since": "i dag"}, {"why": ""}, {"why": "x" * 501}],
)  # fmt: skip
def test_what_can_not_be_decided_is_refused(adam, change):
    assert adam.post("/gallring/regel/lessons/", DECIDED | change).status_code == 422
    assert not RetentionRule.objects.exists()


@pytest.mark.parametrize("name", ["visits", "finns-inte"])
def test_the_logs_have_no_rule_to_decide(adam, name):
    assert adam.get(f"/gallring/regel/{name}/").status_code == 404
    assert adam.post(f"/gallring/regel/{name}/", DECIDED).status_code == 404


def test_a_hold_is_answered_alike_for_somebody_and_nobody(dag, pals):
    for pupil in (pals.mira, "0123456789abcdef"):
        answer = dag.post("/gallring/undantag/ny/", {"pupil": pupil, "why": "Tvist.", "until": ""})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/gallring/")
    assert LegalHold.objects.count() == 2


@pytest.mark.parametrize(
    "change", [{"pupil": "mira"}, {"pupil": "miraxxxxxxxxxxx'"}, {"why": " "}, {"until": "2026-04-22"}]
)
def test_a_hold_that_can_not_be_is_refused(dag, pals, change):
    form = {"pupil": pals.mira, "why": "Tvist.", "until": ""} | change
    assert dag.post("/gallring/undantag/ny/", form).status_code == 422
    assert not LegalHold.objects.exists()


def test_a_hold_is_lifted_once_and_with_a_reason(dag, adam, pals):
    dag.post("/gallring/undantag/ny/", {"pupil": pals.mira, "why": "Tvist.", "until": "2026-12-31"})
    here = f"/gallring/undantag/{LegalHold.objects.get().pk}/"
    assert pals.mira in text_of(dag.get("/gallring/"))
    assert adam.post(here, {"why": ""}).status_code == 422
    assert adam.post(here, {"why": "Tvisten är över."}).status_code == 302
    assert adam.post(here, {"why": "Igen."}).status_code == 404
    assert pals.mira not in text_of(dag.get("/gallring/"))
    assert LegalHold.objects.get().lifted_by == pals.adam
