"""The one-time link, the choice of role, and the way out."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.actions import appoint, dismiss, make_sign_in_link, use_sign_in_link
from pluginnovation.web.people.models import AuditEvent, Duty, SignInLink, User
from tests.pals import TODAY, code_of

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)


def link_for(who, at=AT):
    return make_sign_in_link(who=who, by=None, at=at)


@pytest.mark.parametrize("who", [code_of("asa"), "asa@bjorkeby.example"])
def test_staff_are_found_by_code_or_eppn(pals, who):
    assert use_sign_in_link(token=link_for(who), at=AT) == pals.asa


def test_a_recorded_user_is_found_by_login(pals):
    assert use_sign_in_link(token=link_for("adam"), at=AT) == pals.adam


@pytest.mark.parametrize("who", ["", "nobody", "nobody@bjorkeby.example", code_of("mira"), "charlie", "@"])
def test_nobody_without_a_duty_gets_a_link(pals, who):
    with pytest.raises(Refusal, match="Nobody with a duty"):
        link_for(who)
    assert not SignInLink.objects.exists()


def test_a_duty_that_has_ended_gives_no_link(pals):
    Duty.objects.filter(person=code_of("asa")).update(end_date=TODAY - timedelta(days=1))
    with pytest.raises(Refusal):
        link_for(code_of("asa"))


def test_a_link_works_once(pals):
    token = link_for("adam")
    use_sign_in_link(token=token, at=AT)
    with pytest.raises(Refusal) as refused:
        use_sign_in_link(token=token, at=AT)
    assert refused.value.code == "link_spent"


@pytest.mark.parametrize(("hours", "works"), [(0, True), (23, True), (24, False), (240, False)])
def test_a_link_lives_a_day(pals, hours, works):
    token = link_for("adam")
    try:
        use_sign_in_link(token=token, at=AT + timedelta(hours=hours))
        worked = True
    except Refusal:
        worked = False
    assert worked is works


def test_a_made_up_or_cut_token_and_one_of_a_user_who_left_are_refused_alike(pals):
    token = link_for("adam")
    User.objects.filter(login="adam").update(is_active=False)
    said = set()
    for tried in (token, token[:-1], "x", ""):
        with pytest.raises(Refusal) as refused:
            use_sign_in_link(token=tried, at=AT)
        said.add(str(refused.value))
    assert len(said) == 1


def test_the_token_is_not_in_the_database(pals):
    token = link_for("adam")
    assert token not in str(SignInLink.objects.values_list().get())
    assert token not in str(list(AuditEvent.objects.values_list()))


def test_both_steps_are_in_the_audit(pals):
    use_sign_in_link(token=link_for("adam"), at=AT)
    assert list(AuditEvent.objects.order_by("id").values_list("action", "by", "about")) == [
        ("make_sign_in_link", None, "adam"),
        ("use_sign_in_link", pals.adam.pk, "adam"),
    ]


def test_the_first_administrator_is_appointed_by_hand_and_dismissed_at_once(pals, client):
    eva = appoint(login="eva", name="Eva Ek", role="administrator", by=None, at=AT)
    client.force_login(eva)
    assert client.get("/inlasningar/").status_code == 200
    assert dismiss(login="eva", role="administrator", by=None, at=AT) == 1
    assert client.get("/inlasningar/").status_code == 404
    assert Duty.pgh_event_model.objects.filter(user=eva, pgh_label="delete").count() == 1


@pytest.mark.parametrize("role", ["mentor", "principal", "pupil_health", "teacher", "", "king"])
def test_a_role_that_sees_pupils_is_not_given_by_hand(pals, role):
    with pytest.raises(Refusal) as refused:
        appoint(login="eva", name="Eva", role=role, by=None, at=AT)
    assert refused.value.code == "not_given_by_hand"
    assert not User.objects.filter(login="eva").exists()


@pytest.mark.parametrize("login", ["", "a b", "demo:eva", "x" * 65, "a\x00", code_of("asa")])
def test_a_login_that_is_none_or_is_a_source_persons_is_refused(pals, login):
    with pytest.raises(Refusal) as refused:
        appoint(login=login, name="Eva", role="administrator", by=None, at=AT)
    assert refused.value.code == "not_a_login"


def test_signing_out_ends_the_session(pals, client):
    client.force_login(pals.adam)
    assert client.get("/logga-ut/").status_code == 405
    client.post("/logga-ut/")
    assert client.get("/inlasningar/").headers["Location"] == "/"


class Buttons(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.values = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "button" and (value := dict(attrs).get("value")) and dict(attrs).get("name") == "role":
            self.values.append(value)


def test_several_roles_are_chosen_between_and_the_page_says_which(pals, client):
    client.force_login(pals.sam)
    assert client.get("/").headers["Location"] == "/roll/"
    assert client.get("/klasser/").headers["Location"] == "/roll/"

    keys = Buttons(client.get("/roll/").content.decode()).values
    assert keys == [f"mentor.{pals.place('bjork')}", f"teacher.{pals.place('alm')}"]
    assert client.post("/roll/", {"role": keys[0]}).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/min-dag/"
    assert "Du är här som Mentor, Björkskolan." in client.get("/roll/").content.decode()


@pytest.mark.parametrize("role", ["", "principal.", "administrator", "mentor.feedfeedfeedfeed", "\x00"])
def test_a_role_that_is_not_ones_own_can_not_be_chosen(pals, client, role):
    client.force_login(pals.sam)
    assert client.post("/roll/", {"role": role}).status_code == 404
    assert client.get("/").headers["Location"] == "/roll/"


def test_a_chosen_role_ends_with_its_duty(pals, client):
    client.force_login(pals.sam)
    client.post("/roll/", {"role": f"mentor.{pals.place('bjork')}"})
    Duty.objects.filter(person=code_of("sam"), role="mentor").update(end_date=TODAY - timedelta(days=1))
    assert client.get("/").headers["Location"] == "/min-dag/"
    assert "Lärare, Almskolan" in client.get("/roll/").content.decode()


def test_the_signed_in_without_a_duty_are_told_so(pals, client):
    client.force_login(pals.charlie)
    assert "inget uppdrag" in client.get("/").content.decode()
    Duty.objects.create(user=pals.charlie, role="evaluator")
    assert client.get("/").headers["Location"] == "/effekt/"


def test_pages_of_the_signed_in_are_kept_nowhere(pals, client):
    client.force_login(pals.adam)
    assert client.get("/inlasningar/").headers["Cache-Control"] == "no-store, private"


def test_the_page_that_is_not_there_says_nothing_of_who_asks_or_for_what(pals, visit_as):
    answers = {
        visit_as(user, path).content
        for user in (pals.asa, pals.adam, pals.charlie)
        for path in ("/elev/nobody/", f"/elev/{pals.sixten}/", "/finns/inte/?q=<script>", "/inlasningar/9/")
        if not (user is pals.charlie and path.startswith("/finns"))
    }
    assert len(answers) == 1
    assert "Sidan finns inte." in answers.pop().decode()


def test_the_session_goes_with_time_and_not_before(pals, client):
    client.force_login(pals.adam)
    with time_machine.travel(AT + timedelta(hours=3)):
        assert client.get("/inlasningar/").headers["Location"] == "/"
