"""What the pages say: the number with its doubt, what could have broken it, and what nobody may read from it."""

from dataclasses import asdict
from datetime import date

import pytest
from django.test import Client

from pluginnovation.evidence.choose import Allowed
from pluginnovation.web.evidence.actions import Leaving, lower_certainty, note_departure
from pluginnovation.web.evidence.models import Estimate, Lowering, Spread, StoredPlan
from pluginnovation.web.evidence.stored import plan_of
from pluginnovation.web.records.models import Job
from tests.web.evidence.conftest import AT
from tests.web.evidence.kept import GRADE, RESULT
from tests.web.evidence.test_addresses_by_role import answered  # noqa: F401 - a fixture

WHY = "One school gave the help to those who waited too."
SPREAD = {"mean": 14.0, "between": 2.0, "within": 90.0, "alike": 0.02, "explained": 0.3, "schools": 9, "pupils": 40.0}


@pytest.fixture
def eva(asked):
    client = Client()
    client.force_login(asked.eva)
    return client


def page(client, path, **said):
    return (client.post(path, said) if said else client.get(path)).content.decode().replace("\u00a0", " ")


def test_the_answer_is_told_with_its_doubt_and_what_was_tried(eva, answered):  # noqa: F811
    text = page(eva, f"/effekt/{answered['<row:number>']}/")
    for said in ("−4,2", "−6,4 till −2,0", "18,0, 13,8", "procentenheter", "Höll inte", "Gick inte att pröva", "Hög",
                 "ingen bytte plats", "2\u202f100", "7,50", "Flickor", "få elever"):  # fmt: skip
        assert said.replace("\u202f", " ") in text, said
    assert "Kontrollsumma" in text


def test_an_answer_that_nobody_is_sure_of_shows_no_number(asked, eva):
    row = asked.locked()
    Estimate.objects.create(
        plan=row, as_of="2025-11-02", result=RESULT, grade=GRADE | {"locks": 0}, said_sv="Vi vet inte.", said_en="-",
        not_enrolled=0, disposed=0, engine="1", at=AT,
    )  # fmt: skip
    text = page(eva, f"/effekt/{row.pk}/")
    assert "Inget tal visas" in text
    assert "−4,2" not in text
    assert "−4,2" not in page(eva, f"/effekt/{row.pk}/fil/")


def test_a_lowering_and_a_departure_stand_on_the_page(asked, eva, answered):  # noqa: F811
    row = StoredPlan.objects.get(pk=answered["<row:number>"])
    note_departure(row=row, leaving=Leaving("Mätt till 1 december", "Skolan stängde"), by=asked.eva, at=AT)
    lower_certainty(estimate=row.estimates.get(), to=1, reason=WHY, by=asked.eva, at=AT)
    text = page(eva, f"/effekt/{row.pk}/")
    for said in ("Mätt till 1 december", "Skolan stängde", WHY, "Mycket osäkert", "Regeln gav: Hög"):
        assert said in text


def test_certainty_is_lowered_on_its_page_and_cant_be_raised(eva, answered):  # noqa: F811
    at = f"/effekt/{answered['<row:number>']}/sank/"
    assert 'value="4"' not in page(eva, at)
    assert eva.post(at, {"locks": 4, "reason": WHY}).status_code == 422
    assert eva.post(at, {"locks": 2, "reason": "kort"}).status_code == 422
    assert eva.post(at, {"locks": 2, "reason": WHY}).status_code == 302
    assert Lowering.objects.get().locks == 2


