"""The app of what is tried together."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Programmes, calls and applications; sub-projects, their support, reports and what comes after them."""

    name = "pluginnovation.web.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the door who takes part where, hear of pupils who are hidden, and stand on the page of a pupil."""
        from pluginnovation.web.people.events import pupils_hidden
        from pluginnovation.web.people.participation import TAKES_PART
        from pluginnovation.web.signals.panels import ON_PUPIL

        from .forgetting import forget
        from .panels import sub_projects
        from .participants import stays

        pupils_hidden.connect(forget)
        TAKES_PART["projects"] = stays
        ON_PUPIL["projects"] = sub_projects
