"""Ways in to the editor: two factors, or a button of the demo while everything is made up."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.test import Client

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.knowledge.editors.actions import add_editor, close, way_in
from pluginnovation.web.knowledge.editors.models import ROLES, Editor

pytestmark = pytest.mark.django_db
PASSWORD = "en lång mening om höst"


def with_password(login: str = "ellen") -> Editor:
    """An editor who has used the link and chosen a password."""
    add_editor(login=login, name="Ellen", school="Nyskolan", email="ellen@example.se", role="editor")
    client = Client()
    chosen = client.get(way_in(login=login, address=""), follow=True)
    done = client.post(chosen.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302, done.content
    return Editor.objects.get(login=login)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30))


@pytest.mark.parametrize("path", ["/redigera/", "/redigera/pages/", "/redigera/reports/locked/", "/redigera/images/"])
def test_nobody_is_in_the_editor_without_signing_in(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/konto/login/")


@pytest.mark.parametrize(
    "path",
    [
        "/redigera/login/", "/redigera/password_reset/", "/admin/", "/konto/signup/", "/konto/password/reset/",
        "/konto/email/", "/redigera/users/", "/redigera/groups/", "/_util/login/",
        "/en/_util/login/", "/_util/authenticate_with_password/1/3/",
    ],
)  # fmt: skip
def test_there_is_no_other_way_in(path):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_button_of_the_demo_opens_the_editor(as_role, role):
    answer = as_role(role).get("/redigera/")
    assert answer.status_code == 200
    assert "/konto/2fa/" not in answer.content.decode()


def test_the_buttons_are_gone_when_others_can_reach_the_hub(settings):
    settings.PLUG_BIND = "0.0.0.0"
    assert Client().post("/konto/demo/", {"role": "editor"}).status_code == 404


def test_the_buttons_are_gone_when_something_real_is_read_in(as_role):
    client, real = as_role("editor"), Path(settings.PLUG_HOME) / "real"
    real.touch()
    try:
        assert client.get("/redigera/").url.startswith("/konto/login/")
        assert Client().post("/konto/demo/", {"role": "editor"}).status_code == 404
    finally:
        real.unlink()


def test_the_first_real_editor_ends_the_demo(as_role):
    client = as_role("editor")
    add_editor(login="ellen", name="Ellen", school="", email="", role="editor")
    assert client.get("/redigera/").status_code == 302
    assert Client().post("/konto/demo/", {"role": "editor"}).status_code == 404
    assert b"/konto/demo/" not in Client().get("/konto/login/").content


@pytest.mark.parametrize("role", ["", "administrator", "owner'--", "demo:editor"])
def test_an_unknown_role_is_no_page(role):
    assert Client().post("/konto/demo/", {"role": role}).status_code == 404


def test_a_password_alone_opens_nothing():
    with_password()
    client = Client()
    client.post("/konto/login/", {"login": "ellen", "password": PASSWORD})
    answer = client.get("/redigera/")
    assert (answer.status_code, answer.url) == (302, "/konto/2fa/")


def test_a_password_and_a_code_open_the_editor_and_a_wrong_code_does_not():
    editor, secret = with_password(), generate_totp_secret()
    TOTP.activate(editor, secret)
    client = Client()
    asked = client.post("/konto/login/", {"login": "ellen", "password": PASSWORD})
    assert asked.url == "/konto/2fa/authenticate/"
    assert client.post(asked.url, {"code": "000000"}).status_code == 200
    assert client.get("/redigera/").status_code == 302
    client.post(asked.url, {"code": code_of(secret)})
    assert "/konto/2fa/" in client.get("/redigera/").content.decode()


def test_the_secret_of_a_factor_is_sealed_in_the_table():
    editor, secret = with_password(), generate_totp_secret()
    made = TOTP.activate(editor, secret)
    assert secret not in str(made.instance.data)


def test_a_link_works_once_and_a_closed_account_lets_nobody_in():
    editor = with_password()
    old = way_in(login="ellen", address="")
    editor.set_password("något helt annat nu")
    editor.save()
    assert b"password1" not in Client().get(old, follow=True).content
    close(login="ellen")
    client = Client()
    client.post("/konto/login/", {"login": "ellen", "password": "något helt annat nu"})
    assert client.get("/redigera/").url.startswith("/konto/login/")


@pytest.mark.parametrize(
    ("login", "role", "school", "code"),
    [
        ("a", "owner", "", "unknown_role"),
        ("demo:x", "editor", "", "not_a_login"),
        (" ", "editor", "", "not_a_login"),
        ("a", "peer_reviewer", " ", "reviewer_without_school"),
    ],
)
def test_an_account_that_cannot_be_meant_is_refused(login, role, school, code):
    with pytest.raises(Refusal) as refused:
        add_editor(login=login, name="A", school=school, email="", role=role)
    assert refused.value.code == code
    with pytest.raises(Refusal):
        way_in(login="nobody", address="")


def test_each_part_has_its_own_policy(as_role):
    public = Client().get("/konto/login/").headers["Content-Security-Policy"]
    editor = as_role("editor").get("/redigera/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in public
    assert "unsafe" not in public
    assert "frame-src 'self'" in editor
    assert "https:" not in public + editor


def test_pages_of_the_signed_in_are_kept_by_no_cache(as_role):
    assert "no-store" in as_role("editor").get("/redigera/").headers["Cache-Control"]


def test_the_page_of_sign_in_speaks_the_readers_language():
    client = Client()
    assert "Logga in för att skriva" in client.get("/konto/login/").content.decode()
    assert "Sign in to write" in client.get("/konto/login/", headers={"Accept-Language": "en"}).content.decode()
    assert client.post("/konto/sprak/", {"language": "en", "next": "https://example.se/"}).url == "/konto/login/"
    assert "Sign in to write" in client.get("/konto/login/").content.decode()
