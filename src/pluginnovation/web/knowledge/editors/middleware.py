"""The editor opens only to somebody who has shown two factors, or who is one of the demo's roles while there is one."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from .demo import demo_is_open
from .models import Editor

EDITOR_PATH: Final = "/redigera/"
ACCOUNT_PATH: Final = "/konto/"
NO_STORE: Final = "no-store, private"


class TwoFactorsMiddleware:
    """Stands before every address of the editor, and keeps pages of the signed-in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or send somebody to show more."""
        if not request.path_info.startswith((EDITOR_PATH, ACCOUNT_PATH)) and not _has_session(request):
            return self.get_response(request)
        if request.path_info.startswith(ACCOUNT_PATH):
            # Public pages have their language in their address; these have it from the reader.
            translation.activate(translation.get_language_from_request(request))
        user: Any = request.user
        if isinstance(user, Editor) and user.demo and not demo_is_open():
            logout(request)
            user = request.user
        if request.path_info.startswith(EDITOR_PATH) and isinstance(user, Editor) and not has_shown_two(request, user):
            return redirect(_way_on(request, user))
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", NO_STORE)
        return response


def has_shown_two(request: HttpRequest, user: Editor) -> bool:
    """Whether this session has shown a passkey, or a password and a code. The demo's roles are let in as they are."""
    return user.demo or any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _has_session(request: HttpRequest) -> bool:
    return bool(request.session.session_key)


def _way_on(request: HttpRequest, user: Editor) -> str:
    """To show the second factor, or to make one for somebody who has none yet."""
    if not is_mfa_enabled(user):
        return reverse("mfa_index")
    back = request.get_full_path() if request.method == "GET" else EDITOR_PATH
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"
