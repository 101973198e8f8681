"""The app that knows who people are."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Identities, duties, the door, visits and audit."""

    name = "pluginnovation.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer those who want what is held about them."""
        from .events import extract_asked
        from .rights.chapters import told_by_people

        extract_asked.connect(told_by_people)
