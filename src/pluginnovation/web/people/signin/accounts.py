"""Which accounts there are, and how each may be signed in to: for the one who looks after them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q

from ..demo import DEMO_LOGIN
from ..models import SignInLink, User
from . import factors
from .models import KnownAs


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    ways   of `passkey`, `password and code`, `service` and `link`; empty when nobody can sign in to it
    """

    login: str
    active: bool
    ways: tuple[str, ...]


def accounts(*, at: datetime) -> list[Account]:
    """Accounts recorded by hand, and those with a way in of their own; not staff who only have a service to come by."""
    by_hand = Q(person=None) & ~Q(login__startswith="hidden:")
    own = Q(pk__in=SocialAccount.objects.values("user")) | Q(pk__in=factors.with_factors())
    invited = Q(pk__in=SignInLink.objects.filter(used_at=None, expires_at__gt=at).values("user"))
    found = User.objects.filter(by_hand | own | invited).exclude(login__startswith=DEMO_LOGIN).order_by("login")
    return [Account(user.login, user.is_active, _ways(user, at)) for user in found]


def _ways(user: User, at: datetime) -> tuple[str, ...]:
    through = SocialAccount.objects.filter(user=user).exists() or KnownAs.objects.filter(user=user).exists()
    told = {
        "passkey": bool(factors.passkeys_of(user)),
        "password and code": user.has_usable_password() and factors.has_code_generator(user),
        "service": through,
        "link": SignInLink.objects.filter(user=user, used_at=None, expires_at__gt=at).exists(),
    }
    return tuple(way for way, there in told.items() if there)
