"""Every page of the web: health here, the rest in the app that it belongs to."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from .health import health

# The same page whether something is absent or refused.
handler404 = "pluginnovation.web.people.views.page_not_found"
handler400 = "pluginnovation.web.people.views.unreadable"

APPS = ("people", "records", "signals", "support", "projects", "evidence", "sharing", "protection")

urlpatterns: list[URLPattern | URLResolver] = [
    path(settings.HEALTH_PATH, health, name="health"),
    *(path("", include(module)) for app in APPS if find_spec(module := f"pluginnovation.web.{app}.urls")),
]
