"""How allauth's second factors are kept here: secrets sealed with the identities' keys, names as people know them."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter

from ..models import User
from ..sealed import identity_seal

PRODUCT = "PlugInnovation"


class SealedFactors(DefaultMFAAdapter):
    """Settings' MFA_ADAPTER."""

    def encrypt(self, text: str) -> str:
        """The key of a code generator, or the seed of recovery codes, sealed."""
        return identity_seal().close(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises SealBroken when the key file doesn't hold its key."""
        return identity_seal().open(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the code generator shows the codes under."""
        return PRODUCT

    def get_totp_label(self, user: Any) -> str:
        """The account's name in the code generator."""
        return name_of_account(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom the passkey is for: the name of the host, without its port."""
        return {"id": context.request.get_host().partition(":")[0], "name": PRODUCT}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whose the passkey is: a number, and what the device shows its owner."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}

    def _get_user_identifier(self, user: Any) -> str:
        return name_of_account(user)


def name_of_account(user: User) -> str:
    """The name to sign in with, or the person's own where that is a code."""
    return user.name if user.login == user.person_id else user.login
