"""Registering for an event: a place or a place in line, one link, and no name left behind."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.mail import get_connection
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from pluginnovation.web.knowledge.models import EventIndex, EventMaterial, EventPage, HubDocument, Registration
from pluginnovation.web.knowledge.pages import telling
from pluginnovation.web.knowledge.pages.kept import _change_sign

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def event() -> EventPage:
    """An event with two seats, in a month."""
    index = EventIndex.objects.get(locale__language_code="sv")
    page = EventPage(title="Nätverk om närvaro", slug="natverk-test", starts=NOW + timedelta(days=30), seats=2)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def ask(event: EventPage, email: str, **more: str):
    person = {"name": "Kim", "email": email, "organisation": "", "needs": "", "homepage": ""}
    return Client().post(f"/anmalan/{event.pk}/", person | more)


def test_the_first_get_places_the_next_wait_in_line_and_a_place_given_up_goes_to_the_first_in_line(event):
    links = [ask(event, f"{number}@example.se").url for number in range(4)]
    said = [Client().get(link).content.decode() for link in links]
    assert ["Du har en plats" in each for each in said] == [True, True, False, False]
    assert "Du är nummer 1 i kön" in said[2] and "Du är nummer 2 i kön" in said[3]
    assert "Ställ dig i kö" in Client().get(event.url).content.decode()
    Client().post(links[0])
    assert "dina uppgifter är borttagna" in Client().get(links[0]).content.decode()
    assert "Du har en plats" in Client().get(links[2]).content.decode()
    assert "Du är nummer 1 i kön" in Client().get(links[3]).content.decode()
    gone = Registration.objects.get(withdrawn_at__isnull=False)
    assert (gone.name, gone.email, gone.organisation, gone.needs) == ("", "", "", "")


def test_more_seats_let_those_who_wait_in(event):
    for number in range(4):
        ask(event, f"{number}@example.se")
    event.seats = 3
    event.save_revision().publish()
    assert Registration.objects.filter(event=event, waiting=True).count() == 1


def test_nobody_gets_a_place_at_what_has_begun(event):
    links = [ask(event, f"{number}@example.se").url for number in range(3)]
    event.starts, event.ends = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    event.save_revision().publish()
    Client().post(links[0])
    event.seats = 9
    event.save_revision().publish()
    assert Registration.objects.get(email="2@example.se").waiting


def test_the_form_the_page_and_the_mail_say_where_in_line(event, settings):
    for number in range(3):
        ask(event, f"{number}@example.se")
    assert "1 väntar redan." in Client().get(f"/anmalan/{event.pk}/").content.decode()
    link = ask(event, "3@example.se").url
    said = Client().get(link).content.decode()
    assert "Du är nummer 2 i kön." in said and "Titta här igen" in said and "kan inte ångra" in said
    settings.EMAIL_HOST = "localhost"
    assert "kommer det ett mejl" in Client().get(link).content.decode()
    ask(event, "4@example.se")
    event.seats = 9
    event.save_revision().publish()
    ask(event, "5@example.se")
    bodies = {each.to[0]: each.body for each in mail.outbox if each.subject.startswith("Din anmälan")}
    assert bodies["4@example.se"].startswith("Du är nummer 3 i kön. Här")
    assert bodies["5@example.se"].startswith("Du har en plats. Här")


def test_whoever_gets_a_place_is_told_in_the_language_of_the_event_not_of_whoever_gave_it_up(event, settings):
    links = [ask(event, f"{number}@example.se").url for number in range(3)]
    settings.EMAIL_HOST = "localhost"
    Client().post(f"/en{links[0]}")
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["2@example.se"], "Du har fått en plats: Nätverk om närvaro")
    ]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (timedelta(hours=3), "klockan 13.00 till 16.00"),
        (timedelta(days=1), "klockan 13.00 till 11 januari 2031 klockan 13.00"),
        (None, "klockan 13.00</small>"),
    ],
)
def test_when_it_ends_is_said_with_its_day_where_that_is_another(event, ends, said):
    event.starts = datetime(2031, 1, 10, 12, tzinfo=UTC)
    event.ends = event.starts + ends if ends else None
    event.save_revision().publish()
    assert said in Client().get(event.url).content.decode()


def test_before_it_one_registers_during_it_the_page_says_so_and_afterwards_the_material_comes_first(event):
    document = HubDocument.objects.create(
        title="Bilder", rights_holder="Regionen", licence="CC BY 4.0",
        file=ContentFile(b"Tjugo bilder", name="bilder.txt"),
    )  # fmt: skip
    event.materials.add(EventMaterial(document=document))
    event.programme = [("slot", {"starts": time(13), "ends": None, "title": "Samtalet", "who": "", "text": ""})]

    def page(starts: datetime, ends: datetime | None) -> str:
        event.starts, event.ends = starts, ends
        event.save_revision().publish()
        return Client().get(event.url).content.decode()

    before = page(NOW + timedelta(days=1), None)
    assert before.index("<h2>Program") < before.index("<h2>Material") and "Anmäl dig" in before
    assert "Regionen, CC BY 4.0" in before
    during = page(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    assert "Det pågår nu." in during and "Anmäl dig" not in during and "<dt>Platser" not in during
    assert "Det har redan börjat" in ask(event, "kim@example.se").content.decode()
    after = page(NOW - timedelta(hours=3), NOW - timedelta(hours=1))
    assert "Det har redan varit." in after and after.index("<h2>Material") < after.index("<h2>Program")
    asked = Client().get(f"/anmalan/{event.pk}/").content.decode()
    assert "Anmälan" in asked and "Anmäl dig" not in asked and "Ställ dig i kö" not in asked
    assert f'href="{document.url}"' in after


def test_the_same_address_twice_is_one_place_and_gives_nobody_anothers_link(event):
    ask(event, "kim@example.se")
    again = ask(event, "KIM@example.se")
    assert again.status_code == 409 and "Adressen är redan anmäld" in again.content.decode()
    assert Registration.objects.filter(event=event).count() == 1


def test_with_mail_the_answer_is_the_same_whether_the_address_was_registered_or_not(event, settings):
    settings.EMAIL_HOST = "localhost"
    answers = {ask(event, "kim@example.se").url for _ in range(2)}
    assert answers == {f"/anmalan/{event.pk}/skickad/"} and len(mail.outbox) == 2
    link = mail.outbox[-1].body.split("\n\n")[1].split("/min-anmalan/")[1]
    assert "Du har en plats" in Client().get(f"/min-anmalan/{link}").content.decode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"email": "inte en adress"}, "E-post"),
        ({"name": ""}, "Namn"),
        ({"name": "x" * 201}, "Namn"),
        ({"email": "a@b.se\nBcc: c@d.se"}, "E-post"),
        ({"homepage": "http://spam"}, ""),
        ({"name": "a\x00b"}, "Namn"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(event, facts, said):
    answer = ask(event, **({"email": "kim@example.se"} | facts))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize(("days", "said"), [(-1, "Det har redan varit"), (30, "Anmälan är stängd")])
def test_what_has_been_or_is_closed_takes_nobody(event, days, said):
    event.starts = NOW + timedelta(days=days)
    event.registration_closes = NOW - timedelta(days=2)
    event.save_revision().publish()
    answer = ask(event, "kim@example.se")
    assert answer.status_code == 409 and said in answer.content.decode()
    assert not Registration.objects.exists()


def test_an_event_that_is_not_published_is_no_page(event):
    event.unpublish()
    assert ask(event, "kim@example.se").status_code == 404
    assert Client().get(f"/handelse/{event.pk}.ics").status_code == 404


def test_the_calendar_has_the_event_with_its_own_stable_name(event):
    lines = Client().get("/kalender.ics").content.decode().split("\r\n")
    assert "SUMMARY:Nätverk om närvaro" in lines and lines[0] == "BEGIN:VCALENDAR"
    one = Client().get(f"/handelse/{event.pk}.ics").content.decode()
    assert f"UID:{event.translation_key}@pluginnovation" in one.replace("\r\n ", "")


def test_a_calendar_that_has_the_event_is_told_of_its_new_time_and_that_it_is_newer(event):
    def told() -> dict[str, str]:
        lines = Client().get("/kalender.ics").content.decode().replace("\r\n ", "").split("\r\n")
        mine = next(at for at, line in enumerate(lines) if str(event.translation_key) in line)
        return dict(line.split(":", 1) for line in lines[mine : mine + 8])

    EventPage.objects.filter(pk=event.pk).update(last_published_at=NOW - timedelta(minutes=5))
    _change_sign()
    before = told()
    event.starts = datetime(2031, 1, 10, 12, tzinfo=UTC)
    event.save_revision().publish()
    after = told()
    assert after["DTSTART"] == "20310110T120000Z" != before["DTSTART"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"]) and after["UID"] == before["UID"]


def test_no_page_of_a_registration_is_kept_by_anybody(event):
    link = ask(event, "kim@example.se").url
    assert "no-store" in Client().get(link).headers["Cache-Control"]
    assert "no-store" in Client().get(f"/anmalan/{event.pk}/").headers["Cache-Control"]


@pytest.fixture
def mailed(event, settings, django_capture_on_commit_callbacks):
    """Publish the event with something else, and give who is told and under what subject."""
    settings.EMAIL_HOST = "localhost"
    for number in range(3):
        ask(event, f"{number}@example.se")

    def publish(**new: object) -> list[tuple[str, str]]:
        mail.outbox.clear()
        for name, value in new.items():
            setattr(event, name, value)
        with django_capture_on_commit_callbacks(execute=True):
            event.save_revision().publish()
        return [(each.to[0], each.subject) for each in mail.outbox]

    return publish


def test_whoever_stands_registered_is_told_of_another_time_or_place_and_of_nothing_else(event, mailed):
    assert mailed(lead="En ny ingress") == []
    told = mailed(place="Stadsbiblioteket")
    assert told == [(f"{number}@example.se", "Ändrad: Nätverk om närvaro") for number in range(3)]
    assert "Stadsbiblioteket" in mail.outbox[0].body and event.url in mail.outbox[0].body
    Registration.objects.filter(email="0@example.se").update(withdrawn_at=NOW)
    told = mailed(starts=NOW + timedelta(days=31))
    assert [to for to, subject in told if subject.startswith("Ändrad")] == ["1@example.se", "2@example.se"]
    assert mailed(starts=NOW - timedelta(hours=1)) == []


def test_an_event_that_is_called_off_stays_says_so_and_takes_nobody(event, mailed):
    ask(event, "3@example.se")
    told = mailed(called_off=True)
    assert {subject for _, subject in told} == {"Inställd: Nätverk om närvaro"} and len(told) == 4
    assert mailed(seats=9) == [] and Registration.objects.filter(event=event, waiting=True).count() == 2
    shown = Client().get(event.url).content.decode()
    assert "Träffen är inställd." in shown and "Anmäl dig" not in shown
    assert "Inställd" in Client().get(event.get_parent().url).content.decode()
    assert b"STATUS:CANCELLED" in Client().get("/kalender.ics").content
    assert ask(event, "4@example.se").status_code == 409
    told = mailed(called_off=False)
    assert [subject for _, subject in told].count("Blir av: Nätverk om närvaro") == 4
    assert "Anmäl dig" in Client().get(event.url).content.decode()


def test_a_page_in_another_language_doesnt_tell_it_twice_and_takes_nobody_either(event, mailed):
    english = event.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.save_revision().publish()
    assert len(mailed(called_off=True)) == 3
    mail.outbox.clear()
    assert "The event is called off." in Client().get(english.url).content.decode()
    english.called_off = True
    english.save_revision().publish()
    assert mail.outbox == []


def test_a_server_that_does_not_answer_is_waited_for_once_however_many_are_told(event, mailed, monkeypatch):
    opened = []
    monkeypatch.setattr(telling, "get_connection", lambda **how: opened.append(how) or get_connection(**how))
    assert len(mailed(place="Aulan")) == 3
    assert opened == [{"fail_silently": True}]


def test_lists_and_the_feed_ask_once_which_events_are_called_off(event, mailed):
    mailed(called_off=True)
    with CaptureQueriesContext(connection) as asked:
        Client().get("/kalender.ics")
    wheres = [each["sql"].split("WHERE")[-1] for each in asked.captured_queries]
    assert EventPage.objects.live().count() > 1 and sum("called_off" in where for where in wheres) == 1
