"""The app of what is done."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """My day, mapping, meetings, cases, measures and what time it all takes."""

    name = "pluginnovation.web.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of pupils who are hidden or want what is held about them, and stand on the pages of pupil and class."""
        from pluginnovation.web.people.events import extract_asked, pupils_hidden
        from pluginnovation.web.signals.panels import BESIDE_ROWS, IN_TIMELINE, ON_GROUP, ON_PUPIL

        from .extract_chapters import told_by_support
        from .forgetting import forget
        from .mapping.panels import class_says, pupil_says
        from .panels import beside, lines, next_step, support_in_place

        pupils_hidden.connect(forget)
        extract_asked.connect(told_by_support)
        ON_PUPIL.update(next_step=next_step, support=support_in_place, mapping=pupil_says)
        ON_GROUP.update(mapping=class_says)
        IN_TIMELINE.update(support=lines)
        BESIDE_ROWS.update(support=beside)
