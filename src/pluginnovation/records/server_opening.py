"""A server as it is remembered, and how it is spoken to: the address, the kind of token, and where its secret lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .refusals import Refusal
from .server_address import address_of
from .server_http import Line, Patience
from .server_pages import SsServer
from .server_secrets import secret_at
from .server_tokens import Bearer, Client, ClientCredentials, NoToken, Token, trust

BEARER, CREDENTIALS, CERTIFICATE = "bearer", "client_credentials", "client_certificate"
TOKENS: Final = (BEARER, CREDENTIALS, CERTIFICATE)


@dataclass(frozen=True, slots=True)
class ServerTold:
    """What is told about a server. Nothing here is a secret: `secret` says where one lies.

    token           bearer, client_credentials or client_certificate
    secret          env:NAME or file:/path; empty for a client certificate
    token_address   where client credentials are exchanged for a token; `client` and `scope` are said there
    certificate     PEM file that we show; `key` its key when that stands in a file of its own
    authority       PEM file with the server's own certificate authority; empty: those that the machine trusts
    """

    address: str
    token: str
    secret: str = ""
    token_address: str = ""
    client: str = ""
    scope: str = ""
    certificate: str = ""
    key: str = ""
    authority: str = ""


def check_told(told: ServerTold, env: Mapping[str, str]) -> None:
    """Nothing, when what is told hangs together. Secrets and files are not read yet.

    Raises  Refusal 'server_address_wrong', 'token_kind_unknown', 'server_told_too_little', 'secret_place_wrong'
    """
    address_of(told.address)
    if told.token not in TOKENS:
        raise Refusal(
            "token_kind_unknown",
            what=("Det slaget av inloggning finns inte.", "There is no such kind of token."),
            todo=(f"Välj {', '.join(TOKENS)}.", f"Choose {', '.join(TOKENS)}."),
        )
    needed = {
        BEARER: {"--secret": told.secret},
        CREDENTIALS: {"--secret": told.secret, "--token-address": told.token_address, "--client": told.client},
        CERTIFICATE: {"--certificate": told.certificate},
    }[told.token]
    if missing := [name for name, value in needed.items() if not value]:
        raise Refusal(
            "server_told_too_little",
            what=(f"Det saknas något för {told.token}.", f"Something is missing for {told.token}."),
            todo=(f"Ange {', '.join(missing)}.", f"Give {', '.join(missing)}."),
        )
    if told.secret:
        secret_at(told.secret, env)
    if told.token_address:
        address_of(told.token_address)


def opened_server(told: ServerTold, env: Mapping[str, str], patience: Patience) -> SsServer:
    """The server, ready to be asked.

    Takes   env   where secrets named env:NAME are
    Raises  those of `check_told`; Unavailable 'certificate_unusable', 'secret_missing', 'secret_open_to_others'
    """
    check_told(told, env)
    tls = trust(authority=told.authority, certificate=told.certificate, key=told.key)
    token: Token = NoToken()
    if told.token == BEARER:
        token = Bearer(secret_at(told.secret, env))
    if told.token == CREDENTIALS:
        line = Line(address_of(told.token_address), tls, patience)
        token = ClientCredentials(line, Client(told.client, secret_at(told.secret, env), told.scope))
    return SsServer(Line(address_of(told.address), tls, patience), token)
