"""The app that keeps account of what has arrived."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The ledger of imports, and the page about them."""

    name = "pluginnovation.web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
