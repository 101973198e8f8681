"""The editors' own pages beside allauth's: where one's ways in are, the demo's buttons, and the language."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .demo import ACCOUNTS, demo_editor, demo_is_open

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 a view takes it
    """One's ways in."""
    return redirect("mfa_index")


@never_cache
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """One click, one role: only while the demo is open, else as if there were no such page."""
    role = request.POST.get("role", "")
    editor = demo_editor(role) if role in ACCOUNTS and demo_is_open() else None
    if editor is None:
        raise Http404
    logout(request)
    login(request, cast(Any, editor), backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages of sign-in; the editor has its own choice, and public pages their own addresses."""
    back, wanted = request.POST.get("next", "/konto/login/"), request.POST.get("language", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/konto/login/"
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True
        )
    return response
