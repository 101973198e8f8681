"""One's own ways in, and one's own sessions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.assurance import DEMO
from pluginnovation.records.refusals import Refusal

from ..models import User
from . import factors
from .actions import add_code_generator, new_codes, note, set_password
from .adapter import name_of_account
from .invitation_pages import SECRET, generator_to_make, keep_passkey, passkey_to_make, secret_in
from .pages import said
from .refused import last_way_in
from .scripts import with_passkeys
from .sessions import end_sessions, is_fresh, keep_with_new_password, sessions_of, shown_in


@never_cache
@sensitive_post_parameters("password", "code")
@with_passkeys
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The account's ways in and sessions, and what can be done to them. The demo's people have none of their own."""
    user, shown = request.user, shown_in(request)
    if not isinstance(user, User):
        return redirect("start")
    if shown is None or shown.how == DEMO:
        raise Http404
    if request.method == "GET":
        return _page(request, user)
    do = DOINGS.get(request.POST.get("what", ""))
    if do is None:
        raise Http404
    if not is_fresh(request, at=now()) and do is not _end_others:
        return redirect(f"{reverse('step_up')}?anew=1&next={reverse('account')}")
    try:
        with transaction.atomic():
            answer = do(request, user)
    except Refusal as refusal:
        return _page(request, user, refused=said(refusal))
    return answer or redirect("account")


def _page(request: HttpRequest, user: User, *, refused: str = "") -> HttpResponse:
    fresh = is_fresh(request, at=now())
    wants_generator = fresh and (request.GET.get("visa") == "kod" or request.POST.get("what") == "generator")
    context: dict[str, Any] = {
        "account": name_of_account(user), "refused": refused, "fresh": fresh,
        "passkeys": factors.passkeys_of(user), "by_code": factors.has_code_generator(user),
        "by_password": user.has_usable_password(), "codes_left": factors.codes_left(user),
        "sessions": sessions_of(user, at=now()), "this": request.session.session_key,
    }  # fmt: skip
    if fresh:
        context |= passkey_to_make(user)
    if wants_generator:
        context |= generator_to_make(request, user)
    return render(request, "signin/account.html", context, status=422 if refused else 200)


def _add_passkey(request: HttpRequest, user: User) -> None:
    keep_passkey(request, user)
    messages.success(request, _("Passernyckeln är sparad."))


def _remove_passkey(request: HttpRequest, user: User) -> None:
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 18 or not factors.remove_passkey(user, int(number)):
        raise Http404
    if not factors.can_sign_in(user):
        raise last_way_in()
    note("remove_passkey", user=user, at=now(), passkey=int(number))
    messages.success(request, _("Passernyckeln är borttagen."))


def _set_password(request: HttpRequest, user: User) -> None:
    set_password(user=user, password=request.POST.get("password", ""), at=now())
    end_sessions(user, but=keep_with_new_password(request, user))
    messages.success(request, _("Lösenordet är bytt. Dina andra inloggningar är avslutade."))


def _set_generator(request: HttpRequest, user: User) -> HttpResponse:
    add_code_generator(user=user, secret=secret_in(request), code=request.POST.get("code", ""), at=now())
    request.session.pop(SECRET, None)
    return render(request, "signin/codes.html", {"codes": new_codes(user=user, at=now())})


def _new_codes(request: HttpRequest, user: User) -> HttpResponse:
    return render(request, "signin/codes.html", {"codes": new_codes(user=user, at=now())})


def _end_others(request: HttpRequest, user: User) -> None:
    ended = end_sessions(user, but=request.session.session_key or "")
    note("end_sessions", user=user, at=now(), ended=ended)
    messages.success(request, _("Dina andra inloggningar är avslutade."))


DOINGS: dict[str, Callable[[HttpRequest, User], HttpResponse | None]] = {
    "passkey": _add_passkey,
    "remove": _remove_passkey,
    "password": _set_password,
    "generator": _set_generator,
    "codes": _new_codes,
    "others": _end_others,
}
