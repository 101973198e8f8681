"""A case from its opening to its closing, on the pages that adults use."""

import pytest

from pluginnovation.web.support.models import Case, FollowUp

pytestmark = pytest.mark.django_db


def opened(pals, visit_as, kind: str = "absence_investigation", who: str = "petra") -> Case:
    answer = visit_as(getattr(pals, who), f"/elev/{pals.mira}/arende/", kind=kind, owner="")
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.latest("pk")


def posted(visit_as, user, case: Case, where: str, **form: str):
    return visit_as(user, f"/arende/{case.pk}/{where}", **(form or {"x": "x"}))


def body(answer) -> str:
    return answer.content.decode()


def test_an_absence_case_goes_from_opening_to_closing_with_what_each_move_needs(pals, visit_as):
    case = opened(pals, visit_as)
    page = body(visit_as(pals.petra, f"/arende/{case.pk}/"))
    assert "Lagens steg" in page and "Anmäl till huvudmannen" in page and "15:15" not in page
    seen = str(Case.objects.get(pk=case.pk).version)
    assert posted(visit_as, pals.petra, case, "vidare/", to="investigated", seen=seen).status_code == 302
    case.refresh_from_db()
    refused = posted(visit_as, pals.petra, case, "vidare/", to="planned", seen=str(case.version))
    assert refused.status_code == 422 and "slutsatser i text" in body(refused)
    assert posted(visit_as, pals.hanna, case, "text/findings/", text="Bussen.", seen="0").status_code == 302
    case.refresh_from_db()
    assert posted(visit_as, pals.hanna, case, "vidare/", to="planned", seen=str(case.version)).status_code == 302
    case.refresh_from_db()
    no_plan = posted(visit_as, pals.asa, case, "vidare/", to="supported", seen=str(case.version))
    assert no_plan.status_code == 422 and "minst ett mål" in body(no_plan) and "minst en insats" in body(no_plan)
    goal = {"text": "Komma till första lektionen", "by_when": "2026-06-01", "indicator": "", "target": ""}
    assert posted(visit_as, pals.asa, case, "mal/", **goal).status_code == 302
    measure = {"kind": "mentor_talk", "goal": "Börja dagen lugnt", "starts": "2026-04-23", "planned_end": "2026-06-01"}
    assert posted(visit_as, pals.asa, case, "insats/", **measure).status_code == 302
    case.refresh_from_db()
    assert posted(visit_as, pals.asa, case, "vidare/", to="supported", seen=str(case.version)).status_code == 302
    case.refresh_from_db()
    without = posted(visit_as, pals.petra, case, "vidare/", to="closed", seen=str(case.version))
    assert without.status_code == 422
    form = {"to": "closed", "seen": str(case.version), "outcome": "goals_reached"}
    assert posted(visit_as, pals.petra, case, "vidare/", **form).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed" and case.outcome == "goals_reached"
    days = list(FollowUp.objects.filter(case=case).order_by("due").values_list("kind", "due"))
    assert [(kind, f"{day}") for kind, day in days] == [("3", "2026-07-23"), ("6", "2026-10-23"), ("12", "2027-04-23")]
    assert posted(visit_as, pals.petra, case, "igen/").status_code == 302
    assert Case.objects.latest("pk").reopened_id == case.pk


def test_every_page_of_a_case_shows_and_says_what_stands(pals, visit_as):
    case = opened(pals, visit_as, "support_investigation")
    for where in ("", "text/needs/", "hinder/", "mal/", "insats/"):
        for who in ("asa", "petra", "hanna"):
            answer = visit_as(getattr(pals, who), f"/arende/{case.pk}/{where}")
            assert answer.status_code == 200, (where, who)
    assert "Mira Åkesson" in body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    for who in ("tova", "omar", "kim", "dag"):
        assert visit_as(getattr(pals, who), f"/arende/{case.pk}/").status_code == 404, who
