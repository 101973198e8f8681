"""The app of the data protection."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Visits and acts, anomalies, the record of processing, disposal, incidents, and limits on how much is taken."""

    name = "pluginnovation.web.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden, and give the worker what pages ask it for."""
        from pluginnovation.web.people.events import pupils_hidden
        from pluginnovation.web.records.job_doings import DOINGS

        from .disposing import TRY_DISPOSAL, try_disposal
        from .forgetting import forget

        pupils_hidden.connect(forget)
        DOINGS[TRY_DISPOSAL] = try_disposal
