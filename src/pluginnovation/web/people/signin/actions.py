"""What is done to accounts and by signing in. Each writes its audit row; no row says what somebody typed."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from pluginnovation.privacy.assurance import AUTHORITY, LOCAL, OWN_LEVEL, Shown

from ..audit import recorded
from ..demo import DEMO_LOGIN
from ..models import SignInLink, User
from ..refused import nobody_to_sign_in, not_a_login
from ..staff import staff_called
from . import factors
from .authorities import Authority
from .eppns import knows_school, lookup_of, may_sign_in_through, users_known_as
from .limits import OF_ACCOUNT, OF_CODE, forget_tries, is_first_refused, may_try
from .models import KnownAs
from .refused import (
    code_refused,
    login_taken,
    no_such_account,
    no_such_service,
    not_known_here,
    not_signed_in,
    password_too_weak,
    too_many_tries,
    unknown_school,
)
from .sessions import end_sessions

if TYPE_CHECKING:
    from .oidc import Asserted

WITH_TWO: Final = Shown(LOCAL, levels=frozenset({OWN_LEVEL}), factors=True)


def note(action: str, *, user: User | None, at: datetime, **details: Any) -> None:
    """An audit row about somebody's sign-in or account, by themselves."""
    with recorded(action, by=user, at=at, about=user.login if user else "", **details):
        pass


def check_password(request: HttpRequest, *, login: str, password: str, at: datetime) -> User:
    """The user whose name and password these are: the first of two factors, and so nobody's sign-in yet.

    Raises  Refusal, the same one and after the same work, whether the account exists or not
    """
    if not may_try(request, "account", login, most=OF_ACCOUNT, at=at):
        if is_first_refused(request, "account", login, most=OF_ACCOUNT):
            note("sign_in_refused", user=None, at=at, why="too_many_tries")
        raise too_many_tries()
    user = authenticate(request, username=login.replace("\x00", ""), password=password)
    if not isinstance(user, User) or not factors.can_sign_in(user) or user.login.startswith(DEMO_LOGIN):
        note("sign_in_failed", user=None, at=at, why="password")
        raise not_signed_in()
    forget_tries(request, "account", login)
    return user


def check_code(request: HttpRequest, *, user: User, code: str, at: datetime) -> None:
    """The second factor: the device's code, or one on paper.

    Raises  Refusal for a wrong or used code, and after five of them
    """
    number = str(user.pk)
    if not may_try(request, "code", number, most=OF_CODE, at=at):
        if is_first_refused(request, "code", number, most=OF_CODE):
            note("sign_in_refused", user=user, at=at, why="too_many_codes")
        raise too_many_tries()
    if factors.use_code(user, code, at=at):
        forget_tries(request, "code", number)
    elif factors.use_code_on_paper(user, code):
        forget_tries(request, "code", number)
        note("use_code_on_paper", user=user, at=at, left=factors.codes_left(user))
    else:
        note("sign_in_failed", user=user, at=at, why="code")
        raise code_refused()


def user_of_authority(authority: Authority, said: "Asserted", *, at: datetime) -> User:
    """Whom the authority's service means. The key is the issuer and its subject; an e-mail address is never asked for.

    The first time, the EPPN ties the subject to the one person whom the authority's own source calls so.

    Raises  Refusal, the same one, for somebody unknown, closed, of another authority, or whose name is another's now;
            another one when it names schools, and the authority's registers know none of them
    """
    if not knows_school(said.schools, sources=authority.sources):
        raise unknown_school()
    with transaction.atomic():
        tied = SocialAccount.objects.filter(provider=authority.issuer, uid=said.subject).select_related("user").first()
        meant = users_known_as(said.eppn, authority=authority.name, sources=authority.sources) if said.eppn else []
        user = tied.user if tied else meant[0] if len(meant) == 1 else None
        why = _why_not(authority, said, user, meant, is_tied=tied is not None)
        if not why and user is not None:
            if tied is None:
                _tie(authority, said, user, at=at)
            else:
                tied.save(update_fields=["last_login"])
            return user
    note("sign_in_failed", user=None, at=at, why=why, authority=authority.name)
    raise not_known_here()


def _why_not(authority: Authority, said: "Asserted", user: User | None, meant: list[User], *, is_tied: bool) -> str:
    if user is None:
        return "unknown" if not meant else "ambiguous"
    if not user.is_active:
        return "closed"
    if not may_sign_in_through(user, authority=authority.name, sources=authority.sources):
        return "other_authority"
    if said.eppn and user not in meant:
        return "name_is_anothers"  # the service has given the name, or the subject, to another person
    another = SocialAccount.objects.filter(provider=authority.issuer, user=user).exclude(uid=said.subject)
    return "name_is_anothers" if not is_tied and another.exists() else ""


