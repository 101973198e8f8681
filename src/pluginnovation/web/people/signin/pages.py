"""The sign-in page, the second factor, and the page that asks for more."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.assurance import AUTHORITY, Answer, Lack, Shown
from pluginnovation.records.refusals import Refusal

from ..demo import demo_is_open
from ..models import User
from . import factors
from .actions import WITH_TWO, check_code, check_password, note
from .limits import OF_ACCOUNT, may_try
from .middleware import decision_on
from .passkeys import asked_to_sign_in, user_of_passkey
from .paths import path_back
from .refused import begin_again, too_many_tries
from .scripts import with_passkeys
from .sessions import begin, is_fresh, raise_to, shown_in

PENDING: Final = "half"
# From the password to the code.
PENDING_SECONDS: Final = 600


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    return refusal.text("sv" if (get_language() or "sv").startswith("sv") else "en")


def signed_in(request: HttpRequest, user: User, shown: Shown, *, at: datetime) -> None:
    """Begin the session and write it in the audit."""
    begin(request, user, shown, at=at)
    levels = sorted(shown.levels)
    note("sign_in", user=user, at=at, how=shown.how, authority=shown.authority, levels=levels, factors=shown.factors)


@never_cache
@sensitive_post_parameters("password")
@with_passkeys
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Every way in, on one page. A right password leads to the code, never in."""
    if request.user.is_authenticated:
        return redirect(path_back(request))
    back = path_back(request)
    context: dict[str, Any] = {"services": settings.PLUG_AUTHORITIES.values(), "back": back, "demo": demo_is_open()}
    if request.method == "GET":
        return render(request, "signin/sign_in.html", context)
    login = request.POST.get("login", "").strip()
    try:
        user = check_password(request, login=login, password=request.POST.get("password", ""), at=now())
    except Refusal as refusal:
        status = 429 if refusal.code == "too_many_tries" else 422
        return render(
            request, "signin/sign_in.html", {**context, "refused": said(refusal), "login": login}, status=status
        )
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "at": int(now().timestamp()), "back": back}
    return redirect("sign_in_code")


@never_cache
@sensitive_post_parameters("code")
@with_passkeys
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The code after the password."""
    pending, at = request.session.get(PENDING), now()
    user = User.objects.filter(pk=pending["user"], is_active=True).first() if pending else None
    if pending is None or user is None or at.timestamp() - pending["at"] > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        return redirect("sign_in")
    context = {"back": pending["back"], "by_code": factors.has_code_generator(user)}
    if request.method == "GET":
        return render(request, "signin/code.html", context)
    try:
        check_code(request, user=user, code=request.POST.get("code", ""), at=at)
    except Refusal as refusal:
        status = 429 if refusal.code == "too_many_tries" else 422
        return render(request, "signin/code.html", {**context, "refused": said(refusal)}, status=status)
    signed_in(request, user, WITH_TWO, at=at)
    return redirect(path_back(request, pending["back"]))


@never_cache
@with_passkeys
@require_http_methods(["GET", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser shall sign; and then the sign-in by it, which is both factors at once."""
    if request.method == "GET":
        return JsonResponse({"request_options": asked_to_sign_in()})
    at, back = now(), path_back(request)
    try:
        user = _user_of_passkey(request, at=at)
    except Refusal as refusal:
        note("sign_in_failed", user=None, at=at, why="passkey")
        context = {"services": settings.PLUG_AUTHORITIES.values(), "back": back, "refused": said(refusal)}
        return render(request, "signin/sign_in.html", context, status=422)
    signed_in(request, user, WITH_TWO, at=at)
    return redirect(back)


def _user_of_passkey(request: HttpRequest, *, at: datetime) -> User:
    if not may_try(request, "passkey", request.session.session_key or "", most=OF_ACCOUNT, at=at):
        raise too_many_tries()
    return user_of_passkey(request)


@never_cache
@sensitive_post_parameters("code")
@with_passkeys
@require_http_methods(["GET", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """Why more is asked for, and the ways to show it; afterwards back to where one was."""
    user, shown, back, at = request.user, shown_in(request), path_back(request), now()
    if not isinstance(user, User) or not user.is_authenticated:
        return redirect(f"{reverse('sign_in')}")
    decision = decision_on(request)
    anew = bool(request.GET.get("anew") or request.POST.get("anew"))
    if decision.answer is Answer.ENOUGH and (not anew or is_fresh(request, at=at)):
        return redirect(back)
    by_code = factors.has_code_generator(user) and (anew or Lack.FACTORS in decision.lacks)
    service = settings.PLUG_AUTHORITIES.get(shown.authority) if shown else None
    context = {
        "back": back, "anew": anew, "lacks": decision.lacks, "service": service, "by_code": by_code,
        "hopeless": decision.answer is Answer.REFUSE, "by_passkey": bool(factors.passkeys_of(user)),
    }  # fmt: skip
    if request.method == "GET" or not by_code or shown is None:
        return render(request, "signin/step_up.html", context)
    try:
        check_code(request, user=user, code=request.POST.get("code", ""), at=at)
    except Refusal as refusal:
        status = 429 if refusal.code == "too_many_tries" else 422
        return render(request, "signin/step_up.html", {**context, "refused": said(refusal)}, status=status)
    more = Shown(shown.how, shown.authority, shown.levels, factors=True)
    raise_to(request, more, at=at)
    note("step_up", user=user, at=at, how=more.how, authority=more.authority if more.how == AUTHORITY else "")
    return redirect(back)


def begin_again_page(request: HttpRequest) -> HttpResponse:
    """The sign-in page, for somebody whose way in took too long."""
    context = {"services": settings.PLUG_AUTHORITIES.values(), "back": "/", "refused": said(begin_again())}
    return render(request, "signin/sign_in.html", context, status=410)
