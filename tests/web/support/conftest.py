"""A case of Mira's at Björkskolan, and somebody who leads the next school."""

from datetime import timedelta

import pytest

from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.support.models import Case
from tests.pals import TODAY, Pals, code_of
from tests.web.signals.conftest import AT
from tests.web.support.between import Visiting
from tests.web.support.test_case_pages import opened


@pytest.fixture
def case(pals: Pals, visit_as: Visiting) -> Case:
    """Mira's absence is investigated at Björkskolan: a text, a goal, a measure, a promise and a step that is done."""
    made = opened(pals, visit_as)
    Case.objects.filter(pk=made.pk).update(opened_at=AT - timedelta(days=20))
    made.refresh_from_db()
    where = f"/arende/{made.pk}/"
    seen = {"seen": "0"}
    visit_as(pals.hanna, f"{where}text/pupil_view/", text="Jag vill börja senare.", **seen)
    visit_as(pals.hanna, f"{where}text/findings/", text="Bussen kommer för sent.", **seen)
    visit_as(pals.petra, f"{where}vidare/", to="investigated", seen=str(Case.objects.get(pk=made.pk).version))
    measure = {"kind": "mentor_talk", "goal": "Börja dagen lugnt", "starts": f"{TODAY}", "planned_end": "2026-06-01"}
    visit_as(pals.asa, f"{where}insats/", **measure)
    visit_as(pals.asa, f"{where}lofte/", what="Ring hem", owner=code_of("asa"), due=f"{TODAY + timedelta(days=3)}")
    made.refresh_from_db()
    return made


@pytest.fixture
def alma(pals: Pals) -> User:
    """Omar is principal of Almskolan too."""
    Duty.objects.create(
        person_id=code_of("omar"), role="principal", duty_role="Rektor",
        organisation_id=pals.place("alm"), source="bjorkeby",
    )  # fmt: skip
    return pals.omar
