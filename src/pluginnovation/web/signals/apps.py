"""The app that shows what is noticed."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Snapshots, answers, and the pages of school, class and pupil."""

    name = "pluginnovation.web.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden."""
        from pluginnovation.web.people.events import pupils_hidden

        from .forgetting import forget

        pupils_hidden.connect(forget)
