"""No page with a pupil opens before a level and two factors have been shown, and there is one place to sign in."""

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from pluginnovation.web.people.models import AuditEvent, User
from pluginnovation.web.people.signin.authorities import Authority
from pluginnovation.web.people.signin.open_pages import OPEN, WITHOUT_PUPILS
from tests.web.test_urls_by_role import WHO, addresses, built, filled_in, lines, world  # noqa: F401 - fixtures

LACKING = {
    "one factor": {"how": "local", "authority": "", "levels": ["own"], "factors": False},
    "no level": {"how": "authority", "authority": "bjorkeby", "levels": [], "factors": True},
    "nothing known": None,
}


def patterns(found: list[URLPattern | URLResolver]) -> list[URLPattern]:
    return [
        one
        for pattern in found
        for one in (patterns(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern])
    ]


EVERY = patterns(get_resolver().url_patterns)


def test_every_page_that_is_named_open_exists_and_every_page_has_a_name():
    assert {pattern.name for pattern in EVERY} >= OPEN
    assert all(pattern.name for pattern in EVERY)


@pytest.fixture(autouse=True)
def bjorkeby(settings, tmp_path):
    """An authority that is known, so that what is lacking is the level and not the service."""
    settings.PLUG_AUTHORITIES = {
        "bjorkeby": Authority(
            name="bjorkeby", title="Björkeby", issuer="https://id.bjorkeby.example", client_id="plug",
            secret_file=tmp_path / "secret", sources=("bjorkeby",), levels=("loa2",),
        )
    }  # fmt: skip


def put_in(client: Client, user: User, lack: str) -> None:
    client.force_login(user)
    session = client.session
    session["shown"] = LACKING[lack]
    session.save()


# With one factor everyone is asked on every page; what else may be lacking is the same question for one of each kind.
CASES = (
    [(who, "one factor") for who in WHO if who != "nobody"]
    + [("petra", lack) for lack in LACKING]
    + [("rut", "no level")]
)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "lack"), CASES)
def test_every_other_page_asks_for_more_whoever_asks(world, client, who, lack):  # noqa: F811
    opened = []
    put_in(client, getattr(world, who), lack)
    for method, path in lines():
        address = filled_in(path, world)
        name = resolve(address).url_name
        answer = getattr(client, method.lower())(address)
        if name in OPEN:
            assert not [word for word in ("Mira", "Noor", "Åkesson", world.mira) if word in answer.content.decode()]
            if name in ("sign_out", "sign_in_passkey"):
                put_in(client, getattr(world, who), lack)
        elif not answer.headers.get("Location", "").startswith("/logga-in/mer/?next="):
            opened.append(f"{method} {address} {answer.status_code}")
    assert not opened


@pytest.mark.django_db
def test_an_administrator_needs_no_level_and_finds_no_pupil_without_one(world, client):  # noqa: F811
    assert {"administrator"} == WITHOUT_PUPILS
    put_in(client, world.adam, "no level")
    assert client.get("/inlasningar/").status_code == 200
    for address in (f"/elev/{world.mira}/", "/klasser/", "/elever/", "/regionen/", "/ungdomar/"):
        assert client.get(address).status_code == 404
    put_in(client, world.adam, "one factor")
    assert client.get("/inlasningar/").headers["Location"].startswith("/logga-in/mer/")


@pytest.mark.django_db
def test_the_way_back_is_the_page_that_was_asked_for_and_never_another_web(pals, client):
    put_in(client, pals.asa, "one factor")
    asked = client.get("//evil.example/klasser/")
    assert "evil" not in asked.headers.get("Location", "")
    for bad in ("https://evil.example/", "//evil.example", "/\\evil", "x", ""):
        page = client.get("/logga-in/mer/", {"next": bad}).content.decode()
        assert "evil" not in page[page.index("<main") : page.index("</main>")]
    posted = client.post("/klasser/", {"x": "y"})
    assert posted.headers["Location"] == "/logga-in/mer/?next=%2F"


def test_there_is_one_page_to_sign_in_on():
    """Neither Django's, nor allauth's, nor an editor's own, at any address or by any view."""
    views = {f"{pattern.callback.__module__}.{pattern.callback.__qualname__}" for pattern in EVERY}
    assert not [view for view in views if view.startswith(("allauth.", "wagtail.", "django.contrib."))]
    assert not [app for app in apps.get_app_configs() if app.name in ("django.contrib.admin", "wagtail.admin")]
    told = [path for path in addresses(get_resolver().url_patterns) if "login" in path or "admin" in path]
    assert told == []
    assert [pattern.name for pattern in EVERY if str(pattern.pattern) == "logga-in/"] == ["sign_in"]
    assert settings.LOGIN_URL == "/logga-in/"


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/login/", "/cms/login/", "/accounts/login/", "/accounts/signup/", "/login/", "/konto/ny/",
     "/accounts/password/reset/", "/mfa/", "/accounts/openid_connect/x/login/"],
)  # fmt: skip
@pytest.mark.django_db
def test_the_addresses_where_others_have_theirs_are_empty(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_nobody_can_make_an_account_by_asking(pals, client):
    users = User.objects.count()
    for path, method in ((path, method) for method, path in lines() if resolve(filled_in(path, pals)).url_name in OPEN):
        getattr(client, method.lower())(filled_in(path, pals), {"login": "new", "password": "ett långt lösenord"})
    assert User.objects.count() == users
    assert not AuditEvent.objects.filter(action="sign_in").exists()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(pals):
    strict = Client(enforce_csrf_checks=True)
    for path in ("/logga-in/", "/logga-in/nyckel/", "/inbjudan/", "/inbjudan/x/", "/logga-ut/", "/konto/"):
        assert strict.post(path, {"login": "a", "password": "b"}).status_code == 403


@pytest.mark.django_db
def test_scripts_are_allowed_where_passkeys_are_and_nowhere_else(client):
    assert "script-src 'self'" in client.get("/logga-in/").headers["Content-Security-Policy"]
    assert "script-src" not in client.get("/personuppgifter/").headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/logga-in/").headers["Content-Security-Policy"]
