"""Where to go after signing in: back to where one was, and never to another web."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def path_back(request: HttpRequest, given: str | None = None) -> str:
    """The path that the request asks to go on to; the start page for one that isn't a path of this web."""
    asked = given if given is not None else request.POST.get("next") or request.GET.get("next") or ""
    start = reverse("start")
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return start
    return start if asked.startswith((reverse("sign_in"), "/inbjudan/", "/logga-ut/")) else asked[:2000]
