"""The app that knows who people are."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Identities, duties, the door, visits and audit."""

    name = "pluginnovation.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
