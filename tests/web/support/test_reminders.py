"""Mail about what is due: only to who chose it, in working hours, once, and never a word about anybody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from pluginnovation.support.reminding import Counts, may_send, week_of
from pluginnovation.web.people.models import Person
from pluginnovation.web.support.models import NextStep, Reminded, ReminderChoice
from pluginnovation.web.support.reminders import choose_reminders, counts_of, send_reminders, text_of
from tests.pals import CANARY, TODAY, Pals

MORNING = datetime(2026, 4, 23, 6, 30, tzinfo=UTC)  # half past eight on a Thursday


@pytest.fixture
def due(pals: Pals, settings: Any) -> Pals:
    """Åsa has promised something for today and something for yesterday, about Mira."""
    settings.EMAIL_HOST = "mail.example"
    for days in (0, -1):
        NextStep.objects.create(
            pupil=pals.mira, school=pals.place("bjork"), what=f"Ring Mira {CANARY}", owner=str(pals.asa.person_id),
            owner_role="mentor", due=TODAY + timedelta(days=days), by=pals.asa, at=MORNING,
        )  # fmt: skip
    return pals


def chosen(pals: Pals, *, daily: bool = True, weekly: bool = False) -> None:
    choose_reminders(daily=daily, weekly=weekly, by=pals.asa, at=MORNING)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "may"),
    [
        (23, 7, 0, True), (23, 6, 59, False), (23, 16, 59, True), (23, 17, 0, False),
        (25, 10, 0, False), (26, 10, 0, False), (27, 10, 0, True),
    ],
)  # fmt: skip
def test_mail_goes_in_working_hours_only(day: int, hour: int, minute: int, may: bool) -> None:
    assert may_send(datetime(2026, 4, day, hour, minute)) is may


def test_a_week_begins_on_its_monday() -> None:
    assert week_of(TODAY) == TODAY - timedelta(days=3)


def test_nobody_who_did_not_choose_it_gets_mail(due: Pals) -> None:
    assert send_reminders(at=MORNING) == 0
    chosen(due, daily=False)
    assert send_reminders(at=MORNING) == 0
    assert mail.outbox == []


def test_a_mail_goes_once_a_day_to_ones_own_address(due: Pals) -> None:
    chosen(due)
    assert [send_reminders(at=MORNING + timedelta(hours=hours)) for hours in (0, 1, 2)] == [1, 0, 0]
    assert mail.outbox[0].to == ["asa@skola.example"]
    assert "1 datum har passerat" in mail.outbox[0].body
    assert "1 ska vara klart i dag" in mail.outbox[0].body
    assert send_reminders(at=MORNING + timedelta(days=1)) == 1


def test_the_mail_names_nobody(due: Pals) -> None:
    chosen(due)
    send_reminders(at=MORNING)
    sent = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    for person in Person.objects.all():
        for word in (person.given_name, person.family_name, person.code):
            assert word not in sent
    for word in (CANARY, "Björkskolan", "9A", "Ring"):
        assert word not in sent


def test_at_night_and_at_weekends_nothing_goes_and_nothing_is_lost(due: Pals) -> None:
    chosen(due)
    assert send_reminders(at=MORNING.replace(hour=1)) == 0
    assert send_reminders(at=MORNING + timedelta(days=2)) == 0
    assert not Reminded.objects.exists()
    assert send_reminders(at=MORNING) == 1


def test_a_weekly_mail_goes_once_a_week_and_instead_of_that_days(due: Pals) -> None:
    chosen(due, weekly=True)
    days = [MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(days=1), MORNING + timedelta(days=1, hours=1)]
    assert [send_reminders(at=at) for at in days] == [1, 0, 1, 0]
    assert list(Reminded.objects.order_by("pk").values_list("kind", flat=True)) == ["weekly", "daily"]


def test_with_nothing_due_no_mail_goes(due: Pals) -> None:
    NextStep.objects.update(done_at=MORNING, done_by=due.asa)
    chosen(due)
    assert counts_of(due.asa, TODAY) == Counts()
    assert send_reminders(at=MORNING) == 0


def test_a_mail_that_does_not_leave_is_tried_again(due: Pals, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(due)

    def broken(*_args: Any) -> None:
        raise OSError

    monkeypatch.setattr("pluginnovation.web.support.reminders.send_mail", broken)
    assert send_reminders(at=MORNING) == 0
    monkeypatch.undo()
    assert send_reminders(at=MORNING) == 1


def test_without_a_mail_server_nothing_is_tried(due: Pals, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    chosen(due)
    assert send_reminders(at=MORNING) == 0
    assert not Reminded.objects.exists()


def test_the_text_has_numbers_in_both_languages() -> None:
    said = text_of(Counts(passed=2, week=3, signals=1))
    assert "2 datum har passerat\n3 senare i veckan\n1 elever" in said
    assert "2 dates have passed" in said


def test_everyone_chooses_for_oneself(due: Pals, visit_as: Any) -> None:
    assert "Du får inga mejl." in visit_as(due.asa, "/paminnelser/").text
    assert visit_as(due.asa, "/paminnelser/", mails="daily").status_code == 302
    assert (ReminderChoice.objects.get().user, ReminderChoice.objects.get().daily) == (due.asa, True)
    assert "de dagar något ska vara klart" in visit_as(due.asa, "/paminnelser/").text
    assert visit_as(due.asa, "/paminnelser/", mails="hourly").status_code == 422
    assert "Du får inga mejl." in visit_as(due.petra, "/paminnelser/").text
