"""The app of the hub's own accounts. Apart from the pages, since Wagtail's tables stand on it and theirs on Wagtail."""

from django.apps import AppConfig


class EditorsConfig(AppConfig):
    """Accounts of those who write at the hub."""

    name = "pluginnovation.web.knowledge.editors"
    label = "editors"
    default_auto_field = "django.db.models.BigAutoField"
