"""Sign-in at an authority's own service: what is believed, and everything that isn't."""

import re
import time
from urllib.parse import parse_qs

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from pluginnovation.web.people.models import AuditEvent, Duty, Organisation, User
from pluginnovation.web.people.signin.actions import deactivate, recognise
from pluginnovation.web.people.signin.models import KnownAs, SignedIn
from pluginnovation.web.people.sink import PeopleSink
from tests.authority import LOA2, LOA3, UNCERTIFIED
from tests.pals import TODAY, code_of, everyone, persons
from tests.web.signin.conftest import through

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_staff_come_in_and_back_to_where_they_were(pals, service, client):
    answer = through(client, service, back="/klasser/?sida=2")
    assert answer.headers["Location"] == "/klasser/?sida=2"
    assert client.get("/klasser/").status_code == 200
    assert User.objects.get(pk=client.session["_auth_user_id"]) == pals.asa
    assert SignedIn.objects.get().authority == "bjorkeby"


def test_the_key_is_issuer_and_subject_and_no_claim_is_kept(pals, service, client):
    service.claims |= {"email": "omar@skola.example", "email_verified": True, "name": "Omar Haddad"}
    through(client, service)
    tied = SocialAccount.objects.get()
    assert (tied.provider, tied.uid, tied.user, tied.extra_data) == (service.issuer, "sub-asa", pals.asa, {})


def test_the_second_time_the_subject_is_enough(pals, service, client):
    through(client, service)
    service.claims = {}
    other = Client()
    through(other, service)
    assert other.get("/klasser/").status_code == 200
    assert SocialAccount.objects.count() == 1


def test_what_is_asked_for_has_state_nonce_a_challenge_and_the_levels(pals, service, client):
    through(client, service)
    asked = service.asked
    assert len(asked["state"]) >= 16 and len(asked["nonce"]) >= 32
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == f"{LOA2} {LOA3}"
    assert set(asked["scope"].split()) == {"openid"}
    assert asked["redirect_uri"] == "http://testserver/logga-in/svar/bjorkeby/"


def test_the_eppn_may_be_told_only_when_asked(pals, service, client):
    service.claims, service.userinfo = {}, {"eduPersonPrincipalName": "ASA@bjorkeby.example"}
    through(client, service)
    assert is_in(client)


def test_what_is_told_of_another_subject_is_not_believed(pals, service, client):
    service.claims = {}
    service.userinfo = {"eduPersonPrincipalName": "asa@bjorkeby.example", "sub": "somebody else"}
    assert through(client, service).status_code == 403
    assert not is_in(client)


