"""The app of what comes from the hub."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """The downloaded catalogue, its pages, and methods that may fit beside a case, a pupil and an analysis."""

    name = "pluginnovation.web.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell support of the methods, and stand on the pages of pupil and case."""
        from pluginnovation.web.signals.panels import ON_PUPIL
        from pluginnovation.web.support.methods import FITTING, NAMED, ON_CASE, ON_NEED

        from .fits import fitting_need, named
        from .panels import for_case, for_need, for_pupil

        NAMED.update(catalogue=named)
        FITTING.update(catalogue=fitting_need)
        ON_CASE.update(methods=for_case)
        ON_NEED.update(methods=for_need)
        ON_PUPIL.update(methods=for_pupil)
