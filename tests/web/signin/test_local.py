"""A local account: two factors or nothing, and nobody is told whether an account exists."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils.timezone import now

from pluginnovation.privacy.assurance import OWN_LEVEL
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.actions import make_sign_in_link
from pluginnovation.web.people.models import AuditEvent, Duty, User
from pluginnovation.web.people.signin import factors
from pluginnovation.web.people.signin.accounts import accounts
from pluginnovation.web.people.signin.actions import activate, deactivate, name_invited, sign_out_everywhere
from pluginnovation.web.people.signin.limits import OF_ACCOUNT, OF_ADDRESS, OF_CODE
from pluginnovation.web.people.signin.models import SignedIn, Try
from tests.pals import TODAY, code_of
from tests.web.signin.conftest import PASSWORD, Local, code_at

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def audit(action: str) -> list[dict]:
    return list(AuditEvent.objects.filter(action=action).order_by("id").values_list("details", flat=True))


def test_password_and_code_open_pages_with_pupils(petra):
    assert petra.password(next="/klasser/").headers["Location"] == "/logga-in/kod/"
    assert not is_in(petra.client)
    assert petra.client.get("/klasser/").headers["Location"] == "/"
    assert petra.code().headers["Location"] == "/klasser/"
    assert petra.client.get("/klasser/").status_code == 200
    assert audit("sign_in") == [{"how": "local", "authority": "", "levels": [OWN_LEVEL], "factors": True}]


def test_a_code_is_taken_once_and_no_older_one_after_it(petra):
    shown = code_at(petra.secret, now())
    older = code_at(petra.secret, now() - timedelta(seconds=30))
    petra.password()
    assert petra.code(shown).status_code == 302
    petra.client.post("/logga-ut/")
    for used in (shown, older):
        petra.password()
        assert petra.code(used).status_code == 422
        assert not is_in(petra.client)


@pytest.mark.parametrize(("later", "status"), [(-60, 422), (-30, 302), (30, 302), (60, 422)])
def test_a_code_holds_for_a_step_of_time_to_either_side(petra, later, status):
    petra.password()
    assert petra.code(later=later).status_code == status


@pytest.mark.parametrize("code", ["", "000000", "12345", "åäö", "1" * 20, "\x00"])
def test_what_is_no_code_is_refused(petra, code):
    petra.password()
    assert petra.code(code or " ").status_code == 422
    assert not is_in(petra.client)


def test_a_code_on_paper_opens_once(petra):
    codes = factors.new_codes_on_paper(petra.user)
    assert len(set(codes)) == 10
    petra.password()
    assert petra.code(f"{codes[0][:4]} {codes[0][4:]}").status_code == 302
    petra.client.post("/logga-ut/")
    petra.password()
    assert petra.code(codes[0]).status_code == 422
    assert factors.codes_left(petra.user) == 9


def test_the_secrets_are_sealed_in_the_database(petra):
    factors.new_codes_on_paper(petra.user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert petra.secret not in kept
    assert not [code for code in factors.new_codes_on_paper(petra.user) if code in kept]


def test_without_the_password_there_is_no_code_page(petra):
    assert petra.code().headers["Location"] == "/logga-in/"
    petra.password()
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert petra.code().headers["Location"] == "/logga-in/"
    assert not is_in(petra.client)


@pytest.mark.parametrize("who", ["wrong password", "nobody", "no password", "closed", "one factor", "demo", "nul"])
def test_every_failure_looks_the_same(petra, pals, who):
    login, password = petra.user.login, "fel lösenord, helt fel"
    if who in ("nobody", "nul", "demo"):
        login = {"nobody": "nobody", "nul": "a\x00b", "demo": "demo:administrator"}[who]
    elif who == "no password":
        login = pals.hanna.login
    elif who != "wrong password":
        password = PASSWORD
        User.objects.filter(pk=petra.user.pk).update(is_active=who != "closed")
        factors.remove_all(petra.user)
    answer = petra.password(password, login=login)
    assert answer.status_code == 422
    assert "hör inte ihop" in answer.content.decode()
    assert audit("sign_in_failed") == [{"why": "password"}]


def test_the_page_says_the_same_bytes_whoever_is_tried(petra):
    def said(login: str) -> str:
        text = petra.password("fel lösenord, helt fel", login=login).content.decode()
        return re.sub(r'(name="csrfmiddlewaretoken" value|name="login" value)="[^"]*"', "", text)

    assert said(petra.user.login) == said("nobody-here")


def test_unknown_and_known_accounts_cost_as_many_hashes(petra, monkeypatch):
    from django.contrib.auth import hashers

    hashed = []
    own = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda *given, **named: hashed.append(1) or own(*given, **named)
    )
    counts = []
    for login in (petra.user.login, "nobody-here", code_of("hanna")):
        hashed.clear()
        petra.password("fel lösenord, helt fel", login=login)
        counts.append(len(hashed))
    assert counts == [1, 1, 1]


def test_brute_force_is_refused_also_with_the_right_password_and_for_accounts_that_are_not_there(petra):
    for login in (petra.user.login, "nobody-here"):
        for _ in range(OF_ACCOUNT):
            assert petra.password("fel lösenord, helt fel", login=login).status_code == 422
        assert petra.password(login=login).status_code == 429
    assert not is_in(petra.client)
    assert [row["why"] for row in audit("sign_in_refused")] == ["too_many_tries"] * 2
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert petra.password().status_code == 302


def test_the_same_address_can_not_try_everybody(petra):
    for number in range(OF_ADDRESS + 1):
        answer = petra.password("fel", login=f"nobody-{number}")
    assert answer.status_code == 429


def test_codes_can_not_be_guessed(petra):
    petra.password()
    for _ in range(OF_CODE):
        assert petra.code("000000").status_code == 422
    assert petra.code().status_code == 429
    assert not is_in(petra.client)


def test_neither_names_nor_addresses_are_in_the_table_of_tries(petra):
    petra.password("fel", login="Anna Hemlig")
    kept = str(list(Try.objects.values_list()))
    assert "Anna" not in kept and "127.0.0.1" not in kept


def test_the_session_is_a_new_one_at_each_step(petra):
    petra.client.get("/logga-in/nyckel/")
    planted = petra.client.session
    planted["planted"] = "by somebody else"
    planted.save()
    keys = [planted.session_key]
    petra.password()
    keys.append(petra.client.session.session_key)
    petra.code()
    keys.append(petra.client.session.session_key)
    assert len(set(keys)) == 3
    assert "planted" not in petra.client.session


def test_a_session_ends_after_a_while_without_a_page_and_goes_on_with_pages(petra):
    client, began = petra.come_in(), now()
    for minutes in (50, 100, 150):
        with time_machine.travel(began + timedelta(minutes=minutes)):
            assert client.get("/klasser/").status_code == 200
    with time_machine.travel(began + timedelta(minutes=211)):
        assert client.get("/klasser/").headers["Location"] == "/"


def test_a_session_ends_after_ten_hours_anyhow(petra):
    client, began = petra.come_in(), now()
    for minutes in range(50, 600, 50):
        with time_machine.travel(began + timedelta(minutes=minutes)):
            assert client.get("/klasser/").status_code == 200
    with time_machine.travel(began + timedelta(minutes=600)):
        assert client.get("/klasser/").headers["Location"] == "/"
        assert not is_in(client)


def test_a_closed_account_is_out_at_once_and_may_be_opened_again(petra):
    client = petra.come_in()
    assert deactivate(login=petra.user.login, by=None, at=now()) == 1
    assert client.get("/klasser/").headers["Location"] == "/"
    assert petra.password().status_code == 422
    activate(login=petra.user.login, by=None, at=now())
    assert petra.password().status_code == 302


def test_a_duty_that_ends_closes_its_pages_at_once(petra):
    client = petra.come_in()
    assert client.get("/klasser/").status_code == 200
    Duty.objects.filter(person=code_of("petra")).update(end_date=TODAY - timedelta(days=1))
    assert client.get("/klasser/").status_code == 404


def test_an_operator_ends_every_session(petra):
    client = petra.come_in()
    assert sign_out_everywhere(login=petra.user.login, by=None, at=now()) == 1
    assert client.get("/klasser/").headers["Location"] == "/"


def test_ones_own_sessions_are_listed_and_the_others_ended(petra):
    first = petra.come_in()
    second = petra.client = Client()
    petra.password()
    petra.code(later=30)
    assert "2 ställen" in second.get("/konto/").content.decode()
    second.post("/konto/", {"what": "others"})
    assert first.get("/klasser/").headers["Location"] == "/"
    assert second.get("/klasser/").status_code == 200
    assert audit("end_sessions") == [{"ended": 1}]


def test_a_new_password_ends_the_other_sessions_and_keeps_this(petra):
    first = petra.come_in()
    second = petra.client = Client()
    petra.password()
    petra.code(later=30)
    assert second.post("/konto/", {"what": "password", "password": "ett annat långt lösenord"}).status_code == 302
    assert first.get("/klasser/").headers["Location"] == "/"
    assert second.get("/klasser/").status_code == 200
    assert SignedIn.objects.get().session_key == second.session.session_key
    petra.client = Client()
    assert petra.password().status_code == 422
    assert petra.password("ett annat långt lösenord").status_code == 302


@pytest.mark.parametrize(
    "password",
    [
        "",
        "kort",
        "tretton tecke",
        "pluginnovation",
        "PlugInnovation 2026",
        "petra.sund.petra.sund",
        "PetraSundKommun!1",
        "pe#5gz29ptzmse",
    ],
)
def test_a_weak_password_is_refused(petra, password):
    client = petra.come_in()
    User.objects.filter(pk=petra.user.pk).update(login="petra.sund")
    assert client.post("/konto/", {"what": "password", "password": password}).status_code == 422
    petra.user.refresh_from_db()
    assert petra.user.check_password(PASSWORD)


@pytest.mark.parametrize("what", ["password", "codes", "generator", "passkey", "remove"])
def test_a_change_of_ways_in_asks_for_a_fresh_proof(petra, what):
    client = petra.come_in()
    with time_machine.travel(now() + timedelta(minutes=16)):
        answer = client.post("/konto/", {"what": what, "password": "ett annat långt lösenord"})
        assert answer.headers["Location"] == "/logga-in/mer/?anew=1&next=/konto/"
        page = client.get(answer.headers["Location"]).content.decode()
        assert "behöver vi veta att det är du" in page
        before = client.session.session_key
        shown = {"code": code_at(petra.secret, now()), "anew": "1", "next": "/konto/"}
        assert client.post("/logga-in/mer/", shown).headers["Location"] == "/konto/"
        assert client.session.session_key != before
        assert "Byt lösenord" in client.get("/konto/").content.decode()
        assert SignedIn.objects.get().session_key == client.session.session_key


def test_another_code_generator_replaces_the_first(petra):
    client = petra.come_in()
    page = client.get("/konto/?visa=kod").content.decode()
    secret = re.search(r'class="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert secret != petra.secret
    assert "<svg" in page and "<style" not in page
    assert client.post("/konto/", {"what": "generator", "code": "000000"}).status_code == 422
    answer = client.post("/konto/", {"what": "generator", "code": code_at(secret, now())})
    assert len(re.findall(r"<code>\d{8}</code>", answer.content.decode())) == 10
    client.post("/logga-ut/")
    petra.password()
    assert petra.code(later=30).status_code == 422
    assert petra.code(code_at(secret, now() + timedelta(seconds=30))).status_code == 302


@pytest.mark.parametrize("what", ["", "everything", "remove", "passkey"])
def test_nonsense_asked_of_the_account_changes_nothing(petra, what):
    client = petra.come_in()
    for number in ("", "x", "9" * 30, str(Authenticator.objects.get().pk)):
        answer = client.post("/konto/", {"what": what, "number": number, "credential": "{}"})
        assert answer.status_code in (404, 422)
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("credential", ["", "x", "[]", "{}", '{"response": {"userHandle": "AA"}}', "null", "\x00"])
def test_what_is_no_passkey_opens_nothing(petra, credential):
    petra.client.get("/logga-in/nyckel/")
    assert petra.client.post("/logga-in/nyckel/", {"credential": credential}).status_code == 422
    assert not is_in(petra.client)


def test_where_local_accounts_do_not_count_they_open_no_pupil(petra, adam, settings):
    settings.PLUG_LOCAL_ACCOUNTS = False
    client = petra.come_in()
    assert client.get("/klasser/").headers["Location"] == "/logga-in/mer/?next=%2Fklasser%2F"
    assert "räcker inte" in client.get("/logga-in/mer/").content.decode()
    assert adam.come_in().get("/inlasningar/").status_code == 200


def link_for(who: str) -> str:
    return f"/inbjudan/{make_sign_in_link(who=who, by=None, at=now())}/"


def secret_on(page: str) -> str:
    return re.search(r'class="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def test_from_the_link_to_an_account_with_two_factors_without_javascript(pals, client):
    name_invited(who=code_of("petra"), login="petra.sund", by=None, at=now())
    link = link_for("petra.sund")
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert client.post(link).headers["Location"] == "/inbjudan/"
    page = client.get("/inbjudan/").content.decode()
    assert 'value="petra.sund"' in page
    secret = secret_on(page)
    assert secret_on(client.get("/inbjudan/").content.decode()) == secret
    assert not is_in(client)

    weak = client.post("/inbjudan/", {"password": "kort", "code": code_at(secret, now())})
    wrong = client.post("/inbjudan/", {"password": PASSWORD, "code": "000000"})
    assert (weak.status_code, wrong.status_code) == (422, 422)
    assert not User.objects.get(login="petra.sund").has_usable_password()
    done = client.post("/inbjudan/", {"password": PASSWORD, "code": code_at(secret, now())})
    assert len(re.findall(r"<code>\d{8}</code>", done.content.decode())) == 10
    assert client.get("/klasser/").status_code == 200
    assert client.get("/inbjudan/").status_code == 410
    assert Client().post(link).status_code == 410

    again = Local.__new__(Local)
    again.user, again.client, again.secret = User.objects.get(login="petra.sund"), Client(), secret
    again.password(login="petra.sund")
    assert again.code(later=30).status_code == 302


def test_a_new_link_takes_away_every_way_in_and_session_that_there_was(petra, client):
    before = petra.come_in()
    client.post(link_for(petra.user.login))
    assert before.get("/klasser/").headers["Location"] == "/"
    assert petra.password().status_code == 422
    assert not Authenticator.objects.exists()


def test_a_link_alone_opens_nothing(pals, client):
    client.post(link_for("adam"))
    assert client.get("/inlasningar/").headers["Location"] == "/"
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert client.get("/inbjudan/").status_code == 410


def test_the_newest_link_is_the_only_one(pals, client):
    first, second = link_for("adam"), link_for("adam")
    assert client.post(first).status_code == 410
    assert client.post(second).status_code == 302


@pytest.mark.parametrize(
    ("who", "login", "code"),
    [
        ("nobody", "anna", "nobody_to_sign_in"),
        ("adam", "rut", "login_taken"),
        ("adam", "RUT", "login_taken"),
        ("adam", "demo:x", "not_a_login"),
        ("adam", "a b", "not_a_login"),
    ],
)
def test_a_name_that_can_not_be_had_is_refused(pals, who, login, code):
    with pytest.raises(Refusal) as refused:
        name_invited(who=who, login=login, by=None, at=now())
    assert refused.value.code == code


@pytest.mark.parametrize("act", [deactivate, activate, sign_out_everywhere])
@pytest.mark.parametrize("login", ["nobody", "", "demo:administrator"])
def test_an_account_that_is_not_there_is_refused(pals, act, login):
    with pytest.raises(Refusal) as refused:
        act(login=login, by=None, at=now())
    assert refused.value.code == "no_such_account"


def test_accounts_are_listed_with_their_ways_in(petra, pals):
    make_sign_in_link(who="adam", by=None, at=now())
    told = {one.login: one.ways for one in accounts(at=now())}
    assert told[petra.user.login] == ("password and code", "service")
    assert told["adam"] == ("link",)
    assert told["rut"] == ()
    assert pals.omar.login not in told


def test_no_password_code_or_link_is_in_the_audit(petra):
    petra.come_in()
    petra.client.post("/konto/", {"what": "password", "password": "ett annat långt lösenord"})
    petra.client.post(link_for(petra.user.login))
    written = str(list(AuditEvent.objects.values_list("about", "details")))
    assert not [word for word in (PASSWORD, "ett annat", petra.secret, "Petra") if word in written]
