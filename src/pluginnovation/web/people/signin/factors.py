"""The factors of a local account: a code from a device, codes on paper, and passkeys. Allauth keeps and judges them."""

import hmac
from datetime import datetime
from typing import Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.db.models import QuerySet

from ..models import User

STEP_SECONDS: Final = 30
# The step before and the one after: a code may be typed slowly, and a telephone's clock may be a little off.
STEPS: Final = (-1, 0, 1)
CODES: Final = 10

Kind = Authenticator.Type


def new_code_secret() -> str:
    """The key that a code generator and the installation will share."""
    return str(generate_totp_secret())


def address_for_generator(user: User, secret: str) -> str:
    """What the picture says to a code generator."""
    return str(get_adapter().build_totp_url(user, secret))


def picture_for_generator(user: User, secret: str) -> str:
    """The picture (QR code) as SVG: black on white, which every camera reads, in the dark look too."""
    drawn = str(get_adapter().build_totp_svg(address_for_generator(user, secret)))
    return drawn[drawn.index("<svg") :]


def counter_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The step of time that the code belongs to; nothing when it is not one of the codes that hold now."""
    typed = "".join(code.split())
    now = int(at.timestamp()) // STEP_SECONDS
    fits = [now + step for step in STEPS if hmac.compare_digest(_code(secret, now + step), typed.encode())]
    return fits[0] if fits else None


def _code(secret: str, counter: int) -> bytes:
    return format_hotp_value(hotp_value(secret, counter)).encode()


def has_code_generator(user: User) -> bool:
    """Whether the account has a code generator."""
    return Authenticator.objects.filter(user=user, type=Kind.TOTP).exists()


def set_code_generator(user: User, secret: str, *, counter: int) -> None:
    """Make this the account's only code generator; the code that proved it is used up."""
    Authenticator.objects.filter(user=user, type=Kind.TOTP).delete()
    made = TOTP.activate(user, secret).instance
    made.data["used"] = counter
    made.save()


@transaction.atomic
def use_code(user: User, code: str, *, at: datetime) -> bool:
    """Whether the code is the device's of now. Neither it nor an older one is taken again."""
    found = Authenticator.objects.select_for_update().filter(user=user, type=Kind.TOTP).first()
    if found is None:
        return False
    counter = counter_of(get_adapter().decrypt(found.data["secret"]), code, at=at)
    if counter is None or counter <= found.data.get("used", -1):
        return False
    found.data["used"], found.last_used_at = counter, at
    found.save()
    return True


def new_codes_on_paper(user: User) -> list[str]:
    """Ten codes that each open once; the ones before are worth nothing."""
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).get_unused_codes())


def codes_left(user: User) -> int:
    """How many codes on paper are left."""
    found = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def use_code_on_paper(user: User, code: str) -> bool:
    """Whether it is one of the codes that are left; it isn't any more."""
    found = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return found is not None and bool(RecoveryCodes(found).validate_code("".join(code.split())))


def passkeys_of(user: User) -> list[Authenticator]:
    """The account's passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=user, type=Kind.WEBAUTHN).order_by("created_at", "id"))


def remove_passkey(user: User, number: int) -> bool:
    """Take away one of the account's own passkeys."""
    return bool(Authenticator.objects.filter(user=user, type=Kind.WEBAUTHN, pk=number).delete()[0])


def remove_all(user: User) -> None:
    """Take away every factor: for an account that begins anew."""
    Authenticator.objects.filter(user=user).delete()


def with_factors() -> QuerySet[Authenticator, int]:
    """The numbers of the users who have a passkey or a code generator."""
    return Authenticator.objects.exclude(type=Kind.RECOVERY_CODES).values_list("user", flat=True)


def can_sign_in(user: User) -> bool:
    """Whether two factors could be shown: a passkey, or a password with a code generator."""
    return bool(passkeys_of(user)) or (user.has_usable_password() and has_code_generator(user))
