"""Those who arrange an event see who comes and who waits, take the list with them, and withdraw whoever asks for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from pluginnovation.web.knowledge.models import EventIndex, EventPage, Registration
from pluginnovation.web.knowledge.pages.registering import Person, register

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def event() -> EventPage:
    """An event with one seat, which Kim has; Noor waits."""
    index = EventIndex.objects.get(locale__language_code="sv")
    page = EventPage(title="Nätverk om närvaro", slug="natverk-anmalda", starts=NOW + timedelta(days=30), seats=1)
    index.add_child(instance=page)
    page.save_revision().publish()
    register(page, Person("=Kim", "kim@example.se", "Nyskolan", "Vegetariskt"), at=NOW)
    register(page, Person("Noor", "noor@example.se"), at=NOW + timedelta(minutes=1))
    return page


def test_the_list_shows_who_comes_and_who_waits(event, as_role):
    client = as_role("editor")
    listed = client.get("/redigera/anmalningar/").content.decode()
    assert "Nätverk om närvaro" in listed and "1 av 1" in listed
    page = client.get(f"/redigera/anmalningar/{event.pk}/").content.decode()
    assert "1 av 1 platser är tagna, 1 väntar i kö." in page
    assert page.index("kim@example.se") < page.index("I kö, den som har väntat") < page.index("noor@example.se")


def test_the_file_has_the_same_people_and_no_formula(event, as_role):
    answer = as_role("editor").get(f"/redigera/anmalningar/{event.pk}/lista.csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert [row.split(";")[:3] for row in rows[1:]] == [
        ["Har plats", "'=Kim", "kim@example.se"], ["I kö", "Noor", "noor@example.se"]
    ]  # fmt: skip


def test_whoever_is_withdrawn_is_forgotten_and_the_first_in_line_gets_the_place_and_is_told(event, as_role, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "localhost", "django.core.mail.backends.locmem.EmailBackend"
    client, kim = as_role("editor"), Registration.objects.get(email="kim@example.se")
    path = f"/redigera/anmalningar/avanmal/{kim.pk}/"
    assert "går inte att få tillbaka" in client.get(path).content.decode()
    assert Registration.objects.filter(email="kim@example.se").exists()
    assert client.post(path).status_code == 302
    kim.refresh_from_db()
    assert (kim.name, kim.email, kim.needs) == ("", "", "") and kim.withdrawn_at is not None
    assert not Registration.objects.get(email="noor@example.se").waiting
    assert [each.to for each in mail.outbox] == [["noor@example.se"]]
    assert client.get(path).status_code == 404


def test_whoever_gets_a_place_by_more_seats_is_told_too_when_it_is_kept(
    event, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "localhost", "django.core.mail.backends.locmem.EmailBackend"
    event.seats = 2
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()
        assert not mail.outbox
    assert [each.to for each in mail.outbox] == [["noor@example.se"]]


@pytest.mark.parametrize("role", ["contributor", "peer_reviewer"])
def test_others_who_write_see_nobody_s_registration(event, as_role, role):
    client, kim = as_role(role), Registration.objects.get(email="kim@example.se")
    for path in ("", f"{event.pk}/", f"{event.pk}/lista.csv", f"avanmal/{kim.pk}/"):
        answer = client.get(f"/redigera/anmalningar/{path}")
        assert answer.status_code == 302 and b"kim@" not in answer.content
    assert client.post(f"/redigera/anmalningar/avanmal/{kim.pk}/").status_code == 302
    assert Registration.objects.filter(email="kim@example.se").exists()