BAD_TOKENS = {
    "wrong audience": {"aud": "another"},
    "several audiences and nobody it was given to": {"aud": ["plug", "another"]},
    "given to another": {"aud": ["plug", "another"], "azp": "another"},
    "wrong issuer": {"iss": "https://id.elsewhere.example"},
    "expired": {"exp": 1},
    "never expires": {"exp": None},
    "no age": {"iat": None},
    "an hour old": {"iat": int(time.time()) - 3600},
    "another nonce": {"nonce": "replayed"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "an endless subject": {"sub": "x" * 192},
}


@pytest.fixture
def by_the_clock(db):
    """The pals on the day it really is: tokens are held against the clock of the machine."""
    from tests.pals import move_in

    return move_in()


@pytest.mark.parametrize("wrong", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_token_that_is_not_ours_is_refused(by_the_clock, service, client, wrong):
    service.claims |= wrong
    assert through(client, service).status_code == 400
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(("forged", "algorithm"), [(True, "RS256"), (False, "none"), (False, "HS256")])
def test_a_forged_signature_is_refused(by_the_clock, service, client, forged, algorithm):
    service.forged, service.algorithm = forged, algorithm
    assert through(client, service).status_code == 400
    assert not is_in(client)


def test_a_service_that_calls_itself_something_else_is_refused(pals, service, client):
    service.discovery = {"issuer": "https://id.elsewhere.example"}
    assert client.get("/logga-in/via/bjorkeby/").status_code == 502


def test_an_answer_is_used_once(pals, service, client):
    sent = client.get("/logga-in/via/bjorkeby/")
    answer = service.answer_to(sent.headers["Location"])
    assert client.get(answer).status_code == 302
    assert client.get(answer).status_code == 400


@pytest.mark.parametrize("spoiled", ["state", "iss", "code", "error"])
def test_an_answer_that_was_not_asked_for_here_is_refused(pals, service, client, spoiled):
    sent = client.get("/logga-in/via/bjorkeby/")
    answer = service.answer_to(sent.headers["Location"])
    answer = answer.replace(f"{spoiled}=", f"{spoiled}=x" if spoiled != "code" else "nothing=")
    if spoiled == "error":
        answer = answer.split("?")[0] + f"?error=access_denied&state={service.asked['state']}"
    assert client.get(answer).status_code == 400
    assert not is_in(client)


def test_an_answer_meant_for_another_browser_is_refused(pals, service, client):
    sent = client.get("/logga-in/via/bjorkeby/")
    stranger = Client()
    assert stranger.get(service.answer_to(sent.headers["Location"])).status_code == 400
    assert not is_in(stranger)


def test_an_answer_that_comes_too_late_is_refused(pals, service, client):
    sent = client.get("/logga-in/via/bjorkeby/")
    session = client.session
    states = session["socialaccount_states"]
    session["socialaccount_states"] = {key: (state, at - 601, name) for key, (state, at, name) in states.items()}
    session.save()
    assert client.get(service.answer_to(sent.headers["Location"])).status_code == 400


@pytest.mark.parametrize(
    "eppn", [None, "", "nobody@bjorkeby.example", "mira@bjorkeby.example", ["a", "b"], 7, "as.a@bjorkeby.example"]
)
def test_somebody_whom_the_source_does_not_name_gets_no_account(pals, service, client, eppn):
    users = User.objects.count()
    service.claims = {"eduPersonPrincipalName": eppn, "email": "asa@skola.example"}
    answer = through(client, service)
    assert answer.status_code == 403
    assert not is_in(client)
    assert User.objects.count() == users


def test_a_name_that_the_service_gives_another_person_is_refused(pals, service, client):
    through(client, service)
    service.subject = "sub-new"
    other = Client()
    assert through(other, service).status_code == 403
    assert not is_in(other)
    assert AuditEvent.objects.filter(action="sign_in_failed").latest("id").details["why"] == "name_is_anothers"


def test_a_name_that_the_source_gives_another_person_is_refused(pals, service, client):
    service.subject = "asa@bjorkeby.example"
    through(client, service)
    PeopleSink().take(everyone())
    changed = persons("asa", eppn=None).vstack(persons("tova", eppn="asa@bjorkeby.example"))
    from pluginnovation.records.sink import IdentityChanges

    PeopleSink().take(IdentityChanges("bjorkeby", changed, None, {}))
    other = Client()
    assert through(other, service).status_code == 403
    assert not is_in(other)


def test_two_people_with_one_name_are_both_refused(pals, service, client):
    KnownAs.objects.create(user=pals.omar, source="bjorkeby", lookup=KnownAs.objects.get(user=pals.asa).lookup)
    assert through(client, service).status_code == 403
    assert not is_in(client)


def test_another_authoritys_staff_are_never_meant(pals, service, client, settings):
    from dataclasses import replace

    ours = settings.PLUG_AUTHORITIES["bjorkeby"]
    settings.PLUG_AUTHORITIES = {"bjorkeby": replace(ours, sources=("almkommun",))}
    assert through(client, service).status_code == 403
    assert not is_in(client)


def test_a_role_in_the_token_gives_nothing(pals, service, client):
    service.claims |= {
        "eduPersonPrincipalName": "kim@bjorkeby.example",
        "roles": ["principal"],
        "affiliation": "rektor",
    }
    service.subject = "sub-kim"
    Duty.objects.filter(person=code_of("kim")).update(end_date=TODAY.replace(day=1))
    through(client, service)
    assert is_in(client)
    assert "inget uppdrag" in client.get("/").content.decode()
    assert client.get("/klasser/").status_code == 404


UNKNOWN = [["99999999"], "99999999", ["10000009", "99999999"], 99999999, {"code": "10000001"}, ["x" * 5000]]


@pytest.mark.parametrize("schools", UNKNOWN)
def test_a_school_that_nobody_knows_is_refused_and_says_nothing_of_who_it_is(pals, service, client, schools, caplog):
    service.claims |= {"sisSchoolUnitCode": schools, "name": "Åsa Dahl"}
    answer = through(client, service)
    page = answer.content.decode()
    assert answer.status_code == 403 and "en skola som inte finns här" in page
    assert not is_in(client) and not SocialAccount.objects.exists() and not SignedIn.objects.exists()
    event = AuditEvent.objects.get(action="sign_in_failed")
    assert (event.by, event.about, event.details) == (None, "", {"why": "unknown_school", "authority": "bjorkeby"})
    assert not [word for word in ("Dahl", "asa@", "sub-asa", "99999999") if word in page + caplog.text]

    service.subject, service.claims["eduPersonPrincipalName"] = "sub-nobody", "nobody@bjorkeby.example"
    stranger = through(Client(), service)
    assert (stranger.status_code, "en skola som inte finns här" in stranger.content.decode()) == (403, True)


def test_somebody_tied_before_is_refused_too_when_the_school_is_unknown(pals, service, client):
    through(client, service)
    service.claims["sisSchoolUnitCode"] = "99999999"
    other = Client()
    assert through(other, service).status_code == 403
    assert not is_in(other)


@pytest.mark.parametrize("schools", [[], "", None, "10000001", ["99999999", "10000002"], [" 10000001 "]])
def test_one_known_school_or_none_named_is_enough_and_opens_nothing_by_itself(pals, service, client, schools):
    service.claims["sisSchoolUnitCode"] = schools
    through(client, service)
    assert is_in(client)
    assert client.get(f"/elev/{pals.sixten}/").status_code == 404


def test_a_register_without_codes_of_schools_can_not_tell(pals, service, client):
    Organisation.objects.update(school_unit_code="")
    service.claims["sisSchoolUnitCode"] = ["99999999"]
    through(client, service)
    assert is_in(client)


def test_another_authoritys_school_is_unknown(pals, service, client):
    Organisation.objects.create(
        code="annanstansxxxxxx", source="almkommun", source_id="x", display_name="X", school_unit_code="20000001"
    )
    service.claims["sisSchoolUnitCode"] = "20000001"
    assert through(client, service).status_code == 403


def test_which_claim_names_the_schools_is_the_authoritys_to_say(pals, service, client, settings):
    from dataclasses import replace

    ours = settings.PLUG_AUTHORITIES["bjorkeby"]
    settings.PLUG_AUTHORITIES = {"bjorkeby": replace(ours, school_claim="enheter")}
    service.claims |= {"sisSchoolUnitCode": "99999999", "enheter": ["10000001"]}
    through(client, service)
    assert is_in(client)
    service.claims["enheter"] = ["99999999"]
    assert through(Client(), service).status_code == 403


def test_an_authority_that_nobody_knows_is_absent_and_its_tokens_are_refused(pals, service, client):
    for path in ("/logga-in/via/okand/", "/logga-in/svar/okand/?code=x&state=y"):
        assert client.get(path).status_code == 404
    service.claims["iss"] = "https://id.okand.example"
    assert through(client, service).status_code == 400
    assert not is_in(client)


def test_a_closed_account_is_refused_and_its_session_ends(pals, service, client):
    through(client, service)
    deactivate(login=pals.asa.login, by=None, at=pals_now())
    assert client.get("/klasser/").headers["Location"] == "/"
    assert through(Client(), service).status_code == 403


def test_a_recorded_administrator_is_recognised_by_decision_only(pals, service, client):
    service.subject, service.claims = "sub-adam", {"eduPersonPrincipalName": "adam@bjorkeby.example"}
    assert through(client, service).status_code == 403
    recognise(login="adam", authority="bjorkeby", eppn="Adam@bjorkeby.example", by=None, at=pals_now())
    through(client, service)
    assert client.get("/inlasningar/").status_code == 200


def pals_now():
    from django.utils.timezone import now

    return now()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"acr": None}, "säkrare identifiering"),
        ({"acr": UNCERTIFIED}, "säkrare identifiering"),
        ({"amr": ["pwd"]}, "mer än ett lösenord"),
        ({"acr": None, "amr": None}, "säkert identifierad"),
    ],
)
def test_what_is_lacking_is_asked_for_and_then_one_is_where_one_was(pals, service, client, claims, why):
    service.claims |= claims
    through(client, service)
    asked = client.get("/klasser/?q=x")
    assert asked.headers["Location"] == "/logga-in/mer/?next=%2Fklasser%2F%3Fq%3Dx"
    page = client.get(asked.headers["Location"]).content.decode()
    assert why in page and "Björkeby kommun" in page

    service.claims = {"eduPersonPrincipalName": "asa@bjorkeby.example"}
    answer = through(client, service, back="/klasser/?q=x")
    assert service.asked["prompt"] == "login"
    assert answer.headers["Location"] == "/klasser/?q=x"
    assert client.get("/klasser/?q=x").status_code == 200
    assert AuditEvent.objects.filter(action="step_up", by=pals.asa).count() == 1


