"""The app of what is done."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """My day, mapping, meetings, cases, measures and what time it all takes."""

    name = "pluginnovation.web.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden, and stand on the pages of pupil and class."""
        from pluginnovation.web.people.events import pupils_hidden
        from pluginnovation.web.signals.panels import BESIDE_ROWS, IN_TIMELINE, ON_PUPIL

        from .forgetting import forget
        from .panels import beside, lines, next_step, support_in_place

        pupils_hidden.connect(forget)
        ON_PUPIL.update(next_step=next_step, support=support_in_place)
        IN_TIMELINE.update(support=lines)
        BESIDE_ROWS.update(support=beside)
