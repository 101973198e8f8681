"""What every request passes: demo sessions end with the demo, the role is found, and the database is told."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from .asker import nobody_afterwards
from .demo import DEMO_SESSION, demo_is_open
from .duties import put_duties_on

NO_STORE = "no-store, private"


class DutyMiddleware:
    """Puts `request.duty` and `request.duties` there, and keeps pages of the signed-in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its role."""
        if request.path_info == f"/{settings.HEALTH_PATH}":
            return self.get_response(request)
        if request.session.get(DEMO_SESSION) and not demo_is_open():
            logout(request)
        with nobody_afterwards():
            put_duties_on(request)
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", NO_STORE)
        return response