def test_a_question_is_asked_proposed_chosen_and_locked(eva):
    asked_for = {
        "question": "Minskade samtalen frånvaron?", "kind": "mentor_talk", "outcome": "absence_share",
        "index_date": "2026-01-12", "opens": "2026-01-26", "closes": "2026-04-10",
    }  # fmt: skip
    assert "efter indexdagen" in page(eva, "/effekt/ny/", **asked_for | {"opens": "2026-01-12"}).lower()
    assert eva.post("/effekt/ny/", asked_for).status_code == 302
    row = StoredPlan.objects.get(name__startswith="mentor-talk")
    assert Job.objects.get().kind == "evidence_look"
    allowed = asdict(Allowed(helped=40, others=300, known_before=2))
    row.looked = {"allowed": allowed, "rehearsal": None, "schools": 4, "pupils": 340}
    row.save()
    text = page(eva, f"/effekt/{row.pk}/")
    assert text.index("Liknande elever") < text.index("Det som inte går") < text.index("Lottad väntelista")
    way = {"design": "comparison", "years": "7, 8", "worthwhile": "3", "subgroups": ["girls"], "cost": "1200"}
    assert eva.post(f"/effekt/{row.pk}/upplagg/", way | {"design": "waiting_list"}).status_code == 422
    assert eva.post(f"/effekt/{row.pk}/upplagg/", way | {"years": "åtta"}).status_code == 422
    assert eva.post(f"/effekt/{row.pk}/upplagg/", way).status_code == 302
    row.refresh_from_db()
    plan = plan_of(row)
    assert (plan.design, plan.population.years, plan.subgroups, plan.cost) == ("comparison", (7, 8), ("girls",), 1200.0)
    assert plan.decisions == "measures:mentor_talk"
    seen = page(eva, f"/effekt/{row.pk}/las/").split('name="seen" value="')[1][:64]
    assert eva.post(f"/effekt/{row.pk}/las/", {"seen": seen}).status_code == 302
    assert StoredPlan.objects.get(pk=row.pk).checksum == seen
    # Its outcome has been: the worker is asked at once.
    assert Job.objects.filter(kind="evidence_answer").count() == (date(2026, 4, 10) <= date(2026, 4, 23))


@pytest.mark.parametrize(
    ("opens", "closes", "most", "told"),
    [
        ("2026-01-26", "2026-04-10", "Mycket osäkert", "sänker säkerheten, som inte kan bli högre än måttlig"),
        ("2026-05-11", "2026-06-05", "Osäkert", "Den låses innan utfallets första dag"),
    ],
)
def test_what_a_lock_comes_too_late_for_is_said_before_it(eva, opens, closes, most, told):
    asked_for = {"question": "Minskade samtalen frånvaron?", "kind": "mentor_talk", "outcome": "absence_share"}
    assert eva.post("/effekt/ny/", asked_for | {"index_date": "2026-01-12", "opens": opens, "closes": closes})
    row = StoredPlan.objects.get(name__startswith="mentor-talk")
    row.looked = {"allowed": asdict(Allowed(helped=40, others=300, known_before=2)), "rehearsal": None}
    row.save()
    text = page(eva, f"/effekt/{row.pk}/").split("Liknande elever")[1].split("som mest")[0]
    assert f"{most}<span" in text
    way = {"design": "comparison", "worthwhile": "3"}
    assert eva.post(f"/effekt/{row.pk}/upplagg/", way).status_code == 302
    assert told in page(eva, f"/effekt/{row.pk}/las/")


def test_a_leader_of_another_sub_project_finds_no_such_question(asked, answered):  # noqa: F811
    from pluginnovation.web.people.models import Duty, User

    lea = User.objects.create(login="lea", name="Lea Lod")
    Duty.objects.create(user=lea, role="sub_project_leader", sub_project=77)
    client = Client()
    client.force_login(lea)
    assert client.get(f"/effekt/{answered['<row:number>']}/").status_code == 404
    assert "Did mentors help?" not in page(client, "/effekt/")


def test_how_small_a_change_shows_is_told_before_anybody_begins(asked, eva):
    row = Spread.objects.create(asked={"outcome": "absence_share", "years": []}, found=SPREAD, by=asked.eva, at=AT)
    few = page(eva, f"/effekt/storlek/{row.pk}/?drawn=schools&schools=6&pupils=20&helped=50&lost=0&worthwhile=3")
    many = page(eva, f"/effekt/storlek/{row.pk}/?drawn=pupils&schools=40&pupils=40&helped=50&lost=0&worthwhile=3")
    assert "hittas 100 gånger av 100" in many or "hittas 99 gånger av 100" in many
    assert "Den minsta förändring som oftast syns" in few
    wrong = eva.get(f"/effekt/storlek/{row.pk}/?drawn=schools&schools=2&pupils=20&helped=50&lost=0&worthwhile=3")
    assert wrong.status_code == 422


def test_several_together_have_every_number_as_text_and_as_a_file(eva, answered):  # noqa: F811
    text = page(eva, "/effekt/sammanvagt/study_coach/absence_share/")
    assert text.count("forest-line") == 3
    assert "Om ett svar lämnas ute" in text
    kept = eva.get("/effekt/sammanvagt/study_coach/absence_share/?format=csv").content.decode()
    assert kept.count("−4,2") >= 3
