"""The ways in, in a real browser: a passkey made and used, and password and code without JavaScript."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import look_at
from tests.browser.server import OURS

PASSWORD = "korrekt häst batteri häftstift"


@pytest.fixture(scope="module")
def people(server) -> Callable[..., str]:
    """`plug people …` on the server's home: what it answers."""

    def command(*words: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        port = server.address.rsplit(":", 1)[1]
        environ = {**kept, "PLUG_HOME": str(server.home), "PORT": port, "PLUG_HOST": "127.0.0.1"}
        plug = str(Path(sys.executable).with_name("plug"))
        done = subprocess.run([plug, "people", *words], env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return command


@pytest.fixture(scope="module")
def link(people) -> Callable[[str], str]:
    """A one-time link for an administrator of that name: the path."""

    def make(login: str) -> str:
        people("appoint", login, "administrator", "--name", "Anna Prov")
        return re.search(r"(/inbjudan/\S+/)", people("invite", login))[1]

    return make


@pytest.fixture
def at_localhost(browser: Browser, server):
    """A page at the name of this machine: a passkey belongs to a name, not to a number."""
    opened = []

    def come(**options) -> Page:
        address = server.address.replace("127.0.0.1", "localhost")
        context = browser.new_context(base_url=address, locale="sv-SE", **options)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield come
    for context in opened:
        context.close()


def with_authenticator(page: Page) -> None:
    """A device that makes passkeys and says that it knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_of(secret: str, *, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30 + later))


def test_from_the_link_to_a_passkey_and_in_with_it_again(at_localhost, link):
    page = at_localhost()
    with_authenticator(page)
    page.goto(link("anna.nyckel"))
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.locator("h1")).to_have_text("Välj hur du loggar in")
    page.get_by_role("button", name="Gör en passernyckel").click()
    expect(page.locator("h1")).to_have_text("Inläsningar")

    page.locator(".person summary").click()
    page.locator(".person button", has_text="Logga ut").click()
    page.get_by_role("link", name=re.compile("inloggning")).first.click()
    page.get_by_role("button", name="Logga in med passernyckel").click()
    expect(page.locator("h1")).to_have_text("Inläsningar")

    page.goto("/konto/")
    expect(page.locator("main")).to_contain_text("använd")
    expect(page.locator("[data-passkey-failed]")).to_be_hidden()
    page.get_by_role("button", name="Gör en passernyckel").click()
    expect(page.get_by_role("alert")).to_contain_text("Det blev ingen passernyckel")


def test_a_passkey_of_somebody_else_opens_nothing_and_the_page_says_so(at_localhost):
    page = at_localhost()
    with_authenticator(page)
    page.goto("/logga-in/")
    expect(page.locator("[data-passkey-failed]")).to_be_hidden()
    page.get_by_role("button", name="Logga in med passernyckel").click()
    expect(page.get_by_role("alert")).to_contain_text("Det gick inte att använda passernyckeln")


def test_without_javascript_a_password_and_a_code_are_enough(enter, link):
    page = enter("")
    page.goto(link("anna.losen"))
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("button", name="Gör en passernyckel")).to_be_hidden()
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Välj ett lösenord").fill(PASSWORD)
    page.get_by_label("Koden som appen visar").fill(code_of(secret))
    page.get_by_role("button", name="Spara och logga in").click()
    expect(page.locator("ul.keys code")).to_have_count(10)
    page.get_by_role("link", name="Jag har koderna").click()
    expect(page.locator("h1")).to_have_text("Inläsningar")

    page.locator(".person summary").click()
    page.locator(".person button", has_text="Logga ut").click()
    page.goto("/logga-in/?next=/regler/")
    page.get_by_label("Inloggningsnamn").fill("anna.losen")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_label("Kod", exact=True).fill("000000")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("alert")).to_contain_text("Koden stämmer inte")
    page.get_by_label("Kod", exact=True).fill(code_of(secret, later=1))
    page.get_by_role("button", name="Fortsätt").click()
    expect(page).to_have_url(re.compile("/regler/$"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_sign_in_is_accessible_in_every_look(at_localhost, link, language):
    page = at_localhost()
    page.goto("/")
    if language == "en":
        page.locator("button[name=language][value=en]").click()
    found = look_at(page, ["/logga-in/", link(f"anna.{language}")])
    page.locator("main button").click()
    invited = look_at(page, ["/inbjudan/"])
    page.locator("#losenord").fill(PASSWORD)
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.locator("#kod").fill(code_of(secret))
    page.locator("main button.main", has_text=re.compile("Spara|Save")).click()
    inside = look_at(page, ["/konto/", "/konto/?visa=kod", "/logga-in/mer/?anew=1&next=/konto/"])
    page.context.clear_cookies(name="plug_session")
    page.goto("/logga-in/")
    page.locator("#login").fill(f"anna.{language}")
    page.locator("#losenord").fill(PASSWORD)
    page.locator("main .form button").click()
    code = look_at(page, ["/logga-in/kod/"])
    for findings in (found, invited, inside, code):
        assert (findings.axe, findings.sideways, findings.noise) == ([], [], [])
    assert page.locator("#kod").count() == 1
