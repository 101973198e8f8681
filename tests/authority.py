"""A school authority's sign-in service (OpenID Connect) that the tests run themselves, over HTTP on this machine.

It does what a service should. A test tells it otherwise: another audience, an old token, somebody else's key …
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "plug", "only-between-us"
LOA2, LOA3 = "http://id.elegnamnden.se/loa/1.0/loa2", "http://id.elegnamnden.se/loa/1.0/loa3"
UNCERTIFIED = "http://id.swedenconnect.se/loa/1.0/uncertified-loa2"


@dataclass
class Service:
    """The service: who signs in there just now, and what it says of them.

    claims     what the token says beside the necessary; None takes one of the necessary away
    userinfo   what is told only when asked
    forged     whether the token is signed with a key that isn't the service's
    algorithm  what the token is signed with
    """

    issuer: str
    key: rsa.RSAPrivateKey
    subject: str = "sub-asa"
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)

    def answer_to(self, address: str) -> str:
        """Sign in as the subject: the address that the browser is sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = self.asked
        back = {"code": code, "state": self.asked["state"], "iss": self.issuer}
        return f"{self.asked['redirect_uri']}?{urlencode(back)}"

    def token(self, asked: dict[str, str]) -> str:
        """The identity token."""
        now = int(time.time())
        necessary = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300,
            "nonce": asked.get("nonce", ""), "acr": LOA3, "amr": ["mfa"],
        }  # fmt: skip
        claims = {name: value for name, value in (necessary | self.claims).items() if value is not None}
        key: Any = rsa.generate_private_key(65537, 2048) if self.forged else self.key
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "1"})
        if self.algorithm == "HS256":
            key = "k" * 40
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "1"})

    def tokens_for(self, form: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """What a code is exchanged for: once, by the client, with the verifier that fits."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            asked is None
            or credentials != f"Basic {right}"
            or asked["code_challenge"] != challenge.decode().rstrip("=")
        ):
            return None
        return {"access_token": "at", "token_type": "Bearer", "id_token": self.token(asked)}

    def known(self) -> dict[str, Any]:
        """The service's own description."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        } | self.discovery

    def keys(self) -> dict[str, Any]:
        """Its public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the service."""

    service: Service

    def do_GET(self) -> None:
        """Description, keys, the sign-in itself, and what is told when asked."""
        path = urlsplit(self.path).path
        if path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.service.answer_to(self.path))
            self.end_headers()
            return
        told = {
            "/.well-known/openid-configuration": self.service.known,
            "/jwks": self.service.keys,
            "/userinfo": lambda: {"sub": self.service.subject, **self.service.userinfo},
        }
        self._say(told[path]() if path in told else None)

    def do_POST(self) -> None:
        """A code for tokens."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._say(self.service.tokens_for(form, self.headers.get("Authorization", "")))

    def _say(self, told: dict[str, Any] | None) -> None:
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        self.send_response(200 if told else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def running_service() -> Iterator[Service]:
    """A service while the block runs."""
    handler = type("Own", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.service = Service(f"http://127.0.0.1:{server.server_port}", rsa.generate_private_key(65537, 2048))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield handler.service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
