"""The rival: a bare Django page, with the middleware of a new project and one template, under the same server."""

import sys

from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-the-bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

import django  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

PAGE = "<!doctype html><html lang=sv><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ path }}</p></html>"


def bare(request: HttpRequest) -> HttpResponse:
    """One template with two words in it."""
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"title": "PlugInnovation", "path": request.path}, request))


urlpatterns = [path("", bare)]


def main(port: int) -> None:
    """Serve it as the hub is served."""
    from pluginnovation.web.config.serve import HUB, Server, server_settings

    class Bare(Server):
        def load(self) -> object:
            return get_wsgi_application()

    Bare(server_settings(f"127.0.0.1:{port}", lambda: None), HUB).run()


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
