"""The accounts, on a page for administrators: who can sign in, inviting and closing."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from pluginnovation.web.people.models import AuditEvent, Duty, Person, SignInLink, User
from pluginnovation.web.people.signin.models import SignedIn
from tests.pals import Pals

ADDRESS = "asa@example.org"


@pytest.fixture
def adam(pals: Pals) -> Client:
    """An administrator who has just shown who it is."""
    client = Client()
    client.force_login(pals.adam)
    session = client.session
    session["proved"] = int(datetime(2100, 1, 1).timestamp())
    session.save()
    return client


@pytest.fixture
def letters(settings) -> list:
    """The mail that leaves."""
    settings.EMAIL_HOST = "127.0.0.1"
    return mail.outbox


def do(client: Client, what: str, who: str):
    return client.post("/konton/", {"what": what, "who": who}, follow=True)


def test_accounts_are_listed_with_roles_and_searched_by_name_or_login(adam, pals):
    page = adam.get("/konton/").content.decode()
    assert all(text in page for text in ("dag", "Dataskyddsombud", "inget sätt", "ditt eget"))
    found = adam.get("/konton/", {"vem": "DAG"}).content.decode()
    assert "Dataskyddsombud" in found
    assert "Regional ledning" not in found
    assert "Inget konto stämmer" in adam.get("/konton/", {"vem": "finns inte\x00"}).content.decode()


def test_the_list_is_as_many_questions_however_many_accounts(adam, pals, django_assert_max_num_queries):
    for number in range(20):
        Duty.objects.create(user=User.objects.create(login=f"u{number}", name="U"), role="regional_lead")
    with django_assert_max_num_queries(12):
        assert "u19" in adam.get("/konton/").content.decode()


def test_a_closed_account_is_out_at_once_and_opens_again(adam, pals):
    dag = Client()
    dag.force_login(pals.dag)
    SignedIn.objects.create(
        session_key=dag.session.session_key, user=pals.dag, began_at=now(), how="local", authority=""
    )
    assert "inloggad nu" in adam.get("/konton/").content.decode()
    assert "Avslutade inloggningar: 1." in do(adam, "close", "dag").content.decode()
    assert dag.get("/besok/").status_code == 302
    assert "stängt" in adam.get("/konton/").content.decode()
    do(adam, "open", "dag")
    assert User.objects.get(login="dag").is_active
    said = [(one.action, one.by_id, one.about) for one in AuditEvent.objects.order_by("id")]
    assert [("deactivate", pals.adam.pk, "dag"), ("activate", pals.adam.pk, "dag")] == said[-2:]


def test_a_link_is_shown_once_to_an_account_that_reaches_no_pupil_and_has_no_way_in(adam, pals):
    page = do(adam, "invite", "dag").content.decode()
    address = re.search(r"http://testserver(/inbjudan/[^/]+/)", page)[1]
    assert "/inbjudan/" not in adam.get("/konton/").content.decode()
    assert Client().get(address).status_code == 200
    assert "inbjudan som gäller" in adam.get("/konton/").content.decode()


def test_who_reaches_pupils_gets_the_link_by_mail_and_nobody_else_sees_it(adam, pals, letters):
    Person.objects.filter(code=pals.asa.person_id).update(email=ADDRESS)
    page = do(adam, "invite", pals.asa.login).content.decode()
    (letter,) = letters
    assert letter.to == [ADDRESS]
    token = re.search(r"/inbjudan/(\S+)/", letter.body)[1]
    assert token not in page
    assert ADDRESS not in page
    assert Client().get(f"/inbjudan/{token}/").status_code == 200


@pytest.mark.parametrize("who", ["asa", "petra", "kim"])
def test_without_an_address_a_link_that_leads_to_pupils_is_never_made(adam, pals, who):
    Person.objects.update(email=None)
    answer = do(adam, "invite", getattr(pals, who).login)
    assert (answer.status_code, SignInLink.objects.count()) == (422, 0)
    assert "plug people invite" in answer.content.decode()


def test_an_account_that_somebody_can_sign_in_to_is_not_taken_over(adam, pals):
    from pluginnovation.web.people.signin import factors

    pals.dag.set_password("korrekt häst batteri häftstift")
    pals.dag.save()
    factors.set_code_generator(pals.dag, factors.new_code_secret(), counter=0)
    assert do(adam, "invite", "dag").status_code == 422
    assert not SignInLink.objects.exists()


def test_a_mail_that_does_not_leave_leaves_no_link(adam, pals, letters, monkeypatch):
    def broken(*_said, **_more):
        raise OSError

    monkeypatch.setattr("pluginnovation.web.people.signin.inviting.send_mail", broken)
    Person.objects.filter(code=pals.asa.person_id).update(email=ADDRESS)
    assert do(adam, "invite", pals.asa.login).status_code == 422
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("what", ["close", "out", "invite"])
def test_ones_own_account_is_another_administrators(adam, pals, what):
    assert do(adam, what, "adam").status_code == 422
    assert User.objects.get(login="adam").is_active


@pytest.mark.parametrize(
    ("what", "who", "status"),
    [("close", "ingen", 422), ("invite", "", 422), ("invite", "charlie", 422), ("invite", "\x00'", 422),
     ("nonsense", "dag", 404), ("", "dag", 404), ("close", "x" * 5000, 422)],
)  # fmt: skip
def test_nonsense_changes_nothing(adam, pals, what, who, status):
    assert do(adam, what, who).status_code == status
    assert all(User.objects.filter(login__in=["dag", "charlie", "rut"]).values_list("is_active", flat=True))
    assert not SignInLink.objects.exists()


def test_to_change_anything_one_shows_anew_who_one_is(adam, pals):
    session = adam.session
    session["proved"] = int((now() - timedelta(hours=1)).timestamp())
    session.save()
    answer = adam.post("/konton/", {"what": "close", "who": "dag"})
    assert (answer.status_code, answer["Location"]) == (302, "/logga-in/mer/?anew=1&next=/konton/")
    assert User.objects.get(login="dag").is_active


def test_nobody_else_has_such_a_page(pals, visit_as):
    for user in (pals.petra, pals.dag, pals.rut):
        assert visit_as(user, "/konton/").status_code == 404
        assert visit_as(user, "/konton/", what="close", who="adam").status_code == 404