def _tie(authority: Authority, said: "Asserted", user: User, *, at: datetime) -> None:
    with recorded("tie_account", by=user, at=at, about=user.login, authority=authority.name):
        SocialAccount.objects.create(provider=authority.issuer, uid=said.subject, user=user, extra_data={})


def shown_by(authority: Authority, said: "Asserted") -> Shown:
    """What a sign-in through an authority has shown."""
    return Shown(AUTHORITY, authority.name, said.levels, said.factors)


def set_password(*, user: User, password: str, at: datetime) -> None:
    """A new password. Every other session of the account ends by it.

    Raises  Refusal for one that is short or common
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise password_too_weak() from error
    with recorded("set_password", by=user, at=at, about=user.login):
        user.set_password(password)
        user.save(update_fields=["password"])


def begin_anew(*, user: User, at: datetime) -> None:
    """An invited account loses every factor and session that it had: whoever holds the link is its owner now."""
    with recorded("begin_anew", by=user, at=at, about=user.login, ended=end_sessions(user)):
        factors.remove_all(user)
        user.set_unusable_password()
        user.save(update_fields=["password"])


def add_code_generator(*, user: User, secret: str, code: str, at: datetime) -> None:
    """A code generator instead of the one before, once it has shown a code.

    Raises  Refusal for a code that isn't its
    """
    counter = factors.counter_of(secret, code, at=at)
    if counter is None:
        raise code_refused()
    with recorded("add_code_generator", by=user, at=at, about=user.login):
        factors.set_code_generator(user, secret, counter=counter)


def new_codes(*, user: User, at: datetime) -> list[str]:
    """Ten new codes on paper; the ones before are worth nothing."""
    with recorded("new_codes_on_paper", by=user, at=at, about=user.login):
        return factors.new_codes_on_paper(user)


def deactivate(*, login: str, by: User | None, at: datetime) -> int:
    """Close an account at once; how many sessions that ended.

    Raises  Refusal when there is none
    """
    user = _user_called(login)
    with recorded("deactivate", by=by, at=at, about=user.login):
        User.objects.filter(pk=user.pk).update(is_active=False)
        SignInLink.objects.filter(user=user, used_at=None).delete()
        return end_sessions(user)


def activate(*, login: str, by: User | None, at: datetime) -> None:
    """Open an account again. It has the ways in that it had.

    Raises  Refusal when there is none
    """
    user = _user_called(login)
    with recorded("activate", by=by, at=at, about=user.login):
        User.objects.filter(pk=user.pk).update(is_active=True)


def sign_out_everywhere(*, login: str, by: User | None, at: datetime) -> int:
    """End every session of an account; how many."""
    user = _user_called(login)
    with recorded("end_sessions", by=by, at=at, about=user.login):
        return end_sessions(user)


def recognise(*, login: str, authority: str, eppn: str, by: User | None, at: datetime) -> None:
    """Record that an authority's service may sign somebody in whom no register names, under this EPPN.

    Raises  Refusal when there is no such account or service, or the account belongs to a source's own person
    """
    user = _user_called(login)
    if authority not in settings.PLUG_AUTHORITIES:
        raise no_such_service()
    if user.person_id is not None or not eppn.strip():
        raise not_a_login()
    with recorded("recognise", by=by, at=at, about=user.login, authority=authority):
        KnownAs.objects.filter(user=user, authority=authority).delete()
        KnownAs.objects.create(user=user, authority=authority, lookup=lookup_of(eppn))


def name_invited(*, who: str, login: str, by: User | None, at: datetime) -> None:
    """Give somebody who is being invited another name to sign in with.

    Takes   who   the person's code, a login, or an EPPN
    Raises  Refusal when nobody with a duty answers to it, and for a name that can't be used or is taken
    """
    user = staff_called(who)
    if user is None:
        raise nobody_to_sign_in()
    if not re.fullmatch(r"[\w.@+-]{1,64}", login) or login.startswith(DEMO_LOGIN):
        raise not_a_login()
    if User.objects.filter(login__iexact=login).exclude(pk=user.pk).exists():
        raise login_taken()
    with recorded("name_login", by=by, at=at, about=str(user.pk)):
        User.objects.filter(pk=user.pk).update(login=login)


def _user_called(login: str) -> User:
    user = User.objects.filter(login=login).first() or User.objects.filter(person=login).first()
    if user is None or user.login.startswith(DEMO_LOGIN):
        raise no_such_account()
    return user
