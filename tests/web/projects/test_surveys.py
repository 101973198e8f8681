"""Anonymous surveys: opened by a school, answered by a link, read when closed and by ten or more."""

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.projects.models import Survey, SurveyAnswer
from pluginnovation.web.projects.surveys import limits
from pluginnovation.web.projects.surveys.kept import new_sheet
from tests.pals import Pals

Visiting = Callable[..., Any]


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


def at(pals: Pals, more: str = "") -> str:
    return f"/nulage/skola/{pals.place('bjork')}/enkat/{more}"


@pytest.fixture
def opened(visit_as: Visiting, pals: Pals) -> Survey:
    """A survey to pupils with two ready statements and one of the school's own."""
    client = Client()
    client.force_login(pals.petra)
    form = {
        "title": "Så har vi det",
        "days": "14",
        "fewest": "10",
        "pastaende": ["met", "missed"],
        "eget-1": "Bussen går",
    }
    assert client.post(at(pals, "ny/?till=pupils"), form).status_code == 302
    return Survey.objects.get()


def answered(survey: Survey, times: int) -> None:
    for one in range(times):
        SurveyAnswer.objects.create(id=uuid4(), survey=survey, answers={"met": "fully" if one else "not"})


def test_whoever_has_the_link_answers_once_without_leaving_a_trace(
    visit_as: Visiting, pals: Pals, opened: Survey
) -> None:
    events = AuditEvent.objects.count()
    client = Client()
    page = client.get(f"/enkat/{opened.key}/")
    assert "Du är anonym." in text_of(page)
    assert "Bussen går" in text_of(page)
    assert not page.cookies
    form = {"blad": new_sheet(opened), "svar-met": "fully", "svar-own-1": "not", "svar-name": "Mira", "namn": "Mira"}
    for _ in range(2):
        answer = client.post(f"/enkat/{opened.key}/", form)
        assert "Tack för dina svar" in text_of(answer)
        assert not answer.cookies
    row = SurveyAnswer.objects.get()
    assert row.answers == {"met": "fully", "own-1": "not"}
    assert {field.name for field in SurveyAnswer._meta.fields} == {"id", "survey", "answers"}
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"svar-met": "fully"}, "Sidan har legat öppen för länge."),
        ({"blad": "1.abc:def:ghi", "svar-met": "fully"}, "Sidan har legat öppen för länge."),
        ({"blad": "", "svar-met": "perhaps"}, "Inget är ifyllt."),
    ],
)
def test_a_sheet_that_isnt_ours_or_says_nothing_is_refused(opened: Survey, form: dict[str, str], words: str) -> None:
    sent = form | ({"blad": new_sheet(opened)} if form.get("blad") == "" else {})
    assert words in text_of(Client().post(f"/enkat/{opened.key}/", sent), 422)
    assert not SurveyAnswer.objects.exists()


def test_results_wait_for_the_end_and_for_ten_answers(visit_as: Visiting, pals: Pals, opened: Survey) -> None:
    page = at(pals, f"{opened.pk}/")
    answered(opened, 9)
    text = text_of(visit_as(pals.petra, page))
    assert "Nio har svarat." in text
    assert "svaren visas när den är stängd" in text
    assert f"/enkat/{opened.key}/" in text
    assert "<svg" in text
    assert visit_as(pals.petra, at(pals, f"{opened.pk}/stang/"), nu="1").status_code == 302
    assert "Det är färre än 10, så svaren visas inte." in text_of(visit_as(pals.petra, page))
    shut = Client().get(f"/enkat/{opened.key}/")
    assert "Enkäten är stängd" in text_of(shut, 410)
    answered(opened, 2)
    text = text_of(visit_as(pals.petra, page))
    assert "11 svar. Antal, inte procent" in text
    assert "Döljs: färre än tio svarade på det" in text


def test_a_survey_closes_by_itself_and_takes_no_late_answer(pals: Pals, opened: Survey) -> None:
    sheet = new_sheet(opened)
    with time_machine.travel("2026-05-08 10:00"):
        late = Client().post(f"/enkat/{opened.key}/", {"blad": sheet, "svar-met": "fully"})
        assert late.status_code == 410
    assert not SurveyAnswer.objects.exists()


def test_a_programme_that_fills_a_survey_is_stopped(opened: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 2)
    statuses = [
        Client().post(f"/enkat/{opened.key}/", {"blad": new_sheet(opened), "svar-met": "fully"}).status_code
        for _ in range(3)
    ]
    assert statuses == [200, 200, 429]
    assert SurveyAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"fewest": "3"}, "Inget är sparat."),
        ({"days": "90"}, "Inget är sparat."),
        ({"pastaende": []}, "Välj eller skriv minst ett påstående."),
        ({"eget-1": "a" * 161}, "Ett påstående får ha högst 160 tecken."),
    ],
)
def test_a_survey_that_cant_be_isnt_opened(pals: Pals, form: dict[str, Any], words: str) -> None:
    client = Client()
    client.force_login(pals.petra)
    said = {"title": "Vi", "days": "14", "fewest": "10", "pastaende": ["met"]}
    assert words in text_of(client.post(at(pals, "ny/?till=pupils"), said | form), 422)
    assert not Survey.objects.exists()


def test_nobody_guesses_an_address(pals: Pals) -> None:
    assert Client().get("/enkat/abcdefgh/").status_code == 404
