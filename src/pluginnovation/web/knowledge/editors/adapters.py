"""How allauth is used at the hub: accounts are made at the command line only, and secrets of factors are sealed."""

import base64
import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

PRODUCT: Final = "PlugInnovation"
KEY_FILE: Final = "hub-factors.key"


class NoSignUp(DefaultAccountAdapter):
    """Settings' ACCOUNT_ADAPTER: nobody signs up."""

    def set_password(self, user: Any, password: str) -> None:
        """The new password and nothing else: the web may change no other column, such as what an account may do."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth passes it
        """Never."""
        return False


class SealedFactors(DefaultMFAAdapter):
    """Settings' MFA_ADAPTER: what makes codes is worth nothing to whoever reads the table."""

    def encrypt(self, text: str) -> str:
        """The key of a code generator, or the seed of codes on paper, sealed."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises InvalidToken when the key file isn't the one it was sealed with."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the code generator shows the codes under."""
        return PRODUCT

    def get_totp_label(self, user: Any) -> str:
        """The account's name in the code generator."""
        return str(user.login)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom the passkey is for: the name of the host, without its port."""
        return {"id": context.request.get_host().partition(":")[0], "name": PRODUCT}


def _seal() -> Fernet:
    path = Path(settings.PLUG_HOME) / "keys" / KEY_FILE
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        secret = _made(path)
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.strip()).digest()))


def _made(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_urlsafe(48).encode() + b"\n")
    try:
        os.link(fresh, path)  # never over another's: whoever was first decides
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()
