"""The app that shows what is noticed."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Snapshots, answers, and the pages of school, class and pupil."""

    name = "pluginnovation.web.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
