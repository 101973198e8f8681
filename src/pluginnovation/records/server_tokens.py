"""How we prove who we are to a server: a bearer token, OAuth 2 client credentials, or a client certificate alone."""

import base64
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, urlencode

import msgspec

from .server_http import Answer, Line, Question
from .server_secrets import Secret, secret_file
from .server_trouble import certificate_unusable, token_not_given

# A token is renewed so many seconds before it ends; one that doesn't say lives this long.
_MARGIN: Final = 60.0
_LIVES: Final = 300.0


class Token(Protocol):
    """Gives the header that a question carries, and can renew it once when the server says 401."""

    def header(self) -> str | None: ...

    def renew(self) -> bool: ...


class NoToken:
    """The certificate of the connection says who we are."""

    def header(self) -> str | None:
        """Nothing."""
        return None

    def renew(self) -> bool:
        """There is nothing to renew."""
        return False


class Bearer:
    """A token that somebody gave us. It may have been changed where it lies since we read it."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._read = ""

    def header(self) -> str | None:
        """`Bearer …`."""
        self._read = self._read or self._secret()
        return f"Bearer {self._read}"

    def renew(self) -> bool:
        """Read it again; True when it is another one."""
        before, self._read = self._read, self._secret()
        return before != self._read


class _Granted(msgspec.Struct):
    """What a token server answers."""

    access_token: str
    expires_in: float | str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are at the token server."""

    id: str
    secret: Secret
    scope: str = ""


class ClientCredentials:
    """OAuth 2 client credentials (RFC 6749, section 4.4). Fetched when needed, renewed before it ends or at 401."""

    def __init__(self, line: Line, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self._line, self._client, self._clock = line, client, clock
        self._token, self._ends = "", 0.0

    def header(self) -> str | None:
        """`Bearer …`.

        Raises  Unavailable 'token_not_given', and those of `Line.ask`
        """
        if not self._token or self._clock() >= self._ends:
            self._fetch()
        return f"Bearer {self._token}"

    def renew(self) -> bool:
        """Fetch a new one."""
        self._fetch()
        return True

    def _fetch(self) -> None:
        # Every token server must take the secret as Basic; some take it in the form only.
        try:
            answer = self._asked(in_form=False)
            if answer.status in (400, 401):
                answer = self._asked(in_form=True)
        finally:
            self._line.hang_up()
        try:
            granted = msgspec.json.decode(answer.content, type=_Granted)
            lives = float(granted.expires_in or _LIVES)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
            raise token_not_given(self._line.address.host) from None
        usable = granted.access_token.isascii() and granted.access_token.isprintable()
        if answer.status != 200 or not granted.access_token or not usable:
            raise token_not_given(self._line.address.host)
        self._token, self._ends = granted.access_token, self._clock() + max(lives - _MARGIN, lives / 2)

    def _asked(self, *, in_form: bool) -> Answer:
        client, form = self._client, {"grant_type": "client_credentials"}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if client.scope:
            form["scope"] = client.scope
        if in_form:
            form |= {"client_id": client.id, "client_secret": client.secret()}
        else:
            pair = f"{quote(client.id, safe='')}:{quote(client.secret(), safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return self._line.ask(Question("POST", "", headers=headers, body=urlencode(form).encode()))


def trust(*, authority: str = "", certificate: str = "", key: str = "") -> ssl.SSLContext:
    """What TLS trusts and shows: the machine's own authorities or one file, and our certificate when we have one.

    Takes   authority     PEM file of the server's own certificate authority; empty: those of the machine
            certificate   PEM file; `key` its key in a file that only its owner reads, or empty when in the same
    Raises  Unavailable 'certificate_unusable', 'secret_missing', 'secret_open_to_others'
    """
    try:
        context = ssl.create_default_context(cafile=authority or None)
    except (OSError, ssl.SSLError):
        raise certificate_unusable(authority) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate:
        held = secret_file(key or certificate)
        try:
            context.load_cert_chain(Path(certificate), held, password=_no_password)
        except (OSError, ssl.SSLError, ValueError):
            raise certificate_unusable(certificate) from None
    return context


def _no_password() -> str:
    """A key with a password would stop and ask for it at the terminal, in the night."""
    raise ValueError
