"""The protocol with a school authority's sign-in service: OpenID Connect's code flow, with state, nonce and PKCE.

Allauth keeps the state and speaks with the token endpoint. The token itself is checked here and more strictly than the
standard asks: its signature too, although it comes straight from the service.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest
from django.urls import reverse

from pluginnovation.privacy.assurance import factors_told, levels_told

from .authorities import Authority, is_safe
from .refused import answer_not_ours, service_silent, token_refused

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# Clocks that differ a little; how old a token may be when it comes.
LEEWAY, OLDEST = 60, 600
WAIT: Final = (5, 10)
LONGEST: Final = 191  # of a subject, as allauth's column has it


@dataclass(frozen=True, slots=True)
class Asserted:
    """What the service says of the one who signed in, after every check.

    eppn      null when the service doesn't send it
    levels    the assurance values; empty when none was sent
    schools   the school unit codes of the schools that it names; empty when it names none
    """

    subject: str
    eppn: str | None
    levels: frozenset[str]
    factors: bool
    schools: frozenset[str] = frozenset()


def address_to_sign_in(request: HttpRequest, authority: Authority, *, back: str, again: bool) -> str:
    """Where the browser is sent. What belongs to the answer waits in the session, for ten minutes and one use.

    Takes   back    where to go afterwards: a path of this web
            again   whether the service shall ask even somebody who has a session there
    Raises  Refusal when the service doesn't answer
    """
    known = _discovered(authority)
    pkce, nonce = generate_code_challenge(), secrets.token_urlsafe(32)
    stashed = {"nonce": nonce, "verifier": pkce.pop("code_verifier"), "back": back}
    client = _client(request, authority, known)
    client.state = statekit.stash_state(request, provider_id=authority.name, state=stashed)
    asked = {"nonce": nonce, "code_challenge": pkce["code_challenge"].decode(), "code_challenge_method": "S256"}
    if authority.levels:
        asked["acr_values"] = " ".join(authority.levels)
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    return str(client.get_redirect_url(known["authorization_endpoint"], ["openid", *authority.scopes], asked))


def address_to_sign_out(request: HttpRequest, authority: Authority) -> str | None:
    """Where the service's own session ends, and sends the browser back from; None for a service that has no such place.

    It is told which client asks and nothing of whom: no token is kept here to show it.

    Raises  Refusal when the service doesn't answer
    """
    there = _discovered(authority).get("end_session_endpoint")
    if not isinstance(there, str) or not is_safe(there):
        return None
    asked = {
        "client_id": authority.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("start")),
    }
    return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"


def asserted_in(request: HttpRequest, authority: Authority, *, at: float) -> tuple[Asserted, str]:
    """What the service's answer says, and where to go afterwards.

    Takes   at   the time, in seconds
    Raises  Refusal when the answer wasn't asked for in this session, was used before, or isn't to be trusted
    """
    stashed = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=authority.name)
    told_by = request.GET.get("iss")
    if stashed is None or "code" not in request.GET or told_by not in (None, authority.issuer):
        raise answer_not_ours()
    known = _discovered(authority)
    try:
        tokens = _client(request, authority, known).get_access_token(
            request.GET["code"], pkce_code_verifier=stashed["verifier"]
        )
        claims = _checked(tokens.get("id_token"), authority, known, at=at)
        if not secrets.compare_digest(str(claims["nonce"]).encode(), stashed["nonce"].encode()):
            raise token_refused()
        if authority.eppn_claim not in claims:
            claims = _with_userinfo(claims, tokens["access_token"], known)
    except (OAuth2Error, requests.RequestException) as error:
        raise service_silent() from error
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise token_refused() from error
    return _asserted(claims, authority), stashed["back"]


def _asserted(claims: Mapping[str, Any], authority: Authority) -> Asserted:
    eppn = claims.get(authority.eppn_claim)
    eppn = eppn[0] if isinstance(eppn, list) and len(eppn) == 1 else eppn
    return Asserted(
        subject=claims["sub"],
        eppn=eppn if isinstance(eppn, str) and eppn.strip() else None,
        levels=levels_told(claims),
        factors=factors_told(claims, frozenset(authority.multi_factor)),
        schools=_schools(claims.get(authority.school_claim)),
    )


def _schools(told: Any) -> frozenset[str]:
    """One school or several. What has another form is a school that nobody knows."""
    several = told if isinstance(told, list) else [told]
    return frozenset(f"{one}".strip() for one in several if one not in (None, ""))


def _checked(token: Any, authority: Authority, known: Mapping[str, Any], *, at: float) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    keys = [key for key in _fetched(known["jwks_uri"])["keys"] if key.get("kid") == header.get("kid")]
    if header.get("alg") not in ALGORITHMS or len(keys) != 1 or keys[0].get("kty") == "oct":
        raise token_refused()
    claims = jwt.decode(
        token,
        key=jwt.PyJWK(keys[0], algorithm=header["alg"]),
        algorithms=[header["alg"]],
        audience=authority.client_id,
        issuer=authority.issuer,
        leeway=LEEWAY,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
    )
    meant_for_others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if meant_for_others else authority.client_id) != authority.client_id:
        raise token_refused()
    if at - claims["iat"] > OLDEST or not 0 < len(claims["sub"]) <= LONGEST:
        raise token_refused()
    return dict(claims)


def _with_userinfo(claims: dict[str, Any], access_token: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The token's claims, and those that the service tells only when asked. What the token says always counts."""
    if "userinfo_endpoint" not in known:
        return claims
    told = _fetched(known["userinfo_endpoint"], bearer=access_token)
    return {**told, **claims} if told.get("sub") == claims["sub"] else claims


def _discovered(authority: Authority) -> Mapping[str, Any]:
    try:
        known = _fetched(f"{authority.issuer.rstrip('/')}/.well-known/openid-configuration")
    except (requests.RequestException, ValueError) as error:
        raise service_silent() from error
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if known.get("issuer") != authority.issuer or not all(isinstance(known.get(name), str) for name in needed):
        raise service_silent()
    return known


def _fetched(address: str, *, bearer: str = "") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    answer = requests.get(address, headers=headers, timeout=WAIT, allow_redirects=False)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told


def _client(request: HttpRequest, authority: Authority, known: Mapping[str, Any]) -> OAuth2Client:
    methods = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return OAuth2Client(
        request, authority.client_id, authority.secret(), "POST", known["token_endpoint"],
        request.build_absolute_uri(reverse("sign_in_answer", args=[authority.name])),
        basic_auth="client_secret_post" not in methods,
    )  # fmt: skip
