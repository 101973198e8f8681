"""The app of ways in. It has tables of its own; who people are stands in `people`."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Sessions, failed tries, and the names by which an authority knows its staff."""

    name = "pluginnovation.web.people.signin"
    label = "signin"
    default_auto_field = "django.db.models.BigAutoField"