def test_uncertified_opens_where_the_authority_lists_it(pals, service, client, settings):
    from dataclasses import replace

    ours = settings.PLUG_AUTHORITIES["bjorkeby"]
    settings.PLUG_AUTHORITIES = {"bjorkeby": replace(ours, levels=(LOA2, UNCERTIFIED))}
    service.claims |= {"acr": UNCERTIFIED}
    through(client, service)
    assert client.get("/klasser/").status_code == 200


def test_a_level_that_no_longer_counts_closes_pages_at_once(pals, service, client, settings):
    from dataclasses import replace

    through(client, service)
    assert client.get("/klasser/").status_code == 200
    ours = settings.PLUG_AUTHORITIES["bjorkeby"]
    settings.PLUG_AUTHORITIES = {"bjorkeby": replace(ours, levels=(LOA2,))}
    assert client.get("/klasser/").headers["Location"].startswith("/logga-in/mer/")
    settings.PLUG_AUTHORITIES = {}
    assert client.get("/klasser/").headers["Location"].startswith("/logga-in/mer/")
    assert "räcker inte" in client.get("/logga-in/mer/").content.decode()


def test_signing_out_ends_the_session_here(pals, service, client):
    through(client, service)
    key = client.session.session_key
    client.post("/logga-ut/")
    assert client.get("/klasser/").headers["Location"] == "/"
    assert not SignedIn.objects.exists()
    client.cookies["plug_session"] = key
    assert client.get("/klasser/").headers["Location"] == "/"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/logga-in/"]
)
def test_one_is_never_sent_to_another_web(pals, service, client, back):
    assert through(client, service, back=back).headers["Location"] == "/"


