"""What every request passes: sessions end in time, and no page with pupils opens before enough has been shown."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now

from pluginnovation.privacy.assurance import DEMO, Answer, Decision, decide

from ..demo import demo_is_open
from ..duties import AskedByDuty
from .open_pages import OPEN, WITHOUT_PUPILS
from .sessions import accepted_from, end, is_over, note_page, shown_in


class SessionMiddleware:
    """Ends a session that has gone on for too long, and notes that one still goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as nobody's when its session is over."""
        if request.user.is_authenticated:
            if is_over(request, at=now()):
                end(request)
            else:
                note_page(request, at=now())
        elif request.session.get("_auth_user_id"):
            logout(request)  # the account is closed or its password is new: nothing of the session stays
        return self.get_response(request)


class AssuranceMiddleware:
    """Asks every page but those of `open_pages` whether this session has shown enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002
        """The page that says what is lacking, instead of the page that was asked for."""
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.url_name in OPEN):
            return None
        if decision_on(request).answer is Answer.ENOUGH:
            return None
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('step_up')}?{urlencode({'next': back})}")


def decision_on(request: HttpRequest) -> Decision:
    """Whether this session has shown enough for the role that was chosen."""
    shown, duty = shown_in(request), cast(AskedByDuty, request).duty
    with_pupils = duty is None or duty.role not in WITHOUT_PUPILS
    demo_open = shown is not None and shown.how == DEMO and demo_is_open()
    return decide(shown, accepted_from(shown), demo_open=demo_open, with_pupils=with_pupils)
