"""Which accounts there are, and how each may be signed in to: for the one who looks after them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import is_password_usable
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..demo import DEMO_LOGIN
from ..models import Duty, SignInLink, User
from ..reach import covering
from . import factors
from .models import KnownAs, SignedIn

Kind = Authenticator.Type
WAYS: Final = ("passkey", "password and code", "service", "link")


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    ways     of WAYS; empty when nobody can sign in to it
    name     the person's; empty where only the login is asked for
    roles    the roles of the duties that stand today
    in_now   whether somebody is signed in to it
    """

    login: str
    active: bool
    ways: tuple[str, ...]
    name: str = ""
    roles: tuple[str, ...] = field(default=())
    in_now: bool = False


def known_accounts(*, at: datetime) -> QuerySet[User]:
    """Accounts recorded by hand, and those with a way in of their own; not staff who only have a service to come by."""
    by_hand = Q(person=None) & ~Q(login__startswith="hidden:")
    own = Q(pk__in=SocialAccount.objects.values("user")) | Q(pk__in=factors.with_factors())
    invited = Q(pk__in=_open_links(at).values("user"))
    return User.objects.filter(by_hand | own | invited).exclude(login__startswith=DEMO_LOGIN).order_by("login")


def accounts(*, at: datetime) -> list[Account]:
    """Every known account, without names."""
    return [Account(user.login, user.is_active, ways_of(user)) for user in with_ways(known_accounts(at=at), at=at)]


def with_ways(users: QuerySet[User], *, at: datetime) -> QuerySet[User]:
    """The users with what leads into each account, and whether somebody is in, found together."""
    mine, alive = {"user": OuterRef("pk")}, Session.objects.filter(expire_date__gt=at)
    factor = Authenticator.objects.filter(**mine)
    return users.annotate(
        by_passkey=Exists(factor.filter(type=Kind.WEBAUTHN)),
        by_code=Exists(factor.filter(type=Kind.TOTP)),
        by_service=Exists(SocialAccount.objects.filter(**mine)) | Exists(KnownAs.objects.filter(**mine)),
        by_link=Exists(_open_links(at).filter(**mine)),
        in_now=Exists(SignedIn.objects.filter(session_key__in=alive.values("session_key"), **mine)),
    )


def ways_of(user: User) -> tuple[str, ...]:
    """The ways into one of `with_ways`."""
    by_both = is_password_usable(user.password) and user.by_code  # type: ignore[attr-defined]
    there = (user.by_passkey, by_both, user.by_service, user.by_link)  # type: ignore[attr-defined]
    return tuple(way for way, is_there in zip(WAYS, there, strict=True) if is_there)


def told(users: list[User], *, today: date) -> list[Account]:
    """The accounts of some of `with_ways`, with names and roles: one question for them all."""
    persons = [user.person_id for user in users if user.person_id]
    duties = Duty.objects.filter(Q(user__in=users) | Q(person__in=persons), ~Q(role="")).filter(covering(today))
    held: dict[object, set[str]] = {}
    for user, person, role in duties.values_list("user", "person", "role"):
        held.setdefault(user or person, set()).add(role)
    return [
        Account(
            user.login, user.is_active, ways_of(user), user.name,
            tuple(sorted(held.get(user.pk, set()) | held.get(user.person_id, set()))),
            user.in_now,  # type: ignore[attr-defined]
        )
        for user in users
    ]  # fmt: skip


def _open_links(at: datetime) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(used_at=None, expires_at__gt=at)
