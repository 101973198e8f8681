"""The sub-project's own page, its goals, risks, deviations and documents."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pluginnovation.web.people.models import AuditEvent, Duty
from pluginnovation.web.projects import logged
from pluginnovation.web.projects.goals_counted import told_of, window_sums
from pluginnovation.web.projects.models import Deviation, Document, Goal, GoalFigures, GoalReading, Risk, SubProject
from tests.pals import TODAY, Pals
from tests.unit.records.test_sent_files import PDF
from tests.web.projects.analysed import AT, counted_at, sub_project_at

Visiting = Callable[..., Any]
NOW_AND_BEFORE = {
    "mondays": {
        "before": {"value": 17_000, "n": 48, "low": 14_000, "high": 20_000},
        "now": {"value": 12_000, "n": 48, "low": 8_000, "high": 16_000},
    }
}


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def led(pals: Pals) -> SubProject:
    """Björkskolan's sub-project, which Charlie leads."""
    found = sub_project_at(pals, leader=pals.charlie)
    Duty.objects.create(user=pals.charlie, role="sub_project_leader", sub_project=found.pk, start_date=AT.date())
    return found


def at(found: SubProject, more: str = "") -> str:
    return f"/delprojekt/{found.pk}/{more}"


def goal_set(visit_as: Visiting, pals: Pals, led: SubProject, **more: str) -> Any:
    said = {"text": "Frånvaro på måndagar", "indicator": "mondays", "target": "9", "by_when": "2027-06-01", "split": ""}
    return visit_as(pals.charlie, at(led, "mal/nytt/number/"), **(said | more))


def counted(led: SubProject, **document: Any) -> None:
    told = {"n": 50, "known": 48, "indicators": NOW_AND_BEFORE, "parts": {}} | document
    GoalFigures.objects.create(sub_project=led, as_of=TODAY, made_at=AT, document=told)


def test_the_page_says_what_the_register_says_of_the_goal(visit_as: Visiting, pals: Pals, led: SubProject) -> None:
    counted_at(pals)
    assert goal_set(visit_as, pals, led).status_code == 302
    assert "Okänt. Inget är avläst än." in text_of(visit_as(pals.charlie, at(led)))
    counted(led)
    text = text_of(visit_as(pals.charlie, at(led)))
    assert "Frånvaro på måndagar: från 17 % till 12 %." in text
    assert "På väg mot målet: utgångsläget ligger utanför intervallet." in text
    assert "<b>12 %</b> (8–16)" in text
    for who in (pals.rut, pals.petra):
        assert "från 17 % till 12 %" in text_of(visit_as(who, at(led)))
    assert AuditEvent.objects.filter(action="set_project_goal", by=pals.charlie).exists()


def test_a_goal_without_baseline_is_answered_and_one_with_few_participants_is_hidden(
    visit_as: Visiting, pals: Pals, led: SubProject
) -> None:
    goal_set(visit_as, pals, led)
    only_now = {"mondays": {"before": None, "now": NOW_AND_BEFORE["mondays"]["now"]}}
    counted(led, indicators=only_now)
    assert "Målet saknar utgångsläge" in text_of(visit_as(pals.charlie, at(led, "mal/")))
    GoalFigures.objects.all().delete()
    GoalFigures.objects.create(sub_project=led, as_of=TODAY, made_at=AT, document={"few": True})
    text = text_of(visit_as(pals.charlie, at(led, "mal/")))
    assert "Färre än tio deltagare har uppgifter, så siffran visas inte." in text


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("number", {"target": ""}, "Skriv ett målvärde."),
        ("number", {"baseline": "5", "target": "9"}, "Målet är sämre än utgångsläget."),
        ("number", {"target": "nio"}, "Skriv ett tal"),
        ("number", {"by_when": "2026-01-01"}, "Slutdatumet har redan varit."),
        ("number", {"split": "origin"}, "Inget är sparat."),
        ("scale", {"target": "7"}, "På skalan går talen från 1 till 5."),
        ("text", {"text_target": ""}, "Skriv något här."),
    ],
)
def test_a_goal_that_cant_be_is_refused(
    visit_as: Visiting, pals: Pals, led: SubProject, kind: str, form: dict[str, str], words: str
) -> None:
    said = {"text": "Mål", "target": "3", "by_when": "2027-06-01", "text_target": "Så", "indicator": "mondays"}
    said |= {"split": ""}
    answer = visit_as(pals.charlie, at(led, f"mal/nytt/{kind}/"), **(said | form))
    assert words in text_of(answer, 422)
    assert not Goal.objects.exists()


def test_goals_on_a_scale_and_in_words_are_read_off_by_hand_and_ended(
    visit_as: Visiting, pals: Pals, led: SubProject
) -> None:
    said = {"text": "Jag trivs", "baseline": "2,5", "baseline_n": "30", "target": "4", "by_when": "2027-06-01"}
    assert visit_as(pals.charlie, at(led, "mal/nytt/scale/"), **said).status_code == 302
    goal = Goal.objects.get()
    read = at(led, f"mal/{goal.pk}/las-av/")
    assert visit_as(pals.charlie, read, on="2026-05-01", value="3", n="20").status_code == 422
    assert visit_as(pals.charlie, read, on="2026-04-20", value="6", n="20").status_code == 422
    assert visit_as(pals.charlie, read, on="2026-04-20", value="3,5", n="20", text="").status_code == 302
    assert GoalReading.objects.count() == 1
    text = text_of(visit_as(pals.charlie, at(led, "mal/")))
    assert "Det kan vara slump" in text
    assert visit_as(pals.charlie, at(led, f"mal/{goal.pk}/slut/"), nu="1").status_code == 302
    assert "Avslutade mål" in text_of(visit_as(pals.charlie, at(led, "mal/")))
    assert visit_as(pals.charlie, read, on="2026-04-20", value="3,5", n="20").status_code == 404


