"""Registering for an event: a place or a place in line, one link, and no name left behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from pluginnovation.web.knowledge.models import EventIndex, EventPage, Registration

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


def test_no_page_of_a_registration_is_kept_by_anybody(event):
    link = ask(event, "kim@example.se").url
    assert "no-store" in Client().get(link).headers["Cache-Control"]
    assert "no-store" in Client().get(f"/anmalan/{event.pk}/").headers["Cache-Control"]
