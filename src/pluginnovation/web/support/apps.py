"""The app of what is done."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """My day, mapping, meetings, cases, measures and what time it all takes."""

    name = "pluginnovation.web.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden."""
        from pluginnovation.web.people.events import pupils_hidden

        from .forgetting import forget

        pupils_hidden.connect(forget)
