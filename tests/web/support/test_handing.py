"""When somebody leaves: all that is open goes to another at once, or to the role where that one can't go."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent, Duty, User
from pluginnovation.web.support.handing import Handing, beyond, hand_over, let_roles_have, open_work, take_back
from pluginnovation.web.support.models import Case, HandedOver, HandOver, Measure, NextStep
from tests.pals import TODAY, Pals

AT = datetime(2026, 4, 23, 9, tzinfo=UTC)


@pytest.fixture
def work(pals: Pals) -> Pals:
    """Åsa has a case and a promise about Mira, a measure for class 9A, and a promise that is kept already."""
    asa, school = str(pals.asa.person_id), pals.place("bjork")
    own = {"owner": asa, "owner_role": "mentor", "school": school, "by": pals.asa, "at": AT}
    Case.objects.create(pupil=pals.mira, kind="support", state="planned", opened_at=AT, **own)
    Measure.objects.create(
        group=pals.group("9A"), kind="class_climate", level="group", intent="promotive", reach="universal",
        starts=TODAY, goal="Lugn start på måndagar.", **own,
    )  # fmt: skip
    NextStep.objects.create(pupil=pals.mira, what="Ring hem", due=TODAY + timedelta(days=4), **own)
    NextStep.objects.create(pupil=pals.noor, what="Klart", done_at=AT, done_by=pals.asa, **own)
    return pals


def code(user: Any) -> str:
    return str(user.person_id)


def handed(pals: Pals, receiver: str, why: str = "slutar") -> HandOver:
    school = pals.place("bjork")
    handing = Handing(school, code(pals.asa), receiver, why)
    return hand_over(handing=handing, work=open_work(code(pals.asa), [school]), by=pals.petra, at=AT)


def owners() -> set[str]:
    rows = [*Case.objects.all(), *Measure.objects.all(), *NextStep.objects.filter(done_at=None)]
    return {row.owner for row in rows}


def test_all_that_is_open_goes_over_at_once_and_what_is_done_stays(work: Pals) -> None:
    row = handed(work, code(work.hanna))
    assert owners() == {code(work.hanna)}
    assert NextStep.objects.get(what="Klart").owner == code(work.asa)
    assert sorted(row.things.values_list("kind", flat=True)) == ["case", "measure", "next_step"]
    assert Case.objects.get().version == 2  # whoever has the case open in a page is told that it changed
    event = AuditEvent.objects.get(action="hand_over")
    assert (event.about, event.by, event.details) == (code(work.asa), work.petra, {"n": 3, "to_role": 0})


def test_what_the_receiver_could_not_open_goes_to_the_role(work: Pals) -> None:
    # Tova teaches Mira, and has no duty in class 9A. Sam is mentor of 9B and reaches neither.
    everything = open_work(code(work.asa), [work.place("bjork")])
    assert {kind for kind, _number in beyond(code(work.tova), everything)} == {HandedOver.MEASURE}
    assert len(beyond(code(work.sam), everything)) == 3
    assert len(beyond("nobody", everything)) == 3
    handed(work, code(work.tova))
    assert (Case.objects.get().owner, Measure.objects.get().owner) == (code(work.tova), "")
    assert Measure.objects.get().owner_role == "mentor"


def test_a_hand_over_can_be_undone_and_only_once(work: Pals) -> None:
    row = handed(work, code(work.hanna))
    Case.objects.update(owner=code(work.tova))  # has moved on since
    assert take_back(row=row, by=work.petra, at=AT) == 2
    assert owners() == {code(work.asa), code(work.tova)}
    with pytest.raises(Refusal) as refused:
        take_back(row=row, by=work.petra, at=AT)
    assert refused.value.code == "already_done"


def test_nothing_goes_back_to_somebody_who_has_left(work: Pals) -> None:
    row = handed(work, code(work.hanna))
    Duty.objects.filter(person=code(work.asa)).update(end_date=TODAY - timedelta(days=1))
    with pytest.raises(Refusal, match="no longer at the school"):
        take_back(row=row, by=work.petra, at=AT)
    assert owners() == {code(work.hanna)}


@pytest.mark.parametrize(
    ("receiver", "why", "said"),
    [
        ("asa", "slutar", "not_offered"),
        ("omar", "slutar", "not_offered"),  # of another school
        ("hanna", " ", "text_wrong"),
        ("hanna", "x" * 301, "text_wrong"),
    ],
)
def test_a_hand_over_that_cannot_be_changes_nothing(work: Pals, receiver: str, why: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        handed(work, code(getattr(work, receiver)), why)
    assert refused.value.code == said
    assert owners() == {code(work.asa)}
    assert not HandOver.objects.exists()


def test_two_who_hand_over_at_once_do_it_once(work: Pals) -> None:
    school = work.place("bjork")
    read_before = open_work(code(work.asa), [school])
    handed(work, code(work.hanna))
    with pytest.raises(Refusal):
        hand_over(handing=Handing(school, code(work.asa), code(work.tova), "x"), work=read_before, by=work.petra, at=AT)
    assert owners() == {code(work.hanna)}


@pytest.mark.parametrize("gone", ["duty", "account"])
def test_the_night_lets_the_role_have_what_one_who_left_owned_and_does_it_once(work: Pals, gone: str) -> None:
    assert let_roles_have(at=AT) == 0
    if gone == "duty":
        Duty.objects.filter(person=code(work.asa)).update(end_date=TODAY - timedelta(days=1))
    else:
        User.objects.filter(pk=work.asa.pk).update(is_active=False)
    assert let_roles_have(at=AT) == 3
    assert owners() == {""}
    assert HandOver.objects.get().by is None
    assert let_roles_have(at=AT) == 0


def test_only_what_the_asker_reaches_is_in_the_pack(work: Pals) -> None:
    within = Q(pupil__in=[work.noor]) | Q(pupil="")
    assert len(open_work(code(work.asa), [work.place("bjork")], within)) == 1


def test_a_principal_hands_over_in_three_pages_with_the_way_back(work: Pals, visit_as) -> None:
    asa, hanna = code(work.asa), code(work.hanna)
    assert "Åsa Dahl" in visit_as(work.petra, "/overlamning/").text
    pack = visit_as(work.petra, f"/overlamning/{asa}/").text
    for said in ("Mira Åkesson", "Ring hem", "Lugn start på måndagar", "Nästa datum är"):
        assert said in pack
    assert "Klart" not in pack
    sure = visit_as(work.petra, f"/overlamning/{asa}/", receiver=hanna, why="slutar").text
    assert "Tre saker går till Hanna Nyman." in sure
    assert owners() == {asa}
    done = visit_as(work.petra, f"/overlamning/{asa}/", receiver=hanna, why="slutar", sure="1")
    receipt = visit_as(work.petra, done["Location"]).text
    assert "Tre saker är överlämnade till Hanna Nyman." in receipt
    visit_as(work.petra, f"{done['Location']}tillbaka/", x="1")
    assert owners() == {asa}
    assert "ångrades" in visit_as(work.petra, done["Location"]).text


def test_a_form_without_a_reason_is_answered_and_keeps_what_was_chosen(work: Pals, visit_as) -> None:
    page = visit_as(work.petra, f"/overlamning/{code(work.asa)}/", receiver=code(work.hanna), why="")
    assert page.status_code == 422
    assert f'value="{code(work.hanna)}" selected' in page.text


def test_somebody_with_nothing_open_and_nobody_at_all_look_alike(work: Pals, visit_as) -> None:
    hers, nobodys = (visit_as(work.petra, f"/overlamning/{one}/") for one in (code(work.tova), "nobody"))
    assert hers.status_code == nobodys.status_code == 404
    assert hers.content == nobodys.content


def test_the_pack_is_a_pdf_and_taking_it_out_is_written_down(work: Pals, visit_as: Any) -> None:
    paper = visit_as(work.petra, f"/overlamning/{code(work.asa)}/papper/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert AuditEvent.objects.get(action="print_hand_over").details == {"n": 3}
    assert visit_as(work.petra, "/overlamning/nobody/papper/").status_code == 404
