"""A signal is answered by a person, the answer is written down, and it can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.utils import ProgrammingError

from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.signals.models import Answer, GroupSnapshot, PupilSnapshot, SchoolSnapshot
from tests.pals import TODAY, Pals
from tests.web.signals.conftest import ABSENCE, AT, draw

Page = Callable[..., Any]


def answer_all(page: Page, pals: Pals, what: str = "asked") -> None:
    for name in ("absence_28d", "absence_term"):
        assert page(pals.asa, f"/elev/{pals.mira}/signal/{name}/svar", what=what).status_code == 302


def test_an_answer_is_kept_with_who_and_when_and_an_audit_row(page: Page, pals: Pals) -> None:
    page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", what="asked")

    answer = Answer.objects.get()
    assert (answer.pupil, answer.signal, answer.by, answer.role) == (pals.mira, "absence_28d", pals.asa, "mentor")
    event = AuditEvent.objects.get(action="answer_signal")
    assert (event.by, event.about, event.details) == (pals.asa, pals.mira, {"signal": "absence_28d", "what": "asked"})
    assert "Jag har pratat med eleven. Åsa Dahl, i dag 10.00." in page(pals.asa, f"/elev/{pals.mira}/").content.decode()


def test_a_pupil_waits_until_every_signal_is_answered(page: Page, pals: Pals) -> None:
    page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", what="asked")
    assert PupilSnapshot.objects.get(pupil=pals.mira).waits

    page(pals.asa, f"/elev/{pals.mira}/signal/absence_term/svar", what="guardian")

    assert not PupilSnapshot.objects.get(pupil=pals.mira).waits
    assert GroupSnapshot.objects.get(group=pals.group("9A")).waiting == 0
    assert SchoolSnapshot.objects.get(school=pals.place("bjork")).waiting == 0
    text = page(pals.asa, f"/klass/{pals.group('9A')}/").content.decode()
    assert "Ingen väntar på någon." in text
    assert "Signal – besvarad" in text


def test_an_answer_can_be_undone_and_both_acts_stay(page: Page, pals: Pals) -> None:
    answer_all(page, pals)
    page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", what="undone")

    assert PupilSnapshot.objects.get(pupil=pals.mira).waits
    assert GroupSnapshot.objects.get(group=pals.group("9A")).waiting == 1
    assert Answer.objects.count() == 3
    assert "Svaret är ångrat" in page(pals.asa, f"/elev/{pals.mira}/").content.decode()


def test_an_answer_is_never_changed(page: Page, pals: Pals) -> None:
    answer_all(page, pals)
    with pytest.raises(ProgrammingError):
        Answer.objects.update(what="later")


def test_an_answer_stands_through_the_next_run_while_the_signal_does_not_climb(page: Page, pals: Pals) -> None:
    answer_all(page, pals)

    draw(ABSENCE)

    assert not PupilSnapshot.objects.get(pupil=pals.mira).waits


def test_a_signal_that_climbs_waits_again(page: Page, pals: Pals) -> None:
    draw([("mira", "bjork", 200, 1800, 1800)])
    answer_all(page, pals)
    assert not PupilSnapshot.objects.get(pupil=pals.mira).waits

    draw([("mira", "bjork", 420, 1800, 1800)])

    assert PupilSnapshot.objects.get(pupil=pals.mira).waits


def test_an_answer_that_says_only_that_it_was_seen_is_refused_and_an_old_one_ends_no_wait(
    page: Page, pals: Pals
) -> None:
    assert page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", what="later").status_code == 422

    for name in ("absence_28d", "absence_term"):
        Answer.objects.create(
            pupil=pals.mira, signal=name, since=TODAY, level=3, as_of=TODAY, what="later", by=pals.asa, role="mentor",
            at=AT,
        )  # fmt: skip
    draw(ABSENCE)

    assert PupilSnapshot.objects.get(pupil=pals.mira).waits
    assert "Två signaler väntar på svar." in page(pals.asa, f"/elev/{pals.mira}/").content.decode()


@pytest.mark.parametrize("form", [{"what": "x"}, {"other": "asked"}])
def test_an_empty_or_wrong_answer_is_said_so_and_nothing_is_kept(page: Page, pals: Pals, form: dict[str, str]) -> None:
    seen = page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", **form)

    assert seen.status_code == 422
    assert "Svaret är inte sparat." in seen.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", ["lateness_28d", "coverage_28d", "nosuch"])
def test_a_signal_that_is_not_raised_cannot_be_answered(page: Page, pals: Pals, name: str) -> None:
    assert page(pals.asa, f"/elev/{pals.mira}/signal/{name}/svar", what="asked").status_code == 404
    assert not Answer.objects.exists()


def test_a_stranger_cannot_answer(page: Page, pals: Pals) -> None:
    for who in (pals.omar, pals.rut, pals.adam):
        assert page(who, f"/elev/{pals.mira}/signal/absence_28d/svar", what="asked").status_code == 404
    assert page(None, f"/elev/{pals.mira}/signal/absence_28d/svar", what="asked").status_code == 302
    assert not Answer.objects.exists()


def test_the_timeline_tells_when_a_signal_began_and_who_answered(page: Page, pals: Pals) -> None:
    answer_all(page, pals, what="wrong_rows")

    text = page(pals.asa, f"/elev/{pals.mira}/").content.decode().split("Det som har hänt")[1]

    assert "Signalen började, utred." in text
    assert "Stämmer inte: lektioner är fel rapporterade." in text
