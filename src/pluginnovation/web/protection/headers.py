"""What every answer tells the browser, beside the content security policy: nothing of the machine, nothing shared."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

# No page uses any of them, so a page that is broken into can't either.
POLICY: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb",
    )
)  # fmt: skip
HEADERS: Final = {
    "Permissions-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Puts the headers on every answer that hasn't got its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