def test_no_name_and_no_claim_is_in_the_audit(pals, service, client):
    service.claims |= {"email": "asa@skola.example", "given_name": "Åsa"}
    through(client, service)
    written = str(list(AuditEvent.objects.values_list("about", "details")))
    assert not [word for word in ("asa@", "Åsa", "sub-asa", "skola.example") if word in written]


def test_signing_out_tells_of_the_service_and_leads_to_where_its_own_session_ends(by_the_clock, service, client):
    service.discovery = {"end_session_endpoint": f"{service.issuer}/ut?land=se"}
    through(client, service)
    answer = client.post("/logga-ut/")
    assert (answer.status_code, answer["Location"]) == (302, "/logga-ut/bjorkeby/")
    assert not is_in(client)
    page = client.get("/logga-ut/bjorkeby/").content.decode()
    assert "Björkeby kommun" in page
    there = client.get(re.search(r'href="(/logga-ut/bjorkeby/dar/)"', page)[1])["Location"]
    address, _, asked = there.partition("?")
    assert address == f"{service.issuer}/ut"
    assert parse_qs(asked) == {
        "land": ["se"], "client_id": ["plug"], "post_logout_redirect_uri": ["http://testserver/"],
    }  # fmt: skip


@pytest.mark.parametrize("told", [{}, {"end_session_endpoint": 7}, {"end_session_endpoint": "http://id.example/ut"}])
def test_a_service_without_a_safe_place_to_sign_out_leads_to_the_start_page(service, client, db, told):
    service.discovery = told
    answer = client.get("/logga-ut/bjorkeby/dar/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_out_there_when_the_service_is_silent_says_so(service, client, db):
    service.discovery = {"issuer": "https://another.example"}
    assert client.get("/logga-ut/bjorkeby/dar/").status_code == 502
    assert client.get("/logga-ut/okand/").status_code == client.get("/logga-ut/okand/dar/").status_code == 404


def test_a_local_account_signs_out_to_the_start_page(pals, service, client):
    client.force_login(pals.petra)
    assert client.post("/logga-ut/")["Location"] == "/"


@pytest.mark.parametrize("local", [True, False])
def test_signing_out_clears_what_pages_left_in_the_browser(pals, service, client, local):
    if local:
        client.force_login(pals.petra)
    else:
        through(client, service)
    assert "Clear-Site-Data" not in client.get("/laget/").headers
    assert client.post("/logga-ut/")["Clear-Site-Data"] == '"storage"'
