"""From a one-time link to an account with two factors."""

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pluginnovation.records.refusals import Refusal

from ..actions import use_sign_in_link
from ..models import User
from ..sealed import identity_seal
from . import factors
from .actions import WITH_TWO, add_code_generator, begin_anew, new_codes, note, set_password
from .adapter import name_of_account
from .pages import begin_again_page, said, signed_in
from .passkeys import asked_to_make, kept_passkey
from .scripts import with_passkeys
from .sessions import end

INVITED: Final = "invited"
SECRET: Final = "generator"  # noqa: S105 - where it lies in the session
# From the link to the chosen way in.
INVITED_SECONDS: Final = 3600


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: first a page with a button, so that a program that looks at links doesn't use it up."""
    if request.method == "GET":
        return render(request, "signin/invitation.html", {"token": token})
    at = now()
    try:
        with transaction.atomic():
            user = use_sign_in_link(token=token, at=at)
            begin_anew(user=user, at=at)
    except Refusal as refusal:
        return render(request, "signin/invitation.html", {"refused": said(refusal)}, status=410)
    end(request)
    request.session[INVITED] = {"user": user.pk, "at": int(at.timestamp())}
    return redirect("invited")


@never_cache
@sensitive_post_parameters("password", "code")
@with_passkeys
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """The choice of ways in: a passkey, or a password and a code generator. Then one is signed in."""
    user = _invited_user(request)
    if user is None:
        return begin_again_page(request)
    if request.method == "GET":
        return _choices(request, user)
    try:
        with transaction.atomic():
            if "credential" in request.POST:
                keep_passkey(request, user)
                codes = []
            else:
                set_password(user=user, password=request.POST.get("password", ""), at=now())
                code = request.POST.get("code", "")
                add_code_generator(user=user, secret=secret_in(request), code=code, at=now())
                codes = new_codes(user=user, at=now())
    except Refusal as refusal:
        return _choices(request, user, refused=said(refusal))
    signed_in(request, User.objects.get(pk=user.pk), WITH_TWO, at=now())
    return render(request, "signin/codes.html", {"codes": codes}) if codes else redirect("start")


def _invited_user(request: HttpRequest) -> User | None:
    kept = request.session.get(INVITED)
    if not kept or now().timestamp() - kept["at"] > INVITED_SECONDS:
        return None
    return User.objects.filter(pk=kept["user"], is_active=True).first()


def _choices(request: HttpRequest, user: User, *, refused: str = "") -> HttpResponse:
    context = {"account": name_of_account(user), "login": user.login, "refused": refused}
    context |= passkey_to_make(user) | generator_to_make(request, user)
    return render(request, "signin/invited.html", context, status=422 if refused else 200)


def passkey_to_make(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey, for a page."""
    return {"passkey": {"creation_options": asked_to_make(user)}}


def generator_to_make(request: HttpRequest, user: User) -> dict[str, Any]:
    """The key and the picture for a code generator, for a page. The same until one is made; sealed meanwhile."""
    if SECRET not in request.session:
        request.session[SECRET] = identity_seal().close(factors.new_code_secret())
    secret = secret_in(request)
    parts = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    # The library's own drawing: a path and numbers, of text that it has encoded.
    picture = mark_safe(factors.picture_for_generator(user, secret))  # noqa: S308
    return {"secret": " ".join(parts), "picture": picture}


def secret_in(request: HttpRequest) -> str:
    """The key that the page's picture showed; another one when no page has."""
    sealed = request.session.get(SECRET)
    return identity_seal().open(sealed) if sealed else factors.new_code_secret()


def keep_passkey(request: HttpRequest, user: User) -> None:
    """Keep the passkey that the browser made, once its answer is checked.

    Raises  Refusal
    """
    made = kept_passkey(request, user)
    note("add_passkey", user=user, at=now(), passkey=made.pk)
