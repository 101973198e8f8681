"""The app of the signals pages and tables."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Signals in the web."""

    name = "pluginnovation.web.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
