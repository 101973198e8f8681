"""The app that shows what is noticed."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Snapshots, answers, and the pages of school, class and pupil."""

    name = "pluginnovation.web.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden, and of those who want what is held about them."""
        from pluginnovation.web.people.events import extract_asked, pupils_hidden, signals_named

        from .definitions import names_of_signals
        from .extract_chapters import told_by_signals
        from .forgetting import forget

        pupils_hidden.connect(forget)
        extract_asked.connect(told_by_signals)
        signals_named.connect(names_of_signals)
