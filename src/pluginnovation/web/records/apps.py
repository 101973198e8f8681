"""The app of the records pages and tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records in the web."""

    name = "pluginnovation.web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