def test_risks_deviations_and_documents_are_logged_by_the_leader_alone(
    visit_as: Visiting, pals: Pals, led: SubProject
) -> None:
    risk = {"what": "Vikarie saknas", "likely": "2", "serious": "3", "owner_role": "principal"}
    assert visit_as(pals.charlie, at(led, "risker/"), **risk).status_code == 302
    assert visit_as(pals.charlie, at(led, "risker/"), **(risk | {"likely": "9"})).status_code == 422
    assert visit_as(pals.rut, at(led, "risker/"), **risk).status_code == 404
    found = Risk.objects.get()
    assert visit_as(pals.charlie, at(led, f"risker/{found.pk}/over/"), why="Löst").status_code == 302
    deviation = {"what": "Starten blev sen", "decision": "Vi förlänger en vecka"}
    assert visit_as(pals.charlie, at(led, "avvikelser/"), **deviation).status_code == 302
    assert Deviation.objects.get().role == "sub_project_leader"
    text = text_of(visit_as(pals.rut, at(led)))
    assert "Vi förlänger en vecka" in text
    assert "Ingen risk är skriven." in text
    assert "Löst" in text_of(visit_as(pals.rut, at(led, "risker/")))


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [("plan.pdf", PDF, True), ("plan.pdf", b"MZ", False), ("plan.html", b"<script>", False),
     ("tom.txt", b"", False)],
)  # fmt: skip
def test_a_file_is_taken_when_it_is_what_it_says(
    pals: Pals, led: SubProject, name: str, content: bytes, taken: bool
) -> None:
    client = Client()
    client.force_login(pals.charlie)
    form = {"name": "Plan", "text": "", "file": SimpleUploadedFile(name, content)}
    answer = client.post(at(led, "dokument/"), form)
    assert answer.status_code == (302 if taken else 422)
    if taken:
        found = Document.objects.get()
        file = client.get(at(led, f"dokument/{found.pk}/"), {"fil": "1"})
        assert file.content == content
        assert file["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "sandbox" in file["Content-Security-Policy"]


def test_a_document_too_many_is_told_what_is_full_and_what_to_do(
    pals: Pals, visit_as: Visiting, led: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logged, "MOST_DOCUMENTS", 1)
    form = {"name": "Plan", "text": "Så gör vi."}
    assert visit_as(pals.charlie, at(led, "dokument/"), **form).status_code == 302
    full = text_of(visit_as(pals.charlie, at(led, "dokument/"), **form), 422)
    assert "Det finns redan 1, och fler får inte plats. Samla flera i ett dokument i stället." in full
    assert Document.objects.count() == 1


@pytest.mark.parametrize("who", ["asa", "omar", "adam", "dag", "kim"])
def test_whoever_it_isnt_for_finds_no_page(visit_as: Visiting, pals: Pals, led: SubProject, who: str) -> None:
    assert visit_as(getattr(pals, who), at(led)).status_code == 404


def test_the_list_leads_a_leader_on_and_tells_the_region_of_all(
    visit_as: Visiting, pals: Pals, led: SubProject
) -> None:
    assert visit_as(pals.charlie, "/delprojekt/").url == at(led)
    sub_project_at(pals, "alm")
    assert "Två delprojekt." in text_of(visit_as(pals.rut, "/delprojekt/"))
    assert "Almskolan" not in text_of(visit_as(pals.petra, "/delprojekt/"))


def days_of(pupils: int, away_before: int, away_now: int) -> pl.DataFrame:
    monday = date(2026, 1, 12)
    rows = [
        {"pupil": f"p{n}", "date": monday + timedelta(days=day), "offered": 100, "reported": 100, "excused": 0,
         "unexcused": (away_before if day < 28 else away_now) + n}
        for n in range(pupils) for day in range(56)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def test_participants_are_counted_together_before_they_began_and_now() -> None:
    starts = {f"p{n}": date(2026, 2, 9) for n in range(20)}
    sums = window_sums(days_of(20, 30, 10), starts, date(2026, 3, 8))
    document = told_of(sums, {"sex": {f"p{n}": "Man" if n < 10 else "Kvinna" for n in range(20)}})
    told = document["indicators"]["absence"]
    assert (told["before"]["value"], told["now"]["value"], told["now"]["n"]) == (39_500, 19_500, 20)
    assert set(document["parts"]["sex"]) == {"Man", "Kvinna"}
    few = told_of(window_sums(days_of(9, 30, 10), starts, date(2026, 3, 8)), {})
    assert few == {"few": True}
    uneven = told_of(sums, {"sex": {f"p{n}": "Man" if n < 9 else "Kvinna" for n in range(20)}})
    assert uneven["parts"]["sex"] == {}
