"""A report tells what its sub-project's locked plan has been answered: not yet, can't be told, or the estimate."""

import json
from dataclasses import replace

import pytest

from pluginnovation.evidence.result import bytes_of
from pluginnovation.web.evidence.models import Estimate, Lowering, StoredPlan
from pluginnovation.web.evidence.taking_over import take_over
from pluginnovation.web.projects.models import Report
from pluginnovation.web.projects.pages import report_deciding
from pluginnovation.web.projects.planning import lock_plan
from pluginnovation.web.projects.published import document_of
from pluginnovation.web.projects.reporting import Beginning, begin_report, hand_in, write_report
from tests.web.evidence.kept import FOUND, GRADE
from tests.web.evidence.test_taking_over import CHOSEN, LOCKED_AT
from tests.web.projects.running import AT, STARTS, Running, set_up
from tests.web.projects.test_reports import ANSWERS, LEADER

SAID = {"said_sv": "Frånvaron blev lägre. Det vilar på lottningen.", "said_en": "Absence fell. It rests on the draw."}


@pytest.fixture
def running(pals) -> Running:
    return set_up(pals)


def drafted(running) -> Report:
    beginning = Beginning("interim", STARTS, AT.date())
    return begin_report(sub_project=running.project, beginning=beginning, by=running.lena, at=AT)


def locked(running) -> None:
    lock_plan(sub_project=running.project, choosing=CHOSEN, by=running.lena, at=LOCKED_AT)


def estimated(found=FOUND, grade=None) -> Estimate:
    take_over(at=AT)
    return Estimate.objects.create(
        plan=StoredPlan.objects.get(), as_of=AT.date(), result=bytes_of(found).decode(), grade=grade or GRADE,
        not_enrolled=0, disposed=0, engine="1", at=AT, **SAID,
    )  # fmt: skip


def section(page: str) -> str:
    return page.split('aria-labelledby="effekt"')[1].split("</section>")[0].replace("\xa0", " ")


def seen(running, visit_as, report) -> str:
    return section(visit_as(running.lena, f"/rapporter/{report.pk}/").content.decode())


def test_without_a_plan_and_before_an_answer_the_report_says_so(running, visit_as):
    report = drafted(running)
    assert "Ingen plan är låst" in seen(running, visit_as, report)
    locked(running)
    said = seen(running, visit_as, report)
    assert "Inte än." in said and "Did it help?" in said
    assert "Utfallet mättes till och med" in said and "svaret är inte räknat än" in said


def test_the_answer_stands_in_the_report_with_its_interval_counts_and_dots(running, visit_as):
    locked(running)
    estimated()
    said = seen(running, visit_as, drafted(running))
    assert "Frånvaron blev lägre." in said and "−4,2 procentenheter" in said and "−6,4 till −2,0" in said
    assert "Elever med insatsen: 200. Att jämföra med: 190." in said
    assert said.count('class="sure-dot"') == 4 and "4 av 4 punkter" in said
    page = visit_as(running.lena, running.at).content.decode()
    assert "Frånvaron blev lägre." in page


def test_the_plans_page_and_the_sub_projects_lead_on_to_all_that_is_behind_the_answer(running, visit_as):
    locked(running)
    estimated()
    where = f"/effekt/{StoredPlan.objects.get().pk}/"
    for at in (running.at, f"{running.at}plan/"):
        page = visit_as(running.lena, at).content.decode()
        assert f'href="{where}"' in page and "Frånvaron blev lägre." in page
        assert where not in visit_as(running.pals.petra, at).content.decode()  # no link leads to no page
    assert visit_as(running.lena, where).status_code == 200
    assert visit_as(running.pals.petra, where).status_code == 404


def test_what_cannot_be_told_has_no_number_and_says_why(running, visit_as):
    locked(running)
    few = replace(FOUND, estimate=None, low=None, high=None, cannot_tell="too_few",
                  sizes=replace(FOUND.sizes, treated=7))  # fmt: skip
    estimated(few, GRADE | {"locks": 0})
    said = seen(running, visit_as, drafted(running))
    assert "Går inte att avgöra." in said and "Färre än tio elever i en av grupperna." in said
    assert "färre än tio. Att jämföra med: 190" in said and "procentenheter" not in said
    assert said.count('class="sure-dot"') == 0


def test_an_estimate_that_nobody_can_rely_on_shows_no_number(running, visit_as):
    locked(running)
    row = estimated()
    Lowering.objects.create(estimate=row, locks=0, reason="Fel elever", by=running.lena, at=AT, **SAID)
    said = seen(running, visit_as, drafted(running))
    assert "Går inte att avgöra." in said and "−4,2" not in said


def test_a_report_keeps_the_answer_of_its_day_and_shows_a_later_one_beside_it(running, visit_as):
    locked(running)
    report = write_report(report=drafted(running), answers=ANSWERS, seen=0, by=running.lena, at=AT)
    report = hand_in(report=report, role=LEADER, by=running.lena, at=AT)
    assert "Sedan rapporten lämnades in" not in seen(running, visit_as, report)
    estimated()
    said = seen(running, visit_as, report)
    assert said.index("Inte än.") < said.index("Sedan rapporten lämnades in") < said.index("−4,2 procentenheter")


def test_the_answer_is_on_paper_and_in_the_document_for_the_hub(running, visit_as, monkeypatch):
    papers: list[str] = []
    monkeypatch.setattr(report_deciding, "drawn", lambda html: papers.append(html) or b"%PDF")
    locked(running)
    estimated()
    report = write_report(report=drafted(running), answers=ANSWERS, seen=0, by=running.lena, at=AT)
    report = hand_in(report=report, role=LEADER, by=running.lena, at=AT)
    assert visit_as(running.lena, f"/rapporter/{report.pk}/pdf/").status_code == 200
    said = papers[0].replace("\xa0", " ")
    assert "−4,2 procentenheter (95 % intervall −6,4 till −2,0)" in said and "4 av 4 punkter" in said
    assert "Elever med insatsen: 200. Att jämföra med: 190." in said and "Did it help?" in said
    document = json.loads(json.dumps(document_of(report, AT)))
    assert document["answer"] | {"at": ""} == {
        "state": "told", "question": "Did it help?", "closes": "2026-04-01", "as_of": AT.date().isoformat(), "at": "",
        "said": list(SAID.values()), "estimate": -4.2, "low": -6.4, "high": -2.0, "unit": "percentage_points",
        "treated": 200, "compared": 190, "dots": 4, "keys": [],
    }  # fmt: skip
