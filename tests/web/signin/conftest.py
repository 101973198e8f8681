"""Sign-in as the pages do it: accounts with two factors, and an authority's service."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils.timezone import now

from pluginnovation.web.people.models import User
from pluginnovation.web.people.signin import factors
from pluginnovation.web.people.signin.authorities import Authority
from tests.authority import CLIENT, LOA2, LOA3, SECRET, Service, running_service
from tests.pals import Pals

PASSWORD = "korrekt häst batteri häftstift"


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with running_service() as service:
        yield service


@pytest.fixture
def service(running: Service, settings, tmp_path: Path) -> Service:
    """The service, as it is when nobody has told it anything, and known to the web as Björkeby's."""
    running.subject, running.claims = "sub-asa", {"eduPersonPrincipalName": "asa@bjorkeby.example"}
    running.userinfo, running.discovery, running.forged, running.algorithm = {}, {}, False, "RS256"
    running.codes.clear()
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    settings.PLUG_AUTHORITIES = {
        "bjorkeby": Authority(
            name="bjorkeby", title="Björkeby kommun", issuer=running.issuer, client_id=CLIENT,
            secret_file=tmp_path / "secret", sources=("bjorkeby",), levels=(LOA2, LOA3),
        )
    }  # fmt: skip
    return running


def code_at(secret: str, at: datetime) -> str:
    """What a code generator shows."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


class Local:
    """A user with a password and a code generator, and a browser."""

    def __init__(self, user: User) -> None:
        self.user, self.client, self.secret = user, Client(), factors.new_code_secret()
        user.set_password(PASSWORD)
        user.save()
        factors.set_code_generator(user, self.secret, counter=0)

    def password(self, password: str = PASSWORD, login: str | None = None, **more: str):
        """The first step."""
        return self.client.post("/logga-in/", {"login": login or self.user.login, "password": password, **more})

    def code(self, code: str | None = None, *, later: int = 0):
        """The second."""
        shown = code or code_at(self.secret, now() + timedelta(seconds=later))
        return self.client.post("/logga-in/kod/", {"code": shown})

    def come_in(self) -> Client:
        """Both."""
        self.password()
        assert self.code().status_code == 302
        return self.client


@pytest.fixture
def petra(pals: Pals) -> Local:
    """The principal, with a local account."""
    return Local(pals.petra)


@pytest.fixture
def adam(pals: Pals) -> Local:
    """The administrator, with a local account."""
    return Local(pals.adam)


def through(client: Client, service: Service, back: str = "/klasser/"):
    """Sign in at the service, as its subject: what our own page then answers."""
    sent = client.get("/logga-in/via/bjorkeby/", {"next": back})
    assert sent.status_code == 302, sent.content.decode()
    return client.get(service.answer_to(sent.headers["Location"]))
