"""A signal that the school before has answered waits for somebody at the next one, whose clock begins that day."""

from datetime import date, timedelta

import pytest

from pluginnovation.support.time_to_action import ACTED, WAITS, Spell, since_coming
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Enrolment, Organisation, User
from pluginnovation.web.signals.models import Answer, PupilSnapshot
from pluginnovation.web.signals.snapshots.changes import standing
from pluginnovation.web.support.leavers import left_school
from pluginnovation.web.support.time_told import EVERYTHING, school_time
from pluginnovation.web.support.waited import waited
from tests.pals import TODAY, Pals
from tests.web.fenced import asking, seen
from tests.web.signals.conftest import draw
from tests.web.support.between import Visiting, as_principal, body, move
from tests.web.support.test_time import noon, raised

pytestmark = pytest.mark.django_db


def answer(pals: Pals, visit_as: Visiting, who: User, role: str = "", what: str = "asked") -> Answer:
    """Somebody answers the signal that leads Mira's picture."""
    signal = PupilSnapshot.objects.get(pupil=pals.mira).leading
    made = visit_as(who, f"/elev/{pals.mira}/signal/{signal}/svar", role=role, what=what)
    assert made.status_code == 302, made.content.decode()
    return Answer.objects.latest("pk")


def test_the_next_school_is_neither_told_of_the_answer_nor_rid_of_the_signal(
    alma: User, pals: Pals, visit_as: Visiting
) -> None:
    draw()
    given = answer(pals, visit_as, pals.asa)
    assert given.school == pals.place("bjork")
    assert "Jag har pratat med eleven" in body(visit_as(pals.petra, f"/elev/{pals.mira}/"))
    assert given.signal in standing().filter(pupil=pals.mira)["signal"]
    move(pals)
    assert standing().filter(pupil=pals.mira).is_empty()
    page = body(visit_as(alma, f"/elev/{pals.mira}/", role=as_principal(pals)))
    assert "Åsa Dahl" not in page
    with asking(alma, role="principal", place=pals.place("alm")):
        assert seen("signals_answer", "id", f"pupil = '{pals.mira}'") == set()
    own = answer(pals, visit_as, alma, as_principal(pals), "guardian")
    assert own.school == pals.place("alm")
    with asking(alma, role="principal", place=pals.place("alm")):
        assert seen("signals_answer", "id", f"pupil = '{pals.mira}'") == {own.pk}
    assert "Omar Haddad" in body(visit_as(alma, f"/elev/{pals.mira}/", role=as_principal(pals)))


def test_a_spell_that_stood_when_the_pupil_came_begins_that_day_and_one_that_had_ended_is_not_the_schools() -> None:
    def spell(pupil: str, began: int, ended: int | None) -> Spell:
        return Spell((pupil, "lessons"), date(2026, 3, began), ended and date(2026, 3, ended))

    stood, passed, later, other = spell("a", 2, None), spell("a", 2, 9), spell("a", 20, None), spell("b", 2, 9)
    came = {"a": date(2026, 3, 9)}
    assert since_coming((stood, passed, later, other), came) == (spell("a", 9, None), later, other)


def test_each_schools_clock_counts_its_own_days_and_its_own_acts(alma: User, pals: Pals) -> None:
    raised(pals.mira, date(2026, 2, 2))
    Answer.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), signal="absence_28d", since=date(2026, 2, 2), level=1,
        as_of=date(2026, 2, 2), what="asked", by=pals.asa, role="mentor", at=noon(date(2026, 2, 11)),
    )  # fmt: skip
    came = TODAY - timedelta(days=8)
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=came - timedelta(days=1))
    Enrolment.objects.create(
        pupil_id=pals.mira, organisation_id=pals.place("alm"), school_type="GR", school_year=9, start_date=came
    )
    duty = next(one for one in duties_of(alma, TODAY) if one.key == as_principal(pals))
    here = school_time(duty, Organisation.objects.get(code=pals.place("alm")), EVERYTHING, TODAY)
    assert [(one.wait.spell.began, one.wait.days, one.wait.outcome) for one in here.waits] == [(came, 8, WAITS)]
    with asking(pals.petra, role="principal", place=pals.place("bjork")):
        left = left_school(pals.place("bjork"))
    before = waited({}, date.min, TODAY, left)
    assert [(one.wait.days, one.wait.outcome) for one in before] == [(9, ACTED)]
